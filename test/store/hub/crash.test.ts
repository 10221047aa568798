import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { segmentPath } from '../../../src/core/hub/layout.ts'
import { createHubStore, type HubStore } from '../../../src/store/hub/hub-store.ts'
import { type Connection, openDatabase } from '../../../src/store/open.ts'
import { packageRoot, tempDir } from '../../support/harness.ts'
import { sharedRun } from '../../support/shared-run.ts'

const dir = tempDir('hub crash')
const newFile = (): string => join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')
const HUB = 'https://hub.example/results.git'
const AT = '2026-11-26T00:00:00.000Z'
const LATER = '2026-11-26T01:00:00.000Z'

interface Child {
  readonly process: ChildProcess
  /** Resolves with the first thing said. */
  readonly started: Promise<void>
  /** Everything said, once the process has ended; a line cut short by the kill was not said. */
  readonly said: Promise<readonly string[]>
}

const start = (file: string, mode: string, name: string, input = ''): Child => {
  const script = join(packageRoot, 'test', 'support', 'hub-store-child.mjs')
  const child = spawn(process.execPath, [script, join(packageRoot, 'dist'), file, mode, name, input], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  const started = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      resolve()
    })
    child.on('close', () => resolve())
  })
  const said = new Promise<readonly string[]>((resolve) => {
    child.on('close', () => resolve(output.split('\n').slice(0, -1)))
  })
  return { process: child, started, said }
}

const opened = <T>(file: string, look: (store: HubStore, db: Connection) => T): T => {
  const db = openDatabase(file)
  const store = createHubStore(db)
  try {
    return look(store, db)
  } finally {
    store.close()
  }
}
const of = (kind: string, said: readonly string[]): string[] =>
  said.filter((line) => line.startsWith(`${kind} `)).flatMap((line) => line.split(' ').slice(1))

test('processes that claim at once never get the same entry, and leave none', { timeout: 60_000 }, async () => {
  const file = newFile()
  await start(file, 'enqueue', 'run', '150').said
  const go = String(Date.now() + 1500)
  const children = ['a', 'b', 'c'].map((name) => start(file, 'claim', name, go))
  const claimed = (await Promise.all(children.map(({ said }) => said))).map((said) => of('claimed', said))
  expect(claimed.flat().length).toBe(150)
  expect(new Set(claimed.flat()).size).toBe(150)
  expect(claimed.filter(({ length }) => length > 0).length).toBeGreaterThan(0)
})

test('uploads survive a hundred kills: none is lost, none is sent twice', { timeout: 300_000 }, async () => {
  const file = newFile()
  const enqueued = new Set<string>()
  const pushed = new Set<string>()
  for (let round = 0; round < 100; round++) {
    const child = start(file, 'work', `r${String(round)}`)
    await child.started
    await delay((round * 7) % 23)
    child.process.kill('SIGKILL')
    const said = await child.said
    for (const id of of('enqueued', said)) enqueued.add(id)
    // Who was pushed before is never given out again.
    expect(of('claimed', said).filter((id) => pushed.has(id))).toEqual([])
    for (const id of of('pushed', said)) pushed.add(id)
    const entries = opened(file, ({ outbox }) => {
      outbox.freeDead(HUB, () => false)
      return outbox.list()
    })
    const names = entries.map(({ localRunId }) => localRunId)
    expect(new Set(names).size).toBe(names.length)
    expect([...enqueued].filter((name) => !names.includes(name))).toEqual([])
    // What returned is there; one more call may have been done when the kill came.
    for (const name of names) enqueued.add(name)
    const states = new Map(entries.map(({ id, state }) => [String(id), state]))
    expect([...pushed].filter((id) => states.get(id) !== 'pushed')).toEqual([])
    for (const [id, state] of states) {
      expect(['queued', 'pushed']).toContain(state)
      if (state === 'pushed') pushed.add(id)
    }
    for (const { localRunId, bytes, state } of entries)
      expect(Buffer.from(bytes).toString()).toBe(state === 'pushed' ? '' : `{"id":"${localRunId}"}`)
  }
  expect(pushed.size).toBeGreaterThan(30)
  opened(file, ({ outbox }, db) => {
    const left = outbox.claim(HUB, { rows: 1e6, bytes: 1e9 }, 'me', AT, LATER)
    expect(left.length + pushed.size).toBe(enqueued.size)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})

const steps = (): unknown[] => {
  const names = (step: number): string[] =>
    Array.from({ length: 20 }, (_, number) => `${String(step).padStart(3, '0')}${String(number).padStart(3, '0')}`)
  const runs = (step: number, place: 'file' | 'segment'): unknown[] =>
    names(step).map((name) => {
      const run = sharedRun({ name, place })
      return { ...run, line: Buffer.from(run.line).toString('base64') }
    })
  // Forty steps of files, then the same runs as a closed month: every run moves.
  const nothing = { removedPaths: [], quarantined: [], registry: [], removedRegistry: [], at: AT }
  const files = Array.from({ length: 40 }, (_, step) => ({ ...nothing, added: runs(step, 'file') }))
  const moves = Array.from({ length: 40 }, (_, step) => ({
    ...{ ...nothing, added: runs(step, 'segment') },
    removedPaths: names(step).map((name) => sharedRun({ name }).path),
  }))
  return [...files, ...moves].map((step, number) => ({ ...step, cursor: String(number) }))
}

test('a sync that is killed again and again ends where an undisturbed one does', { timeout: 120_000 }, async () => {
  const input = join(dir, 'steps.json')
  writeFileSync(input, JSON.stringify(steps()))
  const [whole, disturbed] = [newFile(), newFile()]
  expect((await start(whole, 'sync', 'x', input).said).at(-1)).toBe('finished')
  let kills = 0
  for (let ended = false; !ended;) {
    const child = start(disturbed, 'sync', 'x', input)
    await child.started
    await delay((kills * 5) % 17)
    if (kills < 40) child.process.kill('SIGKILL')
    kills += 1
    ended = (await child.said).includes('finished')
  }
  expect(kills).toBeGreaterThan(5)
  const content = (file: string): unknown =>
    opened(file, ({ index }, db) => ({
      documents: [...index.documents(HUB)].map(({ path, line }) => [path, Buffer.from(line).toString()]),
      counts: index.counts(HUB),
      scores: db.prepare('SELECT count(*) AS n, sum(value) AS total FROM hub_score').get(),
      moved: db.prepare('SELECT count(*) AS n FROM hub_moved').get(),
      check: db.pragma('integrity_check', { simple: true }),
    }))
  const expected = content(whole)
  expect(expected).toMatchObject({ counts: { runs: 800 }, scores: { n: 3200 }, moved: { n: 0 }, check: 'ok' })
  expect((expected as { documents: string[][] }).documents[0]?.[0]).toBe(segmentPath('lab', '2026-11'))
  expect(content(disturbed)).toEqual(expected)
})
