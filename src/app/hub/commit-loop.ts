/** The one way anything gets into a hub: a commit on the head that is there, pushed if the head still is, else again. */
import { Problem } from '../../core/problem.ts'
import type { Clock } from '../ports.ts'
import type { CommitRequest, FileChange, HubRepository, Oid, PreparedCommit, PushReport } from './git-ports.ts'

const TRIES = 10
const BASE_DELAY_MS = 500
const MAX_DELAY_MS = 30_000
// While another push holds the server's ref lock, ours is refused and the head has not moved yet: one refusal is no proof.
const REFUSALS_BELIEVED = 3
// Each may last as long as we bear silence; the next exchange finds out what became of the push.
const SILENCES_BORNE = 4

export interface CommitLoopDeps {
  readonly repository: HubRepository
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/** What the hub holds now: changes are planned against this and nothing else. Both null: it is empty. */
export interface HubHead {
  readonly commit: Oid | null
  readonly tree: Oid | null
}

/** What to commit on a head. */
export interface CommitPlan {
  readonly changes: readonly FileChange[]
  readonly message: string
  readonly author: CommitRequest['author']
  /** Seconds since 1970, UTC; now when not given. */
  readonly at?: number
  /** A new root over the same tree, replacing the history (`hub squash`). */
  readonly newRoot?: boolean
}

export interface CommitLoopRequest {
  /** Called once for each head tried; null: nothing is left to do on this head. */
  readonly plan: (head: HubHead, attempt: number) => Promise<CommitPlan | null>
  /**
   * Called before each push: the last look at the exact bytes, and where the disclosure is logged. Throwing stops
   * everything; nothing has left this machine then.
   */
  readonly beforeSending?: (plan: CommitPlan, prepared: PreparedCommit) => Promise<void> | void
  /** Whether a history that does not descend from ours is to be taken. When not given: never. */
  readonly acceptRewrite?: (head: Oid, ours: Oid) => Promise<boolean>
  readonly tries?: number
  /** There surely is something to push: whoever may not is told at once, and one question to the server less is asked. */
  readonly surely?: boolean
  readonly signal?: AbortSignal
}

interface Traffic {
  readonly attempts: number
  readonly bytesSent: number
  readonly bytesReceived: number
}

/**
 * How it ended. `nothing`: the plan was null. `refused`: the server says no and its head stands still. `contended`: the
 * head kept moving. `unknown`: something was sent and the head could not be read afterwards; planning again finds out.
 */
export type CommitOutcome = Traffic &
  (
    | { readonly kind: 'pushed'; readonly head: Oid; readonly commit: Oid; readonly plan: CommitPlan }
    | { readonly kind: 'nothing'; readonly head: Oid | null }
    | { readonly kind: 'refused' | 'contended' | 'unknown'; readonly message: string | null }
  )

/** Milliseconds before the next try, full jitter: uniform up to a bound that doubles. `attempt` counts from 0. */
export const backOffMs = (attempt: number, random: () => number): number =>
  random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt)

/**
 * Commits and pushes until it is in, refused, or tried often enough. Whether a push was accepted is decided by reading
 * the remote head again, never by what the server said. The mirror is locked for each try, not while waiting.
 * Throws `E_HUB` when the hub cannot be reached before anything was sent, or when its history was rewritten.
 */
export const commitAndPush = async (deps: CommitLoopDeps, request: CommitLoopRequest): Promise<CommitOutcome> => {
  const tries = request.tries ?? TRIES
  const traffic = { attempts: 0, bytesSent: 0, bytesReceived: 0 }
  const sent = { anything: false }
  let [refusals, silences] = [0, 0]
  let last: Failed = { kind: 'moved', message: null }
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) await deps.clock.sleep(backOffMs(attempt - 1, deps.random), request.signal)
    request.signal?.throwIfAborted()
    traffic.attempts++
    const result = await deps.repository.alone(() => oneTry(deps, request, attempt, { traffic, sent }))
    if (result.kind === 'pushed' || result.kind === 'nothing') return { ...result, ...traffic }
    refusals = isRefusal(result) ? refusals + 1 : 0
    silences = outcomeOf(result) === 'unknown' ? silences + 1 : 0
    if (silences >= SILENCES_BORNE) return { kind: 'unknown', message: result.message, ...traffic }
    if (refusals >= REFUSALS_BELIEVED) return { kind: 'refused', message: result.message, ...traffic }
    last = result
  }
  return { kind: outcomeOf(last), message: last.message, ...traffic }
}

const isRefusal = (result: Failed): boolean =>
  result.kind === 'unmoved' && (result.answer === 'refused' || result.answer === 'accepted')

const outcomeOf = (last: Failed): 'refused' | 'contended' | 'unknown' => {
  if (isRefusal(last)) return 'refused'
  const isMoved = last.kind === 'moved' || (last.kind === 'unmoved' && last.answer === 'moved')
  return isMoved ? 'contended' : 'unknown'
}

type Failed =
  | { readonly kind: 'moved' | 'unread'; readonly message: string | null }
  | { readonly kind: 'unmoved'; readonly answer: PushReport['answer']; readonly message: string | null }
type HeadRead =
  { readonly kind: 'read'; readonly head: Oid | null } | { readonly kind: 'unread'; readonly message: string }
type TryResult =
  | { readonly kind: 'pushed'; readonly head: Oid; readonly commit: Oid; readonly plan: CommitPlan }
  | { readonly kind: 'nothing'; readonly head: Oid | null }
  | Failed

/** What the tries so far have cost, and whether anything has left this machine. */
interface Progress {
  readonly traffic: { -readonly [Key in keyof Traffic]: Traffic[Key] }
  readonly sent: { anything: boolean }
}

const oneTry = async (
  deps: CommitLoopDeps,
  request: CommitLoopRequest,
  attempt: number,
  progress: Progress,
): Promise<TryResult> => {
  const { repository } = deps
  const before = await readHead(request, repository, progress)
  if (before.kind === 'unread') return before
  const tree = before.head === null ? null : (await repository.commit(before.head)).tree
  const plan = await request.plan({ commit: before.head, tree }, attempt)
  if (plan === null) return { kind: 'nothing', head: before.head }
  const rewrite = plan.newRoot ?? false
  const prepared = await repository.prepare({
    parent: rewrite ? null : before.head,
    baseTree: tree,
    changes: plan.changes,
    message: plan.message,
    author: plan.author,
    at: plan.at ?? Math.floor(deps.clock.now().getTime() / 1000),
  })
  await request.beforeSending?.(plan, prepared)
  progress.sent.anything = true
  const report = await repository.push(before.head, prepared, rewrite ? { rewrite } : {})
  progress.traffic.bytesSent += report.bytesSent
  return decide(repository, before.head, { commit: prepared.commit, plan, report }, progress, request.surely === true)
}

/** The server's head, with everything under it in the mirror. */
const readHead = async (
  request: CommitLoopRequest,
  repository: HubRepository,
  { traffic, sent }: Progress,
): Promise<HeadRead> => {
  try {
    // Opening the mirror takes as long as the answer does.
    const [asked, ours] = await Promise.all([
      repository.remoteHead(request.surely === true ? 'push' : 'read'),
      repository.localHead(),
    ])
    traffic.bytesReceived += asked.bytesReceived
    if (asked.head === ours) return { kind: 'read', head: ours }
    if (asked.head === null)
      throw new RewrittenHistory('The hub is empty now, and this machine has read runs from it before.')
    const { head, bytesReceived } = await repository.fetch()
    traffic.bytesReceived += bytesReceived
    if (head === null) throw new RewrittenHistory('The hub became empty while it was read.')
    if (ours !== null && !(await repository.descends(head, ours))) await refuseRewrite(request, head, ours)
    await repository.adopt(head)
    return { kind: 'read', head }
  } catch (error) {
    // Once something was sent, what became of it must still be found out: the hub may be back at the next try.
    if (!sent.anything || error instanceof RewrittenHistory || !isUnreachable(error)) throw error
    return { kind: 'unread', message: error.message }
  }
}

const refuseRewrite = async (request: CommitLoopRequest, head: Oid, ours: Oid): Promise<void> => {
  if (await request.acceptRewrite?.(head, ours)) return
  throw new RewrittenHistory("The hub's history was rewritten: its head does not descend from the one read last.")
}

class RewrittenHistory extends Problem {
  constructor(message: string) {
    super('E_HUB', message, {
      hints: ['Nothing was sent. `benchmark sync` says whether a maintainer signed a new epoch.'],
    })
  }
}

const isUnreachable = (error: unknown): error is Problem =>
  error instanceof Problem && (error.code === 'E_HUB' || error.code === 'E_OFFLINE')

const decide = async (
  repository: HubRepository,
  before: Oid | null,
  { commit, plan, report }: { readonly commit: Oid; readonly plan: CommitPlan; readonly report: PushReport },
  { traffic }: Progress,
  surely: boolean,
): Promise<TryResult> => {
  const after = await headAfterPush(repository, traffic, surely ? 'push' : 'read')
  if (after.kind === 'unread') return after
  const { head } = after
  if (head === commit) {
    await repository.adopt(commit)
    return { kind: 'pushed', head: commit, commit, plan }
  }
  if (head === before) return { kind: 'unmoved', answer: report.answer, message: report.message }
  // Somebody may have built on ours already: then it is in, whatever the server said to us.
  const above = await headAbove(repository, commit, traffic)
  if (above !== null) return { kind: 'pushed', head: above, commit, plan }
  return { kind: 'moved', message: report.message }
}

const headAfterPush = async (
  repository: HubRepository,
  traffic: Progress['traffic'],
  purpose: 'read' | 'push',
): Promise<HeadRead> => {
  try {
    const { head, bytesReceived } = await repository.remoteHead(purpose)
    traffic.bytesReceived += bytesReceived
    return { kind: 'read', head }
  } catch (error) {
    if (!isUnreachable(error)) throw error
    return { kind: 'unread', message: error.message }
  }
}

/** The server's head, taken over, when it has the commit in its history; else null. */
const headAbove = async (repository: HubRepository, commit: Oid, traffic: Progress['traffic']): Promise<Oid | null> => {
  try {
    const { head, bytesReceived } = await repository.fetch()
    traffic.bytesReceived += bytesReceived
    if (head === null || !(await repository.descends(head, commit))) return null
    await repository.adopt(head)
    return head
  } catch (error) {
    if (isUnreachable(error)) return null
    throw error
  }
}
