// What taking in and asking a hub of 100,000 runs costs: CPU a run, bytes a run, memory, and the plans of the queries.
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { createHubIndex } from '../../../src/store/hub/hub-index.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { prepareOnce } from '../../../src/store/statements.ts'
import type { IndexedRun } from '../../../src/app/hub/store-ports.ts'
import { QUERIES } from './queries.ts'
import { cpuMs, say } from './figures.ts'
import { sharedRuns } from './shared-runs.ts'

const RUNS = Number(process.argv[2] ?? 100_000)
const STEP = 1000
const URL = 'https://hub.example/results.git'

const folder = join(tmpdir(), `benchmark-hub-index-${String(process.pid)}`)
mkdirSync(folder)
const file = join(folder, 'benchmark.db')

try {
  const db = openDatabase(file)
  db.pragma('secure_delete = ON')
  const index = createHubIndex(db, prepareOnce(db))
  index.begin(URL, { head: 'h'.repeat(40), tree: 't'.repeat(40) }, 1)
  let total = 0
  let bytes = 0
  let peak = 0
  let count = 0
  const apply = (added: readonly IndexedRun[]): void => {
    total += cpuMs(() => {
      const applied = index.apply(URL, {
        ...{ added, removedPaths: [], quarantined: [], registry: [], removedRegistry: [] },
        ...{ cursor: added.at(-1)?.path ?? '', at: '2026-11-26T00:00:00.000Z' },
      })
      if (applied.added !== added.length) throw new Error(JSON.stringify(applied.tampered[0]))
    })
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  let step: IndexedRun[] = []
  for (const run of sharedRuns({ runs: RUNS, projects: 50, months: 10 })) {
    step.push(run)
    bytes += run.line.length
    count += 1
    if (step.length === STEP) {
      apply(step)
      step = []
    }
  }
  if (step.length > 0) apply(step)
  index.finish(URL, '2026-11-26T00:00:00.000Z', () => false)
  db.pragma('wal_checkpoint(TRUNCATE)')
  say('runs', String(count))
  say('document', `${(bytes / count).toFixed(0)} bytes`)
  say('apply', `${((total * 1000) / count).toFixed(1)} µs CPU a run`)
  say('database', `${(statSync(file).size / count).toFixed(0)} bytes a run`)
  say('peak memory, generator included', `${(peak / 2 ** 20).toFixed(0)} MiB`)
  let read = 0
  const ms = cpuMs(() => {
    for (const { line } of index.documents(URL)) read += line.length
  })
  if (read !== bytes) throw new Error('documents differ')
  say('documents()', `${((ms * 1000) / count).toFixed(1)} µs CPU a run`)
  const sizes = db
    .prepare<[], { name: string; size: number }>(
      "SELECT name, sum(pgsize) AS size FROM dbstat WHERE name LIKE 'hub%' OR name LIKE 'sqlite_auto%hub%' GROUP BY name ORDER BY size DESC LIMIT 14",
    )
    .all()
  for (const { name, size } of sizes) say(`  ${name}`, `${(size / count).toFixed(0)} bytes a run`)
  for (const [name, { sql, values }] of Object.entries(QUERIES)) {
    const statement = db.prepare(sql)
    let rows: unknown[] = []
    const first = cpuMs(() => (rows = statement.all(values)))
    const again = cpuMs(() => statement.all(values))
    say(name, `${String(rows.length)} rows, ${first.toFixed(1)} ms CPU, again ${again.toFixed(1)} ms`)
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(values)
    for (const { detail } of plan) process.stdout.write(`    ${detail}\n`)
  }
  const half = cpuMs(() => {
    index.begin(URL, { head: 'i'.repeat(40), tree: 'u'.repeat(40) }, 1)
    index.apply(URL, {
      added: [],
      removedPaths: ['warehouse/results/project-007/2026-03.jsonl'],
      ...{ quarantined: [], registry: [], removedRegistry: [], cursor: 'x', at: '2026-11-27T00:00:00.000Z' },
    })
    const { removed } = index.finish(URL, '2026-11-27T00:00:00.000Z', () => true)
    say('removed', String(removed))
  })
  say('dropping a month of one project', `${half.toFixed(0)} ms CPU`)
  db.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
