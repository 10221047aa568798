import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { newRunId, RUN_ID_PATTERN } from '../../src/core/run-id.ts'

test('a run id is the UTC start and six characters from the random bytes', () => {
  const bytes = Uint8Array.from([0, 31, 32, 255, 10, 20])
  expect(newRunId(new Date('2026-11-23T10:15:02.999Z'), () => bytes)).toBe('20261123t101502z-0z0zam')
})

test('run ids sort by start and always fit their pattern', () => {
  const when = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  const random = fc.uint8Array({ minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(when, when, random, random, (one, other, first, second) => {
      const ids = [newRunId(one, () => first), newRunId(other, () => second)] as const
      expect(ids[0]).toMatch(RUN_ID_PATTERN)
      const [left, right] = [one, other].map((date) => Math.floor(date.getTime() / 1000)) as [number, number]
      if (left < right) expect(ids[0] < ids[1]).toBe(true)
    }),
  )
})

test('every character is as likely as any other', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte++) {
    const character = newRunId(new Date(0), (count) => new Uint8Array(count).fill(byte)).slice(-1)
    counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8))
})
