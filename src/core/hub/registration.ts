/** Who may change what in a hub's registry, and whose signature a run carries. */
import { editDistance } from '../problem.ts'
import { type HubComplaint, refusal, warning } from './finding.ts'
import { COMMUNITY } from './names.ts'

/** A public key as registry documents list it. */
export interface RegisteredKey {
  readonly key_id: string
  readonly public_key: string
  readonly status: 'active' | 'revoked'
  /** UTC. */
  readonly added_at: string
  /** UTC; null while active. */
  readonly revoked_at: string | null
}

interface Registration {
  readonly id: string
  readonly version: number
  readonly registered_at: string
  readonly keys: readonly RegisteredKey[]
}

interface HubConfig {
  readonly name: string
  readonly salt: string
  readonly version: number
  readonly epoch: number
  readonly previous_head: string | null
  readonly maintainers: readonly RegisteredKey[]
}

/**
 * How versions must follow. `exact`: one change, one version more. `growing`: a reader may have missed some, which a
 * shallow history does not hold any more.
 */
export type VersionRule = 'exact' | 'growing'

export const activeKeys = (keys: readonly RegisteredKey[]): readonly RegisteredKey[] =>
  keys.filter(({ status }) => status === 'active')

/** Keys whose signature makes a project's registration count: those of the version before (the first: its own), and maintainers'. */
export const projectSigners = (
  previous: Registration | null,
  next: Registration,
  maintainers: readonly RegisteredKey[],
): readonly RegisteredKey[] => [
  ...(previous === null ? firstSigners(next.version, next.keys) : activeKeys(previous.keys)),
  ...activeKeys(maintainers),
]

// At first sight of a later version, the one before is not known: a key may have signed its own revocation.
const firstSigners = (version: number, keys: readonly RegisteredKey[]): readonly RegisteredKey[] =>
  version === 1 ? activeKeys(keys) : keys

/** The same for `hub.json`. */
export const hubSigners = (previous: HubConfig | null, next: HubConfig): readonly RegisteredKey[] =>
  previous === null ? firstSigners(next.version, next.maintainers) : activeKeys(previous.maintainers)

export interface ProjectChange {
  readonly previous: Registration | null
  readonly next: Registration
  /** Of {@link projectSigners}, those whose signature is right. */
  readonly signedBy: ReadonlySet<string>
  readonly maintainers: readonly RegisteredKey[]
  /** Names of all other projects of the hub. */
  readonly otherProjects: Iterable<string>
  readonly versions: VersionRule
}

/** Everything wrong with a new or changed registration of a project; empty: it counts. */
export const judgeProject = (change: ProjectChange): readonly HubComplaint[] => {
  const { previous, next, signedBy } = change
  const complaints: HubComplaint[] = []
  const byMaintainer = activeKeys(change.maintainers).some(({ key_id }) => signedBy.has(key_id))
  if (next.id === COMMUNITY)
    complaints.push(refusal('name', 'The name "community" is reserved for the anonymised runs of everybody.'))
  if (signedBy.size === 0)
    complaints.push(
      refusal(
        'signers',
        previous === null
          ? 'A new project must be signed by one of its own keys or a maintainer.'
          : 'A change of a project must be signed by a key of the version before or a maintainer.',
      ),
    )
  complaints.push(...judgeVersion(previous?.version ?? null, next.version, change.versions))
  complaints.push(...judgeKeys(previous?.keys ?? [], next.keys))
  if (previous === null && !byMaintainer) {
    const alike = [...change.otherProjects].filter((name) => looksLike(name, next.id)).sort()
    if (alike[0] !== undefined)
      complaints.push(warning('name', `The new project ${next.id} is easily taken for ${alike[0]}.`))
  }
  if (previous !== null && previous.registered_at !== next.registered_at)
    complaints.push(refusal('document', 'The day of registration never changes.'))
  return complaints
}

/** Everything wrong with a new or changed `hub.json`. `newEpoch`: the history was replaced, and {@link judgeEpoch} agreed. */
export const judgeHub = (
  previous: HubConfig | null,
  next: HubConfig,
  signedBy: ReadonlySet<string>,
  { versions, newEpoch = false }: { readonly versions: VersionRule; readonly newEpoch?: boolean },
): readonly HubComplaint[] => {
  const complaints: HubComplaint[] = []
  if (signedBy.size === 0)
    complaints.push(refusal('signers', 'hub.json must be signed by a maintainer of the version before.'))
  complaints.push(...judgeVersion(previous?.version ?? null, next.version, versions, previous === null))
  complaints.push(...judgeKeys(previous?.maintainers ?? [], next.maintainers))
  if (activeKeys(next.maintainers).length === 0)
    complaints.push(refusal('keys', 'A hub without an active maintainer could never be changed again.'))
  if (previous === null) return complaints
  if (next.name !== previous.name) complaints.push(refusal('document', 'The name of a hub never changes.'))
  // Tombstones hash with it: with another one, everything that was erased could come back.
  if (next.salt !== previous.salt) complaints.push(refusal('document', 'The salt of a hub never changes.'))
  if (!newEpoch && (next.epoch !== previous.epoch || next.previous_head !== previous.previous_head))
    complaints.push(refusal('epoch', 'A new epoch begins with a new history, and this history goes on.'))
  return complaints
}

/** Everything wrong with a change of a document that maintainers (or whoever wrote it first) keep. */
export const judgeMaintained = (
  previousVersion: number | null,
  version: number,
  signedBy: ReadonlySet<string>,
  versions: VersionRule,
): readonly HubComplaint[] => [
  ...(signedBy.size === 0
    ? [refusal('signers', 'This document must be signed by a maintainer or by who signed the version before.')]
    : []),
  ...judgeVersion(previousVersion, version, versions),
]

const judgeVersion = (
  previous: number | null,
  next: number,
  versions: VersionRule,
  anyFirst = false,
): readonly HubComplaint[] => {
  if (previous === null) {
    if (versions === 'growing' || anyFirst || next === 1) return []
    return [refusal('version', `The first version is 1, not ${next}.`)]
  }
  if (next <= previous) return [refusal('version', `Version ${next} does not follow version ${previous}.`)]
  if (versions === 'exact' && next !== previous + 1)
    return [refusal('version', `After version ${previous} comes ${previous + 1}, not ${next}.`)]
  return []
}

const judgeKeys = (before: readonly RegisteredKey[], after: readonly RegisteredKey[]): readonly HubComplaint[] => {
  const complaints: HubComplaint[] = []
  const kept = new Map(after.map((key) => [key.key_id, key]))
  if (kept.size !== after.length) complaints.push(refusal('keys', 'A key is listed twice.'))
  for (const { key_id, status, revoked_at } of after)
    if ((status === 'revoked') !== (revoked_at !== null))
      complaints.push(refusal('keys', `Key ${key_id} must have a time of revocation if and only if it is revoked.`))
  for (const old of before) {
    const now = kept.get(old.key_id)
    if (now === undefined)
      complaints.push(refusal('keys', `Key ${old.key_id} is gone: keys are revoked, never removed.`))
    else if (now.public_key !== old.public_key || now.added_at !== old.added_at)
      complaints.push(refusal('keys', `Key ${old.key_id} was replaced under its own name.`))
    else if (old.status === 'revoked' && (now.status !== 'revoked' || now.revoked_at !== old.revoked_at))
      complaints.push(refusal('keys', `The revocation of key ${old.key_id} cannot be taken back.`))
  }
  return complaints
}

/** Whether two names differ by one slip, or only in characters that look the same. Numbered siblings (`lab-1`, `lab-2`) do not. */
export const looksLike = (left: string, right: string): boolean => {
  if (left === right) return false
  if (Math.abs(left.length - right.length) > 1) return false
  if (fold(left) === fold(right)) return true
  return editDistance(left, right) <= 1 && left.replaceAll(/\d+/g, '0') !== right.replaceAll(/\d+/g, '0')
}

const fold = (name: string): string => name.replaceAll('0', 'o').replaceAll(/[1i]/g, 'l')

/** What a rewritten history is worth. `gap`: signed as it should be, but it replaces a head or epochs that were never read here. */
export type EpochVerdict = { readonly kind: 'accepted' } | { readonly kind: 'gap' | 'refused'; readonly reason: string }

/**
 * Whether a history that does not descend from ours may replace it: a later epoch, the next one in place of our head, signed by a
 * maintainer of the `hub.json` we hold. `signedBy`: of those, who signed rightly.
 */
export const judgeEpoch = (
  ours: HubConfig & { readonly head: string },
  next: HubConfig,
  signedBy: ReadonlySet<string>,
): EpochVerdict => {
  if (!activeKeys(ours.maintainers).some(({ key_id }) => signedBy.has(key_id)))
    return { kind: 'refused', reason: 'no maintainer known here signed the new history' }
  if (next.epoch <= ours.epoch)
    return { kind: 'refused', reason: `its epoch is ${next.epoch}, and ${ours.epoch} was read before` }
  const [complaint] = [
    ...judgeVersion(ours.version, next.version, 'growing'),
    ...judgeKeys(ours.maintainers, next.maintainers),
  ]
  if (complaint !== undefined) return { kind: 'refused', reason: complaint.message }
  if (next.name !== ours.name || next.salt !== ours.salt)
    return { kind: 'refused', reason: 'it is another hub: name or salt differ' }
  // What was between is gone with its history: that one we know vouches for it all is what there is to go by.
  if (next.epoch > ours.epoch + 1)
    return { kind: 'gap', reason: `it is epoch ${next.epoch}, and of epoch ${ours.epoch} on nothing was read` }
  if (next.previous_head !== ours.head)
    return { kind: 'gap', reason: `it replaces ${next.previous_head ?? 'nothing'}, and ${ours.head} was read last` }
  return { kind: 'accepted' }
}
