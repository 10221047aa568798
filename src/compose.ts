/** The only module that knows which adapter stands behind which port. Adapters are imported on first use. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type CancelResult } from './app/cancel-run.ts'
import { type RunDifferences } from './app/compare-with.ts'
import { type RunRequest } from './app/plan-run.ts'
import {
  type Clock,
  type ConfigSource,
  type Files,
  type OutputReader,
  type RunStore,
  type ToolProbe,
} from './app/ports.ts'
import { type PlanPreview } from './app/preview-plan.ts'
import { type RunOptions } from './app/run-benchmark.ts'
import { type RunStatus } from './app/run-status.ts'
import { type RunnerDeps } from './app/runner-deps.ts'
import { type RunPlan } from './core/plan.ts'
import { Problem } from './core/problem.ts'
import { type Run } from './core/run.ts'
import { packageFile } from './package-files.ts'

/** One project with everything that can be done in it. CLI, SDK and server are surfaces over this. */
export interface Project {
  /** Absolute folder that holds `.benchmark/` (or would). */
  readonly root: string
  readonly config: () => Promise<ConfigSource>
  readonly files: () => Promise<Files>
  readonly reader: () => Promise<OutputReader>
  readonly tools: () => Promise<ToolProbe>
  /** For reading, unless told otherwise; a project without a database reads as empty. */
  readonly store: (access?: 'read' | 'write') => Promise<RunStore>
  planRun(request: RunRequest): Promise<RunPlan>
  previewPlan(plan: RunPlan): Promise<PlanPreview>
  /** Plans and stores a run; returns its id. Nothing has started yet. */
  createRun(request: RunRequest): Promise<string>
  /** Runs (what is left of) a stored run in this process. */
  executeRun(runId: string, options: RunOptions): Promise<Run>
  /** Runs it in a process of its own that outlives this one. */
  detachRun(runId: string): Promise<void>
  resolveRun(reference: string): Promise<string>
  plan(runId: string): Promise<RunPlan>
  status(reference: string): Promise<RunStatus>
  cancel(reference: string): Promise<CancelResult>
  differences(runId: string, reference: string): Promise<RunDifferences>
  close(): Promise<void>
}

/** Finds the project: the given folder, else the nearest folder upwards with `.benchmark/`, else the current one. */
export const findRoot = (folder: string | undefined): string => {
  if (folder !== undefined) {
    const root = resolve(folder)
    if (!existsSync(root))
      throw new Problem('E_NOT_FOUND', `The project folder ${folder} does not exist.`, { hints: ['Check --project.'] })
    return root
  }
  for (let at = process.cwd(); ; at = dirname(at)) {
    if (existsSync(join(at, '.benchmark'))) return at
    if (dirname(at) === at) return process.cwd()
  }
}
