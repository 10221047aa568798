import type { Dataset } from '../core/dataset.ts'
import { definitionWarnings, measurablePrimaryMetrics } from '../core/hub/benchmark-definitions.ts'
import { withImportantMetrics } from '../core/important-metrics.ts'
import type { VocabularyReference } from '../core/names/gene-vocabulary.ts'
import type { Evaluation, RunLimits, RunPlan } from '../core/plan.ts'
import { formatLocation, Problem, type Finding } from '../core/problem.ts'
import { newRunId } from '../core/run-id.ts'
import type { Capacity } from '../core/schedule/admission.ts'
import { buildMatrix } from '../core/schedule/matrix.ts'
import { DEFAULT_AMR_SCORING, type ScoringOptions } from '../core/scoring-options.ts'
import { seededRandom } from '../core/stats/random.ts'
import type { HubBenchmarkDocument } from '../generated/hub-benchmark.ts'
import {
  chooseDataset,
  choosePipelines,
  chooseSamples,
  refuseTooBig,
  refuseTooMany,
  refuseUnfetched,
  withVersion,
} from './choose-inputs.ts'
import type { HubCatalogue } from './hub/hub-catalogue.ts'
import type { Clock, ConfigSource, Files, GitContext, ToolProbe } from './ports.ts'
import { scorerOf } from './scoring/scorers.ts'

/** What the user asked for; undefined = as the configuration says. Paths are absolute. */
export interface RunRequest {
  readonly configFile?: string
  readonly input?: string
  readonly pipelines?: readonly string[]
  readonly output?: string
  readonly dataset?: string
  readonly truth?: string
  readonly samples?: readonly string[]
  readonly repeats?: number
  readonly warmup?: number
  readonly timeoutMs?: number
  readonly memoryBytes?: number
  readonly maxParallel?: number
  readonly label?: string
  readonly tags?: readonly string[]
  readonly mode?: RunPlan['mode']
  readonly order?: RunPlan['order']
  readonly seed?: number
  readonly useCache?: boolean
  readonly sampleIntervalMs?: number
  readonly scoring?: Partial<ScoringOptions>
  /** Whether names are looked up in the project's vocabulary (default: yes). */
  readonly useVocabulary?: boolean
  /** Instead of what the configuration declares. */
  readonly evaluation?: Evaluation
  /** Said beside the results wherever they are shown. */
  readonly warnings?: readonly string[]
}

export interface PlanDeps {
  readonly config: ConfigSource
  readonly files: Files
  readonly clock: Clock
  readonly git: GitContext
  readonly tools: ToolProbe
  readonly capacity: Capacity
  readonly randomBytes: (length: number) => Uint8Array
  /** What names of genes are looked up in; undefined = nothing. */
  readonly vocabulary: () => VocabularyReference | undefined
  /** What the hub of the project registers, as far as it was read. */
  readonly hub?: Pick<HubCatalogue, 'datasets' | 'benchmarks'>
}

/** Resolves a request to the frozen plan of a run; starts and writes nothing. */
export const planRun = async (deps: PlanDeps, request: RunRequest): Promise<RunPlan> => {
  const config = deps.config.load(request.configFile)
  const dataset = chooseDataset(deps.config, config, request, deps.hub?.datasets())
  if (dataset !== null) refuseUnfetched(dataset, deps.files)
  // What was asked for on the command line comes before what the configuration says.
  const named = request.dataset === undefined ? null : dataset
  const samplesheet = request.input ?? named?.samplesheet ?? config.input ?? dataset?.samplesheet
  if (samplesheet === undefined)
    throw new Problem('E_USAGE', 'No samples to run on.', {
      hints: [
        'Pass --input samples.csv (columns sample,fastq_1,fastq_2,fasta) or --dataset NAME.',
        'To see a run without data of your own: benchmark test --quick',
      ],
    })
  const samples = chooseSamples(deps.config.samples(samplesheet), request.samples)
  const pipelines = await Promise.all(
    choosePipelines(deps.config, config, request.pipelines).map((pipeline) => withVersion(deps.tools, pipeline)),
  )
  refuseTooBig(pipelines, deps.capacity)
  const repeats = request.repeats ?? config.run.repeats
  const warmup = request.warmup ?? config.run.warmup
  refuseTooMany({ pipelines, samples, repeats, warmup })
  const truthPath = request.truth ?? (named === null ? (config.truth ?? dataset?.truth) : named.truth)
  if (truthPath && !deps.files.exists(truthPath))
    throw new Problem('E_NOT_FOUND', `The truth ${truthPath} does not exist.`, { hints: ['Check --truth.'] })
  const truth = truthPath ? { path: truthPath, sha256: await deps.files.sha256(truthPath) } : null

  const benchmarkType = dataset?.benchmarkType ?? config.project.type
  const definition = deps.hub?.benchmarks().get(benchmarkType)?.document
  const usesNames = benchmarkType === 'amr-detection' && request.useVocabulary !== false
  const vocabulary = usesNames ? deps.vocabulary() : undefined
  const scoring = {
    ...DEFAULT_AMR_SCORING,
    ...config.scoring,
    ...request.scoring,
    ...(vocabulary === undefined ? {} : { vocabulary }),
  }
  const createdAt = deps.clock.now()
  const runId = newRunId(createdAt, deps.randomBytes)
  const seed = request.seed ?? new DataView(deps.randomBytes(4).buffer).getUint32(0)
  const order = request.order ?? 'blocks'
  const revision = await deps.git.revision()
  const limits: RunLimits = {
    timeoutMs: request.timeoutMs ?? config.run.timeoutMs,
    memoryBytes: request.memoryBytes ?? null,
    logBytes: config.run.maxLogBytes,
  }
  return {
    runId,
    createdAt: createdAt.toISOString(),
    project: config.project.name,
    benchmarkType,
    label: request.label ?? null,
    tags: request.tags ?? [],
    branch: revision?.branch ?? null,
    commit: revision?.commit ?? null,
    seed,
    order,
    mode: request.mode ?? 'measure',
    maxParallel: request.maxParallel ?? config.local.maxParallel,
    repeats,
    warmup,
    useCache: request.useCache ?? true,
    sampleIntervalMs: request.sampleIntervalMs ?? null,
    pipelines,
    samples,
    dataset: dataset && { id: dataset.id, version: dataset.version, labels: dataset.labels },
    samplesheet,
    truth,
    scoring,
    evaluation: withImportantMetrics(
      asTheHubDefines(request.evaluation ?? config.evaluation, definition),
      benchmarkType,
      scoring.primaryLevel,
    ),
    limits,
    resultsDir: chooseResultsDir(deps.files, request.output, config.local.resultsDir, runId),
    executions: buildMatrix({ pipelines, samples, repeats, warmup, order, random: seededRandom(seed) }),
    warnings: [
      ...(request.warnings ?? []),
      ...config.warnings.map(warningText),
      ...(definition === undefined ? [] : definitionWarnings(definition)),
      ...planWarnings(truth !== null, benchmarkType, dataset),
    ],
  }
}

/** Who declares no metrics of their own measures what the hub says, so that runs of several projects can be compared. */
const asTheHubDefines = (evaluation: Evaluation, definition: HubBenchmarkDocument | undefined): Evaluation => {
  if (definition === undefined || evaluation.metrics.length > 0 || evaluation.primary !== null) return evaluation
  const metrics = measurablePrimaryMetrics(definition)
  return metrics.length === 0 ? evaluation : { ...evaluation, metrics }
}

// --output names the run's folder. When it already holds something, the run gets a folder of its own inside.
const chooseResultsDir = (files: Files, output: string | undefined, resultsDir: string, runId: string): string => {
  if (output === undefined) return `${resultsDir}/${runId}`
  return files.exists(output) && files.glob(output, '*').length > 0 ? `${output}/${runId}` : output
}

const warningText = ({ message, location }: Finding): string =>
  location === undefined ? message : `${formatLocation(location)}: ${message}`

const planWarnings = (hasTruth: boolean, benchmarkType: string, dataset: Dataset | null): string[] => {
  if (!hasTruth)
    return [
      (scorerOf(benchmarkType)?.withoutTruth ?? null) === null
        ? 'No truth was given: resources are measured, accuracy is not.'
        : 'No truth was given: what needs one is not measured.',
    ]
  if (dataset?.labels?.startsWith('tool:') === true)
    return [
      `The truth of dataset ${dataset.id} was made by ${dataset.labels.slice(5)}: it favours tools that use the same database.`,
    ]
  return []
}
