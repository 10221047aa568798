/** A hub's registry while a change is read: what counted before, and on top of it what of the change counts. */
import { HUB_FILE, policyPath, projectPath, tombstonePath } from '../../core/hub/layout.ts'
import { COMMUNITY } from '../../core/hub/names.ts'
import { activeKeys, type RegisteredKey } from '../../core/hub/registration.ts'
import { freeRegistryBytes, signedRegistryBytes } from '../../core/hub/signed-bytes.ts'
import { tombstoneHash } from '../../core/hub/tombstones.ts'
import type { HubProjectDocument } from '../../generated/hub-project.ts'
import type { HubRetentionDocument } from '../../generated/hub-retention.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { AcceptedRegistry } from './accepted-registry.ts'
import type { HubDocuments, Parsed, RunReader, Signatures } from './trust-ports.ts'

/** What use cases need to tell right documents from wrong ones. */
export interface TrustDeps {
  readonly documents: HubDocuments
  readonly signatures: Signatures
  readonly runs: RunReader
  /** Hexadecimal SHA-256 of bytes, or of a text's UTF-8 bytes. */
  readonly sha256: (content: Uint8Array | string) => string
}

export interface SignedDocument {
  readonly signatures: readonly { readonly key_id: string; readonly sig: string }[]
}

/** Ids of those keys whose signature under the document is right, in the hub with this salt. */
export const signersOf = async (
  signatures: Signatures,
  document: SignedDocument,
  keys: readonly RegisteredKey[],
  hubSalt: string,
): Promise<ReadonlySet<string>> => {
  const bytes = signedRegistryBytes(document, hubSalt)
  const free = freeRegistryBytes(document)
  const signedBy = new Set<string>()
  for (const { key_id, sig } of document.signatures) {
    const key = keys.find((candidate) => candidate.key_id === key_id)
    if (key === undefined) continue
    const isRight =
      (await signatures.verify(bytes, sig, key.public_key)) || (await signatures.verify(free, sig, key.public_key))
    if (isRight) signedBy.add(key_id)
  }
  return signedBy
}

export interface RegistryState {
  hub(): HubConfigDocument | null
  /** Of its `hub.json`; empty: there is none. */
  salt(): string
  maintainers(): readonly RegisteredKey[]
  project(id: string): Promise<HubProjectDocument | null>
  projectNames(): Promise<ReadonlySet<string>>
  /** Every key of every project and maintainer, by id. */
  allKeys(): Promise<ReadonlyMap<string, RegisteredKey>>
  retention(): HubRetentionDocument | null
  /** Bytes that counted before the change. */
  before(path: string): Promise<Uint8Array | null>
  /** Takes over what was found right. */
  setHub(document: HubConfigDocument): void
  setProject(document: HubProjectDocument): void
  setRetention(document: HubRetentionDocument): void
  setTombstone(hash: string, document: SignedDocument): void
  /** Whether a tombstone of somebody who may has erased this run. */
  isErased(runId: string, project: string): Promise<boolean>
  /** The same for many, once every tombstone was read. */
  erased(): Promise<(runId: string, project: string) => boolean>
}

/** Opens the registry that counted before. What of it cannot be read any more counts as not there. */
export const openRegistry = async (deps: TrustDeps, accepted: AcceptedRegistry): Promise<RegistryState> => {
  const read = async <T>(path: string, parse: (bytes: Uint8Array) => Parsed<T>): Promise<T | null> => {
    const bytes = await accepted.file(path)
    return bytes === null ? null : parse(bytes).document
  }
  let hub = await read(HUB_FILE, (bytes) => deps.documents.hub(bytes))
  let retention = await read(policyPath('retention'), (bytes) => deps.documents.retention(bytes))
  const projects = new Map<string, HubProjectDocument | null>()
  const names = new Set<string>()
  for (const path of await accepted.paths('registry/projects')) names.add(path.split('/')[2] ?? '')
  const tombstones = new Map<string, SignedDocument | null>()
  for (const path of await accepted.paths('registry/tombstones')) tombstones.set(path.slice(-69, -5), null)

  const maintainers = (): readonly RegisteredKey[] => hub?.maintainers ?? []
  const project = async (id: string): Promise<HubProjectDocument | null> => {
    const known = projects.get(id)
    if (known !== undefined || !names.has(id)) return known ?? null
    const document = await read(projectPath(id), (bytes) => deps.documents.project(bytes))
    projects.set(id, document)
    return document
  }
  const tombstone = async (hash: string): Promise<SignedDocument | null> => {
    if (!tombstones.has(hash)) return null
    const known = tombstones.get(hash) ?? (await read(tombstonePath(hash), (bytes) => deps.documents.tombstone(bytes)))
    if (known !== null) tombstones.set(hash, known)
    return known
  }
  const isErased = async (runId: string, of: string): Promise<boolean> => {
    if (hub === null || tombstones.size === 0) return false
    const document = await tombstone(tombstoneHash(hub.salt, runId, deps.sha256))
    if (document === null) return false
    // Revoked keys too: an erasure stays one when its owner's key is changed later.
    const keys = [...maintainers(), ...(of === COMMUNITY ? [] : ((await project(of))?.keys ?? []))]
    return (await signersOf(deps.signatures, document, keys, hub.salt)).size > 0
  }
  const allKeys = async (): Promise<ReadonlyMap<string, RegisteredKey>> => {
    const keys = new Map(maintainers().map((key) => [key.key_id, key]))
    for (const name of names) for (const key of (await project(name))?.keys ?? []) keys.set(key.key_id, key)
    return keys
  }
  const erased = async (): Promise<(runId: string, project: string) => boolean> => {
    const salt = hub?.salt ?? ''
    const keys = tombstones.size === 0 ? [] : [...(await allKeys()).values()]
    const signers = new Map<string, ReadonlySet<string>>()
    for (const hash of tombstones.keys()) {
      const document = await tombstone(hash)
      if (document !== null) signers.set(hash, await signersOf(deps.signatures, document, keys, salt))
    }
    return (runId, of) => {
      const signedBy = signers.get(tombstoneHash(salt, runId, deps.sha256)) ?? new Set()
      const own = of === COMMUNITY ? [] : (projects.get(of)?.keys ?? [])
      return [...maintainers(), ...own].some(({ key_id }) => signedBy.has(key_id))
    }
  }
  return {
    erased,
    hub: () => hub,
    salt: () => hub?.salt ?? '',
    maintainers,
    project,
    projectNames: () => Promise.resolve(names),
    allKeys,
    retention: () => retention,
    before: (path) => accepted.file(path),
    setHub: (document) => {
      hub = document
    },
    setProject: (document) => {
      names.add(document.id)
      projects.set(document.id, document)
    },
    setRetention: (document) => {
      retention = document
    },
    setTombstone: (hash, document) => {
      tombstones.set(hash, document)
    },
    isErased,
  }
}

/** Active maintainers' keys. */
export const activeMaintainers = (state: RegistryState): readonly RegisteredKey[] => activeKeys(state.maintainers())
