import { expect, test } from 'vitest'
import { sparkline } from '../../src/render/history/sparkline.ts'

test('lowest to highest, a dot for what is missing, the middle for what never moves', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([0.5, null, 1])).toBe('▁·█')
  expect(sparkline([3, 3, 3])).toBe('▄▄▄')
  expect(sparkline([0.1 + 0.2, 0.3])).toBe('▄▄')
  expect(sparkline([null, null])).toBe('··')
  expect(sparkline([])).toBe('')
})

test('only the newest, and in ASCII where asked for', () => {
  expect(sparkline([9, 0, 1], { most: 2 })).toBe('▁█')
  expect(sparkline([0, null, 1], { ascii: true })).toBe('_ #')
})
