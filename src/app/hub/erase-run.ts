/** Takes a run out of a hub, and keeps it out. */
import { joinLines } from '../../core/hub/compaction.ts'
import { projectPath, tombstonePath } from '../../core/hub/layout.ts'
import { COMMUNITY, HUB_RUN_ID } from '../../core/hub/names.ts'
import { tombstoneHash } from '../../core/hub/tombstones.ts'
import { Problem } from '../../core/problem.ts'
import type { HubTombstoneDocument } from '../../generated/hub-tombstone.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { linesById } from './change-context.ts'
import { commitAndPush } from './commit-loop.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { hubConfigOf } from './hub-tree.ts'
import { runsOfTree } from './known-runs.ts'
import { commitAuthor, countedMaintainerKey, type MaintenanceDeps, requireDone, signDocument } from './maintenance.ts'
import { CANNOT_BE_RECALLED } from './squash-hub.ts'
import type { SigningKey } from './trust-ports.ts'

const MOST_SEGMENT_BYTES = 256 * 1024 * 1024

export interface EraseRequest {
  /** Its id in the hub. */
  readonly runId: string
  readonly reason: HubTombstoneDocument['reason']
  /** SHA-256 of its content: details of the audit log about it are erased too. Null: not known. */
  readonly contentSha256: string | null
}

export interface ErasedRun {
  readonly runId: string
  /** Where it was; null: it was not in the tree (any more), only its return is prevented now. */
  readonly path: string | null
  /** `already`: there was a tombstone, and nothing left to remove. */
  readonly outcome: 'erased' | 'already'
  readonly auditDetailsErased: number
  /** One sentence each. */
  readonly cannotBeRecalled: readonly string[]
}

/** Erases by the key of the run's project, or of a maintainer. Anonymised runs: maintainers only. */
export const eraseRun = async (deps: MaintenanceDeps, request: EraseRequest): Promise<ErasedRun> => {
  const { repository, documents, audit, clock, sha256 } = deps
  const { runId, reason, contentSha256 } = request
  if (!HUB_RUN_ID.test(runId)) throw new Problem('E_USAGE', `"${runId}" is no run id of a hub.`)
  let path: string | null = null
  const outcome = requireDone(
    await commitAndPush(deps, {
      plan: async ({ tree }) => {
        const hub = await hubConfigOf(repository, documents, tree)
        const found = await runsOfTree(repository, tree ?? '', MOST_SEGMENT_BYTES).place(runId)
        const hash = tombstoneHash(hub.salt, runId, sha256)
        const hasTombstone = (await repository.file(tree ?? '', tombstonePath(hash))) !== null
        if (found === null && hasTombstone) return null
        path = found?.path ?? path
        const key = await eraserKey(deps, hub, tree ?? '', found?.project ?? null)
        const erased_on = clock.now().toISOString().slice(0, 10)
        const stone = signDocument({ schema: 'benchmark.hub-tombstone/1', hash, reason, erased_on }, key)
        const changes: FileChange[] = hasTombstone ? [] : [{ path: tombstonePath(hash), bytes: documents.bytes(stone) }]
        if (found !== null) changes.push(await removal(deps, tree ?? '', found.path, runId))
        // The message names no run: the history outlives it.
        return { changes, message: 'Erase a run', author: commitAuthor(key) }
      },
      beforeSending: (_, { commit }) => {
        audit.append({ at: clock.now().toISOString(), action: 'erase', objectHash: null, detail: { commit, reason } })
      },
    }),
  )
  return {
    runId,
    path,
    outcome: outcome.kind === 'pushed' || path !== null ? 'erased' : 'already',
    auditDetailsErased: contentSha256 === null ? 0 : audit.eraseDetails(contentSha256),
    cannotBeRecalled: [
      "The hub's history still holds the run until a maintainer runs `benchmark hub squash`.",
      'Frozen aggregates that the run went into keep its share.',
      ...CANNOT_BE_RECALLED,
    ],
  }
}

const eraserKey = async (
  { repository, documents, keys }: MaintenanceDeps,
  hub: HubConfigDocument,
  tree: Oid,
  project: string | null,
): Promise<SigningKey> => {
  const maintainer = countedMaintainerKey(keys, hub)
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

const removal = async (
  { repository }: MaintenanceDeps,
  tree: Oid,
  path: string,
  runId: string,
): Promise<FileChange> => {
  if (!path.endsWith('.jsonl')) return { path, bytes: null }
  const bytes = await repository.file(tree, path, MOST_SEGMENT_BYTES)
  const lines = new Map(bytes === null ? [] : linesById(bytes))
  lines.delete(runId)
  return { path, bytes: lines.size === 0 ? null : joinLines(lines) }
}
