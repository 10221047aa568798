import type { AttemptOutcome, AttemptSpec, Executor, Files } from './ports.ts'

/** One thing the instrument measured on a program that knows the truth. */
export interface SelfTestFigure {
  readonly figure: 'memory' | 'cpu_time' | 'bytes_written' | 'exit_status' | 'time_limit'
  readonly unit: 'bytes' | 'seconds' | 'status'
  readonly expected: number
  /** Null: could not be measured here. */
  readonly measured: number | null
  /** |measured - expected| / expected in percent; null without a measurement. */
  readonly errorPercent: number | null
  readonly tolerancePercent: number
  readonly isOk: boolean
}

export interface SelfTest {
  readonly isOk: boolean
  readonly figures: readonly SelfTestFigure[]
}

export interface SelfTestDeps {
  readonly executor: Executor
  readonly files: Files
}

export interface SelfTestInput {
  /** A folder to work in; removed afterwards. */
  readonly folder: string
  /** Node and the program of known cost. */
  readonly nodePath: string
  readonly program: string
  /** Marks this test's processes. */
  readonly id: string
}

const MEGABYTE = 2 ** 20
const [SMALL_MB, BIG_MB, WRITTEN_MB] = [16, 316, 20]
const CPU_MS = 500
const STATUS = 7
const LIMIT_MS = 500

/**
 * Runs a small program of known cost under the real executor and compares. Node itself needs memory nobody knows
 * exactly, so two runs are compared with each other: what differs between them is known to the byte. CPU time is
 * compared with what the program's own accounting (getrusage) says.
 */
export const selfTest = async ({ executor, files }: SelfTestDeps, input: SelfTestInput): Promise<SelfTest> => {
  const { folder } = input
  const attempt = async (name: string, args: readonly (string | number)[], timeoutMs: number): Promise<Attempted> => {
    const dir = `${folder}/${name}`
    files.makeDir(dir)
    const spec: AttemptSpec = {
      attemptId: `${input.id}-${name}`,
      argv: [input.nodePath, input.program, ...args.map(String)],
      cwd: dir,
      env: {},
      dir,
      stdoutFile: null,
      limits: { timeoutMs, memoryBytes: null, logBytes: MEGABYTE },
      cpus: 1,
      sampleIntervalMs: null,
    }
    const outcome = await executor.wait(await executor.start(spec), spec, new AbortController().signal)
    return { outcome, said: files.readText(`${dir}/stdout.log`) }
  }
  try {
    const small = await attempt('small', [SMALL_MB, 0, 0, 'written', 0], 60_000)
    const big = await attempt('big', [BIG_MB, CPU_MS, WRITTEN_MB, 'written', STATUS], 60_000)
    const hanging = await attempt('hanging', [1, 600_000, 0, 'written', 0], LIMIT_MS)
    const [less, more] = [small.outcome.resources, big.outcome.resources]
    const figures = [
      figure('memory', 'bytes', (BIG_MB - SMALL_MB) * MEGABYTE, minus(more?.peakRssBytes, less?.peakRssBytes), 5),
      figure('cpu_time', 'seconds', cpuSecondsSaid(big.said), more?.cpuSeconds ?? null, 10),
      figure(
        'bytes_written',
        'bytes',
        WRITTEN_MB * MEGABYTE,
        minus(more?.writtenCharsBytes, less?.writtenCharsBytes),
        1,
      ),
      figure('exit_status', 'status', STATUS, big.outcome.exitCode, 0),
      figure('time_limit', 'seconds', LIMIT_MS / 1000, stoppedAfter(hanging.outcome), 100),
    ]
    // What this machine cannot count is no fault of the instrument; the checks beside this test tell of it.
    return { isOk: figures.every(({ isOk, measured }) => isOk || measured === null), figures }
  } finally {
    files.removeTree(folder)
  }
}

interface Attempted {
  readonly outcome: AttemptOutcome
  readonly said: string
}

const figure = (
  name: SelfTestFigure['figure'],
  unit: SelfTestFigure['unit'],
  expected: number,
  measured: number | null,
  tolerancePercent: number,
): SelfTestFigure => {
  const errorPercent = measured === null ? null : (Math.abs(measured - expected) / expected) * 100
  return {
    figure: name,
    unit,
    expected,
    measured,
    errorPercent,
    tolerancePercent,
    isOk: errorPercent !== null && errorPercent <= tolerancePercent,
  }
}

const minus = (more: number | null | undefined, less: number | null | undefined): number | null =>
  typeof more === 'number' && typeof less === 'number' ? more - less : null

const stoppedAfter = ({ state, resources }: AttemptOutcome): number | null =>
  state === 'timed_out' ? (resources?.wallSeconds ?? null) : null

// The program did not get as far as saying it: then the wanted time is all there is to compare with.
const cpuSecondsSaid = (text: string): number => {
  const found = /"cpu_ms":([\d.]+)/.exec(text)
  return (found ? Number(found[1]) : CPU_MS) / 1000
}
