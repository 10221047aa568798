/** What can be done in a project, whoever asks. */
import type { CancelOptions, CancelResult } from '../app/cancel-run.ts'
import type { ComparedTools } from '../app/compare-tools.ts'
import type { PlanComparisonRequest, PlannedComparison } from '../app/compare/plan-comparison.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import type { Diagnosis } from '../app/doctor.ts'
import type { RegisterRequest, Registration } from '../app/hub/register-project.ts'
import type { ImportResult } from '../app/import/import-outputs.ts'
import type { ImportRequest } from '../app/import/import-request.ts'
import type { RunRequest } from '../app/plan-run.ts'
import type { Aligner, ConfigSource, Files, OutputReader, RunFolders, RunStore, ToolProbe } from '../app/ports.ts'
import type { PlanPreview } from '../app/preview-plan.ts'
import type { PruneRequest } from '../app/prune/prune-project.ts'
import type { PruneResult } from '../app/prune/prune-result.ts'
import type { ReportRequest } from '../app/report/gather-report.ts'
import type { ReportParts } from '../app/report/report-parts.ts'
import type { RunOptions } from '../app/run-benchmark.ts'
import type { RunStatus } from '../app/run-status.ts'
import type { ScoredOutputs, ScoreOutputsInput } from '../app/score-outputs.ts'
import type { AddedFile } from '../app/vocabulary/add-vocabulary.ts'
import type { RunPlan } from '../core/plan.ts'
import type { Run } from '../core/run.ts'
import type { Detached } from '../exec/detached.ts'
import type { ProjectDatasets } from './datasets.ts'
import type { Histories } from './history.ts'
import type { HubStore } from './hub-store.ts'
import type { Hub } from './hub.ts'
import type { Rankings } from './rank.ts'

/** One project with everything that can be done in it. CLI, SDK and server are surfaces over this. */
export interface Project {
  /** Absolute folder that holds `.benchmark/` (or would). */
  readonly root: string
  readonly config: () => Promise<ConfigSource>
  readonly files: () => Promise<Files>
  readonly reader: () => Promise<OutputReader>
  readonly tools: () => Promise<ToolProbe>
  readonly aligner: () => Promise<Aligner>
  readonly datasets: ProjectDatasets
  /** For reading, unless told otherwise; a project without a database reads as empty. */
  readonly store: (access?: 'read' | 'write') => Promise<RunStore>
  readonly runFolders: () => Promise<RunFolders>
  /** Folder that holds the run folders. */
  readonly resultsDir: () => Promise<string>
  /** Scores outputs that exist already. */
  scoreOutputs(input: ScoreOutputsInput): Promise<ScoredOutputs>
  /** Takes what another program left in a folder as a run. */
  importOutputs(request: ImportRequest): Promise<ImportResult>
  /** Compares AMR outputs with each other, without a truth. */
  compareTools(input: ScoreOutputsInput): Promise<ComparedTools>
  /** Takes files of gene names into the project's vocabulary. */
  addVocabulary(paths: readonly string[]): Promise<readonly AddedFile[]>
  planRun(request: RunRequest): Promise<RunPlan>
  previewPlan(plan: RunPlan): Promise<PlanPreview>
  /** Refuses what a run of this plan could never be compared with, as `compare` would after it. */
  checkBase(asked: string, plan: RunPlan): Promise<void>
  /** Plans and stores a run; returns its id. Nothing has started yet. */
  createRun(request: RunRequest, compareWith?: string): Promise<string>
  /** Runs (what is left of) a stored run in this process. */
  executeRun(runId: string, options: RunOptions): Promise<Run>
  /** Runs it in a process of its own that outlives this one. */
  detachRun(runId: string): Promise<Detached>
  resolveRun(reference: string): Promise<string>
  plan(runId: string): Promise<RunPlan>
  status(reference: string): Promise<RunStatus>
  cancel(reference: string, options: CancelOptions): Promise<CancelResult>
  /** A stored run held against another one, a branch, the baseline, a pipeline or another project. */
  compare(request: CompareRequest): Promise<RunComparison>
  planComparison(request: PlanComparisonRequest): Promise<PlannedComparison>
  /** Everything a report of a run is made of. */
  report(request: ReportRequest): Promise<ReportParts>
  diagnose(withSelfTest: boolean): Promise<Diagnosis>
  /** Removes old files that no number depends on. */
  prune(request: PruneRequest): Promise<PruneResult>
  rankings(): Promise<Rankings>
  histories(): Promise<Histories>
  hubStore(access: 'read' | 'write'): Promise<HubStore>
  /** Registers the project in its hub, or keeps the registration until it has one. */
  register(request: RegisterRequest, hubUrl?: string): Promise<Registration>
  /** The hub of a URL or folder, by default the project's. */
  hub(url?: string, access?: 'read' | 'write'): Promise<Hub>
  close(): Promise<void>
}
