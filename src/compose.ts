/** The only module that knows which adapter stands behind which port. Adapters are imported on first use. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { Aligner, OutputReader, RunStore } from './app/ports.ts'
import type { RunnerDeps } from './app/runner-deps.ts'
import { createProjectDatasets } from './compose/datasets.ts'
import { withoutSecrets } from './compose/environment.ts'
import type { VocabularyReference } from './core/names/gene-vocabulary.ts'
import { findRoot } from './compose/find-root.ts'
import { clock, metricNames, once, packageVersion, sha256Text } from './compose/parts.ts'
import type { Project } from './compose/project.ts'
import { packageFile } from './package-files.ts'

export { findRoot } from './compose/find-root.ts'
export type { Project } from './compose/project.ts'

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
