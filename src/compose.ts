/** The only module that knows which adapter stands behind which port. Adapters are imported on first use. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { CancelOptions, CancelResult } from './app/cancel-run.ts'
import type { ComparedTools } from './app/compare-tools.ts'
import type { PlanComparisonRequest, PlannedComparison } from './app/compare/plan-comparison.ts'
import type { CompareRequest, RunComparison } from './app/compare/run-comparison.ts'
import type { Diagnosis } from './app/doctor.ts'
import type { RegisterRequest, Registration } from './app/hub/register-project.ts'
import type { RunRequest } from './app/plan-run.ts'
import type { Aligner, ConfigSource, Files, OutputReader, RunFolders, RunStore, ToolProbe } from './app/ports.ts'
import type { ImportResult } from './app/import/import-outputs.ts'
import type { ImportRequest } from './app/import/import-request.ts'
import type { PlanPreview } from './app/preview-plan.ts'
import type { PruneRequest } from './app/prune/prune-project.ts'
import type { PruneResult } from './app/prune/prune-result.ts'
import type { RunOptions } from './app/run-benchmark.ts'
import type { RunStatus } from './app/run-status.ts'
import type { ReportRequest } from './app/report/gather-report.ts'
import type { ReportParts } from './app/report/report-parts.ts'
import type { ScoredOutputs, ScoreOutputsInput } from './app/score-outputs.ts'
import type { RunnerDeps } from './app/runner-deps.ts'
import type { AddedFile } from './app/vocabulary/add-vocabulary.ts'
import { createProjectDatasets, type ProjectDatasets } from './compose/datasets.ts'
import { withoutSecrets } from './compose/environment.ts'
import type { VocabularyReference } from './core/names/gene-vocabulary.ts'
import type { RunPlan } from './core/plan.ts'
import type { Run } from './core/run.ts'
import type { Detached } from './exec/detached.ts'
import { findRoot } from './compose/find-root.ts'
import type { Hub } from './compose/hub.ts'
import type { Histories } from './compose/history.ts'
import type { HubStore } from './compose/hub-store.ts'
import { clock, metricNames, once, packageVersion, sha256Text } from './compose/parts.ts'
import type { Rankings } from './compose/rank.ts'
import { packageFile } from './package-files.ts'

export { findRoot } from './compose/find-root.ts'

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

/** Opens nothing: each part opens itself when first asked for. */
export const openProject = (folder: string | undefined): Project => {
  const root = findRoot(folder)
  const closers: (() => void)[] = []
  const onClose = (close: () => void): void => void closers.push(close)
  const databaseFile = join(root, '.benchmark', 'benchmark.db')

  const files = once(async () => (await import('./exec/files.ts')).createFiles())
  const tools = once(async () => (await import('./exec/tool-probe.ts')).createToolProbe(process.env))
  const reader = once(async (): Promise<OutputReader> => {
    const [{ createOutputReader }, { vocabularyOpener }, fileSystem] = await Promise.all([
      import('./parse/output-reader.ts'),
      import('./app/vocabulary/vocabulary-cache.ts'),
      files(),
    ])
    return createOutputReader(vocabularyOpener(fileSystem, root))
  })
  const vocabulary = async (): Promise<() => VocabularyReference | undefined> => {
    const [{ currentVocabulary }, fileSystem] = await Promise.all([
      import('./app/vocabulary/vocabulary-cache.ts'),
      files(),
    ])
    return () => currentVocabulary(fileSystem, root)
  }
  const aligner = once(async (): Promise<Aligner> => {
    const { createAligner } = await import('./exec/aligner.ts')
    return createAligner(process.env, { threads: Math.min(4, availableParallelism()) })
  })
  const config = once(async () => {
    const [{ createConfigSource }, metrics, { formats }] = await Promise.all([
      import('./config/config-source.ts'),
      metricNames(),
      import('./parse/index.ts'),
    ])
    const ids = ['auto', ...formats.map(({ id }) => id)]
    return createConfigSource({ root, environment: process.env, metrics, formats: ids })
  })
  const settings = once(async () =>
    (await import('./config/config-source.ts')).readSettings({ root, environment: process.env }),
  )
  // Reading loads nothing that writes: `list` is asked for often and must start fast.
  const openReadable = async (): Promise<RunStore> => {
    const [{ openDatabaseForReading }, { createReadingStore }] = await Promise.all([
      import('./store/open.ts'),
      import('./store/run-queries.ts'),
    ])
    const store = createReadingStore(openDatabaseForReading(databaseFile))
    closers.push(() => store.close())
    return store
  }
  const readableStore = once(openReadable)
  const writableStore = once(async (): Promise<RunStore> => {
    const [{ openDatabase }, { createRunStore }] = await Promise.all([
      import('./store/open.ts'),
      import('./store/run-store.ts'),
    ])
    mkdirSync(dirname(databaseFile), { recursive: true })
    const warn = (text: string): void => void process.stderr.write(`Warning: ${text}\n`)
    const store = createRunStore(openDatabase(databaseFile, { warn }))
    closers.push(() => store.close())
    return store
  })
  const capacity = { cpus: availableParallelism(), memoryBytes: totalmem() }
  const identity = once(async () => import('./exec/runner-identity.ts'))
  const executor = once(async () =>
    (await import('./exec/local/executor.ts')).createLocalExecutor({
      environment: withoutSecrets(process.env),
      version: packageVersion(),
      resultsDir: root,
    }),
  )

  const hubCatalogue = once(async () => {
    const [{ readHubCatalogue }, found] = await Promise.all([import('./compose/hub-store.ts'), settings()])
    return readHubCatalogue(databaseFile, found.centralHub?.url ?? null, root)
  })

  const runnerDeps = async (access: 'read' | 'write'): Promise<RunnerDeps> => {
    const [store, exec, fileSystem, outputs, contigAligner, machine] = await Promise.all([
      project.store(access),
      executor(),
      files(),
      reader(),
      aligner(),
      identity(),
    ])
    return {
      store,
      executor: exec,
      files: fileSystem,
      reader: outputs,
      aligner: contigAligner,
      clock,
      capacity,
      identity: machine.runnerIdentity(),
      isAlive: machine.isRunnerAlive,
      sha256Text,
      projectRoot: root,
      packageRoot: packageFile(''),
      nodePath: process.execPath,
    }
  }

  const project: Project = {
    root,
    config,
    files,
    reader,
    tools,
    aligner,
    datasets: createProjectDatasets({ root, config, files, hub: hubCatalogue }),
    runFolders: async () => (await import('./store/run-folders.ts')).createRunFolders(),
    resultsDir: async () => (await config()).load().local.resultsDir,
    store: (access = 'read') => {
      if (access === 'write') return writableStore()
      // Before the first run there is nothing to read, and that must not be remembered.
      return existsSync(databaseFile) ? readableStore() : openReadable()
    },
    scoreOutputs: async (input) => {
      const { scoreOutputs } = await import('./app/score-outputs.ts')
      return scoreOutputs(
        { reader: await reader(), aligner: await aligner(), sha256Text, vocabulary: await vocabulary() },
        input,
      )
    },
    compareTools: async (input) => {
      const { compareTools } = await import('./app/compare-tools.ts')
      return compareTools({ reader: await reader(), vocabulary: await vocabulary() }, input)
    },
    addVocabulary: async (paths) => {
      const [{ addVocabulary }, { readVocabularyFile }, fileSystem] = await Promise.all([
        import('./app/vocabulary/add-vocabulary.ts'),
        import('./parse/vocabulary/index.ts'),
        files(),
      ])
      return addVocabulary({ files: fileSystem, read: readVocabularyFile }, root, paths)
    },
    importOutputs: async (request) => {
      const [{ importOutputs }, { createGitContext }] = await Promise.all([
        import('./app/import/import-outputs.ts'),
        import('./exec/git-context.ts'),
      ])
      const deps = {
        config: await config(),
        files: await files(),
        reader: await reader(),
        aligner: await aligner(),
        clock,
        randomBytes,
        sha256Text,
        vocabulary: await vocabulary(),
      }
      const git = createGitContext(root, process.env)
      return importOutputs({ ...deps, git, store: await project.store('write') }, request)
    },
    planRun: async (request) => {
      const [{ planRun }, { createGitContext }] = await Promise.all([
        import('./app/plan-run.ts'),
        import('./exec/git-context.ts'),
      ])
      return planRun(
        {
          config: await config(),
          files: await files(),
          clock,
          git: createGitContext(root, process.env),
          tools: await tools(),
          capacity,
          randomBytes,
          vocabulary: await vocabulary(),
          hub: await hubCatalogue(),
        },
        request,
      )
    },
    previewPlan: async (plan) => {
      const [{ previewPlan }, { withHistory }] = await Promise.all([
        import('./app/preview-plan.ts'),
        import('./compose/history.ts'),
      ])
      const [{ which }, deps] = await Promise.all([tools(), runnerDeps('read')])
      return withHistory(databaseFile, (history) => previewPlan({ ...deps, which, history }, plan))
    },
    checkBase: async (asked, plan) =>
      (await import('./compose/compare.ts')).checkBaseOf(project, databaseFile, asked, plan),
    createRun: async (request, compareWith) => {
      const { createRun } = await import('./app/run-benchmark.ts')
      const plan = await project.planRun(request)
      if (compareWith !== undefined) await project.checkBase(compareWith, plan)
      await createRun(await runnerDeps('write'), plan)
      return plan.runId
    },
    executeRun: async (runId, options) => {
      const { executeRun } = await import('./app/run-benchmark.ts')
      return executeRun(await runnerDeps('write'), runId, options)
    },
    detachRun: async (runId) => {
      const [{ startDetached }, { resultsDir }] = await Promise.all([import('./exec/detached.ts'), project.plan(runId)])
      return startDetached(
        [process.execPath, packageFile('bin/run.js'), 'run', '--project', root, '--resume', runId],
        join(resultsDir, 'logs', 'runner.log'),
      )
    },
    resolveRun: async (reference) => (await project.store()).resolve(reference),
    plan: async (runId) => (await project.store()).plan(runId),
    status: async (reference) => {
      const [{ runStatus }, machine, store] = await Promise.all([
        import('./app/run-status.ts'),
        identity(),
        project.store(),
      ])
      return runStatus({ store, clock, isAlive: machine.isRunnerAlive }, reference)
    },
    cancel: async (reference, cancelOptions) => {
      const { cancelRun } = await import('./app/cancel-run.ts')
      return cancelRun(
        { ...(await runnerDeps('write')), interrupt: ({ pid }) => process.kill(pid, 'SIGTERM') },
        reference,
        cancelOptions,
      )
    },
    compare: async (request) => (await import('./compose/compare.ts')).compareStored(project, databaseFile, request),
    planComparison: async (request) =>
      (await import('./compose/compare.ts')).planStored(project, databaseFile, request),
    report: async (request) => (await import('./compose/report.ts')).reportParts(project, request),
    diagnose: async (withSelfTest) => {
      const { diagnoseProject } = await import('./compose/diagnosis.ts')
      return diagnoseProject({ root, executor, files, tools, config }, withSelfTest)
    },
    prune: async (request) =>
      (await import('./compose/prune.ts')).pruneStored(project, { settings, databaseFile, onClose }, request),
    rankings: async () => (await import('./compose/rank.ts')).createRankings(project, databaseFile),
    histories: async () => (await import('./compose/history.ts')).createHistories(project, databaseFile),
    hubStore: async (access) => {
      const store = (await import('./compose/hub-store.ts')).openHubStore(databaseFile, access)
      closers.push(store.close)
      return store
    },
    hub: async (url, access = 'write') => {
      const { openHub } = await import('./compose/hub.ts')
      const { store } = project
      return openHub({ root, databaseFile, settings, files, store, onClose }, url, access)
    },
    register: async (request, hubUrl) => {
      const { registerLater } = await import('./compose/hub.ts')
      const hasHub = hubUrl !== undefined || (await settings()).centralHub !== null
      return hasHub ? (await project.hub(hubUrl)).register(request) : registerLater({ root, settings, files }, request)
    },
    close: () => {
      for (const close of closers.splice(0).reverse()) close()
      return Promise.resolve()
    },
  }
  return project
}
