import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeProfile, makeProfileTruth, PROFILE_FILES } from './make-profiles.ts'
import { runMeasured } from './run-measured.ts'
import type { BenchTable } from './table.ts'

const BYTES = 2e9

/** Peak memory of scoring profiles of 2 GB, whose rows are many and whose taxa are few. */
export const benchStreaming = (): BenchTable => {
  const dir = mkdtempSync(join(tmpdir(), 'benchmark streaming '))
  try {
    const truth = makeProfileTruth(dir)
    const rows = PROFILE_FILES.map((name) => {
      const file = makeProfile(dir, name, BYTES)
      const bytes = statSync(file).size
      const used = runMeasured(dir, 'score', '--type', 'diversity-analysis', '--truth', truth, '--prediction', file)
      rmSync(file)
      return [
        name,
        `${(bytes / 1e9).toFixed(2)} GB`,
        `${(used.peakBytes / 1e6).toFixed(0)} MB`,
        '< 300 MB',
        `${used.cpuSeconds.toFixed(1)} s`,
        `${used.wallSeconds.toFixed(1)} s`,
      ]
    })
    return {
      title: 'Memory for large profiles: `benchmark score`, whole process',
      head: ['file', 'size', 'peak memory', 'target', 'CPU time', 'wall time'],
      rows,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
