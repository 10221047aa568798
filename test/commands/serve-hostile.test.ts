import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDashboardProject, sceneRuns } from '../support/dashboard-scene.ts'
import { benchmark, tempDir } from '../support/harness.ts'
import { ask, post, raw, serve, type Serving, stopServers } from '../support/serving.ts'

// What pages of strangers, other programs and accidents can send to a server that is able to execute commands.

afterAll(stopServers)

const cwd = tempDir('serve hostile')
const SECRET = 'nobody-reads-this'
let to: Serving
beforeAll(async () => {
  fillDashboardProject(cwd, sceneRuns({ runs: 3 }))
  writeFileSync(join(cwd, '.benchmark', 'secret.html'), SECRET)
  writeFileSync(join(cwd, 'secret.html'), SECRET)
  to = await serve(cwd)
  expect((await ask(to, '/')).status).toBe(200)
})

const runs = async (): Promise<number> =>
  ((await benchmark(['list', '--json'], { cwd })).json() as { runs: unknown[] }).runs.length

/** The server is as it was: it answers, and nothing was started. */
const isUnharmed = async (): Promise<void> => {
  expect((await ask(to, '/')).status).toBe(200)
  expect(await runs()).toBe(0)
  expect(to.child.exitCode).toBeNull()
  expect(to.stderr()).toBe('')
}

describe('paths', () => {
  const up = ['..', '%2e%2e', '.%2e', '%2E%2E', '..%00', '..;', '%252e%252e', '%c0%ae%c0%ae', '\\..', '..%5c', '....']
  const between = ['/', '%2f', '%5c', '\\', '//', '/./', '%2F']
  const corpus = [
    ...up.flatMap((step) =>
      between.flatMap((slash) => [
        `/${step}${slash}secret.html`,
        `/${step}${slash}${step}${slash}secret.html`,
        `/p/lab-1/${step}${slash}${step}${slash}${step}${slash}secret.html`,
        `/api/v1/${step}${slash}${step}${slash}${step}${slash}secret.html`,
      ]),
    ),
    ...['//secret.html', `/${cwd}/secret.html`, `//${cwd}/secret.html`, `/file://${cwd}/secret.html`],
    ...[encodeURI(`/${cwd}/secret.html`), `/${encodeURIComponent(join(cwd, 'secret.html'))}`],
    ...['/index.html%00', '/%00', '/index.html%00.js', '/index.html/', '/index.html/..', '/.building', '/./index.html'],
    ...[
      '/INDEX.HTML',
      '/index.html.',
      '/index.html%20',
      '/index.html::$DATA',
      '/C:/secret.html',
      '/con',
      '/p/',
      '/assets',
    ],
    ...['/~root/', '/%', '/%zz', '/%e0%80%80', '/a'.repeat(3000), `/${'a'.repeat(300)}`],
    ...[
      '/api/v1/benchmark/status/..%2f..%2fsecret.html',
      '/api/v1/leaderboard/..%2fsecret.html',
      '/api/v1/benchmark/status/%00',
    ],
  ]

  test.each([corpus.length])('%d that lead elsewhere lead nowhere', async () => {
    for (const path of corpus) {
      // Anything else would not be let through by the client; the server must see it.
      const answer = await raw(
        to,
        `GET ${path.replaceAll(' ', '%20')} HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nConnection: close\r\n\r\n`,
      )
      expect([path, /^HTTP\/1\.1 4\d\d /.test(answer), answer.includes(SECRET)]).toEqual([path, true, false])
    }
    await isUnharmed()
  })

  test('links out of the folder, devices and pipes are no files of it', async () => {
    const site = join(cwd, '.benchmark', 'serve')
    symlinkSync('../secret.html', join(site, 'link.html'))
    symlinkSync('..', join(site, 'up'))
    symlinkSync('/dev/zero', join(site, 'zero.html'))
    symlinkSync('loop.html', join(site, 'loop.html'))
    execFileSync('mkfifo', [join(site, 'pipe.html')])
    for (const path of ['/link.html', '/up/secret.html', '/up/', '/up', '/zero.html', '/loop.html', '/pipe.html']) {
      const answer = await ask(to, path)
      expect([path, answer.status, answer.text.includes(SECRET)]).toEqual([path, 404, false])
    }
    await isUnharmed()
  })
})

describe('browsers of the same machine', () => {
  const shard = (): string => {
    const { files } = JSON.parse(readFileSync(join(cwd, '.benchmark', 'serve', 'manifest.json'), 'utf8')) as {
      files: Record<string, { file: string }>
    }
    return `/${Object.values(files).find(({ file }) => /^data\/.*\.js$/.test(file))?.file ?? ''}`
  }

  test('names that were pointed here are not answered', async () => {
    const hosts = [
      'evil.example',
      `evil.example:${to.port}`,
      'localhost',
      '127.0.0.1',
      `127.0.0.1:${to.port + 1}`,
      `localhost.:${to.port}`,
    ]
    for (const host of [
      ...hosts,
      `127.0.0.1:${to.port}@evil.example`,
      `127.0.0.1:${to.port}.evil.example`,
      `[::]:${to.port}`,
      `0.0.0.0:${to.port}`,
    ])
      for (const path of ['/', '/api/v1/benchmark/status/latest', shard()]) {
        const answer = await ask(to, path, { headers: { host } })
        expect([host, path, answer.status]).toEqual([host, path, 421])
        expect(answer.text).toContain('ssh -L')
      }
    expect((await post(to, {}, { host: 'evil.example' })).status).toBe(421)
    expect(await raw(to, 'GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /)
    expect(await raw(to, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /)
    expect(await raw(to, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    for (const host of [`localhost:${to.port}`, `LOCALHOST:${to.port}`, `[::1]:${to.port}`])
      expect((await ask(to, '/', { headers: { host } })).status).toBe(200)
  })

  test('pages of other origins load nothing, send nothing and see nothing', async () => {
    const loads = (site: string, mode: string) => ({ 'sec-fetch-site': site, 'sec-fetch-mode': mode })
    for (const site of ['cross-site', 'same-site']) {
      for (const path of [shard(), '/', '/api/v1/leaderboard/amr-detection'])
        expect((await ask(to, path, { headers: loads(site, 'no-cors') })).status).toBe(403)
      expect((await ask(to, '/', { headers: loads(site, 'navigate') })).status).toBe(200)
      expect((await post(to, {}, loads(site, 'navigate'))).status).toBe(403)
    }
    for (const site of ['same-origin', 'none'])
      expect((await ask(to, '/', { headers: loads(site, 'cors') })).status).toBe(200)
    const origins = [
      'null',
      'http://evil.example',
      `https://127.0.0.1:${to.port}`,
      `http://127.0.0.1:${to.port + 1}`,
      `127.0.0.1:${to.port}`,
    ]
    for (const origin of origins) {
      expect([origin, (await post(to, {}, { origin })).status]).toEqual([origin, 403])
      const read = await ask(to, '/api/v1/leaderboard/amr-detection', { headers: { origin } })
      expect([origin, read.status, read.headers['access-control-allow-origin']]).toEqual([origin, 403, undefined])
    }
    // Its own pages may ask; that the body is empty is another matter.
    const own = await post(to, '', { origin: `http://127.0.0.1:${to.port}` })
    expect(own.status).toBe(400)
    const preflight = await ask(to, '/api/v1/benchmark/run', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    })
    expect([preflight.status, preflight.headers.allow]).toEqual([405, 'POST'])
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    for (const path of ['/', '/api/v1/openapi.json', '/nothing'])
      expect((await ask(to, path)).headers).toMatchObject({
        'content-security-policy': "frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
      })
    await isUnharmed()
  })
})

describe('starting runs', () => {
  const start = { dataset: 'amr-embedded', pipelines: ['embedded_contigs'] }

  test('takes the token', async () => {
    const wrong = [
      ...['', 'Bearer', 'Bearer ', 'Bearer x', `Bearer ${to.token}x`, `Bearer ${to.token.slice(0, -1)}`, to.token],
      ...[`Basic ${to.token}`, `Bearer ${to.token} x`, `Bearer ${to.token.toUpperCase()}`, `Token ${to.token}`],
    ]
    for (const authorization of wrong) {
      const answer = await post(to, start, { authorization })
      expect([authorization, answer.status]).toEqual([authorization, 401])
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
      expect(answer.text).not.toContain(to.token)
    }
    for (const path of [`?token=${to.token}`, `?access_token=${to.token}`])
      expect((await ask(to, `/api/v1/benchmark/run${path}`, { method: 'POST', body: '{}' })).status).toBe(401)
    await isUnharmed()
  })

  test('takes JSON that says it is JSON, and not too much of it', async () => {
    const types = [
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ]
    for (const type of [
      ...types,
      'text/plain; application/json',
      'application/json; charset=latin1',
      'application/json, text/plain',
    ])
      expect([type, (await post(to, start, { 'content-type': type })).status]).toEqual([type, 415])
    const large = JSON.stringify({ ...start, label: 'x'.repeat(1_000_001) })
    const declared = await post(to, large)
    expect([declared.status, declared.headers.connection]).toEqual([413, 'close'])
    const chunked = await raw(
      to,
      `POST /api/v1/benchmark/run HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nContent-Type: application/json\r\n` +
        `Authorization: Bearer ${to.token}\r\nTransfer-Encoding: chunked\r\n\r\n${`ffff\r\n${'x'.repeat(65_535)}\r\n`.repeat(17)}`,
    )
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /)
    expect((await post(to, Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'))).status).toBe(400)
    expect((await post(to, '['.repeat(200_000))).status).toBe(400)
    await isUnharmed()
  })

  test('other methods are told which there are', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST', 'TRACE']) {
      const answer = await ask(to, '/api/v1/leaderboard/amr-detection', { method })
      expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD'])
      expect((await ask(to, '/index.html', { method })).status).toBe(405)
    }
    const read = await ask(to, '/api/v1/benchmark/run')
    expect([read.status, read.headers.allow]).toEqual([405, 'POST'])
    await isUnharmed()
  })
})

describe('what is no http, or too slow', () => {
  test('garbage is refused, also behind right requests', async () => {
    const right = `GET /about.html HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\n\r\n`
    const answers = await raw(to, `${right}${right}\x16\x03\x01 rubbish\r\n\r\n`)
    expect(answers).toMatch(/^HTTP\/1\.1 (?:200|400) /)
    expect(answers).not.toContain('rubbish')
    const wrong = [
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'rubbish\r\n\r\n',
      `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nConnection: close\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      `POST /api/v1/benchmark/run HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `GET /x\x00 HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\n\r\n`,
    ]
    for (const bytes of wrong)
      expect([bytes, await raw(to, bytes)]).toEqual([bytes, expect.stringMatching(/^HTTP\/1\.1 4\d\d /)])
    await raw(to, `CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\n\r\n`)
    await isUnharmed()
  })

  test('who never finishes asking is cut off, and others are answered meanwhile', async () => {
    const started = performance.now()
    const slow = [
      '',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\n`,
      `POST /api/v1/benchmark/run HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\nContent-Type: application/json\r\nAuthorization: Bearer ${to.token}\r\nContent-Length: 100\r\n\r\n{`,
    ].map((bytes) => raw(to, bytes))
    expect((await ask(to, '/')).status).toBe(200)
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(performance.now() - started).toBeLessThan(45_000)
    await isUnharmed()
  })

  test('connections are no more than so many, and it goes on when they are gone', async () => {
    const sockets: Socket[] = []
    for (let count = 0; count < 100; count++)
      sockets.push(
        await new Promise<Socket>((resolve) => {
          const socket = connect(to.port, to.host, () => resolve(socket))
          socket.on('error', () => undefined)
        }),
      )
    await expect(ask(to, '/')).rejects.toThrow()
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(
        () =>
          ask(to, '/').then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 10_000 },
      )
      .toBe(200)
    await isUnharmed()
  })
})

test('the token stands on standard output only', async () => {
  mkdirSync(join(cwd, 'empty'), { recursive: true })
  const other = await serve(cwd, ['--verbose'])
  await post(other, {})
  await ask(other, '/')
  await other.stop()
  expect(other.stdout().split(other.token)).toHaveLength(2)
  expect(other.stderr()).not.toContain(other.token)
  expect(other.stderr()).toMatch(/^\d+ POST \/api\/v1\/benchmark\/run \d+ ms$/m)
})
