import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDuration, formatSize, parseDuration, parseSize } from '../../src/core/units.ts'

describe('durations', () => {
  test.each([
    ['24h', 86_400_000],
    ['90m', 5_400_000],
    ['30s', 30_000],
    ['500ms', 500],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['0s', 0],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  test.each(['', '24', '24 hours', '1:30:00', '30m1h', '1h1h', '-5m', '1e3s', '5M', '9999999999999999d', 'h'])(
    '"%s" is refused rather than guessed',
    (text) => {
      expect(parseDuration(text)).toBeNull()
    },
  )

  test('writing and reading back gives the same number of milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
  })

  test('a day stays 24h, the way limits are written', () => {
    expect(formatDuration(86_400_000)).toBe('24h')
  })
})

describe('sizes', () => {
  test('GB is decimal and GiB is binary', () => {
    expect(parseSize('150GB')).toBe(150_000_000_000)
    expect(parseSize('150GiB')).toBe(161_061_273_600)
    expect(parseSize('64 MiB')).toBe(67_108_864)
    expect(parseSize('1.5kB')).toBe(1500)
  })

  test.each(['150', '150G', '150gb', '150 Gb', 'GB', '-1GB', '1e9B', '99999999TB', '__proto__', '1constructor'])(
    '"%s" is refused rather than guessed',
    (text) => {
      expect(parseSize(text)).toBeNull()
    },
  )

  test('writing and reading back gives the same number of bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.maxSafeNat(),
          fc.integer({ min: 0, max: 4096 }).map((n) => n * 2 ** 30),
        ),
        (bytes) => {
          expect(parseSize(formatSize(bytes))).toBe(bytes)
        },
      ),
    )
    expect(formatSize(150e9)).toBe('150GB')
    expect(formatSize(2 ** 31)).toBe('2GiB')
  })
})
