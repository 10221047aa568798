/** A new epoch: one signed root commit over the same tree, in place of the whole history. */
import { acceptEpoch } from './accept-epoch.ts'
import { HUB_FILE } from '../../core/hub/layout.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { commitAuthor } from './commit-author.ts'
import { commitAndPush, type HubHead } from './commit-loop.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { changeOf, type HubChange } from './hub-change.ts'
import { readHubFile } from './hub-file.ts'
import { CANNOT_BE_RECALLED, maintainerKeyOf, type MaintenanceDeps, type MaintenanceRequest } from './maintenance.ts'
import { signDocument } from './sign-document.ts'

interface Epoch {
  readonly epoch: number
  readonly previousHead: Oid
  readonly changes: readonly FileChange[]
}

/** Starts the next epoch. Only a maintainer can: readers take a rewritten history on no other word. */
export const squashHub = async (deps: MaintenanceDeps, { dryRun }: MaintenanceRequest): Promise<HubChange> => {
  const { documents, audit, clock, sha256 } = deps
  let made = null as Epoch | null
  let there = null as number | null
  const outcome = await commitAndPush(deps, {
    acceptRewrite: acceptEpoch(deps),
    plan: async (head) => {
      const hub = await readHubFile(deps, head)
      // After a push whose answer was lost, the epoch this call wanted is there already.
      if (made !== null && hub.epoch === made.epoch && hub.previous_head === made.previousHead) return null
      // An earlier call may have got that far and died: one more epoch would only put off whoever read the one before.
      if (await isOneEpoch(deps, head, hub)) {
        there = hub.epoch
        return null
      }
      const key = maintainerKeyOf(deps, hub)
      const previousHead = head.commit ?? ''
      const epoch = hub.epoch + 1
      const next = signDocument({ ...hub, version: hub.version + 1, epoch, previous_head: previousHead }, key, hub)
      made = { epoch, previousHead, changes: [{ path: HUB_FILE, bytes: documents.bytes(next) }] }
      const message = `Epoch ${epoch}\n\nReplaces ${previousHead}.\n`
      return dryRun ? null : { changes: made.changes, message, author: commitAuthor(key), newRoot: true }
    },
    beforeSending: (_, { commit }) => {
      const detail = { commit, epoch: made?.epoch ?? null, replaces: made?.previousHead ?? null }
      audit.append({ at: clock.now().toISOString(), action: 'squash', objectHash: sha256(commit), detail })
    },
  })
  if (there !== null)
    return changeOf(deps, 'squash', outcome, [], {
      runs: 0,
      notes: [`The history is one commit already: epoch ${there}.`, ...CANNOT_BE_RECALLED],
    })
  const what = `Epoch ${made?.epoch ?? 0} ${dryRun ? 'would replace' : 'replaces'} the history up to ${made?.previousHead ?? ''}.`
  return changeOf(deps, 'squash', outcome, made?.changes ?? [], { runs: 0, notes: [what, ...CANNOT_BE_RECALLED] })
}

/** Whether nothing was committed since an epoch began. */
const isOneEpoch = async (
  { repository }: MaintenanceDeps,
  { commit }: HubHead,
  hub: HubConfigDocument,
): Promise<boolean> =>
  hub.previous_head !== null && commit !== null && (await repository.commit(commit)).parents.length === 0
