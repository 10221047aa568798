import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { executorContract } from '../../contracts/executor.ts'
import { tempDir } from '../../support/harness.ts'
import {
  attempt,
  localExecutor,
  log,
  marked,
  never,
  NO_LIMITS,
  runAttempt,
  shell,
  until,
} from '../../support/local-executor.ts'

const dir = tempDir('executor')
const executor = localExecutor(dir)

describe('the contract of executors', () => executorContract(executor, dir))

describe('how an attempt ends', () => {
  test('a success carries its logs, its times and its handle', async () => {
    const spec = attempt(dir, shell('echo out; echo err >&2; sleep 0.2'))
    const handle = await executor.start(spec)
    expect(handle).toMatchObject({ kind: 'process', host: hostname(), marker: spec.attemptId, dir: spec.dir })
    const outcome = await executor.wait(handle, spec, never)
    expect(outcome).toMatchObject({ state: 'succeeded', reason: null, exitCode: 0, signal: null, warnings: [] })
    expect(log(spec)).toBe('out\n')
    expect(log(spec, 'stderr.log')).toBe('err\n')
    expect(outcome.resources?.wallSeconds).toBeGreaterThanOrEqual(0.19)
    expect(outcome.resources?.wallSeconds).toBeLessThan(5)
    const took = Date.parse(outcome.finishedAt ?? '') - Date.parse(outcome.startedAt ?? '')
    expect(took / 1000).toBeCloseTo(outcome.resources?.wallSeconds ?? 0, 2)
  })

  test('a command ended by a signal is a failure that names the signal', async () => {
    const outcome = await runAttempt(executor, attempt(dir, shell('kill -SEGV $$')))
    expect(outcome).toMatchObject({ state: 'failed', exitCode: 139, signal: 'SIGSEGV' })
    expect(outcome.reason).toContain('SIGSEGV')
  })

  test('a failure quotes the last line the program wrote to stderr', async () => {
    const script = 'echo out; printf "one\\n  E: no such database \\n\\n" >&2; exit 3'
    const outcome = await runAttempt(executor, attempt(dir, shell(script)))
    expect(outcome).toMatchObject({ state: 'failed', reason: 'exit status 3: E: no such database' })
    const long = await runAttempt(executor, attempt(dir, shell('printf "%5000s\\n" x | tr " " y >&2; exit 3')))
    expect(long.reason).toBe('exit status 3')
    const fine = await runAttempt(executor, attempt(dir, shell('echo careful >&2')))
    expect(fine).toMatchObject({ state: 'succeeded', reason: null })
  })

  test('exit status 137 without evidence of lacking memory is signal 9, not out of memory', async () => {
    const outcome = await runAttempt(executor, attempt(dir, shell('kill -KILL $$')))
    expect(outcome).toMatchObject({ state: 'failed', exitCode: 137, signal: 'SIGKILL' })
  })

  test('stdout can go to a file of its own, whole, whatever the log limit', async () => {
    const stdoutFile = join(dir, 'new folder', 'calls.tsv')
    const limits = { ...NO_LIMITS, logBytes: 1000 }
    const spec = attempt(dir, shell('head -c 300000 /dev/zero; sleep 0.3'), { stdoutFile, limits })
    expect((await runAttempt(executor, spec)).warnings).toEqual([])
    expect(readFileSync(stdoutFile)).toHaveLength(300_000)
    expect(existsSync(join(spec.dir, 'stdout.log'))).toBe(false)
  })

  test('arguments arrive untouched', async () => {
    const words = ['a b', '*', '$HOME', '"', "'", '', '-n', 'é\n2']
    const spec = attempt(dir, ['printf', '[%s]', ...words])
    await runAttempt(executor, spec)
    expect(log(spec)).toBe(words.map((word) => `[${word}]`).join(''))
  })

  test('a program named like a shell builtin is the program', async () => {
    const bin = join(dir, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'exit'), '#!/bin/sh\necho not the builtin\n')
    chmodSync(join(bin, 'exit'), 0o755)
    const spec = attempt(dir, ['exit', '3'], { env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } })
    expect(await runAttempt(executor, spec)).toMatchObject({ state: 'succeeded' })
    expect(log(spec)).toBe('not the builtin\n')
  })

  test('stdin is empty, and SIGINT keeps its default action', async () => {
    const spec = attempt(dir, shell('cat; kill -INT $$; echo survived'))
    expect(await runAttempt(executor, spec)).toMatchObject({ state: 'failed', signal: 'SIGINT' })
    expect(log(spec)).toBe('')
  })
})

describe('a command that cannot start', () => {
  const refused = async (argv: readonly string[], cwd = dir): Promise<string | null> => {
    const outcome = await runAttempt(executor, attempt(dir, argv, { cwd }))
    expect(outcome).toMatchObject({ state: 'start_failed', exitCode: null, resources: null, startedAt: null })
    return outcome.reason
  }

  test('says which program is missing', async () => {
    expect(await refused(['no-such-tool', '--version'])).toBe(
      'The program "no-such-tool" is not installed, or not on the PATH.',
    )
    expect(await refused(['./here/tool'])).toBe('The program ./here/tool does not exist.')
  })

  test('says which permission is missing', async () => {
    writeFileSync(join(dir, 'plain.sh'), '#!/bin/sh\n')
    chmodSync(join(dir, 'plain.sh'), 0o644)
    expect(await refused(['./plain.sh'])).toContain('chmod +x')
  })

  test('says which folder is missing', async () => {
    expect(await refused(['true'], join(dir, 'nowhere'))).toContain(`${join(dir, 'nowhere')} does not exist`)
  })

  test('says which interpreter is missing', async () => {
    const scripts = { 'direct.py': '#!/opt/none/python9\n', 'env.py': '#!/usr/bin/env -S python9 -u\n' }
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(join(dir, name), text)
      chmodSync(join(dir, name), 0o755)
      expect(await refused([`./${name}`])).toContain('python9, which is not installed')
    }
  })

  test("a program's own exit status 127 is its own failure", async () => {
    expect(await runAttempt(executor, attempt(dir, shell('exit 127')))).toMatchObject({
      state: 'failed',
      exitCode: 127,
    })
  })

  test('a command line that is too long is said to be so', async () => {
    expect(await refused(['true', 'x'.repeat(3_000_000)])).toContain('longer than this system allows')
  })

  test('is remembered: a later runner learns the same', async () => {
    const spec = attempt(dir, ['no-such-tool'])
    const handle = await executor.start(spec)
    const later = localExecutor(dir)
    expect(await later.start(spec)).toEqual(handle)
    expect(await later.reattach(handle)).toBe('finished')
    expect(await later.kill(handle)).toEqual([])
    expect(await later.wait(handle, spec, never)).toMatchObject({ state: 'start_failed' })
  })
})

describe('starting twice', () => {
  test('by another runner, during and after, never runs the command again', async () => {
    const spec = attempt(dir, shell('echo once; sleep 0.4'))
    const handle = await executor.start(spec)
    await until(() => existsSync(join(spec.dir, 'started.json')))
    const other = localExecutor(dir)
    expect(await other.start(spec)).toEqual(handle)
    await executor.wait(handle, spec, never)
    expect(await localExecutor(dir).start(spec)).toEqual(handle)
    expect(log(spec)).toBe('once\n')
  })

  test('by two runners at the same moment runs it once, and both know which process it is', async () => {
    const spec = attempt(dir, shell('echo once; sleep 0.3'))
    const other = localExecutor(dir)
    const [mine, theirs] = await Promise.all([executor.start(spec), other.start(spec)])
    expect(theirs).toEqual(mine)
    const outcomes = await Promise.all([executor.wait(mine, spec, never), other.wait(theirs, spec, never)])
    expect(outcomes.map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
    expect(log(spec)).toBe('once\n')
  })

  test('runs at last what a restart of the machine kept from starting', async () => {
    const spec = attempt(dir, shell('echo at last'))
    mkdirSync(spec.dir, { recursive: true })
    const intent = { attempt: spec.attemptId, host: hostname(), bootId: 'before', argv: spec.argv, cwd: spec.cwd }
    writeFileSync(join(spec.dir, 'intent.json'), `${JSON.stringify(intent)}\n`)
    const handle = await executor.start(spec)
    expect(handle.bootId).not.toBe('before')
    expect(await executor.wait(handle, spec, never)).toMatchObject({ state: 'succeeded' })
    expect(await localExecutor(dir).start(spec)).toEqual(handle)
  })

  test('refuses a folder that belongs to another attempt', async () => {
    const spec = attempt(dir, shell('true'))
    await runAttempt(executor, spec)
    await expect(executor.start({ ...spec, attemptId: 'another' })).rejects.toMatchObject({ code: 'E_EXECUTOR' })
  })
})

test('several attempts run side by side, know of each other and are counted', async () => {
  const specs = Array.from({ length: 4 }, (_, index) => attempt(dir, shell(`sleep 0.3; exit ${index}`)))
  const running = specs.map((spec) => runAttempt(executor, spec))
  await until(() => executor.active === 4)
  const outcomes = await Promise.all(running)
  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 1, 2, 3])
  expect(outcomes.map(({ resources }) => resources?.noise?.coRunning)).toEqual([3, 3, 3, 3])
  expect(executor.active).toBe(0)
  for (const { attemptId } of specs) expect(marked(attemptId)).toEqual([])
})
