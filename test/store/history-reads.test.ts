import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { comparedRun } from '../../src/core/comparison/compared-run.ts'
import { seriesOfRuns } from '../../src/core/history/series-of-runs.ts'
import { createHistoryReads } from '../../src/store/history/history-reads.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { tempDir } from '../support/harness.ts'
import { anExecution, aPlan, aRun } from '../support/run-builder.ts'

const dir = tempDir('history reads')
const idOf = (day: number): string => `202611${String(day)}t101502z-k3f9x2`

const filled = () => {
  const db = openDatabase(join(mkdtempSync(join(dir, 'db-')), 'benchmark.db'))
  const store = createRunStore(db)
  for (const day of [21, 22, 23]) {
    const runId = idOf(day)
    const startedAt = `2026-11-${String(day)}T10:15:02.000Z`
    const branch = day === 22 ? 'dev' : 'main'
    const executions = [
      anExecution(),
      anExecution({ id: 2, pipeline: 'blastn', repeat: 2 }),
      anExecution({ id: 3, warmup: true }),
    ]
    const run = aRun({ runId, startedAt, branch, executions, pipelines: ['kma', 'blastn'] })
    const truth = { ...run.comparability, truth_sha256: day === 23 ? 'b'.repeat(64) : 'a'.repeat(64) }
    const dataset = { id: day === 23 ? 'maxi' : 'mini', version: '1', labels: null }
    store.insertFinished({ ...run, comparability: truth }, aPlan({ runId, dataset }))
  }
  store.createRun(aPlan({ runId: idOf(24), createdAt: '2026-11-24T10:15:02.000Z' }), {})
  return { store, reads: createHistoryReads(db) }
}

test('ended runs, newest first, by branch, dataset, truth and number', () => {
  const { store, reads } = filled()
  const ids = (filter: Parameters<typeof reads.runs>[0]) => reads.runs(filter).map(({ runId }) => runId)
  expect(ids({})).toEqual([idOf(23), idOf(22), idOf(21)])
  expect(ids({ limit: 2 })).toEqual([idOf(23), idOf(22)])
  expect(ids({ branch: 'main' })).toEqual([idOf(23), idOf(21)])
  expect(ids({ dataset: 'mini' })).toEqual([idOf(22), idOf(21)])
  expect(ids({ exceptDataset: 'mini', limit: 1 })).toEqual([idOf(23)])
  expect(ids({ truthSha256: 'a'.repeat(64), limit: 1 })).toEqual([idOf(22)])
  expect(ids({ pipeline: 'resfinder' })).toEqual([])
  expect(reads.runs({ limit: 1 })[0]?.dataset).toEqual({ id: 'maxi', version: '1' })
  store.close()
})

test('what is read of a run gives the same series as the whole run', () => {
  const { store, reads } = filled()
  const runs = reads.runs({})
  const whole = runs.map(({ runId }) => comparedRun(store.run(runId)))
  const series = seriesOfRuns(reads.measured(runs, {}), [])
  expect(series.length).toBeGreaterThan(2)
  expect(series).toEqual(seriesOfRuns(whole, []))
  const some = reads.measured(runs, { pipeline: 'kma', metrics: ['sensitivity'], level: 'gene' })
  const scores = some.flatMap(({ executions }) => executions.flatMap((execution) => execution.scores))
  expect(new Set(some.flatMap(({ executions }) => executions.map(({ pipeline }) => pipeline)))).toEqual(
    new Set(['kma']),
  )
  expect(new Set(scores.map(({ metric, level }) => `${metric} ${level ?? ''}`))).toEqual(new Set(['sensitivity gene']))
  store.close()
})
