import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttemptOutcome, AttemptSpec, Executor } from '../../src/app/ports.ts'
import { createLocalExecutor, type LocalExecutorOptions } from '../../src/exec/local/executor.ts'
import { packageRoot, tempDir } from './harness.ts'

/** Real processes with short patience. */
export const localExecutor = (dir: string, more: Partial<LocalExecutorOptions> = {}): Executor =>
  createLocalExecutor({
    environment: process.env,
    version: 'test',
    resultsDir: dir,
    graceMs: 300,
    leftoverGraceMs: 200,
    forceMs: 3000,
    ...more,
  })

export const NO_LIMITS: AttemptSpec['limits'] = { timeoutMs: null, memoryBytes: null, logBytes: 64 * 2 ** 20 }

/** An attempt of `argv` in a folder of its own inside `dir`. */
export const attempt = (dir: string, argv: readonly string[], more: Partial<AttemptSpec> = {}): AttemptSpec => {
  const attemptId = randomUUID()
  return {
    attemptId,
    argv,
    cwd: dir,
    env: {},
    dir: join(dir, 'attempts', attemptId),
    stdoutFile: null,
    limits: NO_LIMITS,
    cpus: 1,
    sampleIntervalMs: null,
    ...more,
  }
}

export const shell = (script: string): readonly string[] => ['sh', '-c', script]

export const never = new AbortController().signal

export const runAttempt = async (
  executor: Executor,
  spec: AttemptSpec,
  signal: AbortSignal = never,
): Promise<AttemptOutcome> => executor.wait(await executor.start(spec), spec, signal)

export const log = (spec: AttemptSpec, name = 'stdout.log'): string => readFileSync(join(spec.dir, name), 'utf8')

/** Living processes whose environment carries the marker of an attempt. */
export const marked = (attemptId: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const state = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.[0]
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
        return state !== 'Z' && environment.includes(`BENCHMARK_ATTEMPT=${attemptId}`)
      } catch {
        return false
      }
    })
    .map(Number)

export const until = async (condition: () => boolean, ms = 5000): Promise<void> => {
  for (const start = performance.now(); !condition(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (performance.now() - start > ms) throw new Error('waited in vain')
}

/** The program of known memory and CPU time, or null where there is no C compiler. */
export const compileProbe = (): string | null => {
  const binary = join(tempDir('probe'), 'probe')
  try {
    execFileSync('cc', ['-O1', '-o', binary, join(packageRoot, 'test/fixtures/exec/probe.c')], { stdio: 'pipe' })
  } catch {
    return null
  }
  return existsSync(binary) ? binary : null
}
