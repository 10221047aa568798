import type { Parameters } from '../pipeline.ts'
import { type Execution, hasOutputs, type PipelineSummary } from '../run.ts'
import type { Score, Summary } from '../score.ts'
import { aggregate, medianOfExecutions } from './aggregate.ts'
import { limitsOfDetection } from './limit-of-detection.ts'
import { findMetric, METRICS } from './registry.ts'
import { RESOURCE_VALUES } from './resources.ts'
import { type SampleTable, sampleTable, type Series } from './sample-table.ts'

/** What is summarised: all executions of a run, and the samples it was meant for. */
export interface SummariseInput {
  readonly executions: readonly Execution[]
  readonly samples: readonly string[]
}

/**
 * One row for each pipeline version, parameter set, metric, level, rank and way of aggregating:
 * repeats of a sample are averaged first, warm-ups are left out, and an execution that failed counts among what was
 * expected but has no value. A pipeline without a single value still has its rows, saying why.
 */
export const summarise = ({ executions, samples }: SummariseInput): readonly PipelineSummary[] => {
  const measured = executions.filter((execution) => !execution.warmup)
  const series = seriesOf(measured)
  return groupByPipeline(measured).flatMap(({ pipeline, version, params, members }) => {
    const usable = members.filter((execution) => hasOutputs(execution.state))
    const table = sampleTable(usable, samples)
    const accuracy = aggregates(series, table)
    const cost = METRICS.filter(({ family }) => family === 'resources').map((metric) => {
      const read = RESOURCE_VALUES[metric.id]
      const values = usable.map(({ resources }) => (resources && read ? read(resources) : null))
      return medianOfExecutions(metric, values, members.length)
    })
    return [...accuracy, ...cost].map((summary) => ({ pipeline, version, params, ...summary }))
  })
}

/** The same for scores alone, those of one prediction: every aggregate of every metric, level and rank. */
export const summariseScores = (scores: readonly Score[], samples: readonly string[]): readonly Summary[] =>
  aggregates(seriesOf([{ scores }]), sampleTable([{ scores }], samples))

const aggregates = (series: readonly Series[], table: SampleTable): readonly Summary[] => [
  ...series.flatMap((one) =>
    (findMetric(one.metric)?.definition.aggregations ?? (['macro'] as const)).flatMap((how) =>
      aggregate(how, one, table),
    ),
  ),
  ...limitsOfDetection(series, table),
]

/** Every metric, level and rank any execution was scored at, in order of first appearance. */
const seriesOf = (executions: readonly Pick<Execution, 'scores'>[]): readonly Series[] => {
  const series = new Map<string, Series>()
  for (const { scores } of executions)
    for (const score of scores) {
      if (score.metric in RESOURCE_VALUES) continue
      const key = JSON.stringify([score.metric, score.level, score.rank, score.sample === null])
      if (!series.has(key)) series.set(key, seriesOfScore(score))
    }
  return [...series.values()]
}

const seriesOfScore = ({ metric, level, rank, unit, direction, sample }: Score): Series => ({
  metric,
  level,
  rank,
  unit,
  direction,
  ofDataset: sample === null,
})

interface PipelineGroup {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  readonly members: readonly Execution[]
}

/** Executions of one pipeline version and parameter set, in order of first appearance. */
const groupByPipeline = (executions: readonly Execution[]): readonly PipelineGroup[] => {
  const versions = new Map<string, Set<string>>()
  for (const { pipeline, version } of executions)
    if (version !== null) versions.set(pipeline, (versions.get(pipeline) ?? new Set()).add(version))
  // An execution that failed before its version was known belongs to the version of the others.
  const versionOf = ({ pipeline, version }: Execution): string | null => {
    const known = [...(versions.get(pipeline) ?? [])]
    return version ?? (known.length === 1 ? (known[0] ?? null) : null)
  }
  const groups = new Map<string, PipelineGroup & { readonly members: Execution[] }>()
  for (const execution of executions) {
    const { pipeline, params } = execution
    const version = versionOf(execution)
    const key = JSON.stringify([
      pipeline,
      version,
      Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1)),
    ])
    const group = groups.get(key) ?? { pipeline, version, params, members: [] }
    group.members.push(execution)
    groups.set(key, group)
  }
  return [...groups.values()]
}
