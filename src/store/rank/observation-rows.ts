import type { CandidateRun } from '../../app/hub/rank-ports.ts'
import { RESOURCE_VALUES } from '../../core/metrics/resources.ts'
import { type MetricSeries, type Observation, seriesKey, SUCCESS_RATE } from '../../core/ranking/observation.ts'
import { observationsOfRuns } from '../../core/ranking/observations-of-runs.ts'
import { type ExecutionState, hasOutputs } from '../../core/run.ts'
import { createRunReader } from '../run-reader.ts'
import type { Statements } from '../statements.ts'

type SeriesRow = MetricSeries & { readonly key: number }

/** Series that the summaries of these runs have. */
export const readSeries = (statements: Statements, runs: readonly CandidateRun[]): readonly MetricSeries[] => {
  const found = new Map<string, MetricSeries>()
  for (const [origin, sql] of [
    ['hub', SERIES('hub_summary')],
    ['own', SERIES('summary')],
  ] as const) {
    const keys = new Set(runs.filter((run) => run.origin === origin).map(({ runKey }) => runKey))
    if (keys.size === 0) continue
    for (const { metric, level, rank } of statements<SeriesRow>(sql).all(JSON.stringify([...keys])))
      found.set(seriesKey({ metric, level, rank }), { metric, level, rank })
  }
  return [...found.values()]
}

/** Rows of the runs for rankings; those of hubs by two scans along their primary keys. */
export const readObservations = (
  statements: Statements,
  runs: readonly CandidateRun[],
  series: readonly MetricSeries[],
  datasetOf: (run: CandidateRun) => string,
): readonly Observation[] => [
  ...hubObservations(
    statements,
    runs.filter(({ origin }) => origin === 'hub'),
    series,
    datasetOf,
  ),
  ...ownObservations(
    statements,
    runs.filter(({ origin }) => origin === 'own'),
    series,
    datasetOf,
  ),
]

const ownObservations = (
  statements: Statements,
  runs: readonly CandidateRun[],
  series: readonly MetricSeries[],
  datasetOf: (run: CandidateRun) => string,
): readonly Observation[] => {
  const { executions } = createRunReader(statements)
  const wanted = new Set(series.map(seriesKey))
  const read = new Map<string, ReturnType<typeof executions>>()
  return runs.flatMap((run) => {
    const all = read.get(run.runId) ?? executions(run.runId)
    read.set(run.runId, all)
    const params = JSON.stringify(run.params)
    const own = all
      .filter(
        (one) => one.pipeline === run.pipeline && one.version === run.version && JSON.stringify(one.params) === params,
      )
      // Each candidate has this one run: outputs made by an earlier one are its own here.
      .map((one) => ({ ...one, cachedFrom: null }))
    const { runId, project, startedAt, finishedAt, trust, contributor } = run
    return observationsOfRuns([
      {
        run: { runId, project, startedAt, finishedAt, executions: own },
        dataset: datasetOf(run),
        machine: null,
        trust,
        contributor,
      },
    ]).filter((row) => row.metric === SUCCESS_RATE || wanted.has(seriesKey(row)))
  })
}

type ExecutionRow = [run: number, number: number, variant: number, sample: number | null, state: ExecutionState]
type ScoreRow = [
  run: number,
  series: number,
  execution: number,
  sample: number | null,
  value: number | null,
  reason: Observation['reason'],
]

const hubObservations = (
  statements: Statements,
  runs: readonly CandidateRun[],
  series: readonly MetricSeries[],
  datasetOf: (run: CandidateRun) => string,
): readonly Observation[] => {
  if (runs.length === 0) return []
  const byVariant = new Map(runs.map((run) => [placeKey(run.runKey, run.variantKey), commonOf(run, datasetOf)]))
  const runKeys = JSON.stringify([...new Set(runs.map(({ runKey }) => runKey))])
  const samples = sampleNames(statements, runKeys)
  const wanted = new Set(series.map(seriesKey))
  const seriesByKey = new Map(
    statements<SeriesRow>('SELECT key, metric, level, rank FROM series')
      .all()
      .filter((row) => wanted.has(seriesKey(row)))
      .map(({ key, metric, level, rank }) => [key, { metric, level, rank }]),
  )
  const rows: Observation[] = []
  const places = new Map<number, { common: CommonOfRun; sample: number | null; state: ExecutionState }>()
  const nameOf = (run: number, sample: number | null): string | null =>
    sample === null ? null : (samples.get(run)?.[sample] ?? null)
  for (const [run, number, variant, sample, state] of statements<ExecutionRow>(EXECUTIONS).raw().iterate(runKeys)) {
    const common = byVariant.get(placeKey(run, variant))
    if (!common) continue
    places.set(placeKey(run, number), { common, sample, state })
    const succeeded = hasOutputs(state) ? 1 : FAILED.has(state) ? 0 : null
    if (succeeded === null) continue
    rows.push(observation(common, SUCCESSES, nameOf(run, sample), succeeded, null))
  }
  const values = statements<ScoreRow>(SCORES)
    .raw()
    .iterate({ runs: runKeys, series: JSON.stringify([...seriesByKey.keys()]) })
  for (const [run, key, execution, sample, value, reason] of values) {
    const place = places.get(placeKey(run, execution))
    const of = seriesByKey.get(key)
    if (!place || !of || !hasOutputs(place.state)) continue
    const isCost = of.metric in RESOURCE_VALUES
    rows.push(observation(place.common, of, nameOf(run, isCost ? place.sample : sample), value, reason))
  }
  return rows
}

// Exact up to 2^26 runs and as many of a kind, and much faster to look up than a text.
const placeKey = (run: number, number: number): number => run * 2 ** 26 + number

type CommonOfRun = Pick<Observation, 'runId' | 'candidate' | 'dataset' | 'machine' | 'trust' | 'contributor' | 'date'>

const SUCCESSES: MetricSeries = { metric: SUCCESS_RATE, level: null, rank: null }

// Written out: spreading two objects into each of thousands of rows took ten times as long as reading them.
const observation = (
  { runId, candidate, dataset, machine, trust, contributor, date }: CommonOfRun,
  { metric, level, rank }: MetricSeries,
  sample: string | null,
  value: number | null,
  reason: Observation['reason'],
): Observation => ({
  runId,
  candidate,
  dataset,
  machine,
  trust,
  contributor,
  date,
  metric,
  level,
  rank,
  sample,
  value,
  reason,
})

const commonOf = (run: CandidateRun, datasetOf: (run: CandidateRun) => string): CommonOfRun => ({
  runId: run.runId,
  candidate: { project: run.project, pipeline: run.pipeline, version: run.version, params: run.params },
  dataset: datasetOf(run),
  machine: null,
  trust: run.trust,
  contributor: run.contributor,
  date: run.finishedAt ?? run.startedAt,
})

// Others say nothing about the pipeline: somebody stopped them, or a machine died.
const FAILED: ReadonlySet<ExecutionState> = new Set([
  'failed',
  'start_failed',
  'timed_out',
  'memory_exceeded',
  'oom_killed',
])

const sampleNames = (statements: Statements, runKeys: string): ReadonlyMap<number, readonly string[]> => {
  const lists = new Map<number, readonly string[]>()
  const names = new Map<number, readonly string[]>()
  for (const { run, list } of statements<{ run: number; list: number }>(LISTS).all(runKeys)) {
    const known =
      lists.get(list) ??
      (JSON.parse(
        statements<{ names: string }>('SELECT names FROM hub_sample_list WHERE key = ?').get(list)?.names ?? '[]',
      ) as string[])
    lists.set(list, known)
    names.set(run, known)
  }
  return names
}

const SERIES = (table: string): string => `
  SELECT series.key, series.metric, series.level, series.rank
  FROM (SELECT DISTINCT summary.series_key AS key
    FROM json_each(?) AS run CROSS JOIN ${table} AS summary ON summary.run_key = run.value) AS used
  JOIN series ON series.key = used.key`

const LISTS = `
  SELECT run.key AS run, run.samples_key AS list FROM json_each(?) AS wanted CROSS JOIN hub_run AS run ON run.key = wanted.value`

const EXECUTIONS = `
  SELECT execution.run_key, execution.number, execution.variant_key, execution.sample, execution.state
  FROM json_each(?) AS run CROSS JOIN hub_execution AS execution ON execution.run_key = run.value`

const SCORES = `
  SELECT score.run_key, score.series_key, score.execution, score.sample, score.value, score.reason
  FROM json_each(@runs) AS run
    CROSS JOIN json_each(@series) AS series
    CROSS JOIN hub_score AS score ON score.run_key = run.value AND score.series_key = series.value`
