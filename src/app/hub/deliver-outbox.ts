import { runIdOfLine, sameBytes, segmentLines, withLineFeed } from '../../core/hub/compaction.ts'
import { projectPath, runPath, segmentPath, tombstonePath } from '../../core/hub/layout.ts'
import { COMMUNITY } from '../../core/hub/names.ts'
import { activeKeys } from '../../core/hub/registration.ts'
import { tombstoneHash } from '../../core/hub/tombstones.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { acceptEpoch } from './accept-epoch.ts'
import { commitAndPush, type CommitOutcome, type CommitPlan, type HubHead } from './commit-loop.ts'
import { planCompaction } from './compact-hub.ts'
import type { FileChange, Oid } from './git-ports.ts'
import type { HubDeps } from './hub-deps.ts'
import { readHubFile } from './hub-file.ts'
import { commitAuthor } from './commit-author.ts'
import { refusalHints } from './refusal-hints.ts'
import type { OutboxEntry } from './store-ports.ts'
import type { OnTransfer } from './transfer-progress.ts'

const BATCH = { rows: 200, bytes: 4 * 2 ** 20 }
// While it holds, other processes leave these rows alone; those of a process that died are freed at once.
const LEASE_MS = 15 * 60_000
const MINUTE = 60
const DAY = 86_400

/** What a delivery did. */
export interface Delivery {
  readonly pushed: readonly OutboxEntry[]
  /** What will not go as it is, and why. */
  readonly refused: readonly { readonly entry: OutboxEntry; readonly reason: string }[]
  readonly head: Oid | null
  readonly bytesSent: number
  /** Why it stopped before everything was delivered; null when nothing is left. */
  readonly problem: Problem | null
}

/** What becomes of one entry on a given head. */
type Fate = { readonly kind: 'send' | 'there' } | { readonly kind: 'conflict' | 'rejected'; readonly reason: string }

/**
 * Hands everything that is due to the hub, batch by batch, one project each. What is not in afterwards is queued again.
 * Does not throw for a hub that cannot be reached or refuses: that is `problem`.
 */
export const deliverOutbox = async (deps: HubDeps, onProgress: OnTransfer = () => undefined): Promise<Delivery> => {
  const { outbox, repository, clock } = deps
  const pushed: OutboxEntry[] = []
  const refused: Delivery['refused'][number][] = []
  let head: Oid | null = null
  let bytesSent = 0
  outbox.freeDead(repository.url, deps.isAlive)
  for (;;) {
    const now = clock.now().getTime()
    const batch = outbox.claim(repository.url, BATCH, deps.owner, iso(now), iso(now + LEASE_MS))
    if (batch.length === 0) return { pushed, refused, head, bytesSent, problem: null }
    const fates = new Map<number, Fate>()
    let outcome: CommitOutcome
    try {
      outcome = await sendBatch(deps, batch, fates)
    } catch (error) {
      outbox.release(ids(batch), iso(now), error instanceof Problem ? error.message : 'interrupted')
      if (error instanceof Problem) return { pushed, refused, head, bytesSent, problem: error }
      throw error
    }
    bytesSent += outcome.bytesSent
    settle(deps, batch, fates, outcome)
    for (const entry of batch) {
      const fate = fates.get(entry.id)
      if (fate?.kind === 'conflict' || fate?.kind === 'rejected') refused.push({ entry, reason: fate.reason })
    }
    if (outcome.kind !== 'pushed' && outcome.kind !== 'nothing')
      return { pushed, refused, head, bytesSent, problem: failure(repository.url, outcome) }
    head = outcome.head
    pushed.push(...batch.filter(({ id }) => ['send', 'there'].includes(fates.get(id)?.kind ?? '')))
    onProgress({ phase: 'send', done: pushed.length, total: null, unit: 'runs' })
  }
}

const sendBatch = (deps: HubDeps, batch: readonly OutboxEntry[], fates: Map<number, Fate>): Promise<CommitOutcome> => {
  const sending = (): readonly OutboxEntry[] => batch.filter(({ id }) => fates.get(id)?.kind === 'send')
  return commitAndPush(deps, {
    surely: true,
    acceptRewrite: acceptEpoch(deps),
    plan: async (head) => {
      const hub = await readHubFile(deps, head)
      const signers = await signersOf(deps, head, batch[0]?.project ?? '')
      for (const entry of batch) fates.set(entry.id, await fateOf(deps, head, { hub, signers }, entry))
      return sending().length === 0 ? null : planCommit(deps, head, hub, sending())
    },
    beforeSending: () => {
      for (const entry of sending()) lastLook(deps, entry)
      deps.audit.append({
        at: deps.clock.now().toISOString(),
        action: 'disclose',
        objectHash: deps.sha256(
          sending()
            .map(({ contentSha256 }) => contentSha256)
            .join('\n'),
        ),
        detail: { hub: deps.repository.url, paths: sending().map(({ path }) => path) },
      })
    },
  })
}

/** Active keys of a project as this head registers it. Null: it is not registered; `anybody`: runs without names. */
const signersOf = async (
  { repository, documents }: HubDeps,
  { tree }: HubHead,
  project: string,
): Promise<ReadonlySet<string> | 'anybody' | null> => {
  if (project === COMMUNITY) return 'anybody'
  const bytes = tree === null ? null : await repository.file(tree, projectPath(project))
  const registered = bytes === null ? null : documents.project(bytes).document
  return registered === null ? null : new Set(activeKeys(registered.keys).map(({ key_id }) => key_id))
}

interface HeadRules {
  readonly hub: HubConfigDocument
  readonly signers: Awaited<ReturnType<typeof signersOf>>
}

/** Where an entry stands on this head: still to send, there already, or not to be sent at all. */
const fateOf = async (
  deps: HubDeps,
  { tree }: HubHead,
  { hub, signers }: HeadRules,
  entry: OutboxEntry,
): Promise<Fate> => {
  if (hub.audience === 'community' && entry.visibility === 'public')
    return { kind: 'rejected', reason: 'the hub takes only anonymised runs: share it with --visibility community' }
  if (entry.bytes.byteLength > hub.limits.run_bytes)
    return {
      kind: 'rejected',
      reason: `it has ${entry.bytes.byteLength} bytes, and the hub takes at most ${hub.limits.run_bytes}`,
    }
  const send = (): Fate => ownerFault(deps, signers, entry) ?? { kind: 'send' }
  if (tree === null) return send()
  const tombstone = tombstonePath(tombstoneHash(hub.salt, entry.runId, deps.sha256))
  if ((await deps.repository.file(tree, tombstone)) !== null) return { kind: 'rejected', reason: ERASED }
  const there =
    (await deps.repository.file(tree, runPath(entry.project, entry.month, entry.runId))) ??
    (await lineInSegment(deps, tree, entry))
  if (there === null) return send()
  return sameBytes(there, entry.bytes)
    ? { kind: 'there' }
    : { kind: 'conflict', reason: 'the hub holds another document under this id, and a shared run never changes' }
}

const ERASED = 'it was erased from the hub'

// What the hub's own check would refuse is not sent: it could never be taken back.
const ownerFault = (deps: HubDeps, signers: HeadRules['signers'], entry: OutboxEntry): Fate | null => {
  if (signers === 'anybody') return null
  if (signers === null)
    return {
      kind: 'rejected',
      reason: `the project ${entry.project} is not registered in this hub: benchmark register, then upload it again`,
    }
  const signer = deps.documents.run(entry.bytes.subarray(0, -1)).document?.signer.key_id
  // A damaged document is the last look's to tell.
  if (signer === undefined || signers.has(signer)) return null
  return {
    kind: 'rejected',
    reason: `the project ${entry.project} is registered in this hub with other keys than the one that signed it (${signer}): benchmark register says what to do, then upload it again`,
  }
}

const lineInSegment = async (deps: HubDeps, tree: Oid, entry: OutboxEntry): Promise<Uint8Array | null> => {
  const segment = await deps.repository.file(tree, segmentPath(entry.project, entry.month))
  const line = segment === null ? undefined : segmentLines(segment)?.find((one) => runIdOfLine(one) === entry.runId)
  return line === undefined ? null : withLineFeed(line)
}

const planCommit = async (
  deps: HubDeps,
  head: HubHead,
  hub: HubConfigDocument,
  entries: readonly OutboxEntry[],
): Promise<CommitPlan> => {
  const [first] = entries
  if (first === undefined) throw new RangeError('nothing to commit')
  const { project } = first
  const isAnonymous = project === COMMUNITY
  const folded = await closedMonths(deps, head, hub, project)
  const key = isAnonymous ? deps.keys.communityKey(first.month) : deps.keys.projectKey(project)
  const seconds = Math.floor(deps.clock.now().getTime() / 1000)
  const newest = deps.audit.newest()
  return {
    changes: [
      ...entries.map(({ path, bytes }) => ({ path, bytes })),
      // A file that is being added now is folded next time: its month may have closed while it waited.
      ...folded,
    ],
    message: `${project}: ${entries.length === 1 ? `run ${first.runId}` : `${entries.length} runs`}\n${
      isAnonymous || newest === null ? '' : `\nAudit: ${newest}\n`
    }`,
    author: commitAuthor(key),
    // The exact second of an upload is nobody's business, least of all of an anonymous one.
    at: seconds - (seconds % (isAnonymous ? DAY : MINUTE)),
  }
}

/** Changes that fold closed months of a project, on the way. */
const closedMonths = async (
  deps: HubDeps,
  { commit, tree }: HubHead,
  hub: HubConfigDocument,
  project: string,
): Promise<readonly FileChange[]> => {
  if (commit === null || tree === null) return []
  const { repository: reader, clock } = deps
  // A clock that is ahead must not close a month that is not over: whoever wrote last had to think that it is, too.
  const now = new Date(Math.min(clock.now().getTime(), (await reader.commit(commit)).authoredAt * 1000))
  return (await planCompaction({ ...deps, reader }, { tree, hub, project, now })).changes
}

/** The third gate: the exact bytes that are about to leave, read as a stranger would. */
const lastLook = (deps: HubDeps, entry: OutboxEntry): void => {
  const { document, fault } = deps.documents.run(entry.bytes.subarray(0, -1))
  const isExpected =
    document !== null &&
    document.run_id === entry.runId &&
    document.project_id === entry.project &&
    document.visibility === entry.visibility &&
    document.content_sha256 === entry.contentSha256
  if (!isExpected)
    throw new Problem(
      'E_STORE',
      `The document of run ${entry.localRunId} in the outbox is damaged; nothing was sent.`,
      {
        hints: [fault ?? 'Its ids are not those it was queued with.'],
      },
    )
}

const settle = (
  deps: HubDeps,
  batch: readonly OutboxEntry[],
  fates: ReadonlyMap<number, Fate>,
  outcome: CommitOutcome,
): void => {
  const { outbox } = deps
  const isIn = outcome.kind === 'pushed' || outcome.kind === 'nothing'
  const at = deps.clock.now()
  const back: number[] = []
  for (const { id, runId } of batch) {
    const fate = fates.get(id)
    if (fate?.kind === 'conflict' || fate?.kind === 'rejected') {
      outbox.settle([id], fate.kind, { reason: fate.reason })
      // Its bytes go too, so that it is not made and sent once more.
      if (fate.reason === ERASED) outbox.markErased(deps.repository.url, [runId])
    } else if (fate?.kind === 'there') outbox.settle([id], 'pushed', {})
    else if (!isIn) back.push(id)
  }
  const sent = batch.filter(({ id }) => fates.get(id)?.kind === 'send')
  if (outcome.kind === 'pushed') {
    outbox.settle(ids(sent), 'pushed', { commit: outcome.commit })
    deps.audit.append({
      at: at.toISOString(),
      action: 'push',
      objectHash: deps.sha256(outcome.commit),
      detail: { hub: deps.repository.url, commit: outcome.commit, runs: sent.length },
    })
  } else if (back.length > 0 && 'message' in outcome)
    outbox.release(back, at.toISOString(), outcome.message ?? outcome.kind)
}

const failure = (url: string, outcome: CommitOutcome): Problem => {
  const said = 'message' in outcome && outcome.message !== null ? ` It says: ${outcome.message}` : ''
  switch (outcome.kind) {
    case 'refused':
      return new Problem('E_HUB', `The hub ${url} refuses the upload.${said}`, {
        hints: refusalHints('message' in outcome ? outcome.message : null, [
          'A token or key with the right to write may be missing: benchmark auth --status',
          'If only pull requests may change the hub, ask its maintainer.',
        ]),
      })
    case 'contended':
      return new Problem('E_OFFLINE', `Others write to the hub ${url} all the time; the runs wait for the next try.`)
    default:
      return new Problem('E_OFFLINE', `The hub ${url} fell silent; the next exchange finds out what it took.${said}`)
  }
}

const iso = (at: number): string => new Date(at).toISOString()
const ids = (entries: readonly OutboxEntry[]): readonly number[] => entries.map(({ id }) => id)
