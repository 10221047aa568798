import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { AttemptSpec, ProcessHandle } from '../../../src/app/ports.ts'
import { packageRoot, tempDir } from '../../support/harness.ts'
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

const dir = tempDir('survival')
const executor = localExecutor(dir)

/** Starts an attempt in a runner of its own, and kills that runner with signal 9 when `when` says so. */
const orphan = async (
  spec: AttemptSpec,
  when: () => boolean,
  options: Record<string, unknown> = {},
): Promise<ProcessHandle> => {
  const module = pathToFileURL(join(packageRoot, 'dist/exec/local/executor.js')).href
  const settings = { version: 'test', resultsDir: dir, graceMs: 300, ...options }
  const supervisor = spawn(
    process.execPath,
    [join(packageRoot, 'test/fixtures/exec/supervisor.mjs'), module, JSON.stringify(spec), JSON.stringify(settings)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let printed = ''
  supervisor.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const gone = new Promise((resolve) => supervisor.once('exit', resolve))
  await until(() => printed.includes('\n') && when(), 15_000)
  supervisor.kill('SIGKILL')
  await gone
  return JSON.parse(printed.split('\n')[0] ?? '') as ProcessHandle
}

describe('a runner killed with signal 9', () => {
  test('leaves a job that runs on, whose exact end a later runner collects', async () => {
    const spec = attempt(dir, shell('echo begin; sleep 0.8; echo end; exit 7'))
    const handle = await orphan(spec, () => existsSync(join(spec.dir, 'started.json')))
    expect(await executor.reattach(handle)).toBe('running')
    await until(() => existsSync(join(spec.dir, 'exit.json')))
    expect(await executor.reattach(handle)).toBe('finished')
    const outcome = await executor.wait(handle, spec, never)
    expect(outcome).toMatchObject({ state: 'failed', exitCode: 7, reason: 'exit status 7', warnings: [] })
    expect(log(spec)).toBe('begin\nend\n')
    expect(outcome.resources?.wallSeconds).toBeGreaterThan(0.75)
    expect(outcome.resources?.wallSeconds).toBeLessThan(5)
    expect(outcome.resources?.method.samplingGapSeconds).toBeGreaterThan(0.3)
  })

  test('leaves a running job that a later runner adopts, measures and times out from its real start', async () => {
    const limits = { ...NO_LIMITS, timeoutMs: 3000 }
    const script = 'const b = Buffer.alloc(80e6, 1); setTimeout(() => b.length, 60000)'
    const spec = attempt(dir, [process.execPath, '-e', script], { limits })
    const checkpoint = join(spec.dir, 'checkpoint.json')
    const handle = await orphan(spec, () => existsSync(checkpoint))
    const before = JSON.parse(readFileSync(checkpoint, 'utf8')) as { ticks: number }
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await executor.reattach(handle)).toBe('running')
    const outcome = await executor.wait(handle, spec, never)
    expect(outcome.state).toBe('timed_out')
    expect(outcome.resources?.wallSeconds).toBeGreaterThan(2.9)
    expect(outcome.resources?.wallSeconds).toBeLessThan(8)
    expect(outcome.resources?.peakRssBytes).toBeGreaterThan(80e6)
    expect(outcome.resources?.method.ticks).toBeGreaterThan(before.ticks)
    expect(outcome.resources?.method.samplingGapSeconds).toBeGreaterThan(0.19)
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('does not suspend the time limit: the guardian ends the command in its place', async () => {
    const limits = { ...NO_LIMITS, timeoutMs: 500 }
    const spec = attempt(dir, shell('sleep 60; :'), { limits })
    const handle = await orphan(spec, () => existsSync(join(spec.dir, 'started.json')), { fallbackMs: 0 })
    await until(() => existsSync(join(spec.dir, 'exit.json')), 15_000)
    expect(await executor.reattach(handle)).toBe('finished')
    expect(await executor.wait(handle, spec, never)).toMatchObject({ state: 'timed_out', exitCode: 143 })
  })

  test('and a cancel by a later runner ends the adopted job', async () => {
    const spec = attempt(dir, shell('sleep 60; :'))
    const handle = await orphan(spec, () => existsSync(join(spec.dir, 'started.json')))
    const abort = new AbortController()
    const running = executor.wait(handle, spec, abort.signal)
    setTimeout(() => abort.abort(), 100)
    expect(await running).toMatchObject({ state: 'cancelled' })
    expect(marked(spec.attemptId)).toEqual([])
  })
})

describe('a shim killed with signal 9', () => {
  test('while we watch: the attempt is lost and what it left is ended', async () => {
    const spec = attempt(dir, shell('sleep 60; :'))
    const handle = await executor.start(spec)
    const running = executor.wait(handle, spec, never)
    await until(() => marked(spec.attemptId).length === 3)
    process.kill(handle.pid, 'SIGKILL')
    const outcome = await running
    expect(outcome).toMatchObject({ state: 'lost', exitCode: null })
    expect(outcome.warnings).toEqual(['2 processes were still running after the end, and ended'])
    expect(marked(spec.attemptId)).toEqual([])
  })

  test('together with its runner: reattaching says lost and ends what is left', async () => {
    const spec = attempt(dir, shell('sleep 60; :'))
    const handle = await orphan(spec, () => marked(spec.attemptId).length === 3)
    process.kill(handle.pid, 'SIGKILL')
    await until(() => marked(spec.attemptId).length === 2)
    expect(await executor.reattach(handle)).toBe('lost')
    expect(marked(spec.attemptId)).toEqual([])
    expect(await executor.wait(handle, spec, never)).toMatchObject({ state: 'lost', finishedAt: null })
  })
})

describe('a handle that means nothing here', () => {
  const base = { kind: 'process', pid: process.pid, startTicks: '1', marker: 'none', dir: join(dir, 'none') } as const

  test('of an earlier boot is lost, even when the pid is in use again', async () => {
    const { host } = await executor.start(attempt(dir, shell('true')))
    const handle = { ...base, host, bootId: 'another' }
    expect(await executor.reattach(handle)).toBe('lost')
    const spec = attempt(dir, shell('true'), { attemptId: 'none', dir: base.dir })
    const outcome = await executor.wait(handle, spec, never)
    expect(outcome).toMatchObject({ state: 'lost', reason: 'the machine was restarted while it ran', startedAt: null })
  })

  test('of a pid now used by another process is lost, and that process lives', async () => {
    const { host, bootId } = await executor.start(attempt(dir, shell('true')))
    expect(await executor.reattach({ ...base, host, bootId })).toBe('lost')
    expect(await executor.kill({ ...base, host, bootId })).toEqual([])
  })

  test('of another host is unknown, and is neither watched nor killed from here', async () => {
    const handle = { ...base, host: 'elsewhere', bootId: 'x' }
    const spec = attempt(dir, shell('true'), { attemptId: 'none', dir: base.dir })
    expect(await executor.reattach(handle)).toBe('unknown')
    await expect(executor.wait(handle, spec, never)).rejects.toMatchObject({ code: 'E_EXECUTOR' })
    await expect(executor.kill(handle)).rejects.toMatchObject({ code: 'E_EXECUTOR' })
  })
})

test('wall time does not follow the wall clock', async () => {
  // `date` cannot be turned back here without harm; instead every `date` the shim could ask lies.
  const bin = join(dir, 'lying clock')
  mkdirSync(bin)
  execFileSync('sh', ['-c', `printf '#!/bin/sh\\necho 1\\n' > date && chmod +x date`], { cwd: bin })
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` }
  const now = Date.now
  const spec = attempt(dir, shell('sleep 0.5'), { env })
  const handle = await executor.start(spec)
  try {
    Date.now = () => now() - 86_400_000
    const { resources } = await executor.wait(handle, spec, never)
    expect(resources?.wallSeconds).toBeGreaterThan(0.48)
    expect(resources?.wallSeconds).toBeLessThan(5)
  } finally {
    Date.now = now
  }
})

const isRoot = process.getuid?.() === 0

/** A file system of 1 MB, or null where we may not mount one. */
const tinyDisk = (): string | null => {
  const point = join(dir, `disk ${readdirSync(dir).length}`)
  mkdirSync(point)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', point], { stdio: 'pipe' })
    return point
  } catch {
    return null
  }
}

describe('a disk that cannot be written to', () => {
  test('full when starting: a problem that says so and what to do', async (context) => {
    const disk = isRoot ? tinyDisk() : null
    if (disk === null) return context.skip('mounting a small file system needs root')
    try {
      fill(disk)
      const spec = attempt(disk, ['true'])
      await expect(executor.start(spec)).rejects.toMatchObject({
        code: 'E_STORE',
        message: expect.stringContaining('no space left') as string,
      })
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  test('filled by the command: its exit status is still known, the lack of a record is said', async (context) => {
    const disk = isRoot ? tinyDisk() : null
    if (disk === null) return context.skip('mounting a small file system needs root')
    try {
      const spec = attempt(disk, shell('cat /dev/zero > big 2>/dev/null; sleep 0.1; exit 5'))
      const outcome = await runAttempt(executor, spec)
      expect(outcome).toMatchObject({ state: 'failed', exitCode: 5 })
      expect(outcome.warnings).toContainEqual(expect.stringContaining('exit record is missing'))
      expect(outcome.resources?.wallSeconds).toBeGreaterThan(0.05)
      expect(outcome.resources?.readCharsBytes).toBeNull()
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  test('read-only: a problem that says so', async (context) => {
    const disk = isRoot ? tinyDisk() : null
    if (disk === null) return context.skip('mounting a small file system needs root')
    try {
      execFileSync('mount', ['-o', 'remount,ro', disk])
      await expect(executor.start(attempt(disk, ['true']))).rejects.toMatchObject({
        code: 'E_STORE',
        message: expect.stringContaining('read-only') as string,
      })
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  test('closed to us: a problem that says so', async (context) => {
    if (isRoot) return context.skip('root may write everywhere')
    const closed = join(dir, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o555)
    await expect(executor.start(attempt(closed, ['true']))).rejects.toMatchObject({ code: 'E_STORE' })
    rmSync(closed, { recursive: true })
  })
})

const fill = (disk: string): void => {
  try {
    execFileSync('sh', ['-c', 'cat /dev/zero > filler'], { cwd: disk, stdio: 'pipe' })
  } catch {
    // cat stops when the disk is full
  }
}
