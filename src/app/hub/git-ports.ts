/** The hub's git repository, as use cases see it. */
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
  /**
   * `refused`: the server said no; `moved`: somebody else was faster, or is being served; `unknown`: it fell silent. None of
   * them proves that nothing happened.
   */
  readonly answer: 'accepted' | 'refused' | 'moved' | 'unknown'
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
  /** Tree, parents and time (seconds since 1970, by the clock of who wrote it) of a commit; throws `E_HUB` when it is missing. */
  commit(oid: Oid): Promise<{
    readonly tree: Oid
    readonly parents: readonly Oid[]
    readonly authoredAt: number
    readonly message: string
  }>
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
  /**
   * Asks the server for the head of `main`: one small request. Null: the repository is empty. `push`: asked with the right
   * to push, which a push right after it would ask for anyway.
   */
  remoteHead(purpose?: 'read' | 'push'): Promise<{ readonly head: Oid | null; readonly bytesReceived: number }>
  /**
   * A push comes soon: what {@link remoteHead} will ask before it is asked now, and is answered while other things are done. An
   * older answer is as good: a head that moved since is found when it is compared, or by the push.
   */
  askAhead(): Promise<void>
  /** The head the mirror holds completely; null: nothing. */
  localHead(): Promise<Oid | null>
  /**
   * Brings the mirror to the server's head: shallow the first time, only what is new afterwards. Nothing is checked
   * out. The mirror's head moves only when {@link adopt} is called, so that a rewritten history can be refused. `told`: what
   * {@link remoteHead} has just said, so that it need not be asked again.
   */
  fetch(progress?: (receivedBytes: number) => void, told?: Oid): Promise<FetchReport>
  adopt(head: Oid): Promise<void>
  /** Whether `head` has `ancestor` in its history, as far as the mirror goes. */
  descends(head: Oid, ancestor: Oid): Promise<boolean>
  prepare(request: CommitRequest): Promise<PreparedCommit>
  /**
   * Moves `main` from `before` (null: it does not exist) to the prepared commit, if it still is there. `branch`: makes
   * that branch instead (or moves it, whatever it was), for a pull request.
   */
  push(
    before: Oid | null,
    next: PreparedCommit,
    options?: { readonly rewrite?: boolean; readonly branch?: string },
  ): Promise<PushReport>
  /** The prepared commit as a git bundle (v2) that holds one branch and needs `base`: for who may not push at all. */
  bundle(base: Oid | null, next: PreparedCommit, branch: string): Promise<Uint8Array>
  /** Runs alone among all processes that use this mirror; `E_BUSY` after `waitMs`. */
  alone<T>(work: () => Promise<T>, waitMs?: number): Promise<T>
  /** Throws the mirror away; the next fetch starts afresh. */
  forget(): Promise<void>
  close(): Promise<void>
}
