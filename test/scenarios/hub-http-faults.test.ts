// A hub behind http that is ill, wants tokens, or is somewhere else; with and without a git program.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { git, type GitServer, initBare, startGitServer } from '../support/git-server.ts'
import { type CliResult, tempDir } from '../support/harness.ts'
import {
  expectWholeDatabase,
  expectWholeHub,
  impatient,
  namesBelow,
  type Person,
  person,
  timesInHub,
} from '../support/hub-scene.ts'
import { has } from '../support/programs.ts'

const WAIT = 240_000
const place = tempDir('hub http faults')
const served = join(place, 'served')
const bare = join(served, 'hub.git')
const NO_GIT = { PATH: '/nonexistent' }
const LOGIN = 'token:right-token-1234'

let server: GitServer
let anna: Person
let runId: string
let url: string

interface Upload {
  readonly uploaded: string[]
  readonly queued: string[]
  readonly notes: string[]
}
const upload = (env: Record<string, string> = {}): Promise<CliResult> =>
  anna.runWith({ ...impatient, ...env }, 'upload', '--run-id', runId)

beforeAll(async () => {
  initBare(bare)
  server = await startGitServer(served)
  url = server.url('hub.git')
  const keeper = person(place, 'keeper', url)
  expect((await keeper.run('hub', 'init', url, '--name', 'our-lab')).exit).toBe(0)
  anna = person(place, 'anna', url)
  expect((await anna.run('register')).exit).toBe(0)
}, WAIT)
afterEach(() => {
  server.mischief = null
  server.login = null
  expectWholeDatabase(anna.database)
  expectWholeHub(bare)
})
afterAll(() => server.close())

/** Everything is well again: the run gets there, once. */
const delivers = async (): Promise<void> => {
  const delivered = await anna.run('upload', '--json')
  expect(delivered.json()).toMatchObject({ uploaded: [runId], queued: [] })
  expect(timesInHub(bare, runId)).toBe(1)
}

describe('a hub behind http that is ill', () => {
  test.each([
    ['hangs when asked', { hang: true }, 0, /Queued: .*fell silent/s],
    ['hangs after the push was sent', { hang: true, method: 'POST', service: 'git-receive-pack' }, 0, /fell silent/],
    ['answers 500', { status: 500, text: 'out of order' }, 0, /Queued: .*500.*out of order/s],
    ['answers 500 to the push', { status: 500, method: 'POST', service: 'git-receive-pack' }, 0, /Queued: .*500/s],
    ['answers 401', { status: 401 }, 6, /wants a token.*benchmark auth --token.*waits in the outbox/s],
    ['answers 403', { status: 403 }, 6, /does not allow this.*waits in the outbox/s],
    [
      'answers 403 to the push',
      { status: 403, method: 'POST', service: 'git-receive-pack' },
      6,
      /refuses.*403.*waits/s,
    ],
    ['answers 404', { status: 404 }, 6, /There is no hub at .*waits in the outbox/s],
    [
      'sends elsewhere',
      { status: 302, location: 'http://127.0.0.1:1/hub.git/info/refs?service=git-receive-pack' },
      6,
      /elsewhere: http:\/\/127\.0\.0\.1:1\/hub\.git/,
    ],
    ['cuts the answer off', { truncateAt: 20, method: 'GET' }, 0, /Queued: /],
    ['is no git server', { status: 200, text: '<html>Welcome</html>' }, 6, /not a git server/],
  ] as const)(
    '%s: said plainly, nothing lost, nothing doubled',
    async (_, mischief, exit, words) => {
      ;[runId = ''] = anna.addRuns(1)
      server.mischief = mischief
      const failed = await upload()
      expect(`${failed.stdout}${failed.stderr}`).toMatch(words)
      expect(`${failed.stdout}${failed.stderr}`).not.toMatch(/This is a bug/)
      expect(failed.exit).toBe(exit)
      expect(anna.outbox()[runId]).toBe('queued')
      server.mischief = null
      await delivers()
    },
    WAIT,
  )

  test(
    'cut after the push was received: it is seen that it is in, and nothing goes twice',
    async () => {
      ;[runId = ''] = anna.addRuns(1)
      server.mischief = { cut: true, method: 'POST', service: 'git-receive-pack' }
      const cut = await upload()
      expect(cut).toMatchObject({ exit: 0, stdout: expect.stringContaining(`: ${runId}`) as string })
      expect(anna.outbox()[runId]).toBe('pushed')
      expect(timesInHub(bare, runId)).toBe(1)
      const commits = git(bare, 'rev-list', '--count', 'main')
      server.mischief = null
      expect((await upload()).exit).toBe(0)
      expect(git(bare, 'rev-list', '--count', 'main')).toBe(commits)
    },
    WAIT,
  )

  test(
    'cut after the push, and gone since: queued; the next exchange finds that it is in',
    async () => {
      ;[runId = ''] = anna.addRuns(1)
      server.mischief = { cut: true, method: 'POST', service: 'git-receive-pack' }
      const pushing = upload()
      while (
        server.requests.filter(({ method, url: asked }) => method === 'POST' && asked.includes('receive-pack'))
          .length === 0 ||
        timesInHub(bare, runId) === 0
      )
        await new Promise((resolve) => setTimeout(resolve, 20))
      server.mischief = { status: 503 }
      const { stdout, exit } = await pushing
      expect(exit, stdout).toBe(0)
      // Depending on who was faster, the head was still read, or not any more.
      expect(['queued', 'pushed']).toContain(anna.outbox()[runId])
      server.mischief = null
      const commits = git(bare, 'rev-list', '--count', 'main')
      expect((await anna.run('sync', '--json')).json()).toMatchObject({ queued: 0 })
      expect(anna.outbox()[runId]).toBe('pushed')
      expect(timesInHub(bare, runId)).toBe(1)
      expect(git(bare, 'rev-list', '--count', 'main')).toBe(commits)
    },
    WAIT,
  )

  test(
    'a sync of a hub that is ill says so and takes nothing in',
    async () => {
      for (const [mischief, words] of [
        [{ hang: true }, /fell silent/],
        [{ status: 500 }, /status 500/],
        [{ status: 404 }, /There is no hub at/],
        [{ truncateAt: 300, method: 'POST' }, /cut|cannot be used|ended|cannot be reached/],
      ] as const) {
        const bert = person(place, `bert-${JSON.stringify(words.source).length}`, url)
        server.mischief = mischief
        const failed = await bert.runWith(impatient, 'sync')
        expect(failed.stderr).toMatch(words)
        expect(failed.exit).toBe(6)
        server.mischief = null
        expect((await bert.run('sync')).exit).toBe(0)
      }
    },
    WAIT,
  )
})

describe('a hub behind http with a token', () => {
  test(
    'none, a wrong one, one of the environment, a stored one: in this order; no trace of it anywhere',
    async () => {
      ;[runId = ''] = anna.addRuns(1)
      server.login = LOGIN
      const token = LOGIN.slice('token:'.length)
      expect((await upload()).stderr).toMatch(/wants a token \(401\).*benchmark auth --token/s)
      const unconfirmed = { CI: '', BENCHMARK_HUB_TOKEN: 'wrong-token-5678' }
      const withheld = await upload(unconfirmed)
      expect(withheld.stderr).toMatch(/wants a token \(401\).*was not sent.*benchmark auth --confirm/s)
      expect((await anna.runWith(unconfirmed, 'auth', '--status')).stdout).toMatch(/is not sent to http.*--confirm/)
      expect((await anna.runWith({ CI: '' }, 'auth', '--confirm')).exit).toBe(0)
      expect((await upload(unconfirmed)).stderr).toMatch(/wants another token \(401\)/)
      const status = await anna.runWith({ BENCHMARK_HUB_TOKEN: 'wrong-token-5678' }, 'auth', '--status')
      expect(status.stdout).toMatch(/from BENCHMARK_HUB_TOKEN.*The hub refuses it/s)
      expect((await anna.runWith({ BENCHMARK_HUB_TOKEN: token }, 'sync')).exit).toBe(0)
      expect((await anna.run('auth', '--token', token)).stdout).toContain('The hub answers.')
      ;[runId = ''] = anna.addRuns(1)
      // The environment wins over what is stored, also when it is wrong.
      expect((await upload({ BENCHMARK_HUB_TOKEN: 'wrong-token-5678' })).exit).toBe(6)
      server.mischief = { status: 302, location: 'http://127.0.0.1:1/hub.git/info/refs?service=git-receive-pack' }
      const moved = await upload()
      expect(moved.stderr).toMatch(/elsewhere/)
      server.mischief = null
      await delivers()
      for (const { stdout, stderr } of [moved, status])
        expect(`${stdout}${stderr}`).not.toMatch(/right-token|wrong-token/)
      for (const name of namesBelow(anna.cwd, /\.(?:db|db-wal|log|json|yaml)$|config$/))
        expect(readFileSync(join(anna.cwd, name), 'latin1')).not.toMatch(/right-token|wrong-token/)
    },
    WAIT,
  )

  test(
    'an address with a token in it is refused, and not repeated',
    async () => {
      const carl = person(place, 'carl', url.replace('//', '//user:secret-9876@'))
      for (const argv of [['sync'], ['register'], ['hub', 'status']]) {
        const refused = await carl.run(...argv)
        expect(refused.stderr).toMatch(/must not hold a name or token/)
        expect(refused.stderr).not.toContain('secret-9876')
        expect(refused.exit).toBe(6)
      }
    },
    WAIT,
  )
})

describe('without a git program', () => {
  test(
    'registering, sharing, reading, folding and checking what is there',
    async () => {
      const dora = person(place, 'dora', url)
      expect((await dora.runWith(NO_GIT, 'register')).exit).toBe(0)
      const [first = '', second = ''] = dora.addRuns(2)
      expect((await dora.runWith(NO_GIT, 'upload', '--run-id', first, '--run-id', second)).exit).toBe(0)
      expect((await dora.runWith(NO_GIT, 'sync')).exit).toBe(0)
      expect((await dora.runWith(NO_GIT, 'sync', '--json')).json()).toMatchObject({ added: 0 })
      expect([timesInHub(bare, first), timesInHub(bare, second)]).toEqual([1, 1])
      expect((await dora.runWith(NO_GIT, 'hub', 'erase', second, '--reason', 'mistake')).exit).toBe(0)
      expect(timesInHub(bare, second)).toBe(0)
      expect((await dora.runWith(NO_GIT, 'sync', '--json')).json()).toMatchObject({ removed: 1 })
      const folder = await dora.runWith(NO_GIT, 'sync', '--hub', bare)
      expect(folder).toMatchObject({ exit: 6, stderr: expect.stringMatching(/needs the program git/) as string })
    },
    WAIT,
  )
})

describe.skipIf(!has('openssl'))('a hub behind https', () => {
  test(
    'whose certificate nobody knows is not spoken to; with its certificate it is',
    async () => {
      const keys = join(place, 'tls')
      mkdirSync(keys)
      const [key, cert] = [join(keys, 'key.pem'), join(keys, 'cert.pem')]
      const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1']
      const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
      execFileSync('openssl', ['req', ...made, ...files], { stdio: 'ignore' })
      const secure = await startGitServer(served, { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') })
      try {
        const emil = person(place, 'emil', secure.url('hub.git').replace('hub.example', '127.0.0.1'))
        const refused = await emil.run('sync')
        expect(refused.stderr).toMatch(/certificate.*NODE_EXTRA_CA_CERTS/s)
        expect(refused.exit).toBe(6)
        expect(secure.requests).toEqual([])
        expect((await emil.runWith({ NODE_EXTRA_CA_CERTS: cert }, 'sync')).exit).toBe(0)
      } finally {
        await secure.close()
      }
    },
    WAIT,
  )
})

describe('a network that is gone', () => {
  test(
    'for good loses nothing: everything waits, and says so',
    async () => {
      // A port that nobody listens at.
      const port = await new Promise<number>((resolve) => {
        const probe = createServer().listen(0, '127.0.0.1', () => {
          const { port: free } = probe.address() as { port: number }
          probe.close(() => resolve(free))
        })
      })
      const gone = person(place, 'gone', `http://127.0.0.1:${port}/hub.git`)
      const runs = gone.addRuns(3)
      for (const id of runs) {
        const queued = await gone.run('upload', '--run-id', id, '--json')
        expect(queued).toMatchObject({ exit: 0 })
        expect((queued.json() as Upload).queued).toContain(id)
      }
      expect(gone.outbox()).toEqual(Object.fromEntries(runs.map((id) => [id, 'queued'])))
      expect((await gone.run('register')).stdout).toMatch(/waits|delivers/)
      expect((await gone.run('sync')).exit).toBe(6)
      expect((await gone.run('hub', 'status', '--json')).json()).toMatchObject({
        reachable: false,
        outbox: { queued: 3 },
      })
      expect((await gone.run('audit', 'verify')).exit).toBe(0)
    },
    WAIT,
  )
})
