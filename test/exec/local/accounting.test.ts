import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCgroupParent, groupOf, makeCgroup, readCgroup } from '../../../src/exec/local/cgroup.ts'
import { lookForEscaped, noneEscaped, usageOfEscaped } from '../../../src/exec/local/escaped.ts'
import { addLook, headline, isPssDue, noMemoryPeaks } from '../../../src/exec/local/memory.ts'
import { noiseBetween, type NoiseSnapshot } from '../../../src/exec/local/noise.ts'
import { verdict } from '../../../src/exec/local/outcome.ts'
import { kernelUnits, parseStat } from '../../../src/exec/local/proc.ts'
import { cpuTicks, parsePs, psTable } from '../../../src/exec/local/process-table-ps.ts'
import type { MemberProcess } from '../../../src/exec/local/process-table.ts'
import { nextLook } from '../../../src/exec/local/sampler.ts'
import { tempDir } from '../../support/harness.ts'
import { until } from '../../support/local-executor.ts'

const dir = tempDir('accounting')

test('a stat line is read from its last bracket on', () => {
  const line = `42 (a) S 1 (b) R 7 42 43 0 -1 4194304 10 20 0 0 5 6 70 80 20 0 1 0 123456 2654208 387 184467`
  expect(parseStat(42, line)).toEqual({
    pid: 42,
    command: 'a) S 1 (b',
    state: 'R',
    parent: 7,
    group: 42,
    session: 43,
    userTicks: 5,
    systemTicks: 6,
    childUserTicks: 70,
    childSystemTicks: 80,
    startTicks: '123456',
    residentPages: 387,
  })
  expect(parseStat(42, '')).toBeNull()
  expect(parseStat(42, '42 (cut sho')).toBeNull()
})

test.skipIf(process.platform !== 'linux')("the kernel's units are what getconf says", () => {
  expect(kernelUnits()).toEqual({ pageBytes: 4096, ticksPerSecond: 100 })
})

describe('the headline of memory', () => {
  const peaks = (rss: number | null, biggest: number | null, share?: { at: number; share: number }) => ({
    ...noMemoryPeaks(),
    rssSumBytes: rss,
    biggestProcessBytes: biggest,
    pssAt: share ? { rssSumBytes: share.at, share: share.share } : null,
  })

  test('is nothing when nothing was seen', () => {
    expect(headline(noMemoryPeaks())).toEqual({ bytes: null, method: null })
  })
  test('a process that has given its memory back but is not reaped yet is no measurement of 0 bytes', () => {
    const seen = noMemoryPeaks()
    const leaving = { pid: 2 ** 22, startTicks: '1', parent: 1, group: 1, userTicks: 3, systemTicks: 1, escaped: false }
    expect(addLook(seen, [{ ...leaving, residentBytes: 0 }])).toBe(0)
    expect(headline(seen)).toEqual({ bytes: null, method: null })
    expect(addLook(seen, [{ ...leaving, residentBytes: 4096 }])).toBe(4096)
    expect(headline(seen)).toEqual({ bytes: 4096, method: 'rss_sum' })
  })
  test('is the plain sum times the share of the proportional size at the peak', () => {
    expect(headline(peaks(1000, 200, { at: 980, share: 0.5 }))).toEqual({ bytes: 500, method: 'pss_at_rss_peak' })
  })
  test('is the plain sum when the proportional size is not that of the peak', () => {
    expect(headline(peaks(1000, 200, { at: 900, share: 0.5 }))).toEqual({ bytes: 1000, method: 'rss_sum' })
  })
  test('is never less than what one process had', () => {
    expect(headline(peaks(100, 400, { at: 100, share: 1 }))).toEqual({ bytes: 400, method: 'process_hwm' })
  })
  test('proportional sizes are read at new peaks, and for one percent of the time', () => {
    const look = { rssSum: 2 ** 30, before: 0, processes: 1, nowMs: 1000, elapsedMs: 1000 }
    const seen = noMemoryPeaks()
    expect(isPssDue(seen, look)).toBe(true)
    seen.pssAt = { rssSumBytes: 2 ** 30, share: 1 }
    expect(isPssDue(seen, look)).toBe(false)
    expect(isPssDue(seen, { ...look, rssSum: 1.1 * 2 ** 30 })).toBe(true)
    seen.pssSpentMs = 50
    expect(isPssDue(seen, { ...look, rssSum: 1.1 * 2 ** 30 })).toBe(false)
    expect(isPssDue(seen, { ...look, rssSum: 1.1 * 2 ** 30, elapsedMs: 5000 })).toBe(true)
    // A little higher is worth a reading once it stays there, not while it grows.
    const higher = { ...look, rssSum: 1.02 * 2 ** 30, elapsedMs: 5000 }
    expect(isPssDue(seen, { ...higher, before: 0.9 * 2 ** 30 })).toBe(false)
    expect(isPssDue(seen, { ...higher, before: 1.02 * 2 ** 30 })).toBe(true)
    expect(isPssDue(seen, { ...look, before: 2 ** 30, elapsedMs: 5000 })).toBe(false)
    // 150 GiB take more than two seconds: allowed after some minutes, not at once
    const big = { rssSum: 150 * 2 ** 30, before: 0, processes: 1, nowMs: 1e4, elapsedMs: 10_000 }
    expect(isPssDue(noMemoryPeaks(), big)).toBe(false)
    expect(isPssDue(noMemoryPeaks(), { ...big, elapsedMs: 300_000 })).toBe(true)
  })
})

describe('processes nobody waits for', () => {
  const member = (pid: number, parent: number, userTicks: number, escaped = true): MemberProcess => ({
    pid,
    parent,
    group: 1,
    startTicks: '9',
    userTicks,
    systemTicks: 0,
    residentBytes: 1,
    escaped,
  })
  const ticksAfter = (...looks: MemberProcess[][]): number => {
    const escaped = noneEscaped()
    for (const look of looks) lookForEscaped(escaped, look)
    return usageOfEscaped(escaped).userTicks
  }
  const [A, B] = [4_000_001, 4_000_002]

  test('count with what was last seen of them', () => {
    expect(ticksAfter([member(A, 1, 5)], [member(A, 1, 9)], [])).toBe(9)
  })
  test('those in the tree are left to the shim', () => {
    expect(ticksAfter([member(A, 1, 5, false)])).toBe(0)
  })
  test('a child a living daemon has waited for is counted once, in its parent', () => {
    expect(ticksAfter([member(A, 1, 10), member(B, A, 4)], [member(A, 1, 15)])).toBe(15)
  })
  test('parent and child that end together are both counted', () => {
    expect(ticksAfter([member(A, 1, 10), member(B, A, 4)], [])).toBe(14)
  })
})

describe('noise', () => {
  const before: NoiseSnapshot = {
    busyTicks: 1000,
    stealTicks: 10,
    totalTicks: 10_000,
    psiCpuMicroseconds: 5e6,
    uptimeSeconds: 100,
    outOfMemoryKills: 0,
  }
  const after = { ...before, busyTicks: 1150, totalTicks: 11_000, psiCpuMicroseconds: 5.25e6, uptimeSeconds: 105 }

  test('is the share of the machine others used, less our own', () => {
    const noise = noiseBetween(before, after, { cpuTicks: 100, coRunning: 2 })
    expect(noise).toMatchObject({
      otherCpuShare: 0.05,
      stealShare: 0,
      psiCpuSomeAverage: 5,
      coRunning: 2,
      noisy: false,
    })
  })
  test('above a tenth, or with stolen time, it is noisy', () => {
    expect(noiseBetween(before, after, { cpuTicks: 20, coRunning: 0 })).toMatchObject({
      otherCpuShare: 0.13,
      noisy: true,
    })
    const stolen = { ...after, stealTicks: 40 }
    expect(noiseBetween(before, stolen, { cpuTicks: 150, coRunning: 0 })).toMatchObject({
      stealShare: 0.03,
      noisy: true,
    })
  })
  test('of a moment or without a start is unknown, not zero', () => {
    const moment = { ...before, busyTicks: 1010, totalTicks: 10_020 }
    for (const [from, to] of [
      [before, moment],
      [null, after],
    ] as const)
      expect(noiseBetween(from, to, { cpuTicks: 1, coRunning: 0 })).toMatchObject({
        otherCpuShare: null,
        stealShare: null,
        psiCpuSomeAverage: null,
        noisy: false,
      })
  })
})

describe('out of memory', () => {
  const record = { rc: 137, startUptimeSeconds: 1, endUptimeSeconds: 2, stat: null, times: null, io: null }
  const ending = { dir, isOtherBoot: false, stop: null, record, shimExit: 137, outOfMemory: null }

  test('needs evidence beside signal 9', () => {
    expect(verdict(ending).state).toBe('failed')
    expect(verdict({ ...ending, outOfMemory: 'machine' }).state).toBe('oom_killed')
    expect(verdict({ ...ending, outOfMemory: 'group' }).state).toBe('oom_killed')
  })
  test('of the machine does not explain a plain exit status; of its own group it does', () => {
    const plain = { ...ending, record: { ...record, rc: 1 } }
    expect(verdict({ ...plain, outOfMemory: 'machine' })).toMatchObject({ state: 'failed', reason: 'exit status 1' })
    expect(verdict({ ...plain, outOfMemory: 'group' }).state).toBe('oom_killed')
  })
  test('is not blamed on the kernel when we stopped it', () => {
    const stop = { state: 'memory_exceeded', reason: 'used more' } as const
    expect(verdict({ ...ending, stop, outOfMemory: 'machine' }).state).toBe('memory_exceeded')
  })
})

describe.skipIf(process.platform !== 'linux')('control groups', () => {
  let machines = 0
  /** A folder that looks like the root of a machine, as far as control groups go. */
  const machine = (files: Record<string, string>): string => {
    const root = join(dir, `machine ${machines++}`)
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
    return root
  }
  const mounted = '36 25 0:32 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n'
  const user = '/user.slice/user-1000.slice/user@1000.service/app.slice'
  const delegated = {
    'proc/self/mountinfo': `25 1 0:1 / / rw - ext4 /dev/vda rw\n${mounted}`,
    'proc/self/cgroup': `0::${user}/terminal.scope\n`,
    'sys/fs/cgroup/cgroup.controllers': 'cpu io memory pids\n',
    [`sys/fs/cgroup${user}/cgroup.subtree_control`]: 'memory pids\n',
    [`sys/fs/cgroup${user}/cgroup.procs`]: '',
  }

  test('are used beside our own where the parent is delegated and accounts memory', () => {
    const root = machine(delegated)
    const { parent } = findCgroupParent(root)
    expect(parent).toBe(`${root}/sys/fs/cgroup${user}`)
    const group = makeCgroup(parent ?? '', 'run/1', 5000)
    expect(group).toBe(groupOf(parent ?? '', 'run/1'))
    expect(group).toBe(`${parent ?? ''}/benchmark-run_1`)
    writeFileSync(join(group ?? '', 'memory.peak'), '123456\n')
    writeFileSync(join(group ?? '', 'memory.events'), 'low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\noom_group_kill 1\n')
    expect(readCgroup(group ?? '')).toEqual({ peakBytes: 123_456, outOfMemoryKills: 2 })
  })

  test.each([
    ['control groups version 2 are not mounted', { 'proc/self/mountinfo': '25 1 0:1 / / rw - ext4 /dev/vda rw\n' }],
    ['this process is in no control group of version 2', { 'proc/self/cgroup': '4:memory:/x\n' }],
    ['the memory controller is not available in version 2', { 'sys/fs/cgroup/cgroup.controllers': 'hugetlb\n' }],
    ['this process is in the root group, beside which no group can be made', { 'proc/self/cgroup': '0::/\n' }],
    [
      'memory is not accounted for in our part of the tree',
      { [`sys/fs/cgroup${user}/cgroup.subtree_control`]: 'pids\n' },
    ],
  ])('are not used, and the reason is kept: %s', (reason, changed) => {
    expect(findCgroupParent(machine({ ...delegated, ...changed }))).toEqual({ parent: null, reason })
  })

  test('that tell nothing give no figures', () => {
    expect(readCgroup(join(dir, 'none'))).toEqual({ peakBytes: null, outOfMemoryKills: null })
    expect(makeCgroup(join(dir, 'none'), 'x', null)).toBeNull()
  })
})

describe('when to look next', () => {
  const proc = { method: 'proc' } as const
  const inMs = (elapsed: number, cost = 0, wanted: number | null = null): number =>
    Math.round(nextLook(elapsed, proc, cost, wanted).inMs)

  test('soon at first, then every 250 ms, after a minute every second', () => {
    expect([0, 12, 30, 60, 100, 150, 200].map((elapsed) => inMs(elapsed))).toEqual([12, 18, 30, 40, 50, 50, 50])
    expect([inMs(300), inMs(59_000), inMs(61_000)]).toEqual([250, 250, 1000])
  })
  test('so seldom that it costs one percent of a core, but at least every 5 seconds', () => {
    expect([inMs(300, 4), inMs(61_000, 4), inMs(61_000, 30), inMs(61_000, 500)]).toEqual([400, 1000, 3000, 5000])
  })
  test('as the user asks', () => {
    expect([inMs(300, 4, 100), inMs(61_000, 400, 100), inMs(61_000, 0, 30_000)]).toEqual([100, 100, 30_000])
  })
})

describe('ps, where there is no /proc', () => {
  test('rows and times are read', () => {
    expect(
      parsePs('    1     0     1   9360   0:01.50 Ss\n  812     1   812  20480 1-02:03:04 S+\n\nnonsense\n'),
    ).toEqual([
      { pid: 1, parent: 0, group: 1, residentBytes: 9360 * 1024, userTicks: 150, state: 'Ss' },
      { pid: 812, parent: 1, group: 812, residentBytes: 20480 * 1024, userTicks: 9_378_400, state: 'S+' },
    ])
    expect(cpuTicks('12:34.56')).toBe(75_456)
  })

  test.skipIf(spawnSync('ps', ['-V']).error !== undefined)('a real tree is found with it', async () => {
    const shell = spawn('/bin/sh', ['-c', 'sleep 20 & sleep 20; :'], { stdio: 'ignore', detached: true })
    const pid = shell.pid ?? 0
    const table = psTable()
    table.follow({ marker: 'm', pid, startTicks: '' }, false)
    const look = (): readonly MemberProcess[] => {
      table.refresh()
      return table.members('m')
    }
    try {
      await until(() => look().length === 2)
      for (const member of look())
        expect(member).toMatchObject({
          parent: pid,
          group: pid,
          escaped: false,
          residentBytes: expect.any(Number) as number,
        })
    } finally {
      process.kill(-pid, 'SIGKILL')
    }
  })
})
