import { expect, test } from 'vitest'
import { peakMemoryOf } from '../../scripts/bench/streaming/peak-memory.ts'

const MIB = 1024 * 1024

// `npm run bench:streaming` does the same with 2 GiB.
test.each(['hamronization', 'abricate'] as const)(
  '%s: memory does not grow with the report',
  (format) => {
    const small = peakMemoryOf(format, 8 * MIB).peakBytes
    const large = peakMemoryOf(format, 64 * MIB).peakBytes
    // Eight times the report. What is kept of it would be several times its size.
    expect(large - small).toBeLessThan(40 * MIB)
    expect(large).toBeLessThan(300 * MIB)
  },
  300_000,
)
