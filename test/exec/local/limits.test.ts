import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempDir } from '../../support/harness.ts'
import {
  attempt,
  compileProbe,
  localExecutor,
  log,
  marked,
  NO_LIMITS,
  runAttempt,
  shell,
  until,
} from '../../support/local-executor.ts'

const dir = tempDir('limits')
const executor = localExecutor(dir)
const probe = process.platform === 'linux' ? compileProbe() : null

describe('the time limit', () => {
  test('ends a hanging command and its children, and keeps what was measured', async () => {
    const limits = { ...NO_LIMITS, timeoutMs: 400 }
    const spec = attempt(dir, shell('sleep 60 & sleep 60'), { limits })
    const outcome = await runAttempt(executor, spec)
    expect(outcome).toMatchObject({ state: 'timed_out', reason: 'ran longer than the limit of 400 ms' })
    expect(outcome.resources?.wallSeconds).toBeGreaterThanOrEqual(0.38)
    expect(outcome.resources?.wallSeconds).toBeLessThan(3)
    expect(outcome.resources?.peakRssBytes).toBeGreaterThan(500_000)
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('lets a command end in its own way on SIGTERM', async () => {
    const limits = { ...NO_LIMITS, timeoutMs: 200 }
    const spec = attempt(dir, shell('trap "echo tidied up; exit 3" TERM; while :; do sleep 0.02; done'), { limits })
    expect(await runAttempt(executor, spec)).toMatchObject({ state: 'timed_out', exitCode: 3 })
    expect(log(spec)).toBe('tidied up\n')
  })

  test('forces those who ignore SIGTERM, children in a session of their own included', async () => {
    const limits = { ...NO_LIMITS, timeoutMs: 200 }
    const stubborn = `trap "" TERM; sleep 60 & setsid sh -c 'trap "" TERM; sleep 60; :' & sleep 60; sleep 60`
    const spec = attempt(dir, shell(stubborn), { limits })
    const outcome = await runAttempt(executor, spec)
    expect(outcome).toMatchObject({ state: 'timed_out', exitCode: 137, warnings: [] })
    expect(outcome.resources?.method.cpu).not.toBeNull()
    expect(marked(spec.attemptId)).toEqual([])
  })
})

describe('the memory limit', () => {
  const hungry = (mb: number): readonly string[] => [
    process.execPath,
    '-e',
    `const b = Buffer.alloc(${mb} * 1024 * 1024, 1); setTimeout(() => b.length, 20000)`,
  ]

  test('ends a command that needs more, and says how much', async () => {
    const limits = { ...NO_LIMITS, memoryBytes: 150e6 }
    const spec = attempt(dir, hungry(250), { limits })
    const outcome = await runAttempt(executor, spec)
    expect(outcome.state).toBe('memory_exceeded')
    // It may be caught while it still grows.
    const used = /^used (\d\.\d\d) GB of memory, the limit is 0\.15 GB$/.exec(outcome.reason ?? '')?.[1]
    expect(Number(used)).toBeGreaterThanOrEqual(0.15)
    expect(Number(used)).toBeLessThan(0.4)
    expect(outcome.resources?.peakRssBytes).toBeGreaterThan(150e6)
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('lets a command that needs less go on', async () => {
    const limits = { ...NO_LIMITS, memoryBytes: 500e6 }
    const script = 'const b = Buffer.alloc(1e8, 1); setTimeout(() => b.length, 500)'
    expect(await runAttempt(executor, attempt(dir, [process.execPath, '-e', script], { limits }))).toMatchObject({
      state: 'succeeded',
    })
  })
})

describe.skipIf(probe === null)('shared memory and the memory limit (needs a C compiler)', () => {
  test('shared pages are not held against a command twice', async () => {
    const limits = { ...NO_LIMITS, memoryBytes: 250e6 } // 105 MB shared by five processes: the plain sum is 524 MB
    const argv = [probe ?? '', join(dir, 'truth'), 'shared', '4', '100', '1500']
    const outcome = await runAttempt(executor, attempt(dir, argv, { limits }))
    expect(outcome).toMatchObject({ state: 'succeeded' })
    expect(outcome.resources?.peakRssSumBytes).toBeGreaterThan(500e6)
  })

  test('memory of several processes is added up against it', async () => {
    const limits = { ...NO_LIMITS, memoryBytes: 250e6 }
    const argv = [probe ?? '', join(dir, 'truth'), 'concurrent', '4', '100', '20000', '0']
    expect(await runAttempt(executor, attempt(dir, argv, { limits }))).toMatchObject({ state: 'memory_exceeded' })
  })
})

describe('the log limit', () => {
  test('keeps head and tail of a flood and says how much is gone', async () => {
    const limits = { ...NO_LIMITS, logBytes: 200_000 }
    const flood = 'i=0; while [ $i -lt 60000 ]; do echo "line $i"; i=$((i+1)); done; sleep 0.4; echo last words'
    const spec = attempt(dir, shell(flood), { limits, sampleIntervalMs: 50 })
    const outcome = await runAttempt(executor, spec)
    expect(outcome.state).toBe('succeeded')
    const text = log(spec)
    expect(statSync(join(spec.dir, 'stdout.log')).size).toBeLessThan(200_000)
    expect(text).toMatch(/^line 0\nline 1\n/)
    expect(text).toMatch(/line 59999\nlast words\n$/)
    const dropped = Number(/benchmark: at least (\d+) bytes of this log were dropped/.exec(text)?.[1])
    const whole = Array.from({ length: 60_000 }, (_, index) => `line ${index}\n`.length).reduce((sum, n) => sum + n, 11)
    const note = /\n\[benchmark: .*\]\n/.exec(text)?.[0].length ?? 0
    const gone = whole - (text.length - note)
    expect(dropped).toBeLessThanOrEqual(gone)
    expect(dropped).toBeGreaterThan(0.9 * gone)
    expect(outcome.warnings).toEqual([`at least ${dropped} bytes of stdout.log were dropped (log limit)`])
    expect(existsSync(join(spec.dir, 'stdout.log.head'))).toBe(false)
  })

  test('of a flood shorter than the first look holds too', async () => {
    const limits = { ...NO_LIMITS, logBytes: 100_000 }
    const spec = attempt(dir, shell('head -c 2000000 /dev/zero'), { limits })
    expect(await runAttempt(executor, spec)).toMatchObject({ state: 'succeeded' })
    expect(statSync(join(spec.dir, 'stdout.log')).size).toBeLessThan(100_000)
  })
})

describe('a control group for each attempt', () => {
  // The kernel's part is played by the command: the files it would fill are in the group's folder.
  const withGroups = localExecutor(dir, { cgroupParent: dir })
  const grouped = (script: string, limits = NO_LIMITS): ReturnType<typeof attempt> => {
    const spec = attempt(dir, ['true'], { limits })
    const group = join(dir, `benchmark-${spec.attemptId}`)
    return { ...spec, argv: shell(script.replaceAll('GROUP', `'${group}'`)) }
  }

  test('is joined by the shim, is told the limit, and its peak is reported', async () => {
    const spec = grouped('cat GROUP/memory.max; echo 5000000 > GROUP/memory.peak', { ...NO_LIMITS, memoryBytes: 1e9 })
    const handle = await withGroups.start(spec)
    const outcome = await withGroups.wait(handle, spec, new AbortController().signal)
    expect(outcome.resources?.cgroupPeakBytes).toBe(5_000_000)
    expect(readFileSync(join(dir, `benchmark-${spec.attemptId}`, 'cgroup.procs'), 'utf8')).toBe(`${handle.pid}\n`)
    expect(log(spec)).toBe('1000000000')
  })

  test('tells for certain that memory ran out', async () => {
    const spec = grouped('echo "oom_kill 1" > GROUP/memory.events; exit 1')
    expect(await runAttempt(withGroups, spec)).toMatchObject({ state: 'oom_killed', exitCode: 1 })
  })
})

describe('cancelling', () => {
  test('ends the tree and says so', async () => {
    const abort = new AbortController()
    const spec = attempt(dir, shell('sleep 60 | cat'))
    const running = runAttempt(executor, spec, abort.signal)
    await until(() => marked(spec.attemptId).length >= 4)
    abort.abort()
    expect(await running).toMatchObject({ state: 'cancelled', exitCode: 143 })
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('works before the wait has begun', async () => {
    const spec = attempt(dir, shell('sleep 60'))
    expect(await runAttempt(executor, spec, AbortSignal.abort())).toMatchObject({ state: 'cancelled' })
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('kill forces at once, also those who ignore SIGTERM', async () => {
    const spec = attempt(dir, shell('trap "" TERM; sleep 60; sleep 60'))
    const handle = await executor.start(spec)
    const outcome = executor.wait(handle, spec, new AbortController().signal)
    await until(() => marked(spec.attemptId).length === 3)
    expect(await executor.kill(handle)).toEqual([])
    expect(await outcome).toMatchObject({ state: 'cancelled', exitCode: 137 })
    expect(marked(spec.attemptId)).toEqual([])
  })
})

describe('what a command leaves behind', () => {
  test('a daemon in a session of its own is found, counted and ended', async () => {
    const spec = attempt(dir, shell('(setsid sh -c "sleep 60; :" &) ; sleep 0.3'))
    const outcome = await runAttempt(executor, spec)
    expect(outcome).toMatchObject({ state: 'succeeded' })
    expect(outcome.warnings).toEqual(['2 processes were still running after the end, and ended'])
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('also when the command itself was too short to be looked at', async () => {
    const spec = attempt(dir, shell('setsid sleep 60 & exit 0'))
    const outcome = await runAttempt(executor, spec)
    expect(outcome.warnings).toEqual(['1 process was still running after the end, and ended'])
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('a stubborn one is forced', async () => {
    const spec = attempt(dir, shell(`setsid sh -c 'trap "" TERM; touch ready; sleep 60; sleep 60' & sleep 0.3`))
    const outcome = await runAttempt(executor, spec)
    expect(outcome.warnings).toHaveLength(1)
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('processes of others are left alone', async () => {
    const bystander = attempt(dir, shell('sleep 2'))
    const handle = await executor.start(bystander)
    const spec = attempt(dir, shell('setsid sleep 60 & sleep 0.1'))
    await runAttempt(executor, spec)
    const alive = readFileSync(`/proc/${handle.pid}/stat`, 'latin1')
    expect(alive).toContain(` ${handle.startTicks} `)
    await executor.kill(handle)
    await executor.wait(handle, bystander, new AbortController().signal)
  })
})
