import type { HistoryReads } from '../history/history-ports.ts'
import { type PlannedPower, powerOfPlan } from '../plan-power.ts'
import type { RunStore } from '../ports.ts'
import { parameterKey } from '../../core/schedule/matrix.ts'
import { candidateRun } from './choose-runs.ts'

/** A comparison like one of a stored run, with other numbers where they are given. */
export interface PlanComparisonRequest {
  readonly run?: string
  readonly samples?: number
  readonly repeats?: number
}

export interface PlannedComparison {
  readonly runId: string
  readonly power: PlannedPower
}

/** What a comparison with the pipelines, samples and repeats of a run could show. Throws `E_NOT_FOUND` without a run. */
export const planComparison = (
  deps: { readonly store: RunStore; readonly history: HistoryReads },
  request: PlanComparisonRequest,
): PlannedComparison => {
  const run = candidateRun(deps.store, request.run ?? 'latest', [])
  const measured = run.executions.filter(({ warmup }) => !warmup)
  const truth = run.comparability['truth_sha256'] ?? 'none'
  const machine = run.environment['machine_fingerprint']
  const power = powerOfPlan(deps.history, {
    benchmarkType: run.benchmarkType,
    truthSha256: truth === 'none' ? null : truth,
    machine: typeof machine === 'string' ? machine : null,
    samples: request.samples ?? run.samples.length,
    repeats: request.repeats ?? Math.max(1, ...measured.map(({ repeat }) => repeat)),
    pipelines: new Set(measured.map(({ pipeline, params }) => parameterKey(pipeline, params))).size,
    primaryMetrics: run.primaryMetrics,
  })
  return { runId: run.runId, power }
}
