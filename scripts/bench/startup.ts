import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuOf } from './child-cpu.ts'
import type { BenchTable } from './table.ts'

const RUN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'run.js')
const CALLS = 20

/** CPU time of starting the program, against bare Node doing nothing. */
export const benchStartup = (): BenchTable => {
  const node = cpuOf([process.execPath, '-e', '0'], CALLS)
  const rows = ['--version', '--help'].map((flag) => {
    const ours = cpuOf([process.execPath, RUN, flag], CALLS)
    return [
      `benchmark ${flag}`,
      `${(ours * 1000).toFixed(0)} ms`,
      `${(node * 1000).toFixed(0)} ms (node -e 0)`,
      `${(ours / node).toFixed(2)} ×`,
      '≤ 2.5 ×',
    ]
  })
  return { title: `Start-up, CPU time, mean of ${CALLS}`, head: ['what', 'ours', 'baseline', 'ratio', 'target'], rows }
}
