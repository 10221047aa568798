import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatInteger,
  formatMetric,
  formatQuantity,
  formatRatio,
  formatSeconds,
} from '../../src/render/format-number.ts'

test.each([
  [0, '0 ms'],
  [0.0004, '0 ms'],
  [0.85, '850 ms'],
  [0.9996, '1.00 s'],
  [4.2, '4.20 s'],
  [9.996, '10.0 s'],
  [59.94, '59.9 s'],
  [59.96, '1m 00s'],
  [725, '12m 05s'],
  [3599.4, '59m 59s'],
  [3599.6, '1h 00m'],
  [3725, '1h 02m'],
  [86_399, '1d 00h'],
  [183_600, '2d 03h'],
  [-5, '-5.00 s'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text)
})

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [99_949, '99.9 kB'],
  [99_960, '100 kB'],
  [999_600, '1.0 MB'],
  [734_003_200, '734 MB'],
  [4_200_000_000, '4.2 GB'],
  [150e9, '150 GB'],
  [3e18, '3000 PB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

describe('a ratio', () => {
  test.each([
    [0, '0.000'],
    [1, '1.000'],
    [0.5714, '0.571'],
    [0.99961, '>0.999'],
    [0.0004, '<0.001'],
    [-0.25, '-0.250'],
    [-0.0001, '>-0.001'],
    [-0.9999, '<-0.999'],
    [1.25, '1.250'],
  ])('of %d reads %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text)
  })

  test('reads 0.000 only when it is exactly that, and 1.000 but for rounding of sums', () => {
    expect(formatRatio(1 - 2e-16)).toBe('1.000')
    expect(formatRatio(1 - 1e-8)).toBe('>0.999')
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (ratio) => {
        const text = formatRatio(ratio)
        if (text === '0.000') expect(Math.abs(ratio)).toBe(0)
        if (text === '1.000') expect(ratio).toBeGreaterThan(1 - 1e-8)
      }),
    )
  })
})

test('counts stay plain, their means get two decimals at most', () => {
  expect([12_345, 12.5, 1 / 3].map(formatCount)).toEqual(['12345', '12.5', '0.33'])
})

test('integers in running text are grouped', () => {
  expect([0, 999, 1000, 10_000, 1_234_567].map(formatInteger)).toEqual(['0', '999', '1,000', '10,000', '1,234,567'])
})

test('the unit decides how a metric is written', () => {
  expect(formatMetric(3725, 'seconds')).toBe('1h 02m')
  expect(formatMetric(4.2e9, 'bytes')).toBe('4.2 GB')
  expect(formatMetric(0.9, 'ratio')).toBe('0.900')
  expect(formatMetric(7, 'count')).toBe('7')
  expect(formatMetric(12.34, 'percent')).toBe('12.3 %')
  expect(formatMetric(1234.5678, 'bp')).toBe('1,235')
  expect(formatMetric(1234.5678, 'nats')).toBe('1235')
  expect(formatMetric(0.000123456, 'nats')).toBe('0.0001235')
})

test('a missing value shows its reason, never a number', () => {
  expect(formatQuantity({ value: null, reason: 'undefined_0/0' }, 'ratio')).toBe('– (0/0)')
  expect(formatQuantity({ value: null, reason: 'no_truth' }, 'seconds')).toBe('– (no truth)')
  expect(formatQuantity({ value: 0, reason: null }, 'ratio')).toBe('0.000')
})
