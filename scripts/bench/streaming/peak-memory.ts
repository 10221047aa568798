import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type StreamedFormat, writeReport } from './write-report.ts'

const reader = fileURLToPath(new URL('read-report.mjs', import.meta.url))

/** What reading one report took. */
export interface PeakMemory {
  readonly rows: number
  readonly peakBytes: number
  readonly seconds: number
}

/** Writes a report of so many bytes, reads it in a process of its own, and removes it. Needs the built program. */
export const peakMemoryOf = (format: StreamedFormat, bytes: number): PeakMemory => {
  const { bavail, bsize } = statfsSync(tmpdir())
  if (bavail * bsize < bytes * 1.2) throw new Error(`${tmpdir()} has no room for a report of ${bytes} bytes.`)
  const folder = mkdtempSync(join(tmpdir(), 'benchmark-streaming-'))
  try {
    const file = join(folder, 'report.tsv')
    const written = writeReport(file, format, bytes)
    const started = Date.now()
    const { status, stdout, stderr } = spawnSync(process.execPath, [reader, file, format], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`Reading ${format} ended with ${String(status)}: ${stderr}`)
    const { rows, peakBytes } = JSON.parse(stdout) as Pick<PeakMemory, 'rows' | 'peakBytes'>
    if (rows !== written) throw new Error(`${rows} of ${written} rows of ${format} were read.`)
    return { rows, peakBytes, seconds: (Date.now() - started) / 1000 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
