/** Folds closed months into one file each, in the commit that removes their single files. */
import { acceptEpoch } from './accept-epoch.ts'
import { compactMonth, isClosedMonth, type MonthFile, runIdOfLine } from '../../core/hub/compaction.ts'
import { segmentPath } from '../../core/hub/layout.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { commitAndPush } from './commit-loop.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { changeOf, type HubChange } from './hub-change.ts'
import { readHubFile } from './hub-file.ts'
import { monthsOf, runFilesOf, segmentOf } from './hub-tree.ts'
import { ANYBODY, type MaintenanceDeps, type MaintenanceRequest } from './maintenance.ts'
import { lateSeal, newSeal, type SealDeps, type Sealer, sealerOf } from './seal-month.ts'
import type { HubDocuments } from './trust-ports.ts'

/** So much is folded in one commit: it is all in memory. */
const BYTES_A_COMMIT = 32 * 1024 * 1024

export interface CompactionPlan {
  readonly changes: readonly FileChange[]
  /** Single files that are lines of a segment afterwards. */
  readonly folded: number
  readonly months: number
  /** Months that have a new seal. */
  readonly sealed: number
  /** Files that stay single, and why. */
  readonly left: readonly { readonly path: string; readonly reason: 'full' | 'conflict' | 'damaged' }[]
  /** More months wait. */
  readonly isPartial: boolean
}

/**
 * What compacting a tree's closed months would change; of all projects, or one (a writer's own, at upload). Months of projects
 * whose key is at hand are sealed as they are folded; `sealAll`: also those that were folded before.
 */
export const planCompaction = async (
  deps: SealDeps,
  request: {
    readonly tree: Oid
    readonly hub: HubConfigDocument
    readonly project: string | null
    readonly now: Date
    readonly maxBytes?: number
    readonly sealAll?: boolean
  },
): Promise<CompactionPlan> => {
  const { tree, hub, project, now, maxBytes = BYTES_A_COMMIT, sealAll = false } = request
  const changes: FileChange[] = []
  const left: CompactionPlan['left'][number][] = []
  const sealers = new Map<string, Promise<Sealer | null>>()
  const sealerFor = (id: string): Promise<Sealer | null> => {
    const found = sealers.get(id) ?? sealerOf(deps, tree, hub, id)
    sealers.set(id, found)
    return found
  }
  let [folded, months, sealed, bytes] = [0, 0, 0, 0]
  for await (const month of monthsOf(deps.reader, tree, project)) {
    if (!isClosedMonth(month.month, now) || !(month.hasFolder || sealAll)) continue
    if (bytes > maxBytes) return { changes, folded, months, sealed, left, isPartial: true }
    const sealer = await sealerFor(month.project)
    if (!month.hasFolder && sealer === null) continue
    const files = await runFilesOf(deps.reader, tree, month, hub.limits.run_bytes)
    const segment = month.segment === null ? null : await segmentOf(deps.reader, tree, month)
    const [right, damaged] = partition(deps.documents, month.project, files)
    const result = compactMonth(segment, right, { segmentBytes: hub.limits.segment_bytes }, runIdOfLine)
    left.push(...damaged.map(({ path }) => ({ path, reason: 'damaged' as const })), ...result.left)
    const seal =
      result.segment !== null
        ? await newSeal(deps, sealer, month, result.segment)
        : sealAll && sealer !== null && segment !== null
          ? await lateSeal(deps, sealer, tree, month, segment)
          : null
    if (result.segment !== null) changes.push({ path: segmentPath(month.project, month.month), bytes: result.segment })
    changes.push(...(seal === null ? [] : [seal]), ...result.removed.map((path) => ({ path, bytes: null })))
    folded += result.removed.length
    if (result.removed.length > 0) months++
    if (seal !== null && seal.bytes !== null) sealed++
    bytes += result.segment?.length ?? 0
  }
  return { changes, folded, months, sealed, left, isPartial: false }
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

/** Compacts closed months of all projects. Needs no key: nothing is said that was not said before, but for seals. */
export const compactHub = async (
  deps: Omit<MaintenanceDeps, 'audit'>,
  { dryRun }: MaintenanceRequest,
): Promise<HubChange> => {
  const { repository: reader, clock } = deps
  const changes: FileChange[] = []
  const notes = new Map<string, string>()
  let [folded, sealed, isPartial, commit] = [0, 0, true, null as Oid | null]
  while (isPartial) {
    let plan = null as CompactionPlan | null
    const outcome = await commitAndPush(deps, {
      acceptRewrite: acceptEpoch(deps),
      plan: async (head) => {
        const hub = await readHubFile(deps, head)
        const scope = { tree: head.tree ?? '', hub, project: null, now: clock.now(), sealAll: true }
        plan = await planCompaction({ ...deps, reader }, scope)
        if (plan.changes.length === 0 || dryRun) return null
        const message = `Compact ${plan.months} months (${plan.folded} runs)${plan.sealed > 0 ? `, seal ${plan.sealed}` : ''}\n`
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
      sealed += plan.sealed
    }
    for (const { path, reason } of plan.left) notes.set(path, `${path} stays: ${WHY[reason]}.`)
    if (sealed > 0) notes.set('sealed', sealedNote(sealed, dryRun))
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

const sealedNote = (count: number, dryRun: boolean): string =>
  count === 1
    ? `1 closed month ${dryRun ? 'would be' : 'was'} sealed with the key of its project.`
    : `${count} closed months ${dryRun ? 'would be' : 'were'} sealed with the keys of their projects.`

const NO_BYTES = new Uint8Array()
const WHY = {
  full: 'the closed month is as large as the hub allows',
  conflict: 'the closed month holds other bytes under this run id',
  damaged: 'it is no run of this project, or its closed month is damaged',
} as const
