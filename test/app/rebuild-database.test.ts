import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildDatabase } from '../../src/app/rebuild-database.ts'
import type { RunStore } from '../../src/app/ports.ts'
import type { RunPlan } from '../../src/core/plan.ts'
import type { Run } from '../../src/core/run.ts'
import { toPlanDocument } from '../../src/documents/plan-document.ts'
import { toMetadataDocument, toMetricsDocument } from '../../src/documents/run-document.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunFolders } from '../../src/store/run-folders.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { tempDir } from '../support/harness.ts'
import { arbitraryRun } from '../support/arbitrary-run.ts'
import { aPlan, aRun, aSummary, someResources, someScores } from '../support/run-builder.ts'

const dir = tempDir('rebuild')
const folders = createRunFolders()

const newStore = (): { store: RunStore; file: string } => {
  const file = join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')
  return { store: createRunStore(openDatabase(file)), file }
}

const exportRun = (results: string, run: Run, plan: RunPlan | null): string => {
  const folder = join(results, run.runId)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'metadata.json'), JSON.stringify(toMetadataDocument(run, plan)))
  writeFileSync(join(folder, 'metrics.json'), JSON.stringify(toMetricsDocument(run)))
  if (plan) writeFileSync(join(folder, 'plan.json'), JSON.stringify(toPlanDocument(plan)))
  return folder
}

/** Everything in a database but the journal of events, with keys replaced by what they stand for. */
const content = (file: string): unknown => {
  const db = openSqlite(file, { readonly: true })
  const all = (sql: string): unknown[] => db.prepare(sql).all()
  const without = (rows: unknown[], ...names: string[]): unknown[] =>
    rows.map((row) => Object.fromEntries(Object.entries(row as object).filter(([name]) => !names.includes(name))))
  try {
    return [
      without(
        all('SELECT run.*, environment.* FROM run JOIN environment ON environment.key = environment_key ORDER BY id'),
        'key',
        'environment_key',
      ),
      without(all('SELECT run.id, plan.* FROM plan JOIN run ON run.key = run_key ORDER BY run.id'), 'run_key'),
      without(
        all('SELECT run.id, sample.* FROM sample JOIN run ON run.key = run_key ORDER BY run.id, number'),
        'run_key',
      ),
      without(
        all(`SELECT run.id AS run, variant.*, resource.*, execution.* FROM execution JOIN run ON run.key = run_key
          JOIN variant ON variant.key = variant_key LEFT JOIN resource ON execution_key = execution.key ORDER BY run.id, execution.id`),
        'key',
        'run_key',
        'variant_key',
        'execution_key',
        'handle',
      ),
      without(
        all(`SELECT run.id AS run, execution.id, series.*, score.* FROM score JOIN execution ON execution.key = execution_key
          JOIN run ON run.key = run_key JOIN series ON series.key = series_key ORDER BY run.id, execution.id, ordinal`),
        'key',
        'execution_key',
        'series_key',
      ),
      without(
        all(`SELECT run.id AS run, variant.*, series.*, summary.* FROM summary JOIN run ON run.key = run_key
          JOIN variant ON variant.key = variant_key JOIN series ON series.key = series_key ORDER BY run.id, ordinal`),
        'key',
        'run_key',
        'variant_key',
        'series_key',
      ),
    ]
  } finally {
    db.close()
  }
}

test('a database rebuilt from the run folders holds what the lost one held', () => {
  const { store, file } = newStore()
  const results = mkdtempSync(join(dir, 'results-'))
  const at = '2026-11-23T10:15:10.000Z'
  for (const runId of ['20261123t101502z-k3f9x2', '20261124t101502z-k3f9x3']) {
    store.createRun(aPlan({ runId, resultsDir: join(results, runId) }), { machine: runId.slice(0, 4) })
    store.transition(runId, 1, { state: 'running', at })
    store.transition(runId, 1, {
      state: 'succeeded',
      at,
      exitCode: 0,
      resources: someResources(),
      scores: someScores('S1'),
    })
    store.transition(runId, 2, {
      state: 'failed',
      at,
      exitCode: 3,
      reason: 'exit status 3',
      resources: someResources({ noise: null }),
    })
    store.saveSummary(runId, [aSummary()], { truth: 'x' }, ['w'])
    store.setRunState(runId, 'incomplete', at)
    exportRun(results, store.run(runId), store.plan(runId))
  }
  store.close()
  const rebuilt = newStore()
  expect(rebuildDatabase({ store: rebuilt.store, folders }, results).restored).toEqual([
    '20261123t101502z-k3f9x2',
    '20261124t101502z-k3f9x3',
  ])
  rebuilt.store.close()
  expect(content(rebuilt.file)).toEqual(content(file))
})

test('any run survives the way through its files and a new database', () => {
  fc.assert(
    fc.property(arbitraryRun, (run) => {
      const results = mkdtempSync(join(dir, 'results-'))
      exportRun(results, run, null)
      const { store } = newStore()
      expect(rebuildDatabase({ store, folders }, results)).toEqual({ restored: [run.runId], present: [], damaged: [] })
      expect(store.run(run.runId)).toEqual(run)
      store.close()
      rmSync(results, { recursive: true })
    }),
    { numRuns: 25 },
  )
})

test('repeating it changes nothing, and a single run folder is enough', () => {
  const results = mkdtempSync(join(dir, 'results-'))
  const folder = exportRun(results, aRun(), aPlan())
  const { store, file } = newStore()
  expect(rebuildDatabase({ store, folders }, folder).restored).toEqual([aRun().runId])
  const before = content(file)
  expect(rebuildDatabase({ store, folders }, results)).toEqual({ restored: [], present: [aRun().runId], damaged: [] })
  expect(content(file)).toEqual(before)
  store.close()
})

test('outputs are looked for where the folder is now', () => {
  const results = mkdtempSync(join(dir, 'results-'))
  const moved = join(mkdtempSync(join(dir, 'archive-')), 'run')
  renameSync(exportRun(results, aRun(), aPlan()), moved)
  const { store } = newStore()
  rebuildDatabase({ store, folders }, moved)
  expect(store.plan(aRun().runId).resultsDir).toBe(moved)
  store.close()
})

test('damaged folders are named with what is wrong, and stop none of the others', () => {
  const results = mkdtempSync(join(dir, 'results-'))
  const made = (digit: number): string =>
    exportRun(
      results,
      aRun({ runId: `2026112${digit}t101502z-k3f9x2` }),
      aPlan({ runId: `2026112${digit}t101502z-k3f9x2` }),
    )
  const [cut, missing, wrong, mixed, otherPlan, newer] = [1, 2, 3, 4, 5, 6].map(made) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  made(7)
  mkdirSync(join(results, 'comparisons'))
  truncateSync(join(cut, 'metrics.json'), 200)
  rmSync(join(missing, 'metadata.json'))
  const change = (file: string, edit: (document: Record<string, unknown>) => void): void => {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    edit(document)
    writeFileSync(file, JSON.stringify(document))
  }
  change(join(wrong, 'metadata.json'), (document) =>
    Object.assign(document, { state: 'perfect', started_at: 'yesterday' }),
  )
  cpSync(join(cut, 'metadata.json'), join(mixed, 'metadata.json'))
  change(join(otherPlan, 'plan.json'), (document) => Object.assign(document, { run_id: '20261129t101502z-k3f9x2' }))
  change(join(newer, 'metrics.json'), (document) => Object.assign(document, { schema: 'benchmark.metrics/2' }))

  const { store } = newStore()
  const { restored, damaged } = rebuildDatabase({ store, folders }, results)
  expect(restored).toEqual(['20261127t101502z-k3f9x2'])
  const found = Object.fromEntries(
    damaged.map(({ path, problem }) => [path, problem.findings.map(({ message }) => message).join('; ')]),
  )
  expect(Object.keys(found)).toEqual([cut, missing, wrong, mixed, otherPlan, newer])
  expect(found[cut]).toMatch(/not whole JSON/)
  expect(found[missing]).toMatch(/is missing/)
  expect(found[wrong]).toMatch(
    /\/started_at must match.*\/state must be equal|\/state must be equal.*\/started_at must match/,
  )
  expect(found[mixed]).toMatch(/not of the same run|belongs to run/)
  expect(found[otherPlan]).toMatch(/plan.json belongs to run 20261129t101502z-k3f9x2/)
  expect(found[newer]).toMatch(/\/schema must be equal/)
  expect(store.count()).toBe(1)
  store.close()
})

test('a folder without runs is not taken for success', () => {
  const { store } = newStore()
  expect(() => rebuildDatabase({ store, folders }, mkdtempSync(join(dir, 'empty-')))).toThrow(/no runs in/)
  expect(() => rebuildDatabase({ store, folders }, join(dir, 'nowhere'))).toThrow(/no folder/)
  store.close()
})
