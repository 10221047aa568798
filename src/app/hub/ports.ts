/** What the hub's use cases need from outside: git, keys, validated documents, and what the database keeps of a hub. */
import type { HubRunDocument } from '../../generated/hub-run.ts'

/** A git object id: 40 hexadecimal digits (SHA-1). Transport detail, never evidence. */
export type Oid = string

/** One file of a tree as it differs between two trees. Directories never appear, only what is in them. */
export interface TreeChange {
  readonly path: string
  /** Null: added. */
  readonly before: { readonly oid: Oid; readonly mode: string } | null
  /** Null: removed. */
  readonly after: { readonly oid: Oid; readonly mode: string } | null
}

/** What one commit changes; `bytes` null removes the path. */
export interface FileChange {
  readonly path: string
  readonly bytes: Uint8Array | null
}

export interface CommitRequest {
  /** Null: the first commit of an empty hub, or of a new epoch. */
  readonly parent: Oid | null
  /** Tree the changes apply to; the parent's when not given, null for an empty one. */
  readonly baseTree?: Oid | null
  readonly changes: readonly FileChange[]
  readonly message: string
  /** Never the user's own git identity. */
  readonly author: { readonly name: string; readonly email: string }
  /** Seconds since 1970, UTC. */
  readonly at: number
}

/** A commit that exists only in the mirror, and the new objects it brings. */
export interface PreparedCommit {
  readonly commit: Oid
  readonly objects: readonly Oid[]
}

/** What a server may have done with a push; the truth is what the head is afterwards. */
export interface PushReport {
  /** `refused`: the server said no; `unknown`: it fell silent. Neither proves that nothing happened. */
  readonly answer: 'accepted' | 'refused' | 'unknown'
  /** What it said, made safe for a terminal; null when nothing. */
  readonly message: string | null
  readonly bytesSent: number
}

export interface FetchReport {
  readonly head: Oid | null
  readonly bytesReceived: number
}

/** Reading a tree of a repository: a mirror's, or any repository's (`hub check`). */
export interface TreeReader {
  /** Tree and parents of a commit; throws `E_HUB` when it is missing. */
  commit(oid: Oid): Promise<{ readonly tree: Oid; readonly parents: readonly Oid[]; readonly message: string }>
  /** Files directly in a folder (`''`: the root) of a tree, and folders; empty when there is no such folder. */
  list(tree: Oid, folder: string): Promise<readonly { name: string; mode: string; oid: Oid; isFolder: boolean }[]>
  /** Every file that differs, in path order; equal subtrees are not opened. `before` null: everything. */
  diff(before: Oid | null, after: Oid): AsyncIterable<TreeChange>
  /** A file's bytes, or null when there is no such file. Throws `E_HUB` above `maxBytes`. */
  file(tree: Oid, path: string, maxBytes?: number): Promise<Uint8Array | null>
  /**
   * Bytes of many objects, in the order asked for, read in bulk. An object above `maxBytes` comes without bytes; what
   * is not a blob too.
   */
  blobs(
    wanted: AsyncIterable<{ readonly oid: Oid; readonly path: string }>,
    maxBytes: (path: string) => number,
  ): AsyncIterable<{
    readonly oid: Oid
    readonly path: string
    readonly bytes: Uint8Array | null
    readonly size: number
  }>
}

/** A hub's git repository through this machine's mirror of it. The mirror holds nothing that cannot be fetched again. */
export interface HubRepository extends TreeReader {
  /** Without credentials; the same hub always has the same. */
  readonly url: string
  /** Asks the server for the head of `main`: one small request. Null: the repository is empty. */
  remoteHead(): Promise<{ readonly head: Oid | null; readonly bytesReceived: number }>
  /** The head the mirror holds completely; null: nothing. */
  localHead(): Promise<Oid | null>
  /**
   * Brings the mirror to the server's head: shallow the first time, only what is new afterwards. Nothing is checked
   * out. The mirror's head moves only when {@link adopt} is called, so that a rewritten history can be refused.
   */
  fetch(progress?: (receivedBytes: number) => void): Promise<FetchReport>
  adopt(head: Oid): Promise<void>
  /** Whether `head` has `ancestor` in its history, as far as the mirror goes. */
  descends(head: Oid, ancestor: Oid): Promise<boolean>
  prepare(request: CommitRequest): Promise<PreparedCommit>
  /** Moves `main` from `before` (null: it does not exist) to the prepared commit, if it still is there. */
  push(before: Oid | null, next: PreparedCommit, options?: { readonly rewrite?: boolean }): Promise<PushReport>
  /** Runs alone among all processes that use this mirror; `E_BUSY` after `waitMs`. */
  alone<T>(work: () => Promise<T>, waitMs?: number): Promise<T>
  /** Throws the mirror away; the next fetch starts afresh. */
  forget(): Promise<void>
  close(): Promise<void>
}

/** A public key as documents carry it. */
export interface PublicKey {
  /** base32 (a-z2-7) of the first bytes of the SHA-256 of the raw key, 26 characters. */
  readonly keyId: string
  readonly alg: 'ed25519'
  /** Raw 32 bytes, base64url. */
  readonly publicKey: string
}

/** A private key that never leaves its file (or the environment, in CI). */
export interface SigningKey extends PublicKey {
  /** Signature over the bytes, base64url. */
  sign(bytes: Uint8Array): string
}

/** Keys of this user. Files are created 0600 in a folder created 0700; a file others may read is refused. */
export interface KeyStore {
  /** The key of a project, made when there is none yet. `BENCHMARK_SIGNING_KEY` wins over the file. */
  projectKey(project: string): SigningKey
  /** The same, or null when there is none; nothing is made. */
  existingProjectKey(project: string): SigningKey | null
  /** Key of a hub's maintainer (`hub init`, `retain`, `erase`, `squash`). */
  maintainerKey(hub: string): SigningKey
  existingMaintainerKey(hub: string): SigningKey | null
  /** Throw-away key for anonymised runs of one month, kept as proof for a later erasure. */
  communityKey(month: string): SigningKey
  /** Secret of this user for pseudonyms of a month. */
  pseudonymSecret(month: string): Uint8Array
}

/** Checks signatures; the work is done beside the caller, so that many can be under way. */
export interface Signatures {
  verify(bytes: Uint8Array, signature: string, publicKey: string): Promise<boolean>
}

/** Tokens, each bound to one origin (scheme, host and port). */
export interface Credentials {
  /** For this hub, and where it came from; null: none. */
  find(hubUrl: string): Promise<{ readonly token: string; readonly user: string; readonly source: string } | null>
  store(hubUrl: string, token: string): void
  remove(hubUrl: string): boolean
  /** Hides every live token in a text. */
  redact(text: string): string
}

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
  /** Adds one; the same run with the same visibility again is `already`, whatever became of it. */
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
  settle(
    ids: readonly number[],
    state: 'pushed' | 'conflict' | 'rejected',
    details: { commit?: Oid; reason?: string },
  ): void
  /** Puts claimed entries back. */
  release(ids: readonly number[], nextAt: string, reason: string): void
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
  /** Notes the target of a sync that begins (or goes on). */
  begin(url: string, target: { readonly head: Oid; readonly tree: Oid }, epoch: number): void
  /**
   * One step of a sync, and the cursor after it. A run that is there with the same content only gets its new path
   * (compaction); with other content the first one stays, the run is marked tampered and reported back.
   */
  apply(
    url: string,
    step: {
      readonly added: readonly IndexedRun[]
      /** Paths that are gone from the tree; runs that moved to another path in the same sync keep. */
      readonly removedPaths: readonly string[]
      readonly quarantined: readonly Quarantined[]
      readonly registry: readonly RegistryFile[]
      readonly removedRegistry: readonly string[]
      readonly cursor: string
      readonly at: string
    },
  ): { readonly added: number; readonly moved: number; readonly tampered: readonly Quarantined[] }
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
  /** Exact documents in (project, month, run id) order, for `hub view` and `hub compact`. */
  documents(
    url: string,
  ): Iterable<{ readonly path: string; readonly project: string; readonly month: string; readonly line: Uint8Array }>
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
