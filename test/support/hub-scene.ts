// Hubs and projects for tests of the built program, made without it where only their content matters.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'vitest'
import { storedRun } from '../../scripts/bench/stored-run.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { git } from './git-server.ts'
import { benchmark, type CliResult, packageRoot } from './harness.ts'

const PROGRAM = join(packageRoot, 'bin', 'run.js')
const PRELOAD = pathToFileURL(join(packageRoot, 'test', 'support', 'cli-preload.mjs')).href
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const FIRST_STORED_RUN = Date.UTC(2026, 0, 1)

/** Environment in which the program believes that it is `days` from now (before: negative). */
export const daysOff = (days: number): Record<string, string> => ({
  NODE_OPTIONS: `--import=${PRELOAD}`,
  BENCHMARK_TEST_CLOCK_OFF_MS: String(days * DAY_MS),
})

/** Environment in which the program bears no more than a second of silence. */
export const impatient: Record<string, string> = { NODE_OPTIONS: `--import=${PRELOAD}`, BENCHMARK_TEST_HURRY: '1' }

/** Environment in which the program counts its steps into a file, or dies before one of them. */
export const stepwise = (what: { readonly file: string } | { readonly killAt: number }): Record<string, string> => ({
  NODE_OPTIONS: `--import=${PRELOAD}`,
  ...('file' in what ? { BENCHMARK_TEST_STEPS: what.file } : { BENCHMARK_TEST_KILL_AT: String(what.killAt) }),
})

/** Somebody with a project and keys of their own. */
export interface Person {
  readonly name: string
  readonly cwd: string
  readonly env: Record<string, string>
  readonly database: string
  run(...argv: string[]): Promise<CliResult>
  /** The same with other variables. */
  runWith(env: Record<string, string>, ...argv: string[]): Promise<CliResult>
  /** Starts it; the caller waits for or ends it. */
  start(env: Record<string, string>, ...argv: string[]): ChildProcess
  /** Puts finished runs into the database, started `daysAgo` and an hour apart; returns their ids. */
  addRuns(count: number, daysAgo?: number): string[]
  /** State of every row of the outbox, by the id of the run. */
  outbox(): Record<string, string>
}

let made = 0
// The hour may end while tests run, and with it what was counted from it.
const STARTED = Date.now()

/** A project in `place` whose hub is `hub`. Nothing is registered. */
export const person = (place: string, name: string, hub: string | null, more = ''): Person => {
  const cwd = join(place, name)
  mkdirSync(join(cwd, '.benchmark'), { recursive: true })
  const url = hub === null ? '' : `  central_hub: {url: ${JSON.stringify(hub)}${more}}\n`
  writeFileSync(
    join(cwd, '.benchmark', 'config.yaml'),
    `benchmark:\n  project: {name: ${name}, type: amr-detection}\n${url}  sharing: {visibility: public}\n`,
  )
  const env = { BENCHMARK_CONFIG_HOME: join(place, `keys of ${name}`) }
  const database = join(cwd, '.benchmark', 'benchmark.db')
  return {
    name,
    cwd,
    env,
    database,
    run: (...argv) => benchmark(argv, { cwd, env }),
    runWith: (other, ...argv) => benchmark(argv, { cwd, env: { ...env, ...other } }),
    start: (other, ...argv) =>
      spawn(process.execPath, [PROGRAM, ...argv], { cwd, env: { ...process.env, ...env, ...other } }),
    addRuns: (count, daysAgo = 0) => {
      const store = createRunStore(openDatabase(database))
      const hours = Math.floor((STARTED - daysAgo * DAY_MS - FIRST_STORED_RUN) / HOUR_MS) - 1
      const ids: string[] = []
      for (let at = 0; at < count; at++) {
        // No two of a test file are of the same hour, or they would have the same id.
        const [run, plan] = storedRun(hours - made++)
        store.insertFinished(run, plan)
        ids.push(run.runId)
      }
      store.close()
      return ids
    },
    outbox: () => {
      const rows = query<{ id: string; state: string }>(database, 'SELECT local_run_id AS id, state FROM outbox')
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      return Object.fromEntries(rows.map(({ id, state }) => [id, state]))
    },
  }
}

/** Rows of a database that no test changes on the way. */
export const query = <Row>(file: string, sql: string): Row[] => {
  const db = openSqlite(file, { readonly: true })
  try {
    return db.prepare<[], Row>(sql).all()
  } finally {
    db.close()
  }
}

/** Throws unless SQLite finds the database whole. */
export const expectWholeDatabase = (file: string): void => {
  if (existsSync(file)) expect(query(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
}

/** Paths of `main` of a bare repository. */
export const pathsOf = (hub: string): string[] => git(hub, 'ls-tree', '-r', '--name-only', 'main').split('\n')

/** Throws unless git finds the repository whole and its history is a line. */
export const expectWholeHub = (hub: string): void => {
  expect(git(hub, 'fsck', '--strict', '--no-dangling')).toBe('')
  expect(git(hub, 'rev-list', '--merges', 'main')).toBe('')
}

/** How often a run stands in a hub, as a file or as a line of a closed month. */
export const timesInHub = (hub: string, runId: string): number => {
  const paths = pathsOf(hub)
  const files = paths.filter((path) => path.endsWith(`/${runId}.json`)).length
  const months = paths.filter((path) => /^warehouse\/results\/.*\.jsonl$/.test(path))
  const lines = months.map((path) => git(hub, 'show', `main:${path}`).split(`"run_id":"${runId}"`).length - 1)
  return files + lines.reduce((sum, n) => sum + n, 0)
}

/** Copies what is in a folder into another one. `cpSync` of Node.js 22 and 24 opens folders of secret keys to everybody. */
export const copyAll = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  execFileSync('cp', ['-a', `${from}/.`, to])
}

/** Folders that can be put back as they were. */
export const snapshot = (folder: string, kept: string): (() => void) => {
  copyAll(folder, kept)
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    copyAll(kept, folder)
  }
}

/** Waits for a child; its status, or the signal that ended it. */
export const ended = (child: ChildProcess): Promise<number | string | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode ?? child.signalCode)
    else child.once('exit', (status, signal) => resolve(status ?? signal))
  })

/** Mounts a small file system of our own; null where that is not allowed. */
export const smallDisk = (folder: string, size: string): { unmount(): void; readOnly(on: boolean): void } | null => {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  return {
    unmount: () => void execFileSync('umount', ['-l', folder]),
    readOnly: (on) => void execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, folder]),
  }
}

/** Names below a folder that match. */
export const namesBelow = (folder: string, wanted: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => wanted.test(name))
    : []
