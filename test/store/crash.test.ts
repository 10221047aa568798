import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../../src/sqlite.ts'
import { openDatabase, openDatabaseForReading } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { packageRoot, tempDir } from '../support/harness.ts'
import { aPlan, aRun, someScores } from '../support/run-builder.ts'

const dir = tempDir('store crash')
const newFile = (): string => join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')

interface Child {
  readonly process: ChildProcess
  /** Everything acknowledged, once the process has ended. */
  readonly acknowledged: Promise<string[]>
  readonly started: Promise<void>
}

const startChild = (file: string, mode: 'insert' | 'transition', name: string, count: number): Child => {
  const script = join(packageRoot, 'test', 'support', 'store-child.mjs')
  const child = spawn(process.execPath, [script, join(packageRoot, 'dist'), file, mode, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, STORE_CHILD_INPUT: JSON.stringify({ run: aRun(), plan: aPlan() }) },
  })
  let output = ''
  const started = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      resolve()
    })
    child.on('close', () => resolve())
  })
  const acknowledged = new Promise<string[]>((resolve) => {
    // A line cut short by the kill was not acknowledged.
    child.on('close', () => resolve(output.split('\n').slice(0, -1)))
  })
  return { process: child, acknowledged, started }
}

const intact = (file: string): string => {
  const db = openSqlite(file)
  try {
    return [db.pragma('integrity_check', { simple: true }), ...(db.pragma('foreign_key_check') as unknown[])].join()
  } finally {
    db.close()
  }
}

test('a writer killed at any of 32 moments loses nothing it had acknowledged', { timeout: 180_000 }, async () => {
  const file = newFile()
  let total = 0
  for (let round = 0; round < 32; round++) {
    const runId = `20261123t1015${String(round).padStart(2, '0')}z-aaaaaa`
    const child = startChild(file, 'transition', runId, 300)
    await child.started
    // From right after the first write to well into the work, in uneven steps.
    await new Promise((resolve) => setTimeout(resolve, (round * 7) % 45))
    child.process.kill('SIGKILL')
    const acknowledged = await child.acknowledged
    total += acknowledged.length

    const store = createRunStore(openDatabase(file))
    const stored = new Map(store.executions(runId).map((execution) => [String(execution.id), execution]))
    store.close()
    expect(acknowledged.filter((id) => stored.get(id)?.state !== 'succeeded')).toEqual([])
    const last = stored.get(acknowledged.at(-1) ?? '')
    expect(last?.scores).toEqual(someScores('S1'))
    // No execution is half written: scores are there exactly with the final state.
    for (const { state, scores, resources } of stored.values())
      expect([scores.length > 0, resources !== null]).toEqual(state === 'succeeded' ? [true, true] : [false, false])
  }
  expect(total).toBeGreaterThan(32)
  expect(intact(file)).toBe('ok')
})

test('a process killed while it creates the database leaves one that opens', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 10; round++) {
    const file = newFile()
    const child = startChild(file, 'insert', 'a', 50)
    await new Promise((resolve) => setTimeout(resolve, 80 + round * 20))
    child.process.kill('SIGKILL')
    const acknowledged = await child.acknowledged
    const store = createRunStore(openDatabase(file))
    expect(acknowledged.filter((runId) => !store.has(runId))).toEqual([])
    expect(store.count() - acknowledged.length).toBeLessThanOrEqual(1)
    store.close()
    expect(intact(file)).toBe('ok')
  }
})

test('three processes that create the database and write at once lose nothing', { timeout: 60_000 }, async () => {
  const file = newFile()
  const names = ['a', 'b', 'c']
  const acknowledged = await Promise.all(names.map((name) => startChild(file, 'insert', name, 25).acknowledged))
  expect(acknowledged.map(({ length }) => length)).toEqual([25, 25, 25])
  const store = createRunStore(openDatabaseForReading(file))
  expect(store.count()).toBe(75)
  expect(acknowledged.flat().every((runId) => store.has(runId))).toBe(true)
  expect(store.run('20261123t101501z-b00001').executions).toEqual(aRun().executions)
  store.close()
  expect(intact(file)).toBe('ok')
})

test('a reader beside a writer sees whole runs only', { timeout: 60_000 }, async () => {
  const file = newFile()
  const child = startChild(file, 'insert', 'a', 60)
  await child.started
  const store = createRunStore(openDatabaseForReading(file))
  const seen: number[] = []
  let ended = false
  void child.acknowledged.then(() => (ended = true))
  do {
    for (const { runId } of store.headers({ limit: 3 })) expect(store.run(runId).executions).toHaveLength(2)
    seen.push(store.count())
    await new Promise((resolve) => setTimeout(resolve, 5))
  } while (!ended)
  expect(seen).toEqual([...seen].sort((left, right) => left - right))
  expect(store.count()).toBe(60)
  store.close()
})
