import { comparedRun } from '../../core/comparison/compared-run.ts'
import { judgeHistory } from '../../core/history/judge-history.ts'
import { seriesOfRuns } from '../../core/history/series-of-runs.ts'
import type { Run } from '../../core/run.ts'
import { parameterKey } from '../../core/schedule/matrix.ts'
import { isFinished } from '../compare/choose-runs.ts'
import type { RunStore } from '../ports.ts'
import type { Part, RunHistory } from './report-parts.ts'

/** Runs that are looked back at; each one is read whole. */
const MOST_RUNS = 100
const COSTS = new Set(['wall_seconds', 'peak_rss_bytes'])

/** The primary metrics and costs of a run's pipelines over the runs of its branch up to it. */
export const historyOf = (store: RunStore, run: Run): Part<RunHistory> => {
  const earlier = store
    .headers()
    .filter(
      (header) =>
        header.runId !== run.runId &&
        isFinished(header) &&
        header.startedAt <= run.startedAt &&
        header.branch === run.branch &&
        header.project === run.project &&
        header.benchmarkType === run.benchmarkType,
    )
    .slice(0, MOST_RUNS - 1)
  if (earlier.length === 0)
    return {
      found: null,
      missing: `This is the first finished run of this project${run.branch === null ? '' : ` on branch ${run.branch}`}.`,
      next: 'Run the benchmark again after the next change; two runs make a line, about six can be judged.',
    }
  const runs = [...earlier.map(({ runId }) => store.run(runId)).reverse(), run]
  const mine = new Set(run.executions.map(({ pipeline, params }) => parameterKey(pipeline, params)))
  const series = seriesOfRuns(
    runs.map((one) => comparedRun(onlyPrimary(one, run))),
    run.primaryMetrics,
  ).filter(
    ({ pipeline, params, points, definition, isPrimary }) =>
      mine.has(parameterKey(pipeline, params)) &&
      (isPrimary || COSTS.has(definition.id)) &&
      points.some(({ label, values }) => label === run.runId && values.length > 0),
  )
  return {
    found: { runs: new Map(runs.map((one) => [one.runId, one])), series, report: judgeHistory(series) },
    missing: null,
  }
}

/** A run without the scores that are not looked at: it has hundreds of metrics, of which a handful matter here. */
const onlyPrimary = (one: Run, { primaryMetrics }: Run): Run => {
  const wanted = new Set(primaryMetrics.map(({ metric }) => metric))
  return {
    ...one,
    executions: one.executions.map((execution) => ({
      ...execution,
      scores: execution.scores.filter(({ metric }) => wanted.has(metric)),
    })),
  }
}
