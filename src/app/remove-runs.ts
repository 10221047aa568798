import { type Baseline, baselinePlaceWords } from '../core/baseline.ts'
import { type Finding, Problem, problemOf } from '../core/problem.ts'
import type { RunFolders, RunStore } from './ports.ts'

interface RemoveRequest {
  readonly references: readonly string[]
  /** Also runs that look active: their runner may be gone. */
  readonly force: boolean
  readonly keepFiles: boolean
  /** Where a run without a stored plan has its folder. */
  readonly resultsDir: string
}

export interface RemovedRun {
  readonly runId: string
  readonly resultsDir: string
  readonly filesRemoved: boolean
}

/**
 * Removes runs, all or, when one of them cannot be named or is active, none. Files go before rows: when this is cut
 * short, the run is still listed and removing it again finishes the job.
 */
export const removeRuns = (
  deps: { readonly store: RunStore; readonly folders: RunFolders },
  request: RemoveRequest,
): readonly RemovedRun[] => {
  const runIds = resolveAll(deps.store, request.references)
  refuseBaselines(deps.store, runIds)
  if (!request.force) refuseActive(deps.store, runIds)
  return runIds.map((runId) => {
    const resultsDir = folderOf(deps.store, runId, request.resultsDir)
    const filesRemoved = !request.keepFiles && deps.folders.remove(resultsDir, runId)
    deps.store.removeRun(runId)
    return { runId, resultsDir, filesRemoved }
  })
}

const resolveAll = (store: RunStore, references: readonly string[]): readonly string[] => {
  const runIds = new Set<string>()
  const findings: Finding[] = []
  for (const reference of references)
    try {
      runIds.add(store.resolve(reference))
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'E_NOT_FOUND') throw error
      if (references.length === 1) throw error
      findings.push({ message: error.message, hint: error.hints.join(' ') })
    }
  if (findings.length > 0) throw problemOf('E_NOT_FOUND', 'Nothing was removed: not every run was found.', findings)
  return [...runIds]
}

const refuseActive = (store: RunStore, runIds: readonly string[]): void => {
  const held = store.lease.holder()?.runId
  const active = runIds.filter((runId) => runId === held || store.header(runId).state === 'running')
  if (active.length === 0) return
  throw new Problem('E_BUSY', `Nothing was removed: ${active.join(', ')} is still running.`, {
    hints: [
      ...active.map((runId) => `benchmark cancel ${runId} stops it.`),
      'If its runner is gone for certain, --force removes it all the same.',
    ],
  })
}

// Whoever removes a baseline by accident loses what every later run is held against: it has to be said apart.
const refuseBaselines = (store: RunStore, runIds: readonly string[]): void => {
  const used = store.baselines.all().filter(({ runId }) => runIds.includes(runId))
  if (used.length === 0) return
  throw problemOf(
    'E_INPUT',
    'Nothing was removed: later runs are held against a baseline.',
    used.map((one) => ({
      message: `${one.runId} is the baseline of ${baselinePlaceWords(one)}.`,
      hint: clearing(one),
    })),
  )
}

const clearing = ({ branch, label }: Baseline): string =>
  `\`benchmark baseline clear${branch === null ? '' : ` --branch ${branch}`}${label === null ? '' : ` --label ${label}`}\` first, or set another`

const folderOf = (store: RunStore, runId: string, resultsDir: string): string => {
  try {
    return store.plan(runId).resultsDir
  } catch (error) {
    if (error instanceof Problem && error.code === 'E_NOT_FOUND') return `${resultsDir}/${runId}`
    throw error
  }
}
