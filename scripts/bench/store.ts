// How long keeping and listing many runs takes: 10,000 runs with 4 executions and 40 scores each.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { cpuInTurns, cpuOf } from './child-cpu.ts'
import { storedRun } from './stored-run.ts'
import type { BenchTable } from './table.ts'

const RUNS = 10_000
const ROUNDS = 5

/** What `list` asks the database, as plain SQL for the sqlite3 shell. */
const LIST_SQL = `
  SELECT id, started_at, finished_at, state, label, tags, branch, pipelines,
    (SELECT json_group_array(name) FROM (SELECT name FROM sample WHERE run_key = run.key AND listed = 1 ORDER BY number))
  FROM run ORDER BY started_at DESC, id DESC LIMIT 50; SELECT count(*) FROM run;`

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Keeping and listing 10,000 runs: time, size, and the same query in the sqlite3 shell. */
export const benchStore = (): BenchTable => {
  const project = mkdtempSync(join(tmpdir(), 'benchmark-store-'))
  try {
    const rows = measure(project)
    return { title: `${RUNS} runs × 40 scores`, head: ['what', 'figure'], rows }
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

const measure = (project: string): string[][] => {
  const file = join(project, '.benchmark', 'benchmark.db')
  mkdirSync(join(project, '.benchmark'))
  const store = createRunStore(openDatabase(file))
  const before = performance.now()
  for (let index = 0; index < RUNS; index++) store.insertFinished(...storedRun(index))
  const seconds = (performance.now() - before) / 1000
  const first = performance.now()
  const newest = store.resolve('latest')
  store.run(newest)
  const readMs = performance.now() - first
  store.close()

  const command = (...argv: readonly string[]): readonly string[] => [process.execPath, bin, ...argv]
  const [node = 0, help = 0, list = 0, json = 0, show = 0] = cpuInTurns(
    [
      [process.execPath, '-e', '0'],
      command('list', '--help'),
      command('list', '--project', project),
      command('list', '--project', project, '--json'),
      command('show', '--project', project),
    ],
    ROUNDS,
  ).map((seconds) => seconds * 1000)
  const all = cpuOf(command('list', '--project', project, '--limit', '0'), 3) * 1000
  const hasShell = spawnSync('sqlite3', ['--version']).status === 0
  const shell = hasShell ? cpuOf(['sqlite3', file, LIST_SQL], 30) * 1000 : null
  const times = (ms: number): string => `${ms.toFixed(0)} ms CPU, ${(ms / node).toFixed(2)} × node -e 0`
  return [
    [`insert ${RUNS} runs x 40 scores, one durable transaction each`, `${seconds.toFixed(1)} s`],
    ['size of the database', `${(statSync(file).size / 1e6).toFixed(1)} MB`],
    ['resolve latest and read that run, in process', `${readMs.toFixed(1)} ms`],
    ['node -e 0', `${node.toFixed(0)} ms CPU`],
    ['benchmark list --help', times(help)],
    [`benchmark list (50 of ${RUNS}); target ≤ 4 ×`, times(list)],
    [`benchmark list --json (50 of ${RUNS})`, times(json)],
    ['benchmark show', times(show)],
    [`benchmark list --limit 0 (all ${RUNS})`, times(all)],
    ['the same 50 rows through the sqlite3 shell', shell === null ? 'no sqlite3 here' : times(shell)],
  ]
}
