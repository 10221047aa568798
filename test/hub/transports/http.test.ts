import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HubRepository } from '../../../src/app/hub/git-ports.ts'
import { createCredentials } from '../../../src/hub/credentials.ts'
import { git, type GitServer, initBare, startGitServer } from '../../support/git-server.ts'
import { tempDir } from '../../support/harness.ts'
import { commitOf, openHub, runFile, sync, upload } from '../../support/hub-repository.ts'

const TOKEN = 'secret-token-0123456789'
const dir = tempDir('http')
const repositories: HubRepository[] = []
let server: GitServer
let count = 0
let name = ''

beforeAll(async () => {
  server = await startGitServer(join(dir, 'served'))
})
beforeEach(() => {
  name = `hub-${++count}.git`
  initBare(join(server.root, name))
  server.mischief = null
  server.login = null
  server.requests.length = 0
})
afterAll(async () => {
  for (const hub of repositories) await hub.close()
  await server.close()
})

const client = (who = 'one', token?: string, limits: Parameters<typeof openHub>[2] = {}): HubRepository => {
  const environment = { ...process.env, BENCHMARK_CONFIG_HOME: join(dir, 'none'), BENCHMARK_HUB_TOKEN: token }
  const hub = openHub(server.url(name), join(dir, `${name}-${who}`), {
    environment,
    credentials: createCredentials({ environment, isNamed: true }),
    ...limits,
  })
  repositories.push(hub)
  return hub
}

describe('a hub behind http', () => {
  it('costs less than 2 KB when there is nothing new, and 10 KB for one run', async () => {
    const [one, two] = [client('one'), client('two')]
    await upload(
      one,
      Array.from({ length: 100 }, (_, index) => runFile('alpha', index)),
    )
    await sync(two)
    await upload(one, [runFile('beta', 1)])
    const { bytesReceived } = await sync(two)
    expect(bytesReceived).toBeLessThan(10_000)
    expect((await two.remoteHead()).bytesReceived).toBeLessThan(2048)
    expect((await two.fetch()).bytesReceived).toBeLessThan(2048)
  })

  it('asks twice for what is new, and once when nothing is', async () => {
    const [one, two] = [client('one'), client('two')]
    await upload(one, [runFile('alpha', 1)])
    await sync(two)
    await upload(one, [runFile('alpha', 2)])
    server.requests.length = 0
    const again = client('two')
    const { head } = await again.remoteHead()
    expect(server.requests.map(({ method }) => method)).toEqual(['POST'])
    expect((await again.fetch(undefined, head ?? undefined)).head).toBe(head)
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST'])
    expect(await again.localHead()).not.toBe(head)
    await again.adopt(head ?? '')
    expect(await again.localHead()).toBe(head)
  })

  it('asks from the start where the server offers something else than before', async () => {
    const [one, two] = [client('one'), client('two')]
    await upload(one, [runFile('alpha', 1)])
    await sync(two)
    const head = await upload(one, [runFile('alpha', 2)])
    server.isOld = true
    try {
      expect(await sync(client('two'))).toMatchObject({ head })
    } finally {
      server.isOld = false
    }
    for (const mischief of [{ status: 400 }, { status: 500 }, { truncateAt: 0 }, { truncateAt: 3 }]) {
      server.mischief = { ...mischief, method: 'POST' }
      await expect(client('two').remoteHead()).rejects.toMatchObject({ code: expect.stringMatching(/^E_/) as string })
    }
    server.mischief = null
    expect((await client('two').remoteHead()).head).toBe(head)
  })

  it('sends the token with every request, and shows it nowhere', async () => {
    server.login = `token:${TOKEN}`
    await expect(client('nobody').remoteHead()).rejects.toMatchObject({
      code: 'E_HUB',
      hints: [expect.stringContaining('benchmark auth --token -') as string],
    })
    const hub = client('one', TOKEN)
    await upload(hub, [runFile('alpha', 1)])
    const header = `Basic ${Buffer.from(`token:${TOKEN}`).toString('base64')}`
    expect(server.requests.slice(1).every(({ authorization }) => authorization === header)).toBe(true)
    server.mischief = { status: 500, text: `You sent ${TOKEN} as ${header}\u001b[31m` }
    const problem = await hub.remoteHead().catch((error: unknown) => error as Error)
    expect((problem as Error).message).toContain('You sent *** as Basic ***')
    expect((problem as Error).message).not.toContain('\u001b')
  })

  it.each([401, 403, 404, 500])(
    'tells what status %i means, and that a push so answered did not happen',
    async (status) => {
      const hub = client()
      await upload(hub, [runFile('alpha', 1)])
      const { head } = await sync(hub)
      server.mischief = { status, text: 'no way', service: 'git-receive-pack', method: 'POST' }
      const next = await hub.prepare(commitOf(head, [runFile('alpha', 2)]))
      const report = await hub.push(head, next)
      expect(report).toMatchObject({ answer: status < 500 ? 'refused' : 'unknown' })
      expect(report.message).toContain(String(status))
      expect(report.message).toContain('no way')
      expect((await hub.remoteHead()).head).toBe(head)
      server.mischief = { status }
      await expect(hub.fetch()).rejects.toMatchObject({ code: status < 500 ? 'E_HUB' : 'E_OFFLINE' })
    },
  )

  it('does not know whether a push was taken when the connection is cut or silent', async () => {
    const hub = client('one', undefined, { limits: { idleMs: 300 } })
    const first = await upload(hub, [runFile('alpha', 1)])
    server.mischief = { cut: true, service: 'git-receive-pack', method: 'POST' }
    const next = await hub.prepare(commitOf(first, [runFile('alpha', 2)]))
    const report = await hub.push(first, next)
    expect(report.answer).toBe('unknown')
    expect(report.bytesSent).toBeGreaterThan(300)
    expect((await hub.remoteHead()).head).toBe(next.commit)
    await hub.adopt(next.commit)

    server.mischief = { hang: true, service: 'git-receive-pack', method: 'POST' }
    const third = await hub.prepare(commitOf(next.commit, [runFile('alpha', 3)]))
    expect(await hub.push(next.commit, third)).toMatchObject({ answer: 'unknown' })
    server.mischief = null
    expect((await hub.remoteHead()).head).toBe(next.commit)
    expect(await hub.push(next.commit, third)).toMatchObject({ answer: 'accepted' })
  })

  it('makes one connection for an upload, and asks before it when it is told that one comes', async () => {
    const first = await upload(client(), [runFile('alpha', 1)])
    const hub = client()
    server.requests.length = 0
    await hub.askAhead()
    await hub.askAhead()
    const next = await hub.prepare(commitOf(first, [runFile('alpha', 2)]))
    expect((await hub.remoteHead('push')).head).toBe(first)
    expect((await hub.push(first, next)).answer).toBe('accepted')
    expect((await hub.remoteHead('push')).head).toBe(next.commit)
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
    expect(new Set(server.requests.map(({ connection }) => connection)).size).toBe(1)
  })

  it('asks once more when what was asked ahead found nothing, and tells what it failed with', async () => {
    const hub = client()
    await hub.askAhead()
    const head = await upload(client('two'), [runFile('alpha', 1)])
    expect((await hub.remoteHead('push')).head).toBe(head)
    server.mischief = { status: 403 }
    await hub.askAhead()
    await expect(hub.remoteHead('push')).rejects.toMatchObject({ code: 'E_HUB' })
    server.mischief = null
    expect((await hub.remoteHead('push')).head).toBe(head)
  })

  it('does not wait for the end of an answer that has said everything', async () => {
    const hub = client()
    const first = await upload(hub, [runFile('alpha', 1)])
    const next = await hub.prepare(commitOf(first, [runFile('alpha', 2)]))
    server.mischief = { linger: true, method: 'POST' }
    const before = performance.now()
    expect((await hub.push(first, next)).answer).toBe('accepted')
    expect((await hub.remoteHead('push')).head).toBe(next.commit)
    expect(performance.now() - before).toBeLessThan(20_000)
  })

  it('sends nothing when the head has moved already', async () => {
    const [one, two] = [client('one'), client('two')]
    const first = await upload(one, [runFile('alpha', 1)])
    await sync(two)
    const stale = await two.prepare(commitOf(first, [runFile('beta', 1)]))
    await upload(one, [runFile('alpha', 2)])
    server.requests.length = 0
    expect(await two.push(first, stale)).toMatchObject({ answer: 'moved', bytesSent: 0 })
    expect(server.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  it('keeps what a hook says harmless', async () => {
    const hub = client()
    const hook = join(server.root, name, 'hooks', 'pre-receive')
    writeFileSync(hook, '#!/bin/sh\nprintf "\\033[31mred\\033[0m \\342\\200\\256evil" >&2\nexit 1\n', { mode: 0o755 })
    const next = await hub.prepare(commitOf(null, [runFile('alpha', 1)]))
    const report = await hub.push(null, next)
    expect(report.answer).toBe('refused')
    expect(report.message).toContain('pre-receive hook declined red evil')
  })

  it('bounds bytes and silence', async () => {
    const small = { limits: { fetchBytes: 500_000, idleMs: 300, connectMs: 300 } }
    const hub = client('one', undefined, small)
    await upload(hub, [runFile('alpha', 1)])
    const other = client('two', undefined, small)
    server.mischief = { endless: true, method: 'POST' }
    await expect(other.fetch()).rejects.toMatchObject({ code: 'E_HUB' })
    server.mischief = { endless: true }
    await expect(client('three', undefined, small).fetch()).rejects.toThrow(/more than 0 MiB|more than/)
    server.mischief = { hang: true }
    await expect(client('four', undefined, small).fetch()).rejects.toThrow(/silent/)
  })

  it('takes nothing from an answer that is cut', async () => {
    const hub = client()
    const head = await upload(
      hub,
      Array.from({ length: 50 }, (_, index) => runFile('alpha', index)),
    )
    const other = client('two')
    server.mischief = { truncateAt: 3000, method: 'POST' }
    await expect(other.fetch()).rejects.toMatchObject({ code: 'E_OFFLINE' })
    expect(await other.localHead()).toBeNull()
    server.mischief = null
    expect((await sync(other)).head).toBe(head)
  })

  it('follows redirects on the same origin only, and never with a token', async () => {
    await upload(client(), [runFile('alpha', 1)])
    let visited = 0
    const elsewhere = createServer((socket) => {
      visited++
      socket.destroy()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const away = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/x/info/refs?service=git-upload-pack`
    server.mischief = { status: 302, location: away, method: 'GET' }
    await expect(client('two').fetch()).rejects.toThrow(/elsewhere: http:\/\/127\.0\.0\.1:\d+\/x\./)
    await expect(client('two', TOKEN).fetch()).rejects.toThrow(/elsewhere/)
    expect(visited).toBe(0)
    elsewhere.close()

    const here = server.url(name)
    const old = (who: string, token?: string): HubRepository => {
      const environment = { ...process.env, BENCHMARK_CONFIG_HOME: join(dir, 'none'), BENCHMARK_HUB_TOKEN: token }
      const hub = openHub(`${here}/old`, join(dir, who), {
        environment,
        credentials: createCredentials({ environment, isNamed: true }),
      })
      repositories.push(hub)
      return hub
    }
    const location = `${here}/info/refs?service=git-upload-pack`
    server.mischief = { status: 301, location, path: '/old/', method: 'GET' }
    expect((await sync(old('moved'))).head).not.toBeNull()
    await expect(old('moved with a token', TOKEN).fetch()).rejects.toThrow(/elsewhere/)
    server.mischief = { status: 301, location, method: 'GET' }
    await expect(old('for ever').fetch()).rejects.toThrow(/elsewhere/)
  })

  it('refuses repositories with SHA-256 names, and what is no git server', async () => {
    git(server.root, 'init', '--quiet', '--bare', '--object-format=sha256', '--initial-branch=main', 'new.git')
    name = 'new.git'
    await expect(client().fetch()).rejects.toThrow(/SHA-256/)
    server.mischief = { status: 200, text: '<html>Sign in</html>' }
    await expect(client('two').fetch()).rejects.toThrow(/not a git server/)
  })
})
