import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Resources } from '../../../src/core/run.ts'
import { tempDir } from '../../support/harness.ts'
import { attempt, compileProbe, localExecutor, runAttempt, shell } from '../../support/local-executor.ts'

const dir = tempDir('measuring')
const executor = localExecutor(dir)
const probe = process.platform === 'linux' ? compileProbe() : null
const MB = 2 ** 20
let run = 0

/** Runs the program of known cost; its own word on its CPU time is the truth. */
const measure = async (...words: (string | number)[]): Promise<Resources & { trueCpuSeconds: number }> => {
  const truth = join(dir, `truth ${run++}`)
  const outcome = await runAttempt(executor, attempt(dir, [probe ?? '', truth, ...words.map(String)]))
  expect(outcome).toMatchObject({ state: 'succeeded', warnings: [] })
  const lines = readFileSync(truth, 'utf8').trim().split('\n').map(Number)
  const trueCpuSeconds = lines.reduce((sum, microseconds) => sum + microseconds, 0) / 1e6
  if (!outcome.resources) throw new Error('no resources')
  return { ...outcome.resources, trueCpuSeconds }
}

/** Within `percent` of the truth, and the fixed cost of `processes` small processes above it. */
const expectClose = (measured: number | null, truth: number, percent: number, processes = 0): void => {
  expect(measured).toBeGreaterThanOrEqual(truth * (1 - percent / 100))
  expect(measured).toBeLessThanOrEqual(truth * (1 + percent / 100) + processes * 1.7 * MB)
}

describe.skipIf(probe === null)('measured against a program of known cost (needs a C compiler)', () => {
  test('memory of processes at the same time adds up; CPU time is that of all of them', async () => {
    const found = await measure('concurrent', 4, 50, 500, 100)
    expectClose(found.peakRssBytes, 200 * MB, 5)
    expectClose(found.peakRssSumBytes, 200 * MB, 5, 5)
    expectClose(found.peakPssBytes, 200 * MB, 3)
    expectClose(found.biggestProcessBytes, 50 * MB, 5, 1)
    // Ticks of 10 ms are cut off at reading, and fork, exit and exec are not in the program's own figure.
    expectClose((found.cpuSeconds ?? 0) + 0.01, found.trueCpuSeconds + 0.01, 10)
    expect(found.method).toMatchObject({ agent: 'local-agent/1', cpu: 'shim-cutime', escapedProcesses: 0 })
    expect(found.cpuEfficiency).toBeCloseTo((found.cpuSeconds ?? 0) / (found.wallSeconds ?? 1), 2)
  })

  test('memory of processes one after the other does not', async () => {
    expectClose((await measure('sequential', 4, 50, 150)).peakRssBytes, 50 * MB, 5, 2)
  })

  test.each(['shared', 'copy-on-write'])(
    '%s pages count once in the headline, and once each in the plain sum',
    async (mode) => {
      const found = await measure(mode, 4, 100, 700)
      expectClose(found.peakRssBytes, 100 * MB, 20, 5)
      expectClose(found.peakRssSumBytes, 500 * MB, 5, 5)
      expect(found.method.memory).toMatch(/^(pss_at_rss_peak|process_hwm)$/)
    },
  )

  test('a spike between two looks is seen while its process lives', async () => {
    const found = await measure('spike', 100, 5, 600)
    expectClose(found.peakRssBytes, 100 * MB, 5, 1)
  })

  test('a daemon is followed: its memory and its CPU time count', async () => {
    const found = await measure('daemon', 60, 800, 200)
    expectClose(found.peakRssBytes, 60 * MB, 5, 2)
    expect(found.method).toMatchObject({ cpu: 'shim-cutime+escaped', escapedProcesses: 1 })
    expectClose(found.cpuSeconds, found.trueCpuSeconds, 15)
  })

  test('many short children lose no CPU time', async () => {
    const found = await measure('many', 60, 5)
    expect(found.cpuSeconds).toBeGreaterThan(0.9 * found.trueCpuSeconds)
    // Each fork, exit and teardown is real work the children cannot see.
    expect(found.cpuSeconds).toBeLessThan(1.1 * found.trueCpuSeconds + 60 * 0.003)
  })

  test('volumes read and written are exact', async () => {
    const file = join(dir, 'big file')
    const written = await measure('write', 40, file)
    expectClose(written.writtenCharsBytes, 40 * MB, 0.1)
    expect(written.writeBytes).toBeGreaterThan(0)
    const read = await measure('read', 40, file)
    expectClose(read.readCharsBytes, 40 * MB, 0.1)
    expect(read.writtenCharsBytes).toBeLessThan(10_000)
  })
})

describe('what can be told of any job', () => {
  test('a job too short to be looked at has no memory figure, never 0', async () => {
    for (let index = 0; index < 5; index++) {
      const { resources } = await runAttempt(executor, attempt(dir, ['true']))
      expect(resources?.method.ticks === 0).toBe(resources?.peakRssBytes === null)
      expect(resources?.peakRssBytes).not.toBe(0)
      expect(resources?.wallSeconds).toBeGreaterThan(0)
    }
  })

  test('a job of a tenth of a second has one', async () => {
    const { resources } = await runAttempt(executor, attempt(dir, shell('sleep 0.15; :')))
    expect(resources?.method.ticks).toBeGreaterThanOrEqual(1)
    expect(resources?.peakRssBytes).toBeGreaterThan(300_000)
  })

  test('an interval asked for is kept', async () => {
    const spec = attempt(dir, shell('sleep 0.6; :'), { sampleIntervalMs: 50 })
    const { resources } = await runAttempt(executor, spec)
    expect(resources?.method.intervalMs).toBe(50)
    expect(resources?.method.ticks).toBeGreaterThanOrEqual(6)
    expect(resources?.method.ticks).toBeLessThanOrEqual(20)
  })

  test('the contention of its time is recorded', async () => {
    const { resources } = await runAttempt(executor, attempt(dir, shell('sleep 0.8; :')))
    const noise = resources?.noise
    for (const share of [noise?.otherCpuShare, noise?.stealShare]) {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
    }
    expect(noise?.loadAverage).toBeGreaterThanOrEqual(0)
    expect(noise?.noisy).toBe((noise?.otherCpuShare ?? 0) > 0.1 || (noise?.stealShare ?? 0) > 0.02)
  })

  test('memory over time is kept as one JSON object a line', async () => {
    const spec = attempt(dir, shell('sleep 0.4; :'), { sampleIntervalMs: 50 })
    const { resources } = await runAttempt(executor, spec)
    const lines = readFileSync(join(spec.dir, 'series.jsonl'), 'utf8').trim().split('\n')
    const series = lines.map((line) => JSON.parse(line) as { from_s: number; rss_max_bytes: number; looks: number })
    expect(series.reduce((sum, { looks }) => sum + looks, 0)).toBe(resources?.method.ticks)
    expect(Math.max(...series.map(({ rss_max_bytes: most }) => most))).toBe(resources?.peakRssSumBytes)
    expect(series.map(({ from_s: from }) => from)).toEqual(
      [...series.map(({ from_s: from }) => from)].sort((a, b) => a - b),
    )
  })

  test('a program with brackets and spaces in its name is measured like any other', async () => {
    const odd = join(dir, 'a) R 1 (b')
    writeFileSync(odd, '#!/bin/sh\nsleep 0.3\n:\n', { mode: 0o755 })
    const { resources } = await runAttempt(executor, attempt(dir, [odd]))
    expect(resources?.peakRssBytes).toBeGreaterThan(300_000)
  })
})

describe('the cost of measuring', () => {
  const ownTicks = (): number => {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ') ?? []
    return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
  }
  const perRun = async (count: number, act: () => Promise<unknown>): Promise<number> => {
    const before = ownTicks()
    for (let index = 0; index < count; index++) await act()
    return ((ownTicks() - before) * 10) / count
  }
  const plain = (): Promise<unknown> =>
    new Promise((resolve) => spawn('/bin/sh', ['-c', 'true'], { stdio: 'ignore' }).once('exit', resolve))

  test.skipIf(process.platform !== 'linux')('of one attempt of `true` is less than 25 ms of CPU', async () => {
    const ours = await perRun(60, () => runAttempt(executor, attempt(dir, ['true'])))
    const bare = await perRun(60, plain)
    expect(ours - bare).toBeLessThan(25)
  })
})
