import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { proxyFor } from '../../../src/hub/transports/proxy.ts'
import { type GitServer, initBare, startGitServer } from '../../support/git-server.ts'
import { tempDir } from '../../support/harness.ts'
import { openHub, runFile, sync, upload } from '../../support/hub-repository.ts'
import { has } from '../../support/programs.ts'

if (!has('openssl')) console.warn('openssl is not installed: certificates and proxies are not tested')

describe('proxyFor', () => {
  const proxy = 'http://proxy.example:3128'
  it.each([
    ['https://hub.example/x', {}, null],
    ['https://hub.example/x', { HTTPS_PROXY: proxy }, proxy],
    ['https://hub.example/x', { https_proxy: 'proxy.example:3128' }, proxy],
    ['https://hub.example/x', { HTTP_PROXY: proxy }, null],
    ['https://hub.example/x', { ALL_PROXY: proxy, NO_PROXY: 'other.example' }, proxy],
    ['https://hub.example/x', { HTTPS_PROXY: proxy, NO_PROXY: 'a, .hub.example' }, null],
    ['https://git.hub.example/x', { HTTPS_PROXY: proxy, NO_PROXY: 'hub.example:443' }, null],
    ['https://nothub.example/x', { HTTPS_PROXY: proxy, NO_PROXY: 'hub.example' }, proxy],
    ['https://hub.example:8443/x', { HTTPS_PROXY: proxy, NO_PROXY: 'hub.example:443' }, proxy],
    ['https://hub.example/x', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, null],
    ['http://127.0.0.1/x', { ALL_PROXY: proxy }, null],
  ])('%s with %o', (url, environment, expected) => {
    expect(proxyFor(new URL(url), environment)?.origin ?? null).toBe(expected)
  })

  it('refuses what it cannot speak', () => {
    expect(() => proxyFor(new URL('https://hub.example/'), { HTTPS_PROXY: 'socks5://p:1' })).toThrow(/http:\/\//)
  })
})

describe.skipIf(!has('openssl'))('a hub behind https and a proxy', () => {
  const dir = tempDir('proxy')
  let server: GitServer | null = null
  const asked: { target: string | undefined; login: string | undefined }[] = []
  // Everything goes to our server, whatever name it is asked for.
  const proxy = createServer()
  proxy.on('connect', (request, socket) => {
    asked.push({ target: request.url, login: request.headers['proxy-authorization'] })
    const there = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      there.pipe(socket).pipe(there)
    })
    there.on('error', () => socket.destroy())
    socket.on('error', () => there.destroy())
  })
  afterAll(async () => {
    proxy.close()
    await server?.close()
  })

  it('goes through the tunnel, and trusts only whom it is told to', async () => {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const names = ['-subj', '/CN=hub.example', '-addext', 'subjectAltName=DNS:hub.example']
    execFileSync('openssl', ['req', ...made, ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    server = await startGitServer(join(dir, 'served'), {
      key: readFileSync(key, 'utf8'),
      cert: readFileSync(cert, 'utf8'),
    })
    initBare(join(server.root, 'hub.git'))
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const HTTPS_PROXY = `http://me:pass@127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const environment = { ...process.env, HTTPS_PROXY, SSL_CERT_FILE: cert }
    const url = server.url('hub.git')
    const hub = openHub(url, join(dir, 'one'), { environment })
    const head = await upload(hub, [runFile('alpha', 1)])
    const other = openHub(url, join(dir, 'two'), { environment })
    expect((await sync(other)).head).toBe(head)
    expect(new Set(asked.map(({ target }) => `https://${target}/hub.git`))).toEqual(new Set([url]))
    expect(asked[0]?.login).toBe(`Basic ${Buffer.from('me:pass').toString('base64')}`)

    const distrustful = openHub(url, join(dir, 'three'), { environment: { ...process.env, HTTPS_PROXY } })
    await expect(distrustful.fetch()).rejects.toMatchObject({ code: 'E_OFFLINE' })
    await expect(distrustful.fetch()).rejects.toThrow(/certificate/)
    for (const each of [hub, other, distrustful]) await each.close()
  })
})
