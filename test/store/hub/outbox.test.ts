import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Outbox, OutboxEntry } from '../../../src/app/hub/store-ports.ts'
import { Problem } from '../../../src/core/problem.ts'
import { createHubStore } from '../../../src/store/hub/hub-store.ts'
import { openDatabase, openDatabaseForReading } from '../../../src/store/open.ts'
import { tempDir } from '../../support/harness.ts'

const dir = tempDir('outbox')
const HUB = 'https://hub.example/results.git'
const MANY = { rows: 100, bytes: 1e6 }
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 26, 0, minute)).toISOString()

let file: string
let outbox: Outbox
const another = (): Outbox => createHubStore(openDatabase(file)).outbox
beforeEach(() => {
  file = join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')
  outbox = another()
})

type Wish = Parameters<Outbox['enqueue']>[0]
const wish = (name: string, changes: Partial<Wish> = {}): Wish => ({
  ...{ hub: HUB, project: 'lab', localRunId: `run-${name}`, runId: `run-${name}`, visibility: 'public' },
  ...{ month: '2026-11', path: `warehouse/results/lab/2026-11/${name}.json`, bytes: Buffer.from(`{"${name}":1}\n`) },
  ...{ contentSha256: 'c'.repeat(64), state: 'queued', reason: null, createdAt: at(0) },
  ...changes,
})
const add = (...names: string[]): number[] => names.map((name) => outbox.enqueue(wish(name)).entry.id)
const states = (): unknown[] => outbox.list().map(({ id, state, attempts }) => [id, state, attempts])
const ids = (entries: readonly OutboxEntry[]): number[] => entries.map(({ id }) => id)

describe('enqueue', () => {
  test('keeps the exact bytes and says what is there', () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0])
    const { outcome, entry } = outbox.enqueue(wish('a', { bytes, state: 'held', reason: 'would identify you' }))
    expect(outcome).toBe('queued')
    expect(entry).toEqual({
      ...wish('a', { bytes }),
      ...{ id: 1, state: 'held', reason: 'would identify you', attempts: 0, nextAt: null, commit: null },
    })
    expect(outbox.list()).toEqual([entry])
  })

  test('the same run at the same visibility is there already, whatever became of it', () => {
    const [id = 0] = add('a')
    outbox.claim(HUB, MANY, 'me', at(1), at(2))
    outbox.settle([id], 'conflict', { reason: 'another document' })
    const again = outbox.enqueue(wish('a', { runId: 'x', path: 'elsewhere' }))
    expect(again).toMatchObject({ outcome: 'already', entry: { id, state: 'conflict', runId: 'run-a' } })
    expect(outbox.enqueue(wish('a', { visibility: 'community', path: 'c' })).outcome).toBe('queued')
    expect(outbox.enqueue(wish('a', { hub: '/nas/hub.git' })).outcome).toBe('queued')
  })

  test('one that was rejected is made anew; one that was erased is not', () => {
    const [id = 0] = add('a')
    outbox.claim(HUB, MANY, 'me', at(1), at(2))
    outbox.settle([id], 'rejected', { reason: 'not registered' })
    const again = outbox.enqueue(wish('a', { runId: 'x', path: 'elsewhere' }))
    expect(again).toMatchObject({ outcome: 'queued', entry: { state: 'queued', runId: 'x', reason: null } })
    expect(outbox.list()).toHaveLength(1)
    outbox.markErased(HUB, ['x'])
    expect(outbox.enqueue(wish('a'))).toMatchObject({ outcome: 'already', entry: { state: 'rejected' } })
  })

  test('two runs cannot go to one place', () => {
    add('a')
    expect(() => outbox.enqueue(wish('b', { path: wish('a').path }))).toThrow(Problem)
    expect(outbox.list()).toHaveLength(1)
  })
})

describe('claim', () => {
  test('takes what is due of one project, oldest first, within the limits', () => {
    const [a = 0, , c = 0] = [...add('a'), outbox.enqueue(wish('b', { project: 'other' })).entry.id, ...add('c', 'd')]
    outbox.enqueue(wish('h', { state: 'held' }))
    outbox.enqueue(wish('e', { hub: 'elsewhere' }))
    const taken = outbox.claim(HUB, { rows: 2, bytes: 1000 }, 'me', at(1), at(5))
    expect(taken).toMatchObject([
      { id: a, state: 'inflight', attempts: 1, project: 'lab' },
      { id: c, state: 'inflight', attempts: 1, project: 'lab' },
    ])
    expect(outbox.claim(HUB, MANY, 'me', at(1), at(5)).map(({ project }) => project)).toEqual(['other'])
    expect(outbox.claim(HUB, MANY, 'me', at(1), at(5))).toHaveLength(1)
    expect(outbox.claim(HUB, MANY, 'me', at(1), at(5))).toEqual([])
    expect(outbox.counts(HUB)).toEqual({ queued: 0, inflight: 4, held: 1, pushed: 0, conflict: 0, rejected: 0 })
  })

  test('stops at the number of bytes, but always takes one', () => {
    for (const name of ['a', 'b', 'c']) outbox.enqueue(wish(name, { bytes: Buffer.alloc(100) }))
    const claim = (bytes: number): number => outbox.claim(HUB, { rows: 9, bytes }, 'me', at(1), at(5)).length
    expect([claim(10), claim(200)]).toEqual([1, 2])
  })

  test('an expired lease makes an entry due; who comes back late changes nothing', () => {
    const [id = 0] = add('a')
    outbox.claim(HUB, MANY, 'me', at(1), at(5))
    const other = another()
    expect(other.claim(HUB, MANY, 'other', at(4), at(9))).toEqual([])
    expect(ids(other.claim(HUB, MANY, 'other', at(5), at(9)))).toEqual([id])
    outbox.settle([id], 'pushed', { commit: 'f'.repeat(40) })
    outbox.release([id], at(6), 'late')
    expect(states()).toEqual([[id, 'inflight', 2]])
    other.settle([id], 'pushed', { commit: 'e'.repeat(40) })
    expect(outbox.list()).toMatchObject([{ state: 'pushed', commit: 'e'.repeat(40), attempts: 2 }])
  })

  test('what was not claimed cannot be settled or released', () => {
    const [id = 0] = add('a')
    outbox.settle([id, 99], 'pushed', {})
    outbox.release([id], at(9), 'no')
    expect(states()).toEqual([[id, 'queued', 0]])
  })

  test('what was released comes back when its time has come', () => {
    const [id = 0] = add('a')
    outbox.claim(HUB, MANY, 'me', at(1), at(5))
    outbox.release([id], at(9), 'no answer')
    expect(outbox.list()).toMatchObject([{ state: 'queued', nextAt: at(9), reason: 'no answer' }])
    expect(outbox.claim(HUB, MANY, 'me', at(8), at(20))).toEqual([])
    expect(outbox.claim(HUB, MANY, 'me', at(9), at(20))).toMatchObject([
      { id, attempts: 2, nextAt: null, reason: null },
    ])
  })

  test('claims of dead processes are given back at once, those of living ones are not', () => {
    const [a = 0, b = 0] = add('a', 'b')
    const one = { rows: 1, bytes: 1e6 }
    outbox.claim(HUB, one, 'dead', at(1), at(60))
    outbox.claim(HUB, one, 'alive', at(1), at(60))
    outbox.freeDead(HUB, (owner) => owner === 'alive')
    expect(states()).toEqual([
      [a, 'queued', 1],
      [b, 'inflight', 1],
    ])
  })
})

test('held, refused and conflicting entries can be sent on their way; pushed ones cannot', () => {
  const [a = 0, b = 0] = add('a', 'b')
  const { id: held } = outbox.enqueue(wish('h', { state: 'held', reason: 'would identify you' })).entry
  outbox.claim(HUB, MANY, 'me', at(1), at(5))
  outbox.settle([a], 'pushed', {})
  outbox.settle([b], 'conflict', { reason: 'another document is there' })
  expect(outbox.list({ state: 'conflict' })).toMatchObject([{ id: b, reason: 'another document is there' }])
  expect(outbox.requeue([a, b, held, 99])).toBe(2)
  expect(outbox.list({ state: 'queued' })).toMatchObject([
    { id: b, reason: null },
    { id: held, reason: null },
  ])
  expect(outbox.list({ hub: HUB, localRunId: 'run-a' })).toMatchObject([{ id: a, state: 'pushed' }])
})

test('a project without a database has an empty outbox', () => {
  const { outbox: empty } = createHubStore(openDatabaseForReading(join(dir, 'nowhere.db')))
  expect([empty.list(), empty.counts(HUB).queued]).toEqual([[], 0])
})
