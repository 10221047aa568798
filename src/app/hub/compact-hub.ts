/** Folds closed months into one file each, in the commit that removes their single files. */
import { compactMonth, isClosedMonth, type MonthFile, runIdOfLine } from '../../core/hub/compaction.ts'
import { segmentPath } from '../../core/hub/layout.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { commitAndPush, type CommitLoopDeps } from './commit-loop.ts'
import type { FileChange, Oid, TreeReader } from './git-ports.ts'
import { hubConfigOf, monthsOf, runFilesOf, segmentOf } from './hub-tree.ts'
import { commitAuthor, requireDone } from './maintenance.ts'
import type { HubDocuments } from './trust-ports.ts'

/** So much is folded in one commit: it is all in memory. */
const BYTES_A_COMMIT = 32 * 1024 * 1024

export interface CompactionPlan {
  readonly changes: readonly FileChange[]
  /** Single files that are lines of a segment afterwards. */
  readonly folded: number
  readonly months: number
  /** Files that stay single, and why. */
  readonly left: readonly { readonly path: string; readonly reason: 'full' | 'conflict' | 'damaged' }[]
  /** More months wait. */
  readonly isPartial: boolean
}

/** What compacting a tree's closed months would change; of all projects, or one (a writer's own, at upload). */
export const planCompaction = async (
  deps: { readonly reader: TreeReader; readonly documents: HubDocuments },
  request: {
    readonly tree: Oid
    readonly hub: HubConfigDocument
    readonly project: string | null
    readonly now: Date
    readonly maxBytes?: number
  },
): Promise<CompactionPlan> => {
  const { tree, hub, project, now, maxBytes = BYTES_A_COMMIT } = request
  const changes: FileChange[] = []
  const left: CompactionPlan['left'][number][] = []
  let [folded, months, bytes] = [0, 0, 0]
  for await (const month of monthsOf(deps.reader, tree, project)) {
    if (!month.hasFolder || !isClosedMonth(month.month, now)) continue
    if (bytes > maxBytes) return { changes, folded, months, left, isPartial: true }
    const files = await runFilesOf(deps.reader, tree, month, hub.limits.run_bytes)
    const segment = month.segment === null ? null : await segmentOf(deps.reader, tree, month)
    const [right, damaged] = partition(deps.documents, month.project, files)
    const result = compactMonth(segment, right, { segmentBytes: hub.limits.segment_bytes }, runIdOfLine)
    left.push(...damaged.map(({ path }) => ({ path, reason: 'damaged' as const })), ...result.left)
    if (result.removed.length === 0) continue
    if (result.segment !== null) changes.push({ path: segmentPath(month.project, month.month), bytes: result.segment })
    changes.push(...result.removed.map((path) => ({ path, bytes: null })))
    folded += result.removed.length
    months++
    bytes += result.segment?.length ?? 0
  }
  return { changes, folded, months, left, isPartial: false }
}

/** Files that are runs of this project, and others: a stranger's damaged file must not get into a segment. */
const partition = (
  documents: HubDocuments,
  project: string,
  files: readonly MonthFile[],
): readonly [readonly MonthFile[], readonly MonthFile[]] => {
  const right: MonthFile[] = []
  const damaged: MonthFile[] = []
  for (const file of files) {
    const { document } = documents.run(file.bytes.subarray(0, -1))
    const isRight = document?.project_id === project && document.run_id === file.runId
    ;(isRight ? right : damaged).push(file)
  }
  return [right, damaged]
}

export interface CompactedHub {
  readonly months: number
  readonly folded: number
  readonly commits: number
  readonly left: CompactionPlan['left']
}

/** Compacts closed months of all projects, or one. Needs no key: nothing is said that was not said before. */
export const compactHub = async (
  deps: CommitLoopDeps & { readonly documents: HubDocuments },
  request: { readonly project?: string | null } = {},
): Promise<CompactedHub> => {
  const { repository, documents, clock } = deps
  const total = { months: 0, folded: 0, commits: 0 }
  for (;;) {
    let last: CompactionPlan | null = null
    const outcome = requireDone(
      await commitAndPush(deps, {
        plan: async ({ tree }) => {
          const hub = await hubConfigOf(repository, documents, tree)
          const project = request.project ?? null
          last = await planCompaction(
            { reader: repository, documents },
            { tree: tree ?? '', hub, project, now: clock.now() },
          )
          const message = `Compact ${last.months} months (${last.folded} runs)`
          return last.changes.length === 0 ? null : { changes: last.changes, message, author: commitAuthor(null) }
        },
      }),
    )
    const plan = last as CompactionPlan | null
    if (plan === null) return { ...total, left: [] }
    if (outcome.kind === 'nothing') return { ...total, left: plan.left }
    total.commits++
    total.months += plan.months
    total.folded += plan.folded
    if (!plan.isPartial) return { ...total, left: plan.left }
  }
}
