import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../scripts/simulate/seeded-random.ts'

test('a seed gives the same numbers on every machine and in every release', () => {
  const random = seededRandom('golden')
  expect(Array.from({ length: 6 }, () => random.below(1000))).toMatchInlineSnapshot(`
    [
      504,
      170,
      791,
      623,
      738,
      316,
    ]
  `)
})

test('numbers stay below the bound and a shuffle keeps every item', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
      const random = seededRandom(seed)
      const value = random.below(bound)
      expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true)
      const items = Array.from({ length: bound % 20 }, (_, index) => index)
      expect(random.shuffled(items).sort((left, right) => left - right)).toEqual(items)
    }),
  )
})

test('every value of a small range comes up about equally often', () => {
  const random = seededRandom('fair')
  const counts = [0, 0, 0, 0, 0, 0]
  for (let draw = 0; draw < 60_000; draw++) counts[random.below(6)]!++
  // Standard deviation of one count is 91; five of them leave one false alarm in millions, and the seed is fixed anyway.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(456)
})

test('drawing from one stream leaves the others as they were', () => {
  const untouched = seededRandom(1).stream('a').below(1e9)
  const parent = seededRandom(1)
  parent.stream('b').shuffled([1, 2, 3])
  parent.below(10)
  expect(parent.stream('a').below(1e9)).toBe(untouched)
  expect(parent.stream('b').below(1e9)).not.toBe(untouched)
})
