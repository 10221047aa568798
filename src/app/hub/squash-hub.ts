/** A new epoch: one signed root commit over the same tree, in place of the whole history. */
import { HUB_FILE } from '../../core/hub/layout.ts'
import { commitAndPush } from './commit-loop.ts'
import type { Oid } from './git-ports.ts'
import { hubConfigOf } from './hub-tree.ts'
import { commitAuthor, type MaintenanceDeps, requireDone, requireMaintainerKey, signDocument } from './maintenance.ts'

export interface SquashedHub {
  readonly epoch: number
  readonly previousHead: Oid
  readonly head: Oid
  /** What a new history does not undo, one sentence each. */
  readonly cannotBeRecalled: readonly string[]
}

/** Sentences about what nobody can take back from a git repository. */
export const CANNOT_BE_RECALLED = [
  'Clones that others made before still hold what was there.',
  'Forks, pull requests and caches of the server may keep old commits until its keepers delete them.',
  'What was read, exported or published elsewhere is out of reach.',
] as const

/** Starts the next epoch. Only a maintainer can: readers take a rewritten history on no other word. */
export const squashHub = async (deps: MaintenanceDeps): Promise<SquashedHub> => {
  const { repository, documents, keys, audit, clock } = deps
  let made: { epoch: number; previousHead: Oid } | null = null
  const outcome = requireDone(
    await commitAndPush(deps, {
      plan: async ({ commit, tree }) => {
        const hub = await hubConfigOf(repository, documents, tree)
        // After a push whose answer was lost, the epoch this call wanted is there already.
        if (made !== null && hub.epoch === made.epoch && hub.previous_head === made.previousHead) return null
        const key = requireMaintainerKey(keys, hub)
        const previousHead = commit ?? ''
        made = { epoch: hub.epoch + 1, previousHead }
        const next = { ...hub, version: hub.version + 1, epoch: made.epoch, previous_head: previousHead }
        return {
          changes: [{ path: HUB_FILE, bytes: documents.bytes(signDocument(next, key)) }],
          message: `Epoch ${made.epoch}\n\nReplaces ${previousHead}.`,
          author: commitAuthor(key),
          newRoot: true,
        }
      },
      beforeSending: (_, { commit }) => {
        audit.append({ at: clock.now().toISOString(), action: 'squash', objectHash: null, detail: { commit, ...made } })
      },
    }),
  )
  const { epoch, previousHead } = made ?? { epoch: 0, previousHead: '' }
  return { epoch, previousHead, head: outcome.head ?? '', cannotBeRecalled: CANNOT_BE_RECALLED }
}
