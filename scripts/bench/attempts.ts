import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalExecutor } from '../../src/exec/local/executor.ts'
import { childCpuSeconds } from './child-cpu.ts'
import type { BenchTable } from './table.ts'

const ATTEMPTS = 200

interface Cost {
  readonly ownMs: number
  readonly childrenMs: number
  readonly wallMs: number
}

/** What starting, watching and collecting one attempt of `true` costs the executor alone, against a bare shell. */
export const benchAttempts = async (): Promise<BenchTable> => {
  const dir = mkdtempSync(join(tmpdir(), 'benchmark attempts '))
  try {
    const executor = createLocalExecutor({ environment: process.env, version: 'bench', resultsDir: dir })
    const attempt = async (index: number): Promise<void> => {
      const attemptId = `attempt-${process.pid}-${index}`
      const limits = { timeoutMs: 3_600_000, memoryBytes: null, logBytes: 2 ** 20 }
      const folders = { cwd: dir, dir: join(dir, attemptId), stdoutFile: null }
      const spec = { attemptId, argv: ['true'], env: {}, ...folders, limits, cpus: 1, sampleIntervalMs: null }
      const { state } = await executor.wait(await executor.start(spec), spec, new AbortController().signal)
      if (state !== 'succeeded') throw new Error(`an attempt of true ended as ${state}`)
    }
    const shell = (): Promise<unknown> =>
      new Promise((resolve) => spawn('/bin/sh', ['-c', '/bin/true'], { stdio: 'ignore' }).once('exit', resolve))

    for (let index = 0; index < 20; index++) await attempt(-index - 1) // until the code is compiled
    const bare = await costOf(shell)
    const ours = await costOf(attempt)
    const row = (what: string, cost: Cost): string[] => [
      what,
      ms(cost.ownMs),
      ms(cost.childrenMs),
      ms(cost.ownMs + cost.childrenMs),
      ms(cost.wallMs),
    ]
    const more = {
      ownMs: ours.ownMs - bare.ownMs,
      childrenMs: ours.childrenMs - bare.childrenMs,
      wallMs: ours.wallMs - bare.wallMs,
    }
    return {
      title: `One attempt of \`true\` by the local executor, mean of ${ATTEMPTS}`,
      head: ['what', 'CPU of node', 'CPU of children', 'CPU together', 'wall time'],
      rows: [
        row('spawning `sh -c /bin/true`', bare),
        row('an attempt, with a time limit', ours),
        row('difference (target: CPU ≤ 25 ms)', more),
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const ms = (value: number): string => `${value.toFixed(1)} ms`

const costOf = async (act: (index: number) => Promise<unknown>): Promise<Cost> => {
  const [own, children, wall] = [process.cpuUsage(), childCpuSeconds(), performance.now()]
  for (let index = 0; index < ATTEMPTS; index++) await act(index)
  const { user, system } = process.cpuUsage(own)
  return {
    ownMs: (user + system) / 1000 / ATTEMPTS,
    childrenMs: ((childCpuSeconds() - children) * 1000) / ATTEMPTS,
    wallMs: (performance.now() - wall) / ATTEMPTS,
  }
}
