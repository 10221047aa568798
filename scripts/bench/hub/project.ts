import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHubStore } from '../../../src/store/hub/hub-store.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { createRunStore } from '../../../src/store/run-store.ts'
import { childCpuSeconds } from '../child-cpu.ts'
import { storedRun } from '../stored-run.ts'
import { benchKey } from './generate-hub.ts'

const RUN = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

/** What one command took. CPU: with the programs it started; memory: of itself. */
export interface CommandCost {
  readonly wall: number
  readonly cpu: number
  readonly peakBytes: number
  /** The document of `--json`. */
  readonly answer: Readonly<Record<string, unknown>>
}

/** A project folder with a hub, for one of the generated projects. */
export interface BenchProject {
  readonly folder: string
  /** Ids of finished runs that were put into its database. */
  readonly runIds: readonly string[]
  /** Runs `benchmark` in it. `path`: instead of the PATH. */
  command(args: readonly string[], options?: { readonly path?: string }): CommandCost
  /** The same beside others; resolves with its status. */
  start(args: readonly string[]): Promise<number>
  /** How many of its runs have not been delivered. */
  waiting(): number
}

/** Makes it. `runs`: how many finished runs it holds, from the `from`-th on, so that no two projects hold the same. */
export const makeProject = (
  folder: string,
  { name, hub, runs = 0, from = 0 }: { name: string; hub: string; runs?: number; from?: number },
): BenchProject => {
  mkdirSync(join(folder, '.benchmark'), { recursive: true })
  writeFileSync(
    join(folder, '.benchmark', 'config.yaml'),
    `benchmark:\n  project: {name: ${name}, type: amr-detection}\n  central_hub: {url: "${hub}"}\n  sharing: {visibility: public}\n`,
  )
  const file = join(folder, '.benchmark', 'benchmark.db')
  const runIds: string[] = []
  if (runs > 0) {
    const store = createRunStore(openDatabase(file))
    for (let index = from; index < from + runs; index++) {
      const [run, plan] = storedRun(index)
      store.insertFinished(run, plan)
      runIds.push(run.runId)
    }
    store.close()
  }
  const environment = (path = process.env['PATH']): NodeJS.ProcessEnv => ({
    PATH: path,
    HOME: folder,
    BENCHMARK_CONFIG_HOME: join(folder, 'config'),
    BENCHMARK_SIGNING_KEY: benchKey(name).pem,
  })
  const usage = join(folder, 'usage.json')
  const note = join(folder, 'usage.cjs')
  writeFileSync(
    note,
    `process.on('exit', () => {
      if (require('node:worker_threads').isMainThread)
        require('node:fs').writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage()))
    })`,
  )
  return {
    folder,
    runIds,
    command: (args, { path } = {}) => {
      const [before, cpu] = [performance.now(), childCpuSeconds()]
      const argv = ['--require', note, RUN, ...args, '--json']
      const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
        cwd: folder,
        env: environment(path),
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      })
      const cost = { wall: (performance.now() - before) / 1000, cpu: childCpuSeconds() - cpu }
      if (status !== 0) throw new Error(`benchmark ${args.join(' ')} ended with ${String(status)}: ${stdout}${stderr}`)
      const { maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage
      rmSync(usage)
      const answer = JSON.parse(stdout) as CommandCost['answer']
      return { ...cost, peakBytes: maxRSS * 1024, answer }
    },
    start: async (args) => {
      const child = spawn(process.execPath, [RUN, ...args], {
        cwd: folder,
        env: environment(),
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const [status] = (await once(child, 'exit')) as [number | null]
      return status ?? 1
    },
    waiting: () => {
      const db = openDatabase(file)
      const waiting = createHubStore(db)
        .outbox.list({})
        .filter(({ state }) => state !== 'pushed').length
      db.close()
      return waiting
    },
  }
}

/** Any other command: its time, its CPU and what it printed. Throws when it fails. */
export const timed = (
  argv: readonly string[],
  cwd: string,
): Pick<CommandCost, 'wall' | 'cpu'> & { readonly stdout: string } => {
  const [program = '', ...args] = argv
  const [before, cpu] = [performance.now(), childCpuSeconds()]
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((who) => [
          [`GIT_${who}_NAME`, 'bench'],
          [`GIT_${who}_EMAIL`, 'bench@benchmark.invalid'],
        ]),
      ),
    },
  })
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${String(status)}: ${stderr}`)
  return { wall: (performance.now() - before) / 1000, cpu: childCpuSeconds() - cpu, stdout }
}
