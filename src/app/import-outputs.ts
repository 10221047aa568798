import { canonicalJson } from '../core/canonical-json.ts'
import { findBenchmarkType } from '../core/benchmark-types.ts'
import { withImportantMetrics } from '../core/important-metrics.ts'
import { findOutputTree } from '../core/output-tree/output-trees.ts'
import type { Parameters } from '../core/pipeline.ts'
import { primaryMetricsOf } from '../core/primary-metrics.ts'
import { Problem } from '../core/problem.ts'
import type { Execution, Run } from '../core/run.ts'
import { newRunId } from '../core/run-id.ts'
import { DEFAULT_AMR_SCORING, type AmrScoringOptions } from '../core/scoring-options.ts'
import { summarise } from '../core/metrics/summarise.ts'
import { RUN_FILES } from '../core/run-folder.ts'
import { toMetadataDocument, toMetricsDocument } from '../documents/run-document.ts'
import { inReadingOrder } from '../core/reading-order.ts'
import { comparabilityOf } from './execute-one.ts'
import { planKey } from './finish-run.ts'
import { type MeasurementRequest, type Measurements, readMeasurements } from './import-measurements.ts'
import { choosePipeline, type OutputPattern } from './import-pipeline.ts'
import { type PipelineRecord, readPipelineRecord } from './imported-environment.ts'
import { type ImportedPart, scoreOutputFiles, scoreOutputTree } from './imported-parts.ts'
import { knownBenchmarkType } from './known-benchmark-type.ts'
import type { Clock, ConfigSource, Files, GitContext, OutputReader, RunStore } from './ports.ts'
import type { ScoringContext } from './scoring-context.ts'
import { mergeKeys } from './scoring/merge-keys.ts'
import { scorerOf } from './scoring/scorers.ts'

/** What the user asked for; paths are absolute. */
export interface ImportRequest {
  readonly dir: string
  readonly pipeline: string
  readonly truth?: string
  /** Sample sheet; only its samples matter. */
  readonly input?: string
  readonly benchmarkType?: string
  readonly version?: string
  /** What the outputs were made with, to tell them apart in results. */
  readonly params: Parameters
  /** Outputs to read instead of those the pipeline declares. */
  readonly outputs: readonly OutputPattern[]
  readonly measurements: MeasurementRequest
  readonly label?: string
  readonly tags: readonly string[]
  readonly scoring: Partial<AmrScoringOptions>
  /** Import again what is there already. */
  readonly force: boolean
}

export interface ImportDeps {
  readonly config: ConfigSource
  readonly store: RunStore
  readonly files: Files
  readonly reader: OutputReader
  readonly clock: Clock
  readonly git: GitContext
  readonly randomBytes: (length: number) => Uint8Array
  readonly sha256Text: (text: string) => string
}

/** The stored run; `isNew` false when the same outputs had been imported before and nothing was done. */
export interface ImportResult {
  readonly run: Run
  readonly isNew: boolean
}

/**
 * Takes what another program left in a folder as a run: scored like outputs of `benchmark run`, with the measurements of
 * whoever made them. The samples are those of the truth or the sample sheet, never those the outputs happen to name.
 */
export const importOutputs = async (deps: ImportDeps, request: ImportRequest): Promise<ImportResult> => {
  requireFolder(deps.files, request.dir)
  const config = deps.config.load()
  const pipeline = choosePipeline(deps.config, config, request.pipeline, request.outputs)
  const tree = request.outputs.length > 0 ? null : findOutputTree(pipeline.outputTree)
  const benchmarkType = chooseType(
    request.benchmarkType,
    config.project.type,
    tree?.benchmarkTypes ?? pipeline.benchmarkTypes,
  )
  const context = await openContext(deps, request, benchmarkType)
  const { samples } = context

  const scope = { dir: request.dir, pipeline: pipeline.name, samples }
  const measurements = await readMeasurements(deps, scope, request.measurements)
  const { parts, warnings } =
    tree === null
      ? await scoreOutputFiles(deps, context, { pipeline, dir: request.dir })
      : await scoreOutputTree(deps, context, { tree, dir: request.dir })
  const record = await readPipelineRecord(deps, request.dir)

  const truthSha256 = request.truth === undefined ? null : await deps.files.sha256(request.truth)
  const content = await digestOf(deps, request, {
    ...context,
    pipeline: pipeline.name,
    truthSha256,
    parts,
    measurements,
  })
  const before = deps.store.imported(content)
  if (before !== null && !request.force) return { run: deps.store.run(before), isNew: false }

  const version = request.version ?? record.version ?? (tree === null ? pipeline.version : null)
  const { executions, ofWhole } = executionsOf(parts, measurements, {
    dir: request.dir,
    files: deps.files,
    pipeline: pipeline.name,
    version,
    params: request.params,
    outputKey: content,
  })
  const now = deps.clock.now()
  const at = now.toISOString()
  const revision = await deps.git.revision()
  const keys = parts.map(({ scored }) => comparabilityOf(deps, scored)).reduce(mergeKeys, {})
  const evaluation = withImportantMetrics(config.evaluation, benchmarkType, context.scoring.primaryLevel)
  const run: Run = {
    runId: newRunId(now, deps.randomBytes),
    project: config.project.name,
    benchmarkType,
    state: 'imported',
    startedAt: at,
    finishedAt: at,
    label: request.label ?? null,
    tags: request.tags,
    branch: revision?.branch ?? null,
    commit: revision?.commit ?? null,
    pipelines: [pipeline.name],
    samples,
    executions,
    summary: summarise({ executions: inReadingOrder(executions, [pipeline.name], samples), samples }),
    comparability: { ...keys, ...planKey({ benchmarkType, truthSha256, samples }, deps.sha256Text) },
    environment: environmentOf(request, record, measurements, content),
    primaryMetrics: primaryMetricsOf(evaluation),
    warnings: [...context.warnings, ...measurements.warnings, ...ofWhole, ...record.warnings, ...warnings],
  }
  deps.store.insertFinished(run, null)
  const stored = deps.store.run(run.runId)
  exportRun(deps.files, `${config.local.resultsDir}/${run.runId}`, stored)
  return { run: stored, isNew: true }
}

const requireFolder = (files: Files, dir: string): void => {
  if (!files.exists(dir)) throw new Problem('E_NOT_FOUND', `There is no folder ${dir}.`, { hints: ['Check the path.'] })
  if (files.glob(dir, '*').length === 0)
    throw new Problem('E_INPUT', `The folder ${dir} is empty, or no folder.`, {
      hints: ['Name the output folder of the pipeline (--outdir of an nf-core pipeline).'],
    })
}

const chooseType = (asked: string | undefined, ofProject: string, possible: readonly string[]): string => {
  if (asked !== undefined) return knownBenchmarkType(asked)
  return possible.includes(ofProject) ? ofProject : (possible[0] ?? ofProject)
}

interface ImportContext extends ScoringContext {
  readonly warnings: readonly string[]
}

const openContext = async (deps: ImportDeps, request: ImportRequest, benchmarkType: string): Promise<ImportContext> => {
  const { truth: file, input } = request
  if (file === undefined && input === undefined)
    throw new Problem('E_USAGE', 'It is not known which samples there should be.', {
      hints: [
        'Pass --truth with what is really in the samples; their list is taken from it.',
        'Or --input with the sample sheet of the pipeline, to import what it cost and what can be said without a truth.',
      ],
    })
  if (file !== undefined && !deps.files.exists(file))
    throw new Problem('E_NOT_FOUND', `The truth ${file} does not exist.`, { hints: ['Check --truth.'] })
  const scorer = scorerOf(benchmarkType)
  const truth = file === undefined || scorer === null ? null : await scorer.openTruth(deps.reader, file)
  const listed = input === undefined ? null : deps.config.sampleIds(input)
  const samples = listed ?? truth?.samples ?? null
  if (samples === null)
    throw new Problem('E_USAGE', `Truths of the type ${benchmarkType} cannot be read: the samples are not known.`, {
      hints: ['Pass --input with the sample sheet of the pipeline.'],
    })
  const scoring = { ...DEFAULT_AMR_SCORING, ...request.scoring }
  const warnings = [
    ...(truth?.warnings(samples, scoring) ?? []),
    ...(file === undefined ? ['No truth was given: accuracy is not known.'] : []),
    ...(scorer === null
      ? [
          `Outputs of the type ${findBenchmarkType(benchmarkType)?.title ?? benchmarkType} are not scored by this version.`,
        ]
      : []),
  ]
  return { benchmarkType, scoring, samples, truth, warnings }
}

// The same outputs, truth and way of scoring are the same import, wherever the folder is.
const digestOf = async (
  deps: ImportDeps,
  { dir, params, scoring, version, benchmarkType }: ImportRequest,
  of: {
    readonly pipeline: string
    readonly samples: readonly string[]
    readonly truthSha256: string | null
    readonly parts: readonly ImportedPart[]
    readonly measurements: Measurements
  },
): Promise<string> => {
  const read = [...new Set(of.parts.flatMap(({ filesRead }) => filesRead))].sort()
  const files: unknown[] = []
  for (const path of read) files.push([path, await deps.files.sha256(`${dir}/${path}`)])
  const identity = {
    import: 1,
    pipeline: of.pipeline,
    version: version ?? null,
    type: benchmarkType ?? null,
    params,
    scoring,
    samples: [...of.samples].sort(),
    truth: of.truthSha256,
    parts: of.parts.map(({ params: part, sample, scored: { failure }, notRun }) => [part, sample, failure ?? notRun]),
    files,
    traces: of.measurements.sources.map(({ sha256 }) => sha256),
  }
  return deps.sha256Text(canonicalJson(identity))
}

interface ExecutionFacts {
  readonly dir: string
  readonly files: Files
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  readonly outputKey: string
}

// Outputs are there once; of repeats that were only measured, the later ones have nothing but resources.
const executionsOf = (
  parts: readonly ImportedPart[],
  measurements: Measurements,
  facts: ExecutionFacts,
): { readonly executions: readonly Execution[]; readonly ofWhole: readonly string[] } => {
  // What was measured of the whole pipeline is said once, not for each way of reading its outputs.
  const ofWhole = new Set<string>()
  const outputBytes = facts.files.sizeOf(facts.dir)
  const executions: Execution[] = []
  for (const { params, sample, processes, scored, notRun } of parts) {
    const measured = notRun === null ? measurements.of({ sample, processes }) : []
    const isWhole = sample === null && processes === null
    for (let repeat = 1; repeat <= Math.max(1, measured.length); repeat++) {
      const { resources = null, warnings: said = [] } = measured[repeat - 1] ?? {}
      if (isWhole) for (const warning of said) ofWhole.add(warning)
      const warnings = isWhole ? [] : said
      executions.push({
        id: executions.length + 1,
        pipeline: facts.pipeline,
        version: facts.version,
        params: { ...facts.params, ...params },
        sample,
        repeat,
        warmup: false,
        attempt: 1,
        state: notRun !== null ? 'skipped' : scored.failure !== null ? 'failed' : 'imported',
        reason: notRun ?? scored.failure,
        exitCode: null,
        signal: null,
        startedAt: null,
        finishedAt: null,
        outputKey: facts.outputKey,
        cachedFrom: null,
        resources: resources && isWhole ? { ...resources, outputBytes } : resources,
        scores: repeat === 1 ? scored.scores : [],
        warnings: repeat === 1 ? [...scored.warnings, ...warnings] : warnings,
      })
    }
  }
  return { executions, ofWhole: [...ofWhole] }
}

const environmentOf = (
  { dir }: ImportRequest,
  record: PipelineRecord,
  { sources }: Measurements,
  content: string,
): Run['environment'] => ({
  source: 'imported',
  machine: 'unknown',
  import: { folder: dir, content_sha256: content, measurements: sources },
  software_versions: record.softwareVersions,
  pipeline_params: record.params,
})

const exportRun = (files: Files, folder: string, run: Run): void => {
  files.makeDir(folder)
  const write = (name: string, document: unknown): void =>
    files.writeAtomically(`${folder}/${name}`, `${JSON.stringify(document, null, 2)}\n`)
  write(RUN_FILES.metadata, toMetadataDocument(run, null))
  write(RUN_FILES.metrics, toMetricsDocument(run))
}
