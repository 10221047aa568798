import type { ShownMetric } from '../../app/show-run.ts'
import { inReadingOrder } from '../../core/reading-order.ts'
import type { Run } from '../../core/run.ts'
import type { Score } from '../../core/score.ts'
import type { Table } from '../table/table.ts'

const VARIANT = ['pipeline', 'version', 'params']
const SERIES = ['metric', 'level', 'rank']
const cell = (value: string | number | null): string => (value === null ? '' : String(value))

const isShown = (metrics: readonly ShownMetric[], one: Pick<Score, 'metric' | 'level' | 'rank'>): boolean =>
  metrics.some(({ metric, level, rank }) => metric === one.metric && level === one.level && rank === one.rank)

/** Every summary of the shown metrics, one a row. */
export const summaryRows = (run: Run, metrics: readonly ShownMetric[]): Table => ({
  head: [...VARIANT, ...SERIES, 'aggregation', 'unit', 'value', 'reason', 'low', 'high', 'n', 'n_expected'],
  rows: run.summary
    .filter((one) => isShown(metrics, one))
    .map((one) =>
      [
        ...[one.pipeline, one.version, JSON.stringify(one.params), one.metric, one.level, one.rank],
        ...[one.method.aggregation, one.unit, one.value, one.value === null ? one.reason : null],
        ...[one.low, one.high, one.n, one.nExpected],
      ].map(cell),
    ),
})

/** Every score of the shown metrics of every measured execution, and its runtime and peak memory, one value a row. */
export const sampleRows = (run: Run, metrics: readonly ShownMetric[]): Table => ({
  head: [...VARIANT, 'sample', 'repeat', 'state', ...SERIES, 'unit', 'value', 'reason'],
  rows: inReadingOrder(run.executions, run.pipelines, run.samples)
    .filter(({ warmup }) => !warmup)
    .flatMap((execution) => {
      const { pipeline, version, params, sample, repeat, state, resources } = execution
      const variant = [pipeline, version, JSON.stringify(params)]
      const scores = execution.scores
        .filter((score) => isShown(metrics, score))
        .map((score) => [
          ...[...variant, score.sample ?? sample, repeat, state, score.metric, score.level, score.rank, score.unit],
          ...[score.value, score.value === null ? score.reason : null],
        ])
      const measured = [
        ['wall_seconds', 'seconds', resources?.wallSeconds ?? null],
        ['peak_rss_bytes', 'bytes', resources?.peakRssBytes ?? null],
      ] as const
      const costs = measured.map(([metric, unit, value]) => [
        ...[...variant, sample, repeat, state, metric, null, null, unit, value],
        value === null ? 'not_measured' : null,
      ])
      return [...scores, ...costs].map((row) => row.map(cell))
    }),
})
