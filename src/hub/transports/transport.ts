import type { FetchReport, Oid, PushReport } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import type { Mirror } from '../git/mirror.ts'
import type { NamedObject } from '../git/object.ts'

/** What may be spent on a hub; times in milliseconds. */
export interface HubLimits {
  /** Most bytes one fetch may receive. */
  readonly fetchBytes: number
  /** Most bytes that are spent on finding out whether a history goes on or was rewritten. */
  readonly rewriteBytes: number
  readonly connectMs: number
  /** Longest silence. */
  readonly idleMs: number
  readonly totalMs: number
}

export const DEFAULT_LIMITS: HubLimits = {
  fetchBytes: 512 * 1024 * 1024,
  rewriteBytes: 64 * 1024 * 1024,
  connectMs: 30_000,
  idleMs: 60_000,
  totalMs: 30 * 60_000,
}

/** One push: a compare-and-swap of `main`, or a branch that is made or moved whatever it was. */
export interface PushOrder {
  readonly before: Oid | null
  readonly commit: Oid
  /** Full name of the ref. */
  readonly ref: string
  readonly objects: readonly NamedObject[]
}

/** A way to a hub. Failures that prove that nothing happened are `E_HUB`; a push that may have happened is a report. */
export interface Transport {
  /** `push`: asked as whoever may push; the push that follows needs no question of its own then. */
  head(purpose?: 'read' | 'push'): Promise<{ readonly head: Oid | null; readonly bytesReceived: number }>
  /**
   * Brings the server's head and its tree into the mirror: shallow without `have`, else what is new. `told`: the head that
   * {@link head} has just said.
   */
  fetch(mirror: Mirror, have: Oid | null, progress: (receivedBytes: number) => void, told?: Oid): Promise<FetchReport>
  /**
   * Brings the commits between `since` (which need not be in the mirror) and the head, as far as the server and the limits
   * allow. Nothing is said about whether there are any.
   */
  history(mirror: Mirror, head: Oid, since: Oid): Promise<void>
  push(order: PushOrder): Promise<PushReport>
  close(): void
}

/** More came than may come; nothing of it was kept. */
export class TooLarge extends Problem {
  override readonly name = 'TooLarge'

  constructor(limit: number) {
    super('E_HUB', `The hub sent more than ${Math.round(limit / 1024 / 1024)} MiB; nothing of it was kept.`, {
      hints: ['If the hub is meant to be that large, allow more.'],
    })
  }
}
