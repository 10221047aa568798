// npm run bench:streaming [-- format … MiB …]: the most memory that reading reports of these sizes takes (default: both
// formats, 64 and 2048 MiB; build first). The exit status is 1 when it is more than 300 MiB.
import { peakMemoryOf } from './peak-memory.ts'
import type { StreamedFormat } from './write-report.ts'

const MIB = 1024 * 1024
const LIMIT = 300 * MIB

const FORMATS: readonly StreamedFormat[] = ['hamronization', 'abricate']
const given = process.argv.slice(2)
const wanted = FORMATS.filter((format) => given.includes(format))
const sizes = given.map(Number).filter((size) => size > 0)
for (const format of wanted.length > 0 ? wanted : FORMATS)
  for (const size of sizes.length > 0 ? sizes : [64, 2048]) {
    const { rows, peakBytes, seconds } = peakMemoryOf(format, size * MIB)
    const peak = Math.round(peakBytes / MIB)
    process.stdout.write(`${format} ${size} MiB: ${rows} rows in ${seconds.toFixed(1)} s, peak ${peak} MiB\n`)
    if (peakBytes > LIMIT) process.exitCode = 1
  }
