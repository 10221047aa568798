import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChildCost, costInTurns, median } from './child-cost.ts'
import { makeReport } from './make-report.ts'
import type { BenchTable } from './table.ts'

const ROWS = 1_000_000
const ROUNDS = 3
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Reading and scoring a combined report of a million rows, against Python's csv module reading the same rows. */
export const benchReport = (): BenchTable => {
  const dir = mkdtempSync(join(tmpdir(), 'benchmark report '))
  try {
    const { report, truth } = makeReport(dir, ROWS)
    const [python = [], reading = [], alone = [], whole = []] = costInTurns(
      [
        ['python3', here('read-report.py'), report],
        [process.execPath, here('read-report.mjs'), report, truth],
        [process.execPath, here('score-report.mjs'), report, truth],
        [process.execPath, here('../../bin/run.js'), 'score', '--truth', truth, '--prediction', report],
      ],
      ROUNDS,
    )
    const row = (what: string, ours: readonly ChildCost[], of: keyof ChildCost, target: string): string[] => {
      const [own, baseline] = [ours, python].map((costs) => median(costs.map((cost) => cost[of]))) as [number, number]
      return [what, `${own.toFixed(2)} s`, `${baseline.toFixed(2)} s`, `${(baseline / own).toFixed(1)} ×`, target]
    }
    const megabytes = (statSync(report).size / 1e6).toFixed(0)
    return {
      title: `hAMRonization report of ${ROWS} rows (${megabytes} MB) read and scored, median of ${ROUNDS} in turns`,
      head: ['what', 'ours', 'Python csv.DictReader, reading only', 'ratio', 'target'],
      rows: [
        row('reading alone, wall time', reading, 'workWall', '≥ 20 ×'),
        row('reading alone, CPU time', reading, 'workCpu', ''),
        row('reading and scoring alone, wall time', alone, 'workWall', ''),
        row('reading and scoring alone, CPU time', alone, 'workCpu', ''),
        row('whole process, CPU time', whole, 'cpu', ''),
        row('whole process, wall time', whole, 'wall', ''),
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
