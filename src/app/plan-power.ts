import type { ComparisonOptions, PrimaryMetric } from '../core/comparison/comparison.ts'
import { planPower, type PlanPower } from '../core/comparison/plan-power.ts'
import type { HistoryReads } from './history/history-ports.ts'

// More tells little more about a spread, and old runs are of old versions.
const MOST_EARLIER = 20

/** A comparison that is still to be made. */
export interface PowerRequest {
  readonly benchmarkType: string
  /** Of the truth; null = no truth: then only resources have spreads. */
  readonly truthSha256: string | null
  /** Fingerprint of the machine it will run on; null = not known. */
  readonly machine: string | null
  readonly samples: number
  readonly repeats: number
  /** Pipelines and parameter sets that will be compared. */
  readonly pipelines: number
  readonly primaryMetrics: readonly PrimaryMetric[]
  readonly options?: Pick<ComparisonOptions, 'alpha' | 'smallestEffects' | 'floors'>
}

/** What a plan could show, and what that rests on. */
export interface PlannedPower extends PlanPower {
  readonly samples: number
  readonly repeats: number
  readonly pipelines: number
  /** Earlier runs on the same truth that spreads come from, newest first. */
  readonly earlier: readonly string[]
}

/**
 * What n repeats and m samples could show of every primary metric: spreads come from the newest runs on the same truth,
 * those of times and sizes only from runs on the same machine.
 */
export const powerOfPlan = (reads: HistoryReads, request: PowerRequest): PlannedPower => {
  const { benchmarkType, truthSha256, machine, samples, repeats, pipelines, primaryMetrics, options } = request
  const runs = reads.runs({ benchmarkType, truthSha256: truthSha256 ?? 'none', limit: MOST_EARLIER })
  const earlier = reads
    .measured(runs, { metrics: primaryMetrics.map(({ metric }) => metric) })
    .map((run) =>
      machine !== null && run.machine === machine
        ? run
        : { ...run, executions: run.executions.map((execution) => ({ ...execution, resources: null })) },
    )
  const power = planPower({
    ...{ samples, repeats, pipelines, primaryMetrics, earlier },
    ...(options === undefined ? {} : { options }),
  })
  return { ...power, samples, repeats, pipelines, earlier: runs.map(({ runId }) => runId) }
}
