/** One new or changed registry document: whether it counts, and if so, that it does from now on. */
import { type HubComplaint, refusal } from '../../core/hub/finding.ts'
import { aggregateFilePath, type HubPath } from '../../core/hub/layout.ts'
import { isHubMonth } from '../../core/hub/names.ts'
import {
  activeKeys,
  hubSigners,
  judgeHub,
  judgeMaintained,
  judgeProject,
  projectSigners,
  type RegisteredKey,
  type VersionRule,
} from '../../core/hub/registration.ts'
import { aggregateKey } from '../../core/hub/aggregates.ts'
import {
  activeMaintainers,
  type RegistryState,
  type SignedDocument,
  signersOf,
  type TrustDeps,
} from './registry-state.ts'
import type { Parsed } from './trust-ports.ts'

type RegistryPath = Exclude<HubPath, { readonly kind: 'run' | 'segment' | 'seal' | 'furniture' }>

interface RegistryChange {
  readonly path: string
  readonly place: RegistryPath
  readonly bytes: Uint8Array
  /** Whether the path held something before. */
  readonly isNew: boolean
  readonly versions: VersionRule
  /** The history before was replaced, and that was judged already. */
  readonly newEpoch: boolean
}

/** Complaints about the document; with none of them an error, the state holds it afterwards. */
export const checkRegistryFile = async (
  deps: TrustDeps,
  state: RegistryState,
  change: RegistryChange,
): Promise<readonly HubComplaint[]> => {
  switch (change.place.kind) {
    case 'hub':
      return checkHubFile(deps, state, change)
    case 'project':
      return checkProject(deps, state, change, change.place.project)
    case 'benchmark':
      return checkBenchmark(deps, state, change, change.place.benchmarkType)
    case 'dataset':
      return checkDataset(deps, state, change, change.place.dataset)
    case 'policy':
      return checkPolicy(deps, state, change, change.place.policy)
    case 'tombstone':
      return checkTombstone(deps, state, change, change.place.hash)
    case 'aggregate':
      return checkAggregate(deps, state, change)
  }
}

const isRefused = (complaints: readonly HubComplaint[]): boolean =>
  complaints.some(({ severity }) => severity === 'error')

const previousOf = async <T>(
  state: RegistryState,
  path: string,
  parse: (bytes: Uint8Array) => Parsed<T>,
): Promise<T | null> => {
  const bytes = await state.before(path)
  return bytes === null ? null : parse(bytes).document
}

const wrongPlace = (says: string): readonly HubComplaint[] => [
  refusal('document', `What it says about itself ("${says}") is not where it stands.`),
]

const checkHubFile = async (
  deps: TrustDeps,
  state: RegistryState,
  { bytes, versions, newEpoch }: RegistryChange,
): Promise<readonly HubComplaint[]> => {
  const { document, fault } = deps.documents.hub(bytes)
  if (document === null) return [refusal('document', fault)]
  const previous = state.hub()
  const signedBy = await signersOf(deps.signatures, document, hubSigners(previous, document), document.salt)
  const complaints = judgeHub(previous, document, signedBy, { versions, newEpoch })
  if (!isRefused(complaints)) state.setHub(document)
  return complaints
}

const checkProject = async (
  deps: TrustDeps,
  state: RegistryState,
  { bytes, versions }: RegistryChange,
  id: string,
): Promise<readonly HubComplaint[]> => {
  const { document, fault } = deps.documents.project(bytes)
  if (document === null) return [refusal('document', fault)]
  if (document.id !== id) return wrongPlace(document.id)
  const previous = await state.project(id)
  const maintainers = state.maintainers()
  const signedBy = await signersOf(
    deps.signatures,
    document,
    projectSigners(previous, document, maintainers),
    state.salt(),
  )
  const names = await state.projectNames()
  const otherProjects = [...names].filter((name) => name !== id)
  const complaints = judgeProject({ previous, next: document, signedBy, maintainers, otherProjects, versions })
  if (!isRefused(complaints)) state.setProject(document)
  return complaints
}

const checkBenchmark = async (
  deps: TrustDeps,
  state: RegistryState,
  { path, bytes, versions }: RegistryChange,
  benchmarkType: string,
): Promise<readonly HubComplaint[]> => {
  const { document, fault } = deps.documents.benchmark(bytes)
  if (document === null) return [refusal('document', fault)]
  if (document.type !== benchmarkType) return wrongPlace(document.type)
  const previous = await previousOf(state, path, (before) => deps.documents.benchmark(before))
  const signedBy = await signersOf(deps.signatures, document, activeMaintainers(state), state.salt())
  return judgeMaintained(previous?.version ?? null, document.version, signedBy, versions)
}

// Any registered project may bring a dataset; after that, who signed it and the maintainers keep it.
const checkDataset = async (
  deps: TrustDeps,
  state: RegistryState,
  { path, bytes, versions }: RegistryChange,
  id: string,
): Promise<readonly HubComplaint[]> => {
  const { document, fault } = deps.documents.dataset(bytes)
  if (document === null) return [refusal('document', fault)]
  if (document.id !== id) return wrongPlace(document.id)
  const previous = await previousOf(state, path, (before) => deps.documents.dataset(before))
  const mayChange = previous === null ? null : new Set(previous.signatures.map(({ key_id }) => key_id))
  const owners = (await ownersAmong(state, document)).filter(({ key_id }) => mayChange?.has(key_id) ?? true)
  const signedBy = await signersOf(deps.signatures, document, [...activeMaintainers(state), ...owners], state.salt())
  return judgeMaintained(previous?.version ?? null, document.version, signedBy, versions)
}

/** Active keys of projects that are named in the signatures; looked up only where maintainers are not enough. */
const ownersAmong = async (state: RegistryState, document: SignedDocument): Promise<readonly RegisteredKey[]> => {
  const maintainers = new Set(activeMaintainers(state).map(({ key_id }) => key_id))
  if (document.signatures.every(({ key_id }) => maintainers.has(key_id))) return []
  return activeKeys([...(await state.allKeys()).values()])
}

const checkPolicy = async (
  deps: TrustDeps,
  state: RegistryState,
  { path, bytes, versions }: RegistryChange,
  policy: 'retention' | 'anonymisation',
): Promise<readonly HubComplaint[]> => {
  const parse = (text: Uint8Array): Parsed<SignedDocument & { readonly version: number }> =>
    deps.documents[policy](text)
  const { document, fault } = parse(bytes)
  if (document === null) return [refusal('document', fault)]
  const previous = await previousOf(state, path, parse)
  const signedBy = await signersOf(deps.signatures, document, activeMaintainers(state), state.salt())
  const complaints = judgeMaintained(previous?.version ?? null, document.version, signedBy, versions)
  const retention = policy === 'retention' ? deps.documents.retention(bytes).document : null
  if (retention !== null && !isRefused(complaints)) state.setRetention(retention)
  return complaints
}

const checkTombstone = async (
  deps: TrustDeps,
  state: RegistryState,
  { bytes, isNew }: RegistryChange,
  hash: string,
): Promise<readonly HubComplaint[]> => {
  const { document, fault } = deps.documents.tombstone(bytes)
  if (document === null) return [refusal('document', fault)]
  if (document.hash !== hash) return wrongPlace(document.hash)
  if (!isNew) return [refusal('changed', 'A tombstone never changes.')]
  const keys = [...activeMaintainers(state), ...(await ownersAmong(state, document))]
  if ((await signersOf(deps.signatures, document, keys, state.salt())).size === 0)
    return [refusal('signers', 'A tombstone must be signed by a key of a project of this hub or a maintainer.')]
  state.setTombstone(hash, document)
  return []
}

const checkAggregate = async (
  deps: TrustDeps,
  state: RegistryState,
  { path, bytes }: RegistryChange,
): Promise<readonly HubComplaint[]> => {
  const { document, fault } = deps.documents.aggregate(bytes)
  if (document === null) return [refusal('document', fault)]
  const key = aggregateKey(document.name, deps.sha256)
  if (
    document.key !== key ||
    !isHubMonth(document.month) ||
    aggregateFilePath(document.by, key, document.month) !== path
  )
    return wrongPlace(`${document.by} ${document.key} ${document.month}`)
  const signedBy = await signersOf(deps.signatures, document, activeMaintainers(state), state.salt())
  return signedBy.size > 0 ? [] : [refusal('signers', 'A frozen aggregate must be signed by a maintainer.')]
}
