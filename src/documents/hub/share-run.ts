/** A run as it is shared under its own name (`public`): the numbers, what they are of, and nothing about folders. */
import { canonicalJson } from '../../core/canonical-json.ts'
import type { DatabaseDigests } from '../../core/databases.ts'
import { hasLocalPath } from '../../core/hub/path-text.ts'
import { type Positions, positions } from '../../core/hub/positions.ts'
import { metricById } from '../../core/metrics/registry.ts'
import { RESOURCE_VALUES } from '../../core/metrics/resources.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { Problem } from '../../core/problem.ts'
import { type Execution, isFinal, type Run } from '../../core/run.ts'
import type {
  RunPayload,
  SharedArtifact,
  SharedDataset,
  SharedExecution,
  SharedMethod,
  SharedPipeline,
  SharedScore,
  SharedSeries,
} from '../../generated/hub-run.ts'
import { condensed } from './condense.ts'
import { sharedEnvironment } from './shared-environment.ts'

/** Something that is not in the shared document as it is in the run. */
export interface Omission {
  /** Where it would stand. */
  readonly field: string
  /** What became of it, in a few words. */
  readonly change: string
}

export interface SharedRun {
  readonly payload: RunPayload
  readonly omissions: readonly Omission[]
}

interface ShareOptions {
  /** Dataset of the run's plan. */
  readonly dataset: SharedDataset | null
  readonly artifacts?: readonly SharedArtifact[]
  /** Largest canonical payload, in bytes; single scores above it are condensed. */
  readonly payloadBytes: number
  readonly sha256: (text: string) => string
}

/** Throws `E_INPUT` for a run that has not ended, has no executions, or is too large even without single scores. */
export const shareRun = (run: Run, options: ShareOptions): SharedRun => {
  const { state } = run
  if (state === 'planned' || state === 'running')
    throw new Problem('E_INPUT', `Run ${run.runId} has not ended; only ended runs can be shared.`)
  const measured = run.executions.filter(({ warmup }) => !warmup)
  const ended = measured.filter((execution) => isFinal(execution.state))
  const tables = tablesOf(run)
  const executions = ended.map((execution) => sharedExecution(execution, tables))
  const summary = run.summary.map((one): RunPayload['summary'][number] => ({
    pipeline: tables.pipeline(one),
    series: tables.series(one),
    value: one.value === null ? null : plain(one.value),
    reason: one.reason,
    n: one.n,
    n_expected: one.nExpected,
    low: one.low === null ? null : plain(one.low),
    high: one.high === null ? null : plain(one.high),
    aggregation: one.method.aggregation,
    interval: one.method.interval,
  }))
  const [first, ...others] = tables.pipelines.items
  if (first === undefined) throw new Problem('E_INPUT', `Run ${run.runId} has no executions to share.`)
  const comparability = Object.entries(run.comparability)
  const payload: RunPayload = {
    benchmark_type: run.benchmarkType,
    state,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    label: run.label,
    tags: [...run.tags],
    branch: run.branch,
    commit: run.commit,
    dataset: options.dataset,
    comparability: Object.fromEntries(comparability.filter(([, value]) => !hasLocalPath(value))),
    primary_metrics: run.primaryMetrics.map(({ metric, level }) => ({ metric, level })),
    environment: sharedEnvironment(run.environment),
    pipelines: [first, ...others],
    samples: [...tables.samples.items],
    methods: [...tables.methods.items],
    series: [...tables.seriesItems.items],
    executions,
    // Everybody can compute the others from the executions.
    summary: notIn(executions, summary, tables.pipelines.items),
    condensed: null,
    artifacts: [...(options.artifacts ?? [])],
  }
  const omissions: Omission[] = [
    ...comparability
      .filter(([, value]) => hasLocalPath(value))
      .map(([key]) => ({ field: `comparability/${key}`, change: 'left out: a path' })),
    ...tables.pathParameters().map((field) => ({ field, change: 'replaced by a number: a path' })),
    ...counted(run.executions.length - measured.length, 'left out: warm-ups'),
    ...counted(measured.length - ended.length, 'left out: never ended'),
  ]
  return withinBytes({ payload, omissions }, summary, options)
}

/** Summaries of series that no execution of their pipeline has, whichever databases it read. */
const notIn = (
  executions: RunPayload['executions'],
  summary: RunPayload['summary'],
  pipelines: readonly SharedPipeline[],
): RunPayload['summary'] => {
  const variants = pipelines.map(({ name, version, params }) => canonicalJson([name, version, params]))
  const there = new Set<string>()
  for (const { pipeline, scores } of executions)
    for (const [series] of scores) there.add(`${series} ${variants[pipeline] ?? ''}`)
  return summary.filter(({ pipeline, series }) => !there.has(`${series} ${variants[pipeline] ?? ''}`))
}

const counted = (count: number, change: string): readonly Omission[] =>
  count === 0 ? [] : [{ field: 'executions', change: `${count} ${change}` }]

const withinBytes = (
  { payload, omissions }: SharedRun,
  summary: RunPayload['summary'],
  options: ShareOptions,
): SharedRun => {
  const tooLarge = (one: RunPayload): boolean => bytesOf(canonicalJson(one)) > options.payloadBytes
  if (!tooLarge(payload)) return { payload, omissions }
  const short = condensed({ ...payload, summary }, options.sha256)
  const change = `${payload.executions.length} condensed to quantiles: too large for one document`
  const told = [...omissions, { field: 'executions', change }]
  if (!tooLarge(short)) return { payload: short, omissions: told }
  const nameless = { ...short, samples: [] }
  if (!tooLarge(nameless))
    return { payload: nameless, omissions: [...told, { field: 'samples', change: 'left out: too many names' }] }
  throw new Problem('E_INPUT', 'This run is too large to share, even without single scores.', {
    hints: ['Share runs of fewer pipelines, parameter sets or metrics.'],
  })
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

// Minus zero is written as zero.
const plain = (value: number): number => (value === 0 ? 0 : value)

interface Tables {
  readonly pipelines: Positions<SharedPipeline>
  readonly samples: Positions<string>
  readonly methods: Positions<SharedMethod>
  readonly seriesItems: Positions<SharedSeries>
  pipeline(of: Named): number
  series(of: SharedSeries): number
  /** Parameters whose value was a path, as fields. */
  pathParameters(): readonly string[]
}

interface Named {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  readonly databases?: DatabaseDigests | null
}

const tablesOf = (run: Run): Tables => {
  const pipelines = positions<SharedPipeline>(canonicalJson)
  const seriesItems = positions<SharedSeries>(canonicalJson)
  const paths = positions<string>((path) => path)
  const fields = new Set<string>()
  const databases = databasesByVariant(run)
  // A number for each path keeps parameter sets apart that differ in nothing else.
  const withoutPaths = (params: Parameters): Record<string, string | number | boolean> => {
    const cleaned: [string, string | number | boolean][] = []
    for (const [name, value] of Object.entries(params)) {
      if (typeof value !== 'string' || !hasLocalPath(value)) cleaned.push([name, value])
      else {
        fields.add(`pipelines/params/${name}`)
        cleaned.push([name, `(path ${paths.of(value) + 1})`])
      }
    }
    return Object.fromEntries(cleaned)
  }
  return {
    pipelines,
    seriesItems,
    samples: positions((name) => name, run.samples),
    methods: positions<SharedMethod>(canonicalJson),
    pipeline: (of) => {
      const { pipeline, version, params } = of
      const read = of.databases ?? onlyOne(databases.get(variantKey(of)))
      return pipelines.of({
        ...{ name: pipeline, version, params: withoutPaths(params) },
        ...(read === null ? {} : { databases: { ...read } }),
      })
    },
    series: ({ metric, level, rank, unit, direction }) => seriesItems.of({ metric, level, rank, unit, direction }),
    pathParameters: () => [...fields],
  }
}

const variantKey = ({ pipeline, version, params }: Named): string => canonicalJson([pipeline, version, params])

/** What the executions of each variant read; several where a database was changed before the run was resumed. */
const databasesByVariant = ({ executions }: Run): ReadonlyMap<string, readonly DatabaseDigests[]> => {
  const found = new Map<string, Map<string, DatabaseDigests>>()
  for (const execution of executions) {
    const { databases, warmup } = execution
    if (databases === null || warmup) continue
    const key = variantKey(execution)
    const of = found.get(key) ?? new Map<string, DatabaseDigests>()
    found.set(key, of.set(canonicalJson(databases), databases))
  }
  return new Map([...found].map(([key, of]) => [key, [...of.values()]]))
}

/** Summaries, and executions that never began, are with the others of their variant where these agree. */
const onlyOne = (of: readonly DatabaseDigests[] = []): DatabaseDigests | null =>
  of.length === 1 ? (of[0] ?? null) : null

const sharedExecution = (execution: Execution, tables: Tables): SharedExecution => {
  const { resources } = execution
  const { agent, cpu, memory } = resources?.method ?? { agent: null, cpu: null, memory: null }
  return {
    pipeline: tables.pipeline(execution),
    sample: execution.sample === null ? null : tables.samples.of(execution.sample),
    repeat: execution.repeat,
    state: execution.state as SharedExecution['state'],
    exit_code: execution.exitCode,
    method: agent === null ? null : tables.methods.of({ agent, cpu, memory }),
    noisy: resources?.noise?.noisy ?? null,
    scores: [...sharedScores(execution, tables), ...sharedResources(execution, tables)],
  }
}

const sharedScores = (execution: Execution, tables: Tables): SharedScore[] =>
  execution.scores.map((score): SharedScore => [
    tables.series(score),
    score.sample === execution.sample || score.sample === null ? null : tables.samples.of(score.sample),
    score.value === null ? score.reason : plain(score.value),
  ])

const sharedResources = ({ resources }: Execution, tables: Tables): SharedScore[] =>
  resources === null
    ? []
    : Object.entries(RESOURCE_VALUES).map(([id, valueOf]): SharedScore => {
        const { unit, direction } = metricById(id)
        const value = valueOf(resources)
        const series = tables.series({ metric: id, level: null, rank: null, unit, direction })
        return [series, null, value === null ? 'not_measured' : plain(value)]
      })
