import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuOf } from './child-cpu.ts'
import type { BenchTable } from './table.ts'

const RUN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'run.js')
const EXECUTIONS = 200

/** CPU time of ours for each execution of a program that does nothing, beyond a shell that starts it as often. */
export const benchExecutions = (): BenchTable => {
  const dir = mkdtempSync(join(tmpdir(), 'benchmark bench '))
  try {
    writeFileSync(join(dir, 'contigs.fasta'), '>c1\nACGT\n')
    const ids = Array.from({ length: EXECUTIONS }, (_, index) => `S${index + 1}`)
    writeFileSync(join(dir, 'samples.csv'), `sample,fasta\n${ids.map((id) => `${id},contigs.fasta\n`).join('')}`)
    writeFileSync(
      join(dir, 'config.yaml'),
      'benchmark:\n  project: {name: bench, type: amr-detection}\n  pipelines:\n    - {name: nothing, command: "true"}\n',
    )
    const options = ['run', '--config', 'config.yaml', '--input', 'samples.csv', '--max-parallel', '2', '--no-cache']
    const ours = cpuOf([process.execPath, RUN, ...options], 1, { cwd: dir })
    const one = cpuOf([process.execPath, RUN, ...options, '--sample', 'S1'], 3, { cwd: dir })
    const shell = cpuOf(['/bin/sh', '-c', `i=0; while [ $i -lt ${EXECUTIONS} ]; do /bin/true; i=$((i+1)); done`], 3)
    const each = ((ours - shell) / EXECUTIONS) * 1000
    const marginal = ((ours - one - shell) / (EXECUTIONS - 1)) * 1000
    return {
      title: `${EXECUTIONS} executions of \`true\`, --max-parallel 2, CPU time`,
      head: ['what', 'ours', 'baseline', 'ours for each execution', 'target'],
      rows: [
        [
          'whole command, start-up included',
          `${ours.toFixed(2)} s`,
          `${shell.toFixed(2)} s (plain sh)`,
          `${each.toFixed(1)} ms`,
          '≤ 25 ms',
        ],
        ['without start-up and shut-down', `${(ours - one).toFixed(2)} s`, '', `${marginal.toFixed(1)} ms`, ''],
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
