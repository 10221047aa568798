import { expect, test } from 'vitest'
import { estimateRemaining, type EtaRequest } from '../../../src/core/schedule/eta.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'

const job = (cell: string, sample: string | null = 'S1') => ({ pipeline: 'kma', cell, sample })
const estimate = (given: Partial<EtaRequest>) =>
  estimateRemaining({ waiting: [], running: [], history: [], maxParallel: 1, random: seededRandom(1), ...given })

test('says nothing while a pipeline to come has never run', () => {
  expect(estimate({ waiting: [job('a')] })).toBeNull()
})

test('is zero when nothing is left', () => {
  expect(estimate({})).toEqual({ p50: 0, p90: 0 })
})

test('adds up one after the other and halves with two lanes', () => {
  const history = [{ ...job('a'), wallSeconds: 10 }]
  const waiting = Array.from({ length: 4 }, () => job('a'))
  expect(estimate({ waiting, history })).toEqual({ p50: 40, p90: 40 })
  expect(estimate({ waiting, history, maxParallel: 2 })).toEqual({ p50: 20, p90: 20 })
})

test('takes the closest experience: same sample before same parameters before same pipeline', () => {
  const history = [
    { ...job('other', 'S9'), wallSeconds: 1000 },
    { ...job('a', 'S2'), wallSeconds: 100 },
    { ...job('a', 'S1'), wallSeconds: 10 },
  ]
  expect(estimate({ waiting: [job('a', 'S1')], history })?.p50).toBe(10)
  expect(estimate({ waiting: [job('a', 'S7')], history: history.slice(0, 2) })?.p50).toBe(100)
  expect(estimate({ waiting: [job('b', 'S7')], history: history.slice(0, 1) })?.p50).toBe(1000)
})

test('gives a running job only the durations it can still reach', () => {
  const history = [10, 100].map((wallSeconds) => ({ ...job('a'), wallSeconds }))
  expect(estimate({ running: [{ ...job('a'), elapsedSeconds: 50 }], history })).toEqual({ p50: 50, p90: 50 })
})

test('p90 is not before p50', () => {
  const history = [1, 2, 3, 50].map((wallSeconds) => ({ ...job('a'), wallSeconds }))
  const eta = estimate({ waiting: [job('a'), job('a'), job('a')], history })
  expect(eta!.p90).toBeGreaterThanOrEqual(eta!.p50)
})
