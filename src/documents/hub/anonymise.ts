/**
 * A run as it is shared among everybody (`community`): a new document made of fields the schema allows and of values
 * that are known here or coarse. What is not known to be common is left out, never passed on.
 */
import { findBenchmarkType } from '../../core/benchmark-types.ts'
import {
  cpuFamily,
  gpuMaker,
  isCommonKey,
  isKnownLevel,
  isPlainVersion,
  knownArchitecture,
  knownInstrument,
  knownInterval,
  powerOfTwo,
  rounded,
  systemName,
} from '../../core/hub/generalise.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { Problem } from '../../core/problem.ts'
import type { RunPayload, SharedDataset, SharedEnvironment, SharedPipeline } from '../../generated/hub-run.ts'
import { onlyCommunityFields } from './community-fields.ts'
import { condensed, ENOUGH_FOR_QUANTILES } from './condense.ts'
import { onlyKnownSeries } from './known-series.ts'
import type { Omission, SharedRun } from './share-run.ts'
import { shuffledSamples } from './shuffled-samples.ts'

/** What stands for the name of a pipeline that is not public. */
const CUSTOM_PIPELINE = 'custom'

/** A dataset the hub lists, and what its truth must hash to. */
export interface RegisteredDataset extends SharedDataset {
  readonly truthSha256: string | null
}

export interface AnonymiseOptions {
  /** Of the hub's policy. */
  readonly significantDigits: number
  /** Pipelines everybody has, by name, with the parameter sets they are declared with. */
  readonly publicPipelines: ReadonlyMap<string, readonly Parameters[]>
  /** Datasets of the hub's registry by id. */
  readonly datasets: ReadonlyMap<string, RegisteredDataset>
  /** HMAC of a text with the month's secret of this user, hexadecimal. */
  readonly pseudonym: (text: string) => string
  /** The new id: mixed into pseudonyms, so that two runs of a month cannot be linked by them. */
  readonly runId: string
}

/** Throws `E_INPUT` when nothing would be left to share. */
export const anonymise = (named: SharedRun, options: AnonymiseOptions): SharedRun => {
  const { payload: marked, told } = onlyCommunityFields(named.payload)
  if (!findBenchmarkType(marked.benchmark_type))
    throw new Problem('E_INPUT', 'Only runs of the benchmark types of this program can be anonymised.')
  const known = onlyKnownSeries(marked)
  if (known.payload.series.length === 0)
    throw new Problem('E_INPUT', 'Nothing would be left of this run: none of its metrics is known to everybody.')
  const pipelines = marked.pipelines.map((pipeline) => commonPipeline(pipeline, options.publicPipelines))
  const { payload: shuffled } = { payload: shuffledSamples(known.payload, options) }
  const dataset = commonDataset(marked, options.datasets)
  const plain: RunPayload = {
    ...shuffled,
    started_at: marked.started_at.slice(0, 10),
    dataset: dataset && { id: dataset.id, version: dataset.version, labels: dataset.labels },
    comparability: Object.fromEntries(
      Object.entries(marked.comparability).filter(([key, value]) => isCommon(key, value ?? '', dataset)),
    ),
    primary_metrics: known.payload.primary_metrics.filter(({ level }) => isKnownLevel(level)),
    environment: commonEnvironment(marked.environment),
    pipelines: pipelines as RunPayload['pipelines'],
    methods: marked.methods.map(({ agent, cpu, memory }) => ({
      agent: knownInstrument(agent) ?? 'other',
      cpu: knownInstrument(cpu),
      memory: knownInstrument(memory),
    })),
  }
  const isLarge = plain.samples.length >= ENOUGH_FOR_QUANTILES && plain.condensed === null
  const short = isLarge ? { ...condensed(plain, null), samples: [] } : plain
  const payload = roundedNumbers(short, options.significantDigits)
  const changes: readonly Omission[] = [
    ...told.map((field) => ({ field, change: 'left out' })),
    ...known.omissions,
    ...differences(marked, payload),
    ...(isLarge ? [{ field: 'executions', change: 'quantiles in place of single scores' }] : []),
  ]
  return { payload, omissions: [...named.omissions, ...changes] }
}

const isCommon = (key: string, value: string, dataset: RegisteredDataset | null): boolean =>
  isCommonKey(key, value) ||
  ((key === 'truth' || key === 'truth_sha256') && dataset !== null && value === dataset.truthSha256)

// A copy that was changed at home keeps its id; the version and, where it is known, the truth tell.
const commonDataset = (
  { dataset, comparability }: RunPayload,
  registered: AnonymiseOptions['datasets'],
): RegisteredDataset | null => {
  const listed = dataset === null ? undefined : registered.get(dataset.id)
  if (!listed || listed.version !== dataset?.version) return null
  const truth = comparability['truth_sha256'] ?? comparability['truth']
  return truth === undefined || truth === 'none' || listed.truthSha256 === null || truth === listed.truthSha256
    ? listed
    : null
}

const commonPipeline = (
  { name, version, params }: SharedPipeline,
  known: AnonymiseOptions['publicPipelines'],
): SharedPipeline => {
  const declared = known.get(name)
  if (!declared) return { name: CUSTOM_PIPELINE, version: null, params: {} }
  const isCommonValue = (key: string, value: unknown): boolean => {
    const values = declared.filter((set) => Object.hasOwn(set, key)).map((set) => set[key])
    // Anybody turns a number up or down; a word may be the name of something private.
    return values.length > 0 && (typeof value !== 'string' || values.includes(value))
  }
  return {
    name,
    version: version !== null && isPlainVersion(version) ? version : null,
    params: Object.fromEntries(Object.entries(params).filter(([key, value]) => isCommonValue(key, value))),
  }
}

const commonEnvironment = (environment: SharedEnvironment): SharedEnvironment => ({
  ...environment,
  os: systemName(environment.os),
  architecture: knownArchitecture(environment.architecture),
  cpu_model: cpuFamily(environment.cpu_model),
  cpus: powerOfTwo(environment.cpus),
  memory_bytes: powerOfTwo(environment.memory_bytes),
  gpu: gpuMaker(environment.gpu),
})

const roundedNumbers = (payload: RunPayload, digits: number): RunPayload => {
  const round = (value: number | null): number | null => (value === null ? null : rounded(value, digits))
  return {
    ...payload,
    pipelines: payload.pipelines.map(({ params, ...pipeline }) => ({
      ...pipeline,
      params: Object.fromEntries(
        Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? rounded(value, digits) : value]),
      ),
    })) as RunPayload['pipelines'],
    executions: payload.executions.map((execution) => ({
      ...execution,
      exit_code: commonExitCode(execution.exit_code),
      scores: execution.scores.map(([series, sample, value]) => [
        series,
        sample,
        typeof value === 'number' ? rounded(value, digits) : value,
      ]),
    })),
    summary: payload.summary.map((summary) => ({
      ...summary,
      value: round(summary.value),
      low: round(summary.low),
      high: round(summary.high),
      interval: knownInterval(summary.interval),
    })),
    condensed: payload.condensed && {
      ...payload.condensed,
      quantiles: payload.condensed.quantiles.map((quantile) => ({
        ...quantile,
        values: quantile.values.map((value) => rounded(value, digits)) as typeof quantile.values,
      })),
    },
  }
}

const commonExitCode = (code: number | null): number | null => (code !== null && code >= 0 && code <= 255 ? code : null)

// What a person wants to see: which fields hold something else now, not each number of each score.
const differences = (before: RunPayload, after: RunPayload): readonly Omission[] => {
  const changed = (field: string, left: unknown, right: unknown, change: string): readonly Omission[] =>
    JSON.stringify(left) === JSON.stringify(right) ? [] : [{ field, change }]
  const environment = Object.keys(after.environment) as (keyof SharedEnvironment)[]
  const keys = Object.keys(before.comparability).filter((key) => !(key in after.comparability))
  const to = (value: string | number | null): string =>
    value === null ? 'left out' : `generalised to ${String(value)}`
  return [
    { field: 'run_id', change: 'a random one' },
    ...changed('started_at', before.started_at, after.started_at, `generalised to ${after.started_at}`),
    ...changed('dataset', before.dataset?.id, after.dataset?.id, 'left out: not registered in the hub as it is here'),
    ...keys.map((key) => ({ field: `comparability/${key}`, change: 'left out' })),
    ...environment
      .filter((field) => before.environment[field] !== null)
      .flatMap((field) =>
        changed(
          `environment/${field}`,
          before.environment[field],
          after.environment[field],
          to(after.environment[field]),
        ),
      ),
    ...before.pipelines.flatMap((pipeline, index) =>
      changed(
        `pipelines/${index}`,
        pipeline,
        after.pipelines[index],
        `generalised to ${shownPipeline(after.pipelines[index])}`,
      ),
    ),
    ...changed('methods', before.methods, after.methods, 'generalised'),
    ...changed('samples', before.samples, after.samples, 'numbered, in a random order'),
    ...changed('executions', before.executions, after.executions, 'in that order, with rounded values'),
    ...changed('summary', before.summary, after.summary, 'rounded'),
  ]
}

const shownPipeline = (pipeline: SharedPipeline | undefined): string =>
  pipeline === undefined
    ? 'nothing'
    : [pipeline.name, pipeline.version ?? '', JSON.stringify(pipeline.params)].join(' ')
