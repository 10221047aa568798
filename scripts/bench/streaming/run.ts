// npm run bench:streaming [-- MiB …]: the most memory that reading reports of these sizes takes (default: 64 and 2048
// MiB; build first). The exit status is 1 when it is more than 300 MiB.
import { peakMemoryOf } from './peak-memory.ts'
import type { StreamedFormat } from './write-report.ts'

const MIB = 1024 * 1024
const LIMIT = 300 * MIB

const given = process.argv.slice(2).map(Number)
const formats: readonly StreamedFormat[] = ['hamronization', 'abricate']
for (const format of formats)
  for (const size of given.length > 0 ? given : [64, 2048]) {
    const { rows, peakBytes, seconds } = peakMemoryOf(format, size * MIB)
    const peak = Math.round(peakBytes / MIB)
    process.stdout.write(`${format} ${size} MiB: ${rows} rows in ${seconds.toFixed(1)} s, peak ${peak} MiB\n`)
    if (peakBytes > LIMIT) process.exitCode = 1
  }
