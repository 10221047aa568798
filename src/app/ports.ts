/** What use cases need from the outside. Adapters implement these; `compose.ts` chooses which. */
import type { CallCondenser } from '../core/amr/condense-calls.ts'
import type { AmrTruth } from '../core/amr/truth.ts'
import type { AssemblyTruth } from '../core/assembly/assembly.ts'
import type { Baseline, BaselinePlace } from '../core/baseline.ts'
import type { BinningTruth } from '../core/binning/binning.ts'
import type { DatabaseDigests } from '../core/databases.ts'
import type { Dataset } from '../core/dataset.ts'
import type { FamilyRow } from '../core/names/family-table.ts'
import type { GeneVocabulary, VocabularyReference } from '../core/names/gene-vocabulary.ts'
import type { OntologyTerm } from '../core/names/ontology.ts'
import type { ReferenceTable } from '../core/names/reference-terms.ts'
import type { Observations } from '../core/observations.ts'
import type { OutputSpec, Pipeline } from '../core/pipeline.ts'
import type { PathogenTruth } from '../core/pathogen/truth.ts'
import type { RunPlan } from '../core/plan.ts'
import type { ProfileTruth } from '../core/profile/profile.ts'
import type { ProjectConfig } from '../core/project-config.ts'
import type { Execution, PipelineSummary, Resources, Run, RunHeader, RunState } from '../core/run.ts'
import type { Sample } from '../core/sample.ts'
import type { Score } from '../core/score.ts'
import type { Trace } from '../core/trace/measurement.ts'

/** Wall clock and sleeping, so that use cases stay deterministic under test. */
export interface Clock {
  now(): Date
  /** Monotonic milliseconds. */
  monotonic(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The project's YAML and CSV files. Every method throws one `Problem` carrying all findings. */
export interface ConfigSource {
  load(file?: string): ProjectConfig
  samples(csvFile: string): readonly Sample[]
  /** Only whom a sheet is about, each once: its files may be on another machine. */
  sampleIds(csvFile: string): readonly string[]
  /** Catalogue of built-in pipelines and those of `.benchmark/pipelines/*.yaml` and the config, by name. */
  catalogue(): ReadonlyMap<string, Pipeline>
  datasets(): ReadonlyMap<string, Dataset>
  /** One `dataset.yaml`, wherever it is. */
  dataset(file: string): Dataset
}

/** A file of names, read whole: an ontology, a table that maps database entries to its terms, or one of families. */
export type VocabularyFile = { readonly sha256: string } & (
  | {
      readonly kind: 'ontology'
      /** Version or date that the file states. */
      readonly version: string | null
      readonly terms: readonly OntologyTerm[]
    }
  | ({ readonly kind: 'mapping' } & ReferenceTable)
  | { readonly kind: 'families'; readonly families: readonly FamilyRow[] }
)

/** Reads tool outputs and truths, and what other programs noted of the runs they made. */
export interface OutputReader {
  /** Ids of every format `read` knows. */
  readonly formats: readonly string[]
  /**
   * Throws `E_INPUT` naming file:line:column for a file that is not what the spec says. Calls go through `condenser` as
   * they are read, where one is given: then memory does not grow with the file.
   */
  read(
    file: string,
    spec: Pick<OutputSpec, 'format' | 'columns'>,
    condenser?: CallCondenser | null,
  ): Promise<Observations>
  amrTruth(file: string): Promise<AmrTruth>
  profileTruth(file: string): Promise<ProfileTruth>
  pathogenTruth(file: string): Promise<PathogenTruth>
  assemblyTruth(file: string): Promise<AssemblyTruth>
  binningTruth(file: string): Promise<BinningTruth>
  /** Measurements of another instrument; `columns` is for the format `table`. Throws like `read`. */
  trace(file: string, spec: Pick<OutputSpec, 'format' | 'columns'>): Promise<Trace>
  /** Name of a program or pipeline -> version, of an nf-core `*versions.yml`. Throws `E_INPUT` for what is no such file. */
  softwareVersions(file: string): Promise<Readonly<Record<string, string>>>
  /** Opens what names are looked up in; again and again the same costs nothing. Throws when it is gone or damaged. */
  vocabulary(reference: VocabularyReference): GeneVocabulary
}

/** Aligns contigs to a reference with a program that may not be installed. */
export interface Aligner {
  readonly name: string
  /** What to do to get it. */
  readonly howToInstall: string
  isInstalled(): boolean
  /**
   * Aligns two FASTA files and hands the path of the PAF (with differences, and with contigs that do not align) to `read`;
   * it is deleted afterwards. Throws `E_EXECUTOR` when the program fails or takes too long.
   */
  align<Read>(contigs: string, reference: string, read: (paf: string) => Promise<Read>): Promise<Read>
}

/** Where runs are kept. Every write is one transaction; what it returned from is on disk. */
export interface RunStore {
  createRun(plan: RunPlan, environment: Readonly<Record<string, unknown>>): void
  plan(runId: string): RunPlan
  /** Resolves `latest`, `latest~1`, a label, an id or a unique prefix; `E_NOT_FOUND` with suggestions otherwise. */
  resolve(reference: string): string
  has(runId: string): boolean
  /** Newest first. */
  headers(filter?: RunFilter): readonly RunHeader[]
  /** How many runs a filter matches; its limit does not count. */
  count(filter?: RunFilter): number
  /** `E_NOT_FOUND` when there is no such run. */
  header(runId: string): RunHeader
  run(runId: string): Run
  executions(runId: string): readonly Execution[]
  /** Last known process of every execution that has not ended, by execution id: what a resume looks for. */
  handles(runId: string): ReadonlyMap<number, ProcessHandle>
  /**
   * Records a transition and, when given, what came with it. A final state never changes: throws on trying. After an
   * attempt without outputs (failed, lost, cancelled, or interrupted while open) an open state with `attempt` one
   * higher starts afresh.
   */
  transition(runId: string, executionId: number, change: ExecutionChange): void
  setRunState(runId: string, state: RunState, finishedAt: string | null): void
  /** Replaces a run's derived numbers. */
  saveSummary(
    runId: string,
    summary: readonly PipelineSummary[],
    comparability: Readonly<Record<string, string>>,
    warnings: readonly string[],
  ): void
  /** Earlier succeeded, measured executions with this key, oldest first, other runs only. */
  reusable(outputKey: string, excludeRun: string): readonly ReusableExecution[]
  /** The run that was imported from outputs with this key, or null. */
  imported(outputKey: string): string | null
  /** Durations of earlier executions of a pipeline, newest first, for the ETA. */
  durations(
    pipeline: string,
  ): readonly { readonly params: string; readonly sample: string | null; readonly wallSeconds: number }[]
  insertFinished(run: Run, plan: RunPlan | null): void
  removeRun(runId: string): void
  /** Executions of a run without their numbers, by id: enough to find their folders. */
  attempts(runId: string): readonly Attempt[]
  /** When the outputs of executions of a run were removed to free space, by execution id. */
  pruned(runId: string): ReadonlyMap<number, string>
  markPruned(runId: string, executionIds: Iterable<number>, at: string): void
  lease: LeaseStore
  baselines: BaselineStore
  close(): void
}

/** An execution as far as it says where its files are and whose outputs it took over. */
export type Attempt = Pick<
  Execution,
  'id' | 'pipeline' | 'sample' | 'repeat' | 'warmup' | 'attempt' | 'state' | 'cachedFrom'
>

/** Which run is the baseline of what. A run that is one cannot be removed. */
export interface BaselineStore {
  /** By branch, then label; null before names. */
  all(): readonly Baseline[]
  /** Replaces what stood in that place. */
  set(baseline: Baseline): void
  /** False when there was none in that place. */
  clear(place: BaselinePlace): boolean
}

export interface RunFilter {
  readonly label?: string
  readonly tag?: string
  readonly pipeline?: string
  readonly branch?: string
  readonly state?: RunState
  readonly limit?: number
}

export interface ExecutionChange {
  readonly state: Execution['state']
  readonly at: string
  readonly reason?: string | null
  readonly attempt?: number
  readonly version?: string | null
  readonly handle?: ProcessHandle | null
  readonly exitCode?: number | null
  readonly signal?: string | null
  readonly outputKey?: string | null
  readonly databases?: DatabaseDigests
  readonly cachedFrom?: Execution['cachedFrom']
  readonly resources?: Resources | null
  readonly scores?: readonly Score[]
  readonly warnings?: readonly string[]
}

export interface ReusableExecution {
  readonly runId: string
  readonly executionId: number
  readonly attempt: number
  readonly finishedAt: string | null
  readonly outputsDir: string
  readonly resources: Resources | null
}

/** Who runs what, so that two runners never work on one project by accident. */
export interface RunnerIdentity {
  readonly host: string
  readonly bootId: string
  readonly pid: number
  readonly startTicks: string
}
export interface LeaseStore {
  /** Takes the project's runner lease for a run; returns the holder when somebody alive has it. */
  acquire(runId: string, me: RunnerIdentity, isAlive: (other: RunnerIdentity) => boolean): RunnerIdentity | null
  release(runId: string, me: RunnerIdentity): void
  holder(): { readonly runId: string; readonly runner: RunnerIdentity } | null
  requestCancel(runId: string): void
  cancelRequested(runId: string): boolean
}

/** Folders with the files a run leaves behind: `metadata.json`, `metrics.json`, `plan.json`, outputs and logs. */
export interface RunFolders {
  /** The folder itself when it holds a run, else the run folders directly inside it, sorted. */
  find(dir: string): readonly string[]
  /** Throws `E_INPUT` with every finding when the files are missing, damaged or not of one run. */
  read(folder: string): { readonly run: Run; readonly plan: RunPlan | null }
  /** Whether the folder is that run's, by what it says itself. */
  belongsTo(folder: string, runId: string): boolean
  /** Deletes what this program wrote for that run and nothing else; false when the folder is not that run's. */
  remove(folder: string, runId: string): boolean
}

/** A started local process, enough to find it again from another process. */
export interface ProcessHandle {
  readonly kind: 'process'
  readonly host: string
  readonly bootId: string
  readonly pid: number
  readonly startTicks: string
  /** Value of BENCHMARK_ATTEMPT in the environment of the whole tree. */
  readonly marker: string
  readonly dir: string
}

/** Everything an executor needs to start one attempt; pure data, shown by `--dry-run`. */
export interface AttemptSpec {
  /** Unique: marks the process tree. */
  readonly attemptId: string
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Where shim, logs and measurements of this attempt go. */
  readonly dir: string
  /** Stdout goes here instead of `dir/stdout.log`. */
  readonly stdoutFile: string | null
  readonly limits: { readonly timeoutMs: number | null; readonly memoryBytes: number | null; readonly logBytes: number }
  readonly cpus: number
  readonly sampleIntervalMs: number | null
}

/** How an attempt ended. Other people's failing programs are data, not exceptions. */
export interface AttemptOutcome {
  readonly state:
    'succeeded' | 'failed' | 'start_failed' | 'timed_out' | 'memory_exceeded' | 'oom_killed' | 'cancelled' | 'lost'
  readonly reason: string | null
  readonly exitCode: number | null
  readonly signal: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly resources: Resources | null
  readonly warnings: readonly string[]
}

/** Starts attempts and tells how they ended. */
export interface Executor {
  readonly kind: string
  /** Idempotent for one attempt id: the handle is known before anything of the user's runs. */
  start(spec: AttemptSpec): Promise<ProcessHandle>
  /** What became of an attempt whose runner died. */
  reattach(handle: ProcessHandle): Promise<'running' | 'finished' | 'lost' | 'unknown'>
  /** Resolves when the attempt has ended; measures meanwhile. Cancels through `signal` (kill ladder). */
  wait(handle: ProcessHandle, spec: AttemptSpec, signal: AbortSignal): Promise<AttemptOutcome>
  /** Ends whatever is left of an attempt; returns the pids that could not be ended. */
  kill(handle: ProcessHandle): Promise<readonly number[]>
  /** How many attempts this executor is measuring now. */
  readonly active: number
  /** This machine and its software, JSON-ready. */
  environment(): Promise<Readonly<Record<string, unknown>>>
}

/** The few things use cases do with files themselves. */
export interface Files {
  exists(path: string): boolean
  /** Matches of a relative pattern with `*` inside a folder, sorted; never outside it. */
  glob(dir: string, pattern: string): readonly string[]
  makeDir(path: string): void
  removeTree(path: string): void
  /** tmp + fsync + rename: a reader sees the old or the new file, never half of one. */
  writeAtomically(path: string, content: string | Uint8Array): void
  readText(path: string): string
  /** Content digest, cached by (device, inode, size, mtime, ctime). A folder is digested as a sorted manifest. */
  sha256(path: string): Promise<string>
  sizeOf(path: string): number
}

/** The version-control state of the project, or null outside a repository. */
export interface GitContext {
  revision(): Promise<{ readonly branch: string | null; readonly commit: string; readonly dirty: boolean } | null>
  /** Branches there are here or on a remote, and those the CI system names; sorted. */
  branches(): Promise<readonly string[]>
}

/** Looks for programs; never installs any. */
export interface ToolProbe {
  /** Absolute path of a program on the PATH, or null. */
  readonly which: (program: string) => string | null
  /** First group of `pattern` in what the program prints, or null (missing, silent, or hanging for 5 s). */
  version(words: readonly string[], pattern: string): Promise<string | null>
}

/** What a machine offers to running and measuring. */
export interface MachineFacts {
  readonly cpus: number
  readonly memoryBytes: number
  readonly node: { readonly version: string; readonly isSupported: boolean; readonly needed: string }
  /** Version of the SQLite library, or why it cannot be loaded. */
  readonly sqlite:
    { readonly version: string; readonly problem: null } | { readonly version: null; readonly problem: string }
  /** How processes are found: through /proc, or by the program ps. */
  readonly processes: 'proc' | 'ps'
  /** Whether shared memory can be told from memory of one's own. */
  readonly seesSharedMemory: boolean
  readonly countsIo: boolean
  /** Whether each attempt gets a control group of its own; if not, why. */
  readonly cgroup: { readonly perAttempt: boolean; readonly reason: string | null }
  readonly results: {
    readonly path: string
    readonly type: string | null
    readonly isNetwork: boolean
    readonly freeBytes: number | null
    readonly isWritable: boolean
  }
}

/** Looks at the machine; changes nothing. */
export interface Machine {
  facts(resultsDir: string): Promise<MachineFacts>
}
