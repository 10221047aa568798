import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuInTurns } from './child-cpu.ts'
import type { BenchTable } from './table.ts'

const RUN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'run.js')
const ROUNDS = 8

/** CPU time of starting the program, against bare Node doing nothing. */
export const benchStartup = (): BenchTable => {
  const flags = ['--version', '--help']
  const [node = 0, ...ours] = cpuInTurns(
    [[process.execPath, '-e', '0'], ...flags.map((flag) => [process.execPath, RUN, flag])],
    ROUNDS,
  )
  const rows = flags.map((flag, index) => {
    const own = ours[index] ?? 0
    const baseline = `${(node * 1000).toFixed(0)} ms (node -e 0)`
    return [`benchmark ${flag}`, `${(own * 1000).toFixed(0)} ms`, baseline, `${(own / node).toFixed(2)} ×`, '≤ 2.5 ×']
  })
  return {
    title: `Start-up, CPU time, mean of ${ROUNDS * 3} calls in turns`,
    head: ['what', 'ours', 'baseline', 'ratio', 'target'],
    rows,
  }
}
