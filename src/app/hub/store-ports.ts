/** What the database keeps of hubs: what is on its way there, what was read from there, and what was done. */
import type { HubRunDocument } from '../../generated/hub-run.ts'
import type { Oid } from './git-ports.ts'
import type { PublicKey } from './trust-ports.ts'

/** Where an upload stands. `held`: it would identify its owner; `inflight` comes back to `queued` when its lease ends. */
export type OutboxState = 'queued' | 'inflight' | 'held' | 'pushed' | 'conflict' | 'rejected'

/** One document on its way to a hub: the exact bytes, so that every attempt sends the same. */
export interface OutboxEntry {
  readonly id: number
  readonly hub: string
  readonly project: string
  /** Run on this machine. */
  readonly localRunId: string
  /** Its name in the hub: the same, or a random one where anonymised. */
  readonly runId: string
  readonly visibility: 'community' | 'public'
  readonly month: string
  readonly path: string
  readonly bytes: Uint8Array
  readonly contentSha256: string
  readonly state: OutboxState
  readonly attempts: number
  readonly nextAt: string | null
  /** Why it is held, in conflict or rejected. */
  readonly reason: string | null
  readonly commit: Oid | null
  readonly createdAt: string
}

/** Uploads that are on their way. Every call is one transaction. */
export interface Outbox {
  /** Adds one; the same run with the same visibility again is `already`, unless it was rejected: that one is made anew. */
  enqueue(entry: Omit<OutboxEntry, 'id' | 'state' | 'attempts' | 'nextAt' | 'commit'> & { state: 'queued' | 'held' }): {
    readonly outcome: 'queued' | 'already'
    readonly entry: OutboxEntry
  }
  /** Takes entries that are due (queued, or inflight with an expired lease) of a hub, oldest first, one project only. */
  claim(
    hub: string,
    limits: { readonly rows: number; readonly bytes: number },
    owner: string,
    now: string,
    leaseUntil: string,
  ): readonly OutboxEntry[]
  /** Ends claims made through this object; what somebody else has claimed since stays theirs. */
  settle(
    ids: readonly number[],
    state: 'pushed' | 'conflict' | 'rejected',
    details: { commit?: Oid; reason?: string },
  ): void
  /** Gives back what processes claimed that are not alive any more; `owner` as it was given to {@link claim}. */
  freeDead(hub: string, isAlive: (owner: string) => boolean): void
  /** Puts claimed entries back. */
  release(ids: readonly number[], nextAt: string, reason: string): void
  /** Sends entries on their way (again) that are held, in conflict or rejected; returns how many. */
  requeue(ids: readonly number[]): number
  /** Notes that runs (ids in the hub) were erased there: they are not in it any more, and their bytes are forgotten here. */
  markErased(hub: string, runIds: readonly string[]): void
  list(filter?: { hub?: string; state?: OutboxState; localRunId?: string }): readonly OutboxEntry[]
  counts(hub: string): Readonly<Record<OutboxState, number>>
}

/** Whose signature a run carries. Only `owner` counts in leaderboards unless asked otherwise. */
export type Trust = 'owner' | 'unknown-owner' | 'revoked' | 'anonymous'

/** A valid run on its way into the index. */
export interface IndexedRun {
  readonly document: HubRunDocument
  /** The exact bytes, without the line feed. */
  readonly line: Uint8Array
  readonly path: string
  readonly month: string
  readonly trust: Trust
}

/** Something found in a hub that is not taken in, and why. */
export interface Quarantined {
  readonly path: string
  readonly runId: string | null
  readonly reason: string
}

/** How far a hub has been read. */
export interface HubState {
  readonly url: string
  readonly head: Oid | null
  readonly tree: Oid | null
  readonly epoch: number
  /** A sync under way: its target and the last path that is done. */
  readonly target: { readonly head: Oid; readonly tree: Oid; readonly cursor: string } | null
  readonly syncedAt: string | null
  /** `diverged`: its history was rewritten without a signed new epoch. */
  readonly state: 'ok' | 'diverged'
}

/** A registry document of the hub as it was last read: exact bytes by path. */
export interface RegistryFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** What the database keeps of hubs. Each call is one transaction. */
export interface HubIndex {
  hubs(): readonly HubState[]
  state(url: string): HubState | null
  /**
   * Notes the target of a sync that begins, or goes on when it is the same. With another target than the one under way,
   * what that one did is undone first: the changes to apply are those from the last finished head. `afresh`: the whole
   * tree will be applied, for want of the last one; what is not met in it counts as gone.
   */
  begin(
    url: string,
    target: { readonly head: Oid; readonly tree: Oid },
    epoch: number,
    options?: { readonly afresh?: boolean },
  ): void
  /**
   * One step of a sync, and the cursor after it. A run that is there with the same content only gets its new path
   * (compaction); with other content the first one stays, the other is quarantined and reported back as tampered, and
   * so is the same content under a second id.
   */
  apply(
    url: string,
    step: {
      readonly added: readonly IndexedRun[]
      /**
       * Paths that are gone from the tree; runs that moved to another path in the same sync keep. A segment whose bytes
       * changed is named here too, in the step of its first line or before: what it no longer holds is gone.
       */
      readonly removedPaths: readonly string[]
      readonly quarantined: readonly Quarantined[]
      readonly registry: readonly RegistryFile[]
      readonly removedRegistry: readonly string[]
      readonly cursor: string
      readonly at: string
    },
  ): { readonly added: number; readonly moved: number; readonly tampered: readonly Quarantined[] }
  /** Runs whose path is gone and that did not move, before a sync ends. */
  gone(url: string): readonly { readonly runId: string; readonly project: string; readonly month: string }[]
  /**
   * Ends a sync: the head is the target now. Runs whose path is gone and that did not move are dropped when
   * `expected` says so (tombstone, retention), else kept and reported.
   */
  finish(
    url: string,
    at: string,
    expected: (run: { readonly runId: string; readonly project: string; readonly month: string }) => boolean,
  ): { readonly removed: number; readonly missing: readonly Quarantined[] }
  markDiverged(url: string): void
  registry(url: string, prefix: string): readonly RegistryFile[]
  /** Public key pinned at first use, by key id, for a project (or `hub.json`'s maintainers, project null). */
  pins(url: string, project: string | null): readonly { readonly keyId: string; readonly publicKey: string }[]
  pin(url: string, project: string | null, key: PublicKey, at: string): void
  /** Recomputes trust of a project's runs after its registration changed, without git. */
  retrust(url: string, project: string, trustOf: (keyId: string, firstSeenAt: string) => Trust): void
  quarantined(url: string): readonly Quarantined[]
  /** Exact documents of what is in the hub, in (project, month, run id) order, for `hub view` and `hub compact`. */
  documents(
    url: string,
  ): Iterable<{ readonly path: string; readonly project: string; readonly month: string; readonly line: Uint8Array }>
  /** Whether no run of the hub was taken in: counting all of them takes longer. */
  isEmpty(url: string): boolean
  counts(url: string): { readonly runs: number; readonly projects: number; readonly quarantined: number }
  /** Forgets one hub altogether. */
  drop(url: string): void
}

/** One entry of the audit log. `objectHash`: SHA-256 of what it is about. */
export interface AuditEntry {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly action:
    | 'enqueue'
    | 'disclose'
    | 'push'
    | 'sync'
    | 'visibility'
    | 'erase'
    | 'retain'
    | 'squash'
    | 'key'
    | 'token'
    | 'register'
    | 'policy'
    | 'check-failed'
    | 'bless'
    | 'prune'
  readonly objectHash: string | null
  /** Personal or descriptive detail; null when it was erased (the chain still verifies). */
  readonly detail: Readonly<Record<string, unknown>> | null
  readonly hash: string
}

/** Append-only, hash-chained log of what was disclosed, erased or changed. */
export interface AuditLog {
  append(
    entry: Pick<AuditEntry, 'at' | 'action' | 'objectHash'> & { detail: Readonly<Record<string, unknown>> },
  ): AuditEntry
  /** Newest first. */
  list(filter?: { limit?: number; action?: string }): readonly AuditEntry[]
  /** The newest hash, or null when nothing was logged. */
  newest(): string | null
  /** Every broken link: sequence number and what is wrong. */
  verify(): {
    readonly entries: number
    readonly problems: readonly { readonly seq: number; readonly problem: string }[]
  }
  /** Deletes the details of entries about an object. */
  eraseDetails(objectHash: string): number
}
