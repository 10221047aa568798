/** Folds closed months into one file each, in the commit that removes their single files. */
import { acceptEpoch } from './accept-epoch.ts'
import { compactMonth, isClosedMonth, type MonthFile, runIdOfLine } from '../../core/hub/compaction.ts'
import { segmentPath } from '../../core/hub/layout.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { commitAndPush } from './commit-loop.ts'
import type { FileChange, Oid, TreeReader } from './git-ports.ts'
import { changeOf, type HubChange } from './hub-change.ts'
import { readHubFile } from './hub-file.ts'
import { monthsOf, runFilesOf, segmentOf } from './hub-tree.ts'
import { ANYBODY, type MaintenanceDeps, type MaintenanceRequest } from './maintenance.ts'
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

/** Compacts closed months of all projects. Needs no key: nothing is said that was not said before. */
export const compactHub = async (
  deps: Pick<MaintenanceDeps, 'repository' | 'documents' | 'signatures' | 'clock' | 'random'>,
  { dryRun }: MaintenanceRequest,
): Promise<HubChange> => {
  const { repository: reader, documents, clock } = deps
  const changes: FileChange[] = []
  const notes = new Map<string, string>()
  let [folded, isPartial, commit] = [0, true, null as Oid | null]
  while (isPartial) {
    let plan = null as CompactionPlan | null
    const outcome = await commitAndPush(deps, {
      acceptRewrite: acceptEpoch(deps),
      plan: async (head) => {
        const hub = await readHubFile(deps, head)
        const scope = { tree: head.tree ?? '', hub, project: null, now: clock.now() }
        plan = await planCompaction({ reader, documents }, scope)
        if (plan.changes.length === 0 || dryRun) return null
        const message = `Compact ${plan.months} months (${plan.folded} runs)\n`
        return { changes: plan.changes, message, author: ANYBODY }
      },
    })
    const step = changeOf(deps, 'compact', outcome, plan?.changes ?? [], { runs: 0, notes: [] })
    if (plan === null) break
    commit = step.commit ?? commit
    if (outcome.kind === 'pushed' || dryRun) {
      // Their bytes are in the hub; only how many there were is of interest now.
      changes.push(...plan.changes.map(({ path, bytes }) => ({ path, bytes: bytes === null ? null : NO_BYTES })))
      folded += plan.folded
    }
    for (const { path, reason } of plan.left) notes.set(path, `${path} stays: ${WHY[reason]}.`)
    if (dryRun && plan.isPartial) notes.set('', 'More months would follow in further commits.')
    isPartial = plan.isPartial && outcome.kind === 'pushed'
  }
  return {
    hub: reader.url,
    action: 'compact',
    commit,
    changed: changes.filter(({ bytes }) => bytes !== null).length,
    removed: changes.filter(({ bytes }) => bytes === null).length,
    runs: folded,
    notes: [...notes.values()],
  }
}

const NO_BYTES = new Uint8Array()
const WHY = {
  full: 'the closed month is as large as the hub allows',
  conflict: 'the closed month holds other bytes under this run id',
  damaged: 'it is no run of this project, or its closed month is damaged',
} as const
