import { expect, test } from 'vitest'
import { countParameterSets, expandParameters } from '../../src/core/parameter-sets.ts'

test('lists expand to their cross product, the last name fastest', () => {
  expect(expandParameters({ size: [1500, 2500], mode: 'fast', db: ['card', 'resfinder'] })).toEqual([
    { size: 1500, mode: 'fast', db: 'card' },
    { size: 1500, mode: 'fast', db: 'resfinder' },
    { size: 2500, mode: 'fast', db: 'card' },
    { size: 2500, mode: 'fast', db: 'resfinder' },
  ])
})

test('no parameters make one empty point; null takes a default away; repeats count once', () => {
  expect(expandParameters({})).toEqual([{}])
  expect(expandParameters({ a: null, b: [1, 1, 2] })).toEqual([{ b: 1 }, { b: 2 }])
  expect(countParameterSets({ a: null, b: [1, 1, 2], c: [1, 2, 3] })).toBe(6)
})
