/** Takes a run out of a hub, and keeps it out. */
import { acceptEpoch } from './accept-epoch.ts'
import { contentOfLine, joinLines } from '../../core/hub/compaction.ts'
import { classifyPath, projectPath, tombstonePath } from '../../core/hub/layout.ts'
import { COMMUNITY, HUB_RUN_ID } from '../../core/hub/names.ts'
import { tombstoneHash } from '../../core/hub/tombstones.ts'
import { Problem } from '../../core/problem.ts'
import type { HubTombstoneDocument } from '../../generated/hub-tombstone.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { linesById } from './change-context.ts'
import { commitAuthor } from './commit-author.ts'
import { commitAndPush } from './commit-loop.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { changeOf, type HubChange } from './hub-change.ts'
import { readHubFile } from './hub-file.ts'
import { monthsOf } from './hub-tree.ts'
import { runsOfTree } from './known-runs.ts'
import {
  CANNOT_BE_RECALLED,
  countedMaintainerKey,
  type MaintenanceDeps,
  type MaintenanceRequest,
} from './maintenance.ts'
import { newSeal, sealerOf } from './seal-month.ts'
import { signDocument } from './sign-document.ts'
import type { SigningKey } from './trust-ports.ts'

const MOST_SEGMENT_BYTES = 256 * 1024 * 1024

export interface EraseRequest extends MaintenanceRequest {
  /** Its id in the hub. */
  readonly runId: string
  readonly reason: HubTombstoneDocument['reason']
}

/**
 * Erases by the key of the run's project, or of a maintainer (anonymised runs: maintainers only): a tombstone, and the
 * run out of the tree. Says what cannot be recalled. Doing it again does no harm.
 */
export const eraseRun = async (deps: MaintenanceDeps, request: EraseRequest): Promise<HubChange> => {
  const { repository, documents, audit, clock, sha256 } = deps
  const { runId, reason, dryRun } = request
  if (!HUB_RUN_ID.test(runId)) throw new Problem('E_USAGE', `"${runId}" is no run id of a hub.`)
  let planned: readonly FileChange[] = []
  let path: string | null = null
  let content: string | null = null
  const outcome = await commitAndPush(deps, {
    acceptRewrite: acceptEpoch(deps),
    plan: async (head) => {
      const hub = await readHubFile(deps, head)
      const tree = head.tree ?? ''
      const found = await runsOfTree(repository, tree, MOST_SEGMENT_BYTES).place(runId)
      const hash = tombstoneHash(hub.salt, runId, sha256)
      const hasTombstone = (await repository.file(tree, tombstonePath(hash))) !== null
      if (found === null && hasTombstone) return null
      const key = await eraserKey(deps, hub, tree, found?.project ?? null)
      const erased_on = clock.now().toISOString().slice(0, 10)
      const stone = signDocument({ schema: 'benchmark.hub-tombstone/1', hash, reason, erased_on }, key, hub)
      const changes: FileChange[] = hasTombstone ? [] : [{ path: tombstonePath(hash), bytes: documents.bytes(stone) }]
      if (found !== null) {
        const removed = await removal(deps, tree, found.path, runId)
        changes.push(removed.change, ...(await sealChanges(deps, { tree, hub }, removed.change)))
        path = found.path
        content = removed.content
      }
      planned = changes
      // The message names no run: the history outlives it.
      return dryRun ? null : { changes, message: 'Erase a run\n', author: commitAuthor(key) }
    },
    beforeSending: (_, { commit }) => {
      const detail = { commit, reason }
      audit.append({ at: clock.now().toISOString(), action: 'erase', objectHash: sha256(commit), detail })
    },
  })
  const details = content === null || dryRun ? 0 : audit.eraseDetails(content)
  const where =
    path === null ? 'It was not in the tree (any more); its return is prevented.' : `It was at ${String(path)}.`
  return changeOf(deps, 'erase', outcome, planned, {
    runs: path === null ? 0 : 1,
    notes: [
      where,
      ...(details > 0 ? [`Details of ${details} entries of the audit log were erased.`] : []),
      "The hub's history still holds the run until a maintainer runs benchmark hub squash.",
      'Frozen aggregates that the run went into keep its share.',
      ...CANNOT_BE_RECALLED,
    ],
  })
}

const eraserKey = async (
  deps: MaintenanceDeps,
  hub: HubConfigDocument,
  tree: Oid,
  project: string | null,
): Promise<SigningKey> => {
  const { repository, documents, keys } = deps
  const maintainer = countedMaintainerKey(deps, hub)
  if (maintainer !== null) return maintainer
  const isNamed = project !== null && project !== COMMUNITY
  const bytes = isNamed ? await repository.file(tree, projectPath(project)) : null
  const registered = bytes === null ? [] : (documents.project(bytes).document?.keys ?? [])
  const key = isNamed ? keys.existingProjectKey(project) : null
  if (key !== null && registered.some(({ key_id, status }) => key_id === key.keyId && status === 'active')) return key
  throw new Problem('E_HUB', 'This machine has no key that may erase the run.', {
    hints: [
      project === COMMUNITY
        ? 'Anonymised runs are erased by maintainers of the hub.'
        : 'The key of its project, or of a maintainer of the hub, is needed.',
    ],
  })
}

/** A closed month that lost a line needs another seal, or none. */
const sealChanges = async (
  deps: MaintenanceDeps,
  { tree, hub }: { readonly tree: Oid; readonly hub: HubConfigDocument },
  { path, bytes }: FileChange,
): Promise<readonly FileChange[]> => {
  const place = classifyPath(path)
  if (place?.kind !== 'segment') return []
  const sealDeps = { ...deps, reader: deps.repository }
  for await (const month of monthsOf(deps.repository, tree, place.project)) {
    if (month.month !== place.month || month.seal === null) continue
    const seal = await newSeal(sealDeps, await sealerOf(sealDeps, tree, hub, place.project), month, bytes)
    return seal === null ? [] : [seal]
  }
  return []
}

const removal = async (
  { repository }: MaintenanceDeps,
  tree: Oid,
  path: string,
  runId: string,
): Promise<{ readonly change: FileChange; readonly content: string | null }> => {
  const bytes = await repository.file(tree, path, MOST_SEGMENT_BYTES)
  const lines = new Map(bytes === null ? [] : linesById(bytes))
  const line = lines.get(runId)
  lines.delete(runId)
  const content = line === undefined ? null : contentOfLine(line)
  return { change: { path, bytes: lines.size === 0 ? null : joinLines(lines) }, content }
}
