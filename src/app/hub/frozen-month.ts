/** Between run documents and the aggregates that are left of them. */
import {
  type AggregateInput,
  type AggregateSeries,
  aggregateKey,
  type FrozenAggregate,
  mergeRows,
} from '../../core/hub/aggregates.ts'
import { aggregateFilePath } from '../../core/hub/layout.ts'
import { COMMUNITY } from '../../core/hub/names.ts'
import type { HubAggregateDocument } from '../../generated/hub-aggregate.ts'
import type { HubRunDocument, RunPayload } from '../../generated/hub-run.ts'

/**
 * What a run brings to aggregates: for each pipeline and series one number, the mean over its executions; where those are
 * condensed, the summary over samples, else the median.
 */
export const aggregateInput = (document: HubRunDocument): AggregateInput => ({
  runId: document.run_id,
  contentSha256: document.content_sha256,
  isAnonymous: document.project_id === COMMUNITY,
  contributor: document.project_id === COMMUNITY ? document.signer.key_id : document.project_id,
  values: valuesOf(document.payload).flatMap((found) => {
    const series = seriesOf(document.payload, found)
    return series === null ? [] : [{ series, value: found.value }]
  }),
})

interface SeriesValue {
  readonly pipeline: number
  readonly series: number
  readonly value: number
}

const valuesOf = (payload: RunPayload): readonly SeriesValue[] => {
  if (payload.executions.length > 0) return meansOf(payload)
  // Counts pooled over samples are another number under the same name.
  const summaries = payload.summary.filter(({ aggregation }) => aggregation !== 'micro')
  if (summaries.length > 0)
    return summaries.flatMap(({ pipeline, series, value }) => (value === null ? [] : [{ pipeline, series, value }]))
  return (payload.condensed?.quantiles ?? []).map(({ pipeline, series, values }) => ({
    pipeline,
    series,
    value: values[Math.floor(values.length / 2)] ?? values[0],
  }))
}

const meansOf = (payload: RunPayload): readonly SeriesValue[] => {
  const sums = new Map<string, { pipeline: number; series: number; sum: number; n: number }>()
  for (const { pipeline, scores } of payload.executions)
    for (const [series, , value] of scores) {
      if (typeof value !== 'number') continue
      const key = `${pipeline}/${series}`
      const known = sums.get(key) ?? { pipeline, series, sum: 0, n: 0 }
      sums.set(key, { ...known, sum: known.sum + value, n: known.n + 1 })
    }
  return [...sums.values()].map(({ pipeline, series, sum, n }) => ({ pipeline, series, value: sum / n }))
}

const seriesOf = (payload: RunPayload, summary: Pick<SeriesValue, 'pipeline' | 'series'>): AggregateSeries | null => {
  const pipeline = payload.pipelines[summary.pipeline]
  const series = payload.series[summary.series]
  if (pipeline === undefined || series === undefined) return null
  return {
    benchmark_type: payload.benchmark_type,
    dataset: payload.dataset?.id ?? null,
    pipeline: pipeline.name,
    version: pipeline.version,
    ...series,
  }
}

/** Where a frozen aggregate stands. */
export const aggregatePathOf = (frozen: Pick<FrozenAggregate, 'by' | 'name' | 'month'>, sha256: Sha256): string =>
  aggregateFilePath(frozen.by, aggregateKey(frozen.name, sha256), frozen.month)

type Sha256 = (text: string) => string

/**
 * The document without its signature, also what a reader makes of live runs for itself. Runs that came after their month had been
 * frozen are added to it: their inputs root is the SHA-256 over both roots, and contributors are those of the larger part, because
 * nobody knows who was in both.
 */
export const unsignedAggregate = (
  frozen: FrozenAggregate,
  earlier: HubAggregateDocument | null,
  sha256: Sha256,
): Omit<HubAggregateDocument, 'signatures'> => {
  const root = sha256(frozen.inputs)
  return {
    schema: 'benchmark.hub-aggregate/1' as const,
    by: frozen.by,
    key: aggregateKey(frozen.name, sha256),
    name: frozen.name,
    month: frozen.month,
    runs: frozen.runs + (earlier?.runs ?? 0),
    contributors: Math.max(frozen.contributors, earlier?.contributors ?? 0),
    inputs_root: earlier === null ? root : sha256(`${earlier.inputs_root}\n${root}\n`),
    rows: [...mergeRows(earlier?.rows ?? [], frozen.rows)],
  }
}
