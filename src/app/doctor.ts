import type { Pipeline } from '../core/pipeline.ts'
import { Problem } from '../core/problem.ts'
import type { ConfigSource, Machine, MachineFacts, ToolProbe } from './ports.ts'
import type { SelfTest } from './self-test.ts'

/** Something that running or measuring needs, and whether it is there. */
export interface Check {
  readonly check: string
  /** `limited`: works, but something is not measured or not certain. */
  readonly status: 'ok' | 'limited' | 'missing'
  /** Nothing runs without it. */
  readonly isRequired: boolean
  readonly found: string
  /** What to do, or null. */
  readonly advice: string | null
}

/** Whether a pipeline of the catalogue could run here. */
export interface PipelineReadiness {
  readonly pipeline: string
  readonly version: string | null
  readonly isReady: boolean
  readonly missing: readonly string[]
}

export interface Diagnosis {
  /** Every required thing is there, and the self-test, if made, is within its tolerances. */
  readonly isReady: boolean
  readonly checks: readonly Check[]
  readonly pipelines: readonly PipelineReadiness[]
  readonly selfTest: SelfTest | null
}

export interface DoctorDeps {
  readonly machine: Machine
  readonly tools: ToolProbe
  /** Both may throw the `Problem` of a broken configuration. */
  readonly config: Pick<ConfigSource, 'catalogue' | 'load'>
  /** Null: not asked for. */
  readonly selfTest: (() => Promise<SelfTest>) | null
}

/** Says what is here, what is missing and what to do. A broken configuration is a finding, not a failure. */
export const diagnose = async (deps: DoctorDeps, usualResultsDir: string): Promise<Diagnosis> => {
  const configured = configuration(deps.config)
  const facts = await deps.machine.facts(configured.resultsDir ?? usualResultsDir)
  const checks = [
    nodeCheck(facts),
    sqliteCheck(facts),
    resultsCheck(facts),
    processesCheck(facts),
    sharedMemoryCheck(facts),
    ioCheck(facts),
    cgroupCheck(facts),
    await gitCheck(deps.tools),
    compilerCheck(deps.tools, facts),
    configured.check,
  ]
  const pipelines = await Promise.all(configured.pipelines.map((pipeline) => readiness(deps.tools, pipeline)))
  const selfTest = deps.selfTest ? await deps.selfTest() : null
  const isReady = checks.every(({ isRequired, status }) => !isRequired || status !== 'missing')
  return { isReady: isReady && (selfTest?.isOk ?? true), checks, pipelines, selfTest }
}

const check = (
  name: string,
  status: Check['status'],
  found: string,
  advice: string | null = null,
  isRequired = false,
): Check => ({ check: name, status, isRequired, found, advice: status === 'ok' ? null : advice })

const nodeCheck = ({ node, cpus, memoryBytes }: MachineFacts): Check =>
  check(
    'node',
    node.isSupported ? 'ok' : 'missing',
    `Node.js ${node.version}; ${cpus} CPUs, ${gigabytes(memoryBytes)} of memory`,
    `Install Node.js ${node.needed}.`,
    true,
  )

const sqliteCheck = ({ sqlite }: MachineFacts): Check =>
  check(
    'sqlite',
    sqlite.version === null ? 'missing' : 'ok',
    sqlite.version === null ? `The SQLite binding cannot be loaded: ${sqlite.problem}` : `SQLite ${sqlite.version}`,
    'Install benchmark again with this Node.js, with its optional dependencies; before Node.js 22.14 `npm rebuild better-sqlite3` there makes it (needs a C++ compiler and Python).',
    true,
  )

const LITTLE_SPACE = 2e9

const resultsCheck = ({ results }: MachineFacts): Check => {
  const free = results.freeBytes === null ? 'free space unknown' : `${gigabytes(results.freeBytes)} free`
  const found = `${results.path}: ${results.type ?? 'unknown file system'}, ${free}`
  if (!results.isWritable)
    return check(
      'results',
      'missing',
      `${results.path} cannot be written to`,
      'Give yourself the permission, or set local.results_dir to another folder.',
      true,
    )
  if (results.isNetwork)
    return check(
      'results',
      'limited',
      found,
      'On a network file system the database is slower and locks are less certain: keep the project on a local disk.',
      true,
    )
  if (results.freeBytes !== null && results.freeBytes < LITTLE_SPACE)
    return check('results', 'limited', found, 'Free some space before a long run.', true)
  return check('results', 'ok', found, null, true)
}

const processesCheck = ({ processes }: MachineFacts): Check =>
  check(
    'processes',
    processes === 'proc' ? 'ok' : 'limited',
    processes === 'proc'
      ? 'process trees are followed through /proc'
      : 'process trees are followed by ps, once a second',
    'Without /proc short jobs get no memory figure and daemons are not followed; measure on Linux for publication.',
  )

const sharedMemoryCheck = ({ seesSharedMemory }: MachineFacts): Check =>
  check(
    'shared_memory',
    seesSharedMemory ? 'ok' : 'limited',
    seesSharedMemory
      ? 'shared memory is counted once (smaps_rollup)'
      : 'shared memory is counted once for each process',
    'Memory of tools that fork with a loaded database is overstated here.',
  )

const ioCheck = ({ countsIo }: MachineFacts): Check =>
  check(
    'io',
    countsIo ? 'ok' : 'limited',
    countsIo ? 'bytes read and written are counted' : 'bytes read and written are not counted',
    'They are left out of the results.',
  )

const cgroupCheck = ({ cgroup }: MachineFacts): Check =>
  check(
    'cgroup',
    cgroup.perAttempt ? 'ok' : 'limited',
    cgroup.perAttempt
      ? 'each execution gets a control group of its own'
      : `no control group for each execution: ${cgroup.reason ?? 'unknown reason'}`,
    'Optional: makes memory limits hard and "out of memory" certain. Start with `systemd-run --user --scope -p Delegate=yes benchmark run …` where systemd manages user sessions.',
  )

const gitCheck = async (tools: ToolProbe): Promise<Check> => {
  const path = tools.which('git')
  const version = path === null ? null : await tools.version([path, '--version'], String.raw`(\d+\.\d+[.\d]*)`)
  return check(
    'git',
    path === null ? 'missing' : 'ok',
    path === null ? 'git is not installed' : `git ${version ?? ''}`.trim(),
    'Install git: branch and commit of a run are recorded with it.',
  )
}

const COMPILERS = ['cc', 'gcc', 'clang']

const compilerCheck = (tools: ToolProbe, { sqlite }: MachineFacts): Check => {
  const compiler = COMPILERS.find((name) => tools.which(name) !== null)
  return check(
    'compiler',
    compiler !== undefined ? 'ok' : sqlite.version === null ? 'missing' : 'limited',
    compiler ?? 'no C compiler',
    'Only needed to install the SQLite binding where no prebuilt one exists, and by tests of this program.',
  )
}

interface Configured {
  readonly check: Check
  readonly resultsDir: string | null
  readonly pipelines: readonly Pipeline[]
}

const configuration = (config: DoctorDeps['config']): Configured => {
  try {
    const { local, file } = config.load()
    const pipelines = [...config.catalogue().values()].sort((left, right) => (left.name < right.name ? -1 : 1))
    const found = `${file ?? 'no configuration file, defaults apply'}; ${pipelines.length} pipelines are known`
    return { check: check('configuration', 'ok', found), resultsDir: local.resultsDir, pipelines }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const count = Math.max(1, error.findings.length)
    const first = error.findings[0]?.message ?? error.message
    return {
      check: check(
        'configuration',
        'missing',
        `the configuration cannot be used: ${first}${count > 1 ? ` (and ${count - 1} more)` : ''}`,
        error.hints[0] ?? 'Correct it; `benchmark run --dry-run` lists every finding with its line.',
      ),
      resultsDir: null,
      pipelines: [],
    }
  }
}

const readiness = async (tools: ToolProbe, pipeline: Pipeline): Promise<PipelineReadiness> => {
  const missing = pipeline.requires.filter((program) => tools.which(program) === null)
  const { versionProbe } = pipeline
  const isReady = missing.length === 0
  const probed = isReady && versionProbe ? await tools.version(versionProbe.words, versionProbe.pattern) : null
  return { pipeline: pipeline.name, version: pipeline.version ?? probed, isReady, missing }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
