import { expect, test } from 'vitest'
import type { Executor } from '../../src/app/ports.ts'
import { attempt, log, never, NO_LIMITS, runAttempt, shell } from '../support/local-executor.ts'

/** What every executor promises; call it inside a `describe` of the executor's own test. */
export const executorContract = (executor: Executor, dir: string): void => {
  test('a success: exit status 0, its output kept, its cost measured', async () => {
    const spec = attempt(dir, shell('echo out; sleep 0.1'))
    const outcome = await runAttempt(executor, spec)
    expect(outcome).toMatchObject({ state: 'succeeded', reason: null, exitCode: 0, signal: null })
    expect(log(spec)).toBe('out\n')
    expect(outcome.resources?.wallSeconds).toBeGreaterThan(0.09)
    expect(Date.parse(outcome.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(outcome.startedAt ?? ''))
  })

  test('a failure: its exit status, and a reason', async () => {
    const outcome = await runAttempt(executor, attempt(dir, shell('exit 7')))
    expect(outcome).toMatchObject({ state: 'failed', reason: 'exit status 7', exitCode: 7, signal: null })
  })

  test('a missing program: never started, and says which', async () => {
    const outcome = await runAttempt(executor, attempt(dir, ['no-such-tool']))
    expect(outcome).toMatchObject({ state: 'start_failed', exitCode: null, resources: null })
    expect(outcome.reason).toContain('no-such-tool')
  })

  test('a time limit: stopped, and says so', async () => {
    const limits = { ...NO_LIMITS, timeoutMs: 300 }
    const outcome = await runAttempt(executor, attempt(dir, shell('sleep 60; :'), { limits }))
    expect(outcome.state).toBe('timed_out')
    expect(outcome.reason).toContain('300 ms')
  })

  test('a cancel: stopped, and says so', async () => {
    const abort = new AbortController()
    const spec = attempt(dir, shell('sleep 60; :'))
    const handle = await executor.start(spec)
    expect(await executor.reattach(handle)).toBe('running')
    const running = executor.wait(handle, spec, abort.signal)
    abort.abort()
    expect((await running).state).toBe('cancelled')
  })

  test('a second start of one attempt: the same handle, nothing run again', async () => {
    const spec = attempt(dir, shell('echo once'))
    const handle = await executor.start(spec)
    expect(await executor.start(spec)).toEqual(handle)
    await executor.wait(handle, spec, never)
    expect(await executor.start(spec)).toEqual(handle)
    expect(await executor.reattach(handle)).toBe('finished')
    expect(log(spec)).toBe('once\n')
  })

  test('nothing is active when everything has ended', () => {
    expect(executor.active).toBe(0)
  })
}
