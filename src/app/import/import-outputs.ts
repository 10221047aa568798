import { canonicalJson } from '../../core/canonical-json.ts'
import { withImportantMetrics } from '../../core/important-metrics.ts'
import { findOutputTree } from '../../core/output-tree/output-trees.ts'
import { primaryMetricsOf } from '../../core/primary-metrics.ts'
import type { Run } from '../../core/run.ts'
import { newRunId } from '../../core/run-id.ts'
import { summarise } from '../../core/metrics/summarise.ts'
import { RUN_FILES } from '../../core/run-folder.ts'
import { toMetadataDocument, toMetricsDocument } from '../../documents/run-document.ts'
import { inReadingOrder } from '../../core/reading-order.ts'
import { comparabilityOf } from '../execute-one.ts'
import { planKey } from '../finish-run.ts'
import { type Measurements, readMeasurements } from './import-measurements.ts'
import { choosePipeline } from './import-pipeline.ts'
import { type PipelineRecord, readPipelineRecord } from './imported-environment.ts'
import { executionsOf } from './imported-executions.ts'
import { type ImportedPart, scoreOutputFiles, scoreOutputTree } from './imported-parts.ts'
import type { ImportDeps, ImportRequest } from './import-request.ts'
import { chooseType, openContext, requireFolder } from './open-import.ts'
import type { Files } from '../ports.ts'
import { mergeKeys } from '../scoring/merge-keys.ts'

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
  const context = await openContext(deps, config, request, benchmarkType)
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

// The same outputs, truth and way of scoring are the same import, wherever the folder is.
const digestOf = async (
  deps: ImportDeps,
  { dir, params, version, benchmarkType }: ImportRequest,
  of: {
    readonly pipeline: string
    readonly samples: readonly string[]
    readonly scoring: unknown
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
    scoring: of.scoring,
    samples: [...of.samples].sort(),
    truth: of.truthSha256,
    parts: of.parts.map(({ params: part, sample, scored: { failure }, notRun }) => [part, sample, failure ?? notRun]),
    files,
    traces: of.measurements.sources.map(({ sha256 }) => sha256),
  }
  return deps.sha256Text(canonicalJson(identity))
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
