import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createCredentials } from '../../src/hub/credentials.ts'
import { tempDir } from '../support/harness.ts'

const HUB = 'https://example.org/org/hub.git'
const dir = tempDir('credentials')
let home = ''
let count = 0

beforeEach(() => {
  home = join(dir, `home ${++count}`, 'deep')
})
const credentials = (
  more: Record<string, string> = {},
  rest: { hubUrl?: string; apiKey?: string; isNamed?: boolean } = {},
) =>
  createCredentials({
    environment: { PATH: process.env['PATH'], BENCHMARK_CONFIG_HOME: home, ...more },
    isNamed: true,
    ...rest,
  })

describe('createCredentials', () => {
  it('makes a file and folder that only their owner may read, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      credentials().store(HUB, 'stored-token')
    } finally {
      process.umask(before)
    }
    const file = join(home, 'credentials.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect(await credentials().find(HUB)).toEqual({ token: 'stored-token', user: 'token', source: file })
    expect(credentials().remove(HUB)).toBe(true)
    expect(credentials().remove(HUB)).toBe(false)
    expect(await credentials().find(HUB)).toBeNull()
  })

  it('gives a token to its own origin only', async () => {
    credentials().store(HUB, 'stored-token')
    for (const other of [
      'http://example.org/org/hub.git',
      'https://example.org:8443/org/hub.git',
      'https://sub.example.org/org/hub.git',
      'https://example.org.evil.net/org/hub.git',
      '/nas/hub.git',
      'git@example.org:org/hub.git',
    ])
      expect(await credentials().find(other)).toBeNull()
    expect((await credentials().find('https://example.org/other'))?.token).toBe('stored-token')
    const bound = credentials({ BENCHMARK_HUB_TOKEN: 'named-token' }, { hubUrl: HUB })
    expect(await bound.find('https://evil.example/')).toBeNull()
    expect((await bound.find(HUB))?.token).toBe('named-token')
    const free = credentials({ BENCHMARK_HUB_TOKEN: 'named-token' })
    expect((await free.find('https://first.example/'))?.token).toBe('named-token')
    expect((await free.find(HUB))?.token).toBe('stored-token')
  })

  it('gives the token of the environment or of a configuration to nobody whom only the configuration names', async () => {
    const evil = 'https://evil.example/hub.git'
    for (const [more, rest, source] of [
      [{ BENCHMARK_HUB_TOKEN: 'named-token' }, {}, 'BENCHMARK_HUB_TOKEN'],
      [{}, { apiKey: 'a-secret-of-the-environment' }, 'api_key of the configuration'],
    ] as const) {
      const asked = () => credentials(more, { ...rest, hubUrl: evil, isNamed: false })
      expect(await asked().find(evil)).toBeNull()
      expect(asked().withheld(evil)).toBe(source)
      expect(asked().withheld(HUB)).toBeNull()
      expect(credentials({}, { hubUrl: evil, isNamed: false }).withheld(evil)).toBeNull()
      expect(
        (await credentials({ ...more, CI: 'true' }, { ...rest, hubUrl: evil, isNamed: false }).find(evil))?.source,
      ).toBe(source)
      credentials().confirm(evil)
      expect(await asked().find(evil)).toMatchObject({ source })
      expect(asked().withheld(evil)).toBeNull()
      // Another port is another host.
      expect(
        await credentials(more, { ...rest, hubUrl: `${evil}:8443`, isNamed: false }).find('https://evil.example:8443/'),
      ).toBeNull()
      expect(credentials().remove(evil)).toBe(true)
      expect(await asked().find(evil)).toBeNull()
    }
    // Whoever stored a token for a host has said that theirs may go there.
    credentials().store(HUB, 'stored-token')
    const both = credentials({ BENCHMARK_HUB_TOKEN: 'named-token' }, { hubUrl: HUB, isNamed: false })
    expect((await both.find(HUB))?.token).toBe('named-token')
  })

  it('prefers the environment, then the configuration, then git’s helpers if asked to, then the file', async () => {
    credentials().store(HUB, 'stored-token')
    const config = join(home, 'gitconfig')
    writeFileSync(config, '[credential]\n\thelper = "!f() { echo username=me; echo password=helped-token; }; f"\n')
    const helper = { GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' }
    const source = async (...args: Parameters<typeof credentials>) => (await credentials(...args).find(HUB))?.token
    const wanted = { ...helper, BENCHMARK_HUB_GIT_CREDENTIALS: '1' }
    expect(await source({ ...wanted, BENCHMARK_HUB_TOKEN: 'named-token' }, { apiKey: 'configured-token' })).toBe(
      'named-token',
    )
    expect(await source(wanted, { apiKey: 'configured-token' })).toBe('configured-token')
    expect(await credentials(wanted).find(HUB)).toEqual({ token: 'helped-token', user: 'me', source: 'git credential' })
    expect(await source(helper)).toBe('stored-token')
    const mute = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', BENCHMARK_HUB_GIT_CREDENTIALS: '1' }
    expect(await source(mute)).toBe('stored-token')
  })

  it.each([
    ['https://github.com/a/b', 'x-access-token'],
    ['https://gitlab.com/a/b', 'oauth2'],
    ['https://gitlab.example.org/a/b', 'oauth2'],
    ['https://git.example.org/a/b', 'token'],
  ])('knows the name for %s', async (url, user) => {
    expect((await credentials({ BENCHMARK_HUB_TOKEN: 'named-token' }).find(url))?.user).toBe(user)
  })

  it('refuses a file that others may read, and says what to run', async () => {
    mkdirSync(home, { recursive: true })
    const file = join(home, 'credentials.json')
    credentials().store(HUB, 'stored-token')
    chmodSync(file, 0o640)
    await expect(credentials().find(HUB)).rejects.toMatchObject({
      code: 'E_HUB',
      hints: [expect.stringContaining(`chmod 600 '${file}'`) as string],
    })
    expect(() => credentials().store(HUB, 'other')).toThrow(/Others may read/)
    chmodSync(file, 0o600)
    writeFileSync(file, '{"tokens": {"https://example.org": "half-a-tok')
    const problem = await credentials()
      .find(HUB)
      .catch((error: unknown) => error as Error)
    expect(problem).toMatchObject({ code: 'E_HUB' })
    expect(JSON.stringify(problem)).not.toContain('half')
    expect(readFileSync(file, 'utf8')).toContain('half-a-tok')
  })

  it('hides live tokens in every form, and names in URLs', async () => {
    const live = credentials({ BENCHMARK_HUB_TOKEN: 'p@ss word/1'.replace(' ', '-') })
    await live.find(HUB)
    const basic = Buffer.from('token:p@ss-word/1').toString('base64')
    expect(live.redact(`p@ss-word/1 ${encodeURIComponent('p@ss-word/1')} ${basic} https://me:x@h/ https://h/`)).toBe(
      '*** *** *** https://***@h/ https://h/',
    )
    await expect(credentials({ BENCHMARK_HUB_TOKEN: 'two\nlines' }).find(HUB)).rejects.toThrow(/characters/)
  })
})
