/** A reader of a hostile hub: real repositories, a real index, and the use case `sync` on them. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { HubDeps } from '../../src/app/hub/hub-deps.ts'
import { syncHub, type SyncResult } from '../../src/app/hub/sync-hub.ts'
import { createKeyStore } from '../../src/hub/keys/key-store.ts'
import { createHubStore, type HubStore } from '../../src/store/hub/hub-store.ts'
import { openDatabase } from '../../src/store/open.ts'
import { aBareRepository, git, removeRepository } from './git-cli-hub.ts'
import { openHub } from './hub-repository.ts'
import { commitFiles, type Files, NOW, sha256, trustDeps } from './hostile-hub.ts'

export interface HostileSync {
  readonly remote: string
  readonly database: string
  readonly store: HubStore
  /** Puts a commit of these files on the head (`root`: in its place), and returns it. */
  readonly push: (files: Files, options?: { readonly root?: boolean }) => string
  readonly sync: (fresh?: boolean) => Promise<SyncResult>
  /** Another reader of the same hub, who has read nothing yet. */
  readonly newcomer: () => HostileSync
  /** The mirror is lost, as caches are. */
  readonly loseMirror: () => Promise<void>
  readonly close: () => Promise<void>
}

export const hostileSync = (folder: string, remote = aBareRepository()): HostileSync => {
  const home = mkdtempSync(join(folder, 'reader-'))
  const database = join(home, 'benchmark.db')
  const store = createHubStore(openDatabase(database))
  let mirrors = 0
  const opened = () => openHub(remote, join(home, `mirror ${mirrors}`))
  let repository = opened()
  let head: string | null = null
  const others: HostileSync[] = []
  const deps = (): HubDeps => ({
    ...trustDeps,
    repository,
    keys: createKeyStore({ HOME: home }),
    credentials: {
      find: () => Promise.resolve(null),
      store: () => undefined,
      remove: () => false,
      confirm: () => undefined,
      withheld: () => null,
      redact: (t) => t,
    },
    outbox: store.outbox,
    index: store.index,
    audit: store.audit,
    clock: { now: () => NOW, monotonic: () => 0, sleep: () => Promise.resolve() },
    random: () => 0,
    randomBytes: (count) => new Uint8Array(count),
    sha256: sha256,
    toolVersion: '0.0.0',
    publicPipelines: () => Promise.resolve(new Map()),
    owner: 'test',
    isAlive: () => true,
  })
  return {
    remote,
    database,
    store,
    push: (files, { root = false } = {}) => {
      head = commitFiles(remote, root ? null : head, files)
      git(remote, ['update-ref', 'refs/heads/main', head])
      return head
    },
    sync: (fresh = false) => syncHub(deps(), { fresh }),
    newcomer: () => {
      const other = hostileSync(folder, remote)
      others.push(other)
      return other
    },
    loseMirror: async () => {
      await repository.close()
      mirrors += 1
      repository = opened()
    },
    close: async () => {
      for (const other of others) await other.close()
      await repository.close()
      store.close()
      removeRepository(remote)
    },
  }
}
