import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { RunStore } from '../../src/app/ports.ts'
import { Problem } from '../../src/core/problem.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { tempDir } from '../support/harness.ts'
import { aRun } from '../support/run-builder.ts'

const dir = tempDir('baselines')
const opened: RunStore[] = []
afterAll(() => opened.forEach((store) => store.close()))

const FIRST = '20261123t101502z-k3f9x2'
const SECOND = '20261124t101502z-k3f9x3'
const setAt = '2026-11-25T00:00:00.000Z'

const newFile = (): string => join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')
const open = (file: string): RunStore => {
  const store = createRunStore(openDatabase(file))
  opened.push(store)
  return store
}
const filled = (): RunStore => {
  const store = open(newFile())
  store.insertFinished(aRun(), null)
  store.insertFinished(aRun({ runId: SECOND, startedAt: '2026-11-24T10:15:02.000Z' }), null)
  return store
}

test('one baseline in each place; no branch and no label is a place like any other', () => {
  const { baselines } = filled()
  for (const branch of [null, 'main', ''])
    for (const label of [null, 'nightly']) baselines.set({ branch, label, runId: FIRST, setAt })
  expect(baselines.all()).toHaveLength(6)
  baselines.set({ branch: null, label: null, runId: SECOND, setAt })
  expect(baselines.all()).toHaveLength(6)
  expect(baselines.all()[0]).toEqual({ branch: null, label: null, runId: SECOND, setAt })
  expect(baselines.clear({ branch: 'main', label: null })).toBe(true)
  expect(baselines.clear({ branch: 'main', label: null })).toBe(false)
  expect(baselines.all()).toHaveLength(5)
})

test('an unknown run is refused, and the baseline that was there stays', () => {
  const { baselines } = filled()
  baselines.set({ branch: null, label: null, runId: FIRST, setAt })
  expect(() => baselines.set({ branch: null, label: null, runId: '20200101t000000z-aaaaaa', setAt })).toThrow(Problem)
  expect(baselines.all().map(({ runId }) => runId)).toEqual([FIRST])
})

test('the database itself keeps a baseline from being deleted', () => {
  const store = filled()
  store.baselines.set({ branch: null, label: null, runId: FIRST, setAt })
  expect(() => {
    store.removeRun(FIRST)
  }).toThrow()
  expect(store.has(FIRST)).toBe(true)
  store.baselines.clear({ branch: null, label: null })
  store.removeRun(FIRST)
  expect(store.has(FIRST)).toBe(false)
})

test('a database of the first version has none, and takes one', () => {
  const file = newFile()
  const old = openSqlite(file)
  old.exec(readFileSync(new URL('../fixtures/store/version-1.sql', import.meta.url), 'utf8'))
  old.pragma('user_version = 1')
  old.close()
  const store = open(file)
  expect(store.baselines.all()).toEqual([])
  const runId = store.resolve('latest')
  store.baselines.set({ branch: 'main', label: null, runId, setAt })
  expect(store.baselines.all()).toEqual([{ branch: 'main', label: null, runId, setAt }])
})
