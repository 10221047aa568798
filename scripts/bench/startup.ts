import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuInTurns } from './child-cpu.ts'
import type { BenchTable } from './table.ts'

const RUN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'run.js')
const ROUNDS = 8

/** CPU time of starting the program, against bare Node doing nothing. `list`: of a project without runs. */
export const benchStartup = (): BenchTable => {
  const empty = mkdtempSync(join(tmpdir(), 'benchmark-startup-'))
  try {
    return startupOf([['--version'], ['--help'], ['list', '--project', empty]])
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
}

// What is asked before anything else, and what opens a database.
const TARGETS: Readonly<Record<string, string>> = { '--version': '≤ 2.5 ×', '--help': '≤ 2.5 ×', list: '≤ 4 ×' }

const startupOf = (commands: readonly (readonly string[])[]): BenchTable => {
  const [node = 0, ...ours] = cpuInTurns(
    [[process.execPath, '-e', '0'], ...commands.map((argv) => [process.execPath, RUN, ...argv])],
    ROUNDS,
  )
  const rows = commands.map(([command = ''], index) => {
    const own = ours[index] ?? 0
    const baseline = `${(node * 1000).toFixed(0)} ms (node -e 0)`
    const ratio = `${(own / node).toFixed(2)} ×`
    return [`benchmark ${command}`, `${(own * 1000).toFixed(0)} ms`, baseline, ratio, TARGETS[command] ?? '']
  })
  return {
    title: `Start-up, CPU time, mean of ${ROUNDS * 3} calls in turns`,
    head: ['what', 'ours', 'baseline', 'ratio', 'target'],
    rows,
  }
}
