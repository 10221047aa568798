import { fillPlaceholders, fillText, type PlaceholderValues } from '../core/command-line.ts'
import { attemptName, logsFolder, outputsFolder } from '../core/execution-name.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { PlannedExecution, RunPlan } from '../core/plan.ts'
import type { Sample } from '../core/sample.ts'
import type { AttemptSpec } from './ports.ts'
import type { RunnerDeps } from './runner-deps.ts'

/** The folders of one attempt, below the run's folder. */
export interface AttemptFolders {
  readonly outdir: string
  readonly logs: string
  readonly work: string
}

/** Where the outputs, logs and scratch files of an attempt go. */
export const attemptFolders = (plan: RunPlan, planned: PlannedExecution, attempt: number): AttemptFolders => {
  return {
    outdir: outputsFolder(plan.resultsDir, planned, attempt),
    logs: logsFolder(plan.resultsDir, planned, attempt),
    work: `${plan.resultsDir}/scratch/${attemptName(planned, attempt)}`,
  }
}

/** The samples an execution reads. */
export const samplesOf = (plan: RunPlan, planned: PlannedExecution): readonly Sample[] =>
  planned.sample === null ? plan.samples : plan.samples.filter(({ id }) => id === planned.sample)

/** The pipeline an execution belongs to. */
export const pipelineOf = (plan: RunPlan, planned: PlannedExecution): Pipeline => {
  const pipeline = plan.pipelines[planned.pipelineIndex]
  if (!pipeline) throw new Error(`plan ${plan.runId} has no pipeline ${planned.pipelineIndex}`)
  return pipeline
}

/** Everything the executor needs to start one attempt. Pure: the same attempt always gives the same spec. */
export const prepareAttempt = (
  deps: Pick<RunnerDeps, 'projectRoot' | 'packageRoot' | 'nodePath'>,
  plan: RunPlan,
  planned: PlannedExecution,
  attempt: number,
): AttemptSpec | { readonly problem: string } => {
  const pipeline = pipelineOf(plan, planned)
  const folders = attemptFolders(plan, planned, attempt)
  const values = placeholderValues(deps, plan, planned, folders)
  const filled = fillPlaceholders(pipeline, values)
  if (filled.kind === 'missing') return { problem: `nothing is known for ${filled.placeholders.join(', ')}` }
  const env: Record<string, string> = {}
  for (const [name, text] of Object.entries(pipeline.env)) {
    const value = fillText(text, pipeline, values)
    if (value === null) return { problem: `a placeholder in the environment variable ${name} has no value: ${text}` }
    env[name] = value
  }
  return {
    attemptId: `${plan.runId}.${planned.id}.${attempt}`,
    argv: filled.argv,
    cwd: pipeline.cwd === 'work' ? folders.work : deps.projectRoot,
    env,
    dir: folders.logs,
    stdoutFile:
      pipeline.stdout === null
        ? null
        : `${folders.outdir}/${fillText(pipeline.stdout, pipeline, values) ?? pipeline.stdout}`,
    limits: {
      timeoutMs: smallest(plan.limits.timeoutMs, pipeline.timeoutMs),
      memoryBytes: plan.limits.memoryBytes,
      logBytes: plan.limits.logBytes,
    },
    cpus: pipeline.resources.cpus,
    sampleIntervalMs: plan.sampleIntervalMs,
  }
}

/** The sample sheet a whole-dataset pipeline reads, written before it starts. */
export const samplesheetFile = (folders: AttemptFolders): string => `${folders.logs}/samplesheet.csv`

const placeholderValues = (
  deps: Pick<RunnerDeps, 'projectRoot' | 'packageRoot' | 'nodePath'>,
  plan: RunPlan,
  planned: PlannedExecution,
  folders: AttemptFolders,
): PlaceholderValues => {
  const { resources, configFile, version } = pipelineOf(plan, planned)
  const sample = planned.sample === null ? null : (samplesOf(plan, planned)[0] ?? null)
  return {
    params: planned.params,
    builtIn: {
      sample: planned.sample,
      group: sample?.group ?? null,
      reads_1: sample?.files.reads1 ?? null,
      reads_2: sample?.files.reads2 ?? null,
      fasta: sample?.files.fasta ?? null,
      samplesheet: samplesheetFile(folders),
      outdir: folders.outdir,
      workdir: folders.work,
      project: deps.projectRoot,
      package: deps.packageRoot,
      node: deps.nodePath,
      config: configFile,
      version,
      threads: resources.cpus,
      memory_gb: resources.memoryBytes === null ? null : Math.max(1, Math.floor(resources.memoryBytes / 1e9)),
    },
  }
}

const smallest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)
