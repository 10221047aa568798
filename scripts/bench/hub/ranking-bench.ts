// What leaderboards, recommendations and the community cost over a hub of 100,000 runs, and their reads against bare SQL
// in the sqlite3 shell.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EMPTY_CATALOGUE } from '../../../src/app/hub/hub-catalogue.ts'
import type { IndexedRun } from '../../../src/app/hub/store-ports.ts'
import { compareWithCommunity } from '../../../src/app/rank/compare-with-community.ts'
import { leaderboard } from '../../../src/app/rank/leaderboard.ts'
import type { CandidateRun, RankingReads } from '../../../src/app/hub/rank-ports.ts'
import type { RankDeps } from '../../../src/app/rank/rank-category.ts'
import { recommendPipeline } from '../../../src/app/rank/recommend-pipeline.ts'
import { defaultConfig } from '../../../src/config/load-config.ts'
import { createHubIndex } from '../../../src/store/hub/hub-index.ts'
import { openDatabase, openDatabaseForReading } from '../../../src/store/open.ts'
import { createRankingReads } from '../../../src/store/rank/ranking-reads.ts'
import { prepareOnce } from '../../../src/store/statements.ts'
import { cpuMs, say } from './figures.ts'
import { sharedRuns } from './shared-runs.ts'

const RUNS = Number(process.argv[2] ?? 100_000)
const STEP = 1000
const HUB = 'https://hub.example/results.git'
const DATASET = 'standard-2'
const SERIES = ['f1_score', 'precision', 'sensitivity'].map((metric) => ({ metric, level: 'gene', rank: null }))

const folder = join(tmpdir(), `benchmark-ranking-${String(process.pid)}`)
mkdirSync(folder)
const file = join(folder, 'benchmark.db')

// The questions of the reads, as somebody would type them.
const BARE = `
  SELECT task.key, task.dataset, count(*), count(DISTINCT place.project_key)
    FROM (SELECT DISTINCT task_key, variant_key, project_key FROM hub_run_variant INDEXED BY hub_run_variant_newest
        WHERE task_key IN (SELECT key FROM hub_task WHERE benchmark_type = 'amr-detection') AND trust = 0) AS place
      JOIN hub_task AS task ON task.key = place.task_key
    GROUP BY task.key;
  CREATE TEMP TABLE newest AS
    SELECT task_key, variant_key, project_key, max(started_at) AS started_at, run_key
    FROM hub_run_variant INDEXED BY hub_run_variant_newest
    WHERE task_key IN (SELECT key FROM hub_task WHERE benchmark_type = 'amr-detection' AND dataset = '${DATASET}')
      AND trust = 0
    GROUP BY task_key, variant_key, project_key;
  SELECT count(*), sum(length(run.id)), sum(length(variant.params)), sum(length(comparability.json))
    FROM newest CROSS JOIN hub_run AS run ON run.key = newest.run_key
      CROSS JOIN variant ON variant.key = newest.variant_key
      CROSS JOIN hub_comparability AS comparability ON comparability.key = run.comparability_key;
  SELECT newest.run_key, execution.number, execution.state, execution.sample
    FROM newest CROSS JOIN hub_execution AS execution ON execution.run_key = newest.run_key;
  SELECT score.run_key, score.execution, score.sample, score.value, score.reason
    FROM newest
      CROSS JOIN series
      CROSS JOIN hub_score AS score ON score.run_key = newest.run_key AND score.series_key = series.key
    WHERE series.metric IN ('f1_score', 'precision', 'sensitivity') AND series.level = 'gene';`

/** CPU milliseconds of the shell for a script beyond its start; null: there is no shell. */
const shellMs = (sql: string): number | null => {
  const run = spawnSync('sqlite3', ['-batch', file], {
    input: `.timer on\n${sql}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (run.error || run.status !== 0) return null
  const times = [...run.stdout.matchAll(/user ([\d.]+) sys ([\d.]+)/g)]
  return times.reduce((sum, [, user, system]) => sum + Number(user) + Number(system), 0) * 1000
}

const median = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null).sort((left, right) => left - right)
  return known.length < values.length ? null : (known[Math.floor(known.length / 2)] ?? null)
}

const fieldKeys = (reads: RankingReads): readonly number[] =>
  reads
    .fields({ hub: HUB, benchmarkType: 'amr-detection', trusts: ['owner'] })
    .filter(({ dataset }) => dataset?.id === DATASET)
    .map(({ key }) => key)

const fill = (): void => {
  const db = openDatabase(file)
  const index = createHubIndex(db, prepareOnce(db))
  index.begin(HUB, { head: 'h'.repeat(40), tree: 't'.repeat(40) }, 1)
  const apply = (added: readonly IndexedRun[]): void =>
    void index.apply(HUB, {
      ...{ added, removedPaths: [], quarantined: [], registry: [], removedRegistry: [] },
      ...{ cursor: added.at(-1)?.path ?? '', at: '2026-11-26T00:00:00.000Z' },
    })
  let step: IndexedRun[] = []
  for (const run of sharedRuns({ runs: RUNS, projects: 50, months: 10 })) {
    step.push(run)
    if (step.length < STEP) continue
    apply(step)
    step = []
  }
  if (step.length > 0) apply(step)
  index.finish(HUB, '2026-11-26T00:00:00.000Z', () => false)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

try {
  fill()
  const db = openDatabaseForReading(file)
  const reads = createRankingReads(db)
  const deps: RankDeps = {
    reads,
    catalogue: EMPTY_CATALOGUE,
    config: { ...defaultConfig(folder), pipelines: [] },
    hub: HUB,
    syncedAt: null,
  }
  const read = (): void => {
    const fields = reads
      .fields({ hub: HUB, benchmarkType: 'amr-detection', trusts: ['owner'] })
      .filter(({ dataset }) => dataset?.id === DATASET)
    const runs = reads.newest({ hub: HUB, fields: fields.map(({ key }) => key), trusts: ['owner'] })
    reads.observations(runs, SERIES, () => DATASET)
  }
  const first = cpuMs(read)
  const ours = median([1, 2, 3, 4, 5].map(() => cpuMs(read)))
  const bare = median([1, 2, 3, 4, 5].map(() => shellMs(BARE)))
  say('read of a leaderboard', `${first.toFixed(1)} ms CPU, again ${(ours ?? 0).toFixed(1)} ms`)
  say(
    'the same in the sqlite3 shell',
    bare === null ? 'no shell here' : `${bare.toFixed(1)} ms CPU, ratio ${((ours ?? 0) / bare).toFixed(2)}`,
  )
  const request = { category: 'amr-detection', datasets: [DATASET], includeUnknown: false }
  let candidates = 0
  const board = cpuMs(() => (candidates = leaderboard(deps, request).ranking?.entries.length ?? 0))
  say('leaderboard', `${board.toFixed(0)} ms CPU, ${String(candidates)} candidates (at most 300 ms)`)
  const clock = { now: () => new Date('2026-11-26T00:00:00.000Z') }
  const advice = cpuMs(() => recommendPipeline({ ...deps, clock }, { datasets: [DATASET], maxRuntimeSeconds: 86_400 }))
  say('recommend', `${advice.toFixed(0)} ms CPU (at most 300 ms)`)
  // A run of this machine, like one of the hub's.
  const [like] = reads
    .newest({ hub: HUB, fields: fieldKeys(reads), trusts: ['owner'] })
    .map((run): CandidateRun => ({ ...run, runId: 'mine' }))
  if (like) {
    const mine: RankingReads = { ...reads, ofRun: () => [like] }
    const community = cpuMs(() =>
      compareWithCommunity({ ...deps, reads: mine, groupSize: 5 }, { runId: 'mine', benchmarkType: 'amr-detection' }),
    )
    say('compare with the community', `${community.toFixed(0)} ms CPU (at most 300 ms)`)
  }
  db.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
