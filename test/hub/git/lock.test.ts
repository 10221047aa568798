import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { alone } from '../../../src/hub/git/lock.ts'
import { packageRoot, tempDir } from '../../support/harness.ts'

const dir = tempDir('lock')

describe('alone', () => {
  it('lets one in after the other, also within a process, and after a failure', async () => {
    const file = join(dir, 'deep', 'one.lock')
    const seen: string[] = []
    const work = (name: string) => () =>
      (async () => {
        seen.push(`${name} in`)
        await sleep(30)
        seen.push(`${name} out`)
      })()
    await Promise.all([alone(file, work('a'), 5000), alone(file, work('b'), 5000)])
    expect([seen[0]?.slice(0, 1), seen[2]?.slice(0, 1)]).toEqual([seen[1]?.slice(0, 1), seen[3]?.slice(0, 1)])
    await expect(alone(file, () => Promise.reject(new Error('mine')), 100)).rejects.toThrow('mine')
    expect(await alone(file, () => Promise.resolve(7), 100)).toBe(7)
  })

  it('is busy while another process holds it, and free at once when that one is killed', async () => {
    const file = join(dir, 'two.lock')
    const holder = spawn(process.execPath, [join(packageRoot, 'test', 'support', 'lock-holder.mjs'), file])
    await once(holder.stdout, 'data')
    await expect(alone(file, () => Promise.resolve(), 100)).rejects.toMatchObject({ code: 'E_BUSY' })
    const waiting = alone(file, () => Promise.resolve('mine'), 10_000)
    holder.kill('SIGKILL')
    expect(await waiting).toBe('mine')
  })
})
