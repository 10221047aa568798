/** Making seals of closed months, by who holds a key of their project. */
import { segmentLines } from '../../core/hub/compaction.ts'
import { projectPath, sealPath } from '../../core/hub/layout.ts'
import { COMMUNITY } from '../../core/hub/names.ts'
import { activeKeys } from '../../core/hub/registration.ts'
import { signedSealBytes } from '../../core/hub/signed-bytes.ts'
import type { HubProjectDocument } from '../../generated/hub-project.ts'
import type { HubSealDocument } from '../../generated/hub-seal.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { FileChange, Oid, TreeReader } from './git-ports.ts'
import { type HubMonth, MOST_SEAL_BYTES, plainFile } from './hub-tree.ts'
import { mapInOrder } from './in-order.ts'
import { judgeSeal } from './judge-seal.ts'
import type { TrustDeps } from './registry-state.ts'
import type { KeyStore, SigningKey } from './trust-ports.ts'

const IN_FLIGHT = { items: 1024, weight: 8 * 1024 * 1024, weigh: (line: Uint8Array): number => line.length }

export interface SealDeps extends TrustDeps {
  readonly reader: TreeReader
  readonly keys: Pick<KeyStore, 'existingProjectKey'>
}

/** Who may vouch for the months of a project in this hub, from this machine. */
export interface Sealer {
  readonly key: SigningKey
  readonly project: HubProjectDocument
  readonly hub: HubConfigDocument
}

/** Null: this machine holds no key that the project has in this hub now. */
export const sealerOf = async (
  { reader, documents, keys }: Pick<SealDeps, 'reader' | 'documents' | 'keys'>,
  tree: Oid,
  hub: HubConfigDocument,
  project: string,
): Promise<Sealer | null> => {
  const key = project === COMMUNITY ? null : keys.existingProjectKey(project)
  if (key === null) return null
  const bytes = await reader.file(tree, projectPath(project))
  const registered = bytes === null ? null : documents.project(bytes).document
  const isOwner = registered !== null && activeKeys(registered.keys).some(({ key_id }) => key_id === key.keyId)
  return isOwner ? { key, project: registered, hub } : null
}

/** What becomes of the seal of a month whose segment is about to hold other bytes (null: to go). Null: there is none, and none is made. */
export const newSeal = async (
  deps: SealDeps,
  sealer: Sealer | null,
  month: HubMonth,
  segment: Uint8Array | null,
): Promise<FileChange | null> => {
  const path = sealPath(month.project, month.month)
  const bytes = sealer === null || segment === null ? null : await makeSeal(deps, sealer, month, segment)
  return bytes === null && month.seal === null ? null : { path, bytes }
}

/** The same for a month that stays as it is: a seal that counts stays, too. */
export const lateSeal = async (
  deps: SealDeps,
  sealer: Sealer,
  tree: Oid,
  month: HubMonth,
  segment: Uint8Array,
): Promise<FileChange | null> => {
  if (month.seal === null) return newSeal(deps, sealer, month, segment)
  const { project, hub } = sealer
  const rules = {
    ...{ project: month.project, month: month.month, salt: hub.salt, keys: project.keys },
    ...{ pins: new Set<string>(), firstSeenAt: `${month.month}-01` },
  }
  const bytes = await plainFile(deps.reader, tree, sealPath(month.project, month.month), MOST_SEAL_BYTES)
  const isRight = bytes !== null && (await judgeSeal(deps, rules, bytes, segment)).seal !== null
  return isRight ? null : newSeal(deps, sealer, month, segment)
}

/** Null: not every line is a run of the project with the right signature of a key it has now, or none is by this key. */
const makeSeal = async (
  deps: SealDeps,
  { key, project, hub }: Sealer,
  { month }: Pick<HubMonth, 'month'>,
  segment: Uint8Array,
): Promise<Uint8Array | null> => {
  const lines = segmentLines(segment) ?? []
  const owners = activeKeys(project.keys)
  let isUseful = false
  for await (const { document } of mapInOrder(each(lines), IN_FLIGHT, (line) => deps.runs.read(line, owners))) {
    if (document?.isSigned !== true || document.document.project_id !== project.id) return null
    isUseful ||= document.document.signer.key_id === key.keyId
  }
  if (!isUseful) return null
  const seal: Omit<HubSealDocument, 'sig'> = {
    schema: 'benchmark.hub-seal/1',
    project_id: project.id,
    month,
    segment_sha256: deps.sha256(segment),
    runs: lines.length,
    signer: { alg: key.alg, key_id: key.keyId },
  }
  return deps.documents.bytes({ ...seal, sig: key.sign(signedSealBytes(seal, hub.salt)) })
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  for (const item of items) yield await Promise.resolve(item)
}
