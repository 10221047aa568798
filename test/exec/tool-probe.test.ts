import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createToolProbe } from '../../src/exec/tool-probe.ts'
import { tempDir } from '../support/harness.ts'

const folder = tempDir('tools')
const tool = (name: string, body: string): string => {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}
const probe = createToolProbe({ PATH: `${folder}:/usr/bin:/bin` }, 1500)

describe('tools', () => {
  test('programs are found on the PATH, and only those that can be run', () => {
    const path = tool('kma', 'echo')
    writeFileSync(join(folder, 'notes'), 'text')
    expect(probe.which('kma')).toBe(path)
    expect(probe.which('notes')).toBeNull()
    expect(probe.which('no-such-program')).toBeNull()
  })

  test('the version is the first group, from either stream, whatever the exit status', async () => {
    tool('on-stderr', 'echo "KMA-1.4.11" >&2; exit 3')
    expect(await probe.version(['on-stderr', '-v'], 'KMA-(\\S+)')).toBe('1.4.11')
    expect(await probe.version(['on-stderr'], 'blastn: (\\S+)')).toBeNull()
  })

  test('arguments arrive as they are', async () => {
    tool('args', 'echo "<$1>"')
    expect(await probe.version(['args', 'a b; exit 1'], '<(.*)>')).toBe('a b; exit 1')
  })

  test('a missing program has no version', async () => {
    expect(await probe.version(['no-such-program'], '(.*)')).toBeNull()
    expect(await probe.version([], '(.*)')).toBeNull()
  })

  test('a program that hangs is ended together with what it started', async () => {
    const pidFile = join(folder, 'pid')
    tool('hangs', `sleep 60 & echo $! > "${pidFile}"; wait`)
    expect(await probe.version(['hangs'], '(.*)')).toBeNull()
    const pid = Number(readFileSync(pidFile, 'utf8'))
    await expect.poll(() => existsSync(`/proc/${pid}`) && !isZombie(pid), { timeout: 3000 }).toBe(false)
  })

  test('endless output is not read to the end', async () => {
    tool('endless', 'echo version 7; exec yes')
    expect(await probe.version(['endless'], 'version (\\d+)')).toBe('7')
  })
})

const isZombie = (pid: number): boolean => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}
