// A hub behind ssh that is down, unknown, closed, cut or silent: what people are told, and that nothing is lost.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { git, initBare } from '../support/git-server.ts'
import { type CliResult, tempDir } from '../support/harness.ts'
import {
  expectWholeDatabase,
  expectWholeHub,
  impatient,
  type Person,
  person,
  smallDisk,
  timesInHub,
} from '../support/hub-scene.ts'
import { CUT_CONNECTION, hasSshServer, type SshServer, startSshServer } from '../support/ssh-server.ts'

const WAIT = 240_000
const place = tempDir('hub ssh faults')
const bare = join(place, 'hub.git')

let server: SshServer
let anna: Person
let runId: string

const upload = (env: Record<string, string> = {}): Promise<CliResult> =>
  anna.runWith({ ...impatient, GIT_SSH_COMMAND: server.command, ...env }, 'upload', '--run-id', runId)
const well = (...argv: string[]): Promise<CliResult> => anna.runWith({ GIT_SSH_COMMAND: server.command }, ...argv)

/** A hook of the hub, run as a shell script. */
const hook = (name: string, script: string): void => {
  const file = join(bare, 'hooks', name)
  mkdirSync(join(bare, 'hooks'), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${CUT_CONNECTION}\n${script}\n`)
  chmodSync(file, 0o755)
}

beforeAll(async () => {
  if (!hasSshServer) return
  initBare(bare)
  server = await startSshServer(join(place, 'ssh'))
  anna = person(place, 'anna', server.url(bare))
  expect(await well('hub', 'init', server.url(bare), '--name', 'our-lab')).toMatchObject({ exit: 0 })
  expect(await well('register')).toMatchObject({ exit: 0 })
}, WAIT)
afterEach(async () => {
  server.misbehave(null)
  rmSync(join(bare, 'hooks'), { recursive: true, force: true })
  expectWholeDatabase(anna.database)
  expectWholeHub(bare)
  // What a test that failed left is not the next one's.
  await well('upload')
})
afterAll(() => server.close())

/** Everything is well again: the run gets there, once. */
const delivers = async (): Promise<void> => {
  expect((await well('upload', '--json')).json()).toMatchObject({ uploaded: [runId], queued: [] })
  expect(timesInHub(bare, runId)).toBe(1)
}

describe.skipIf(!hasSshServer)('a hub behind ssh that is ill', () => {
  const faults: readonly (readonly [
    name: string,
    fault: { readonly begin: () => void; readonly end: () => unknown },
    exit: number,
    words: RegExp,
  ])[] = [
    ['is down', { begin: () => server.close(), end: () => server.start() }, 0, /Queued: .*Connection refused/s],
    [
      'is not known',
      { begin: () => server.know('none'), end: () => server.know('right') },
      6,
      /Host key verification failed.*connect to it once with `ssh`.*waits in the outbox/s,
    ],
    [
      'has another key',
      { begin: () => server.know('another'), end: () => server.know('right') },
      6,
      /HOST IDENTIFICATION HAS CHANGED.*ask whoever keeps it.*waits in the outbox/s,
    ],
    [
      'does not let us in',
      { begin: () => server.letIn(false), end: () => server.letIn(true) },
      6,
      /Permission denied.*your public key.*waits in the outbox/s,
    ],
    [
      'lets us read only',
      { begin: () => server.misbehave('read-only'), end: () => server.misbehave(null) },
      6,
      /read access only.*whether you may use that repository.*waits in the outbox/s,
    ],
    [
      'hangs',
      { begin: () => server.misbehave('hang'), end: () => server.misbehave(null) },
      0,
      /Queued: .*fell silent/s,
    ],
    [
      'ends in the middle of the push',
      { begin: () => server.misbehave('cut-push'), end: () => server.misbehave(null) },
      0,
      /Queued: /,
    ],
    [
      'is cut before the hub has taken the push',
      { begin: () => hook('pre-receive', 'cut; sleep 1; exit 1'), end: () => undefined },
      0,
      /Queued: .*fell silent/s,
    ],
    [
      'falls silent in the middle of the push',
      { begin: () => hook('pre-receive', 'exec 1>&- 2>&-; kill -STOP $PPID'), end: () => undefined },
      0,
      /Queued: .*fell silent/s,
    ],
    [
      'has a hook that refuses',
      {
        begin: () => hook('pre-receive', String.raw`printf 'main is \033]0;x\007closed today\033[2J\n' >&2; exit 1`),
        end: () => undefined,
      },
      6,
      /refuses the upload.*main is closed today.*waits in the outbox/s,
    ],
  ]
  test.each(faults)(
    '%s: said plainly, nothing lost, nothing doubled',
    async (_, { begin, end }, exit, words) => {
      ;[runId = ''] = anna.addRuns(1)
      begin()
      try {
        const failed = await upload()
        expect(`${failed.stdout}${failed.stderr}`).toMatch(words)
        // eslint-disable-next-line no-control-regex -- finding control characters is the point
        expect(`${failed.stdout}${failed.stderr}`).not.toMatch(/This is a bug|\u001b|\u0007/)
        expect(failed.exit).toBe(exit)
        expect(anna.outbox()[runId]).toBe('queued')
      } finally {
        await end()
      }
      rmSync(join(bare, 'hooks'), { recursive: true, force: true })
      await delivers()
    },
    WAIT,
  )

  test(
    'cut after the hub took the push: it is seen that it is in, and nothing goes twice',
    async () => {
      ;[runId = ''] = anna.addRuns(1)
      hook('post-receive', 'cut; sleep 1')
      expect(await upload()).toMatchObject({ exit: 0, stdout: expect.stringContaining(`: ${runId}`) as string })
      expect(anna.outbox()[runId]).toBe('pushed')
      const commits = git(bare, 'rev-list', '--count', 'main')
      expect((await upload()).exit).toBe(0)
      expect(git(bare, 'rev-list', '--count', 'main')).toBe(commits)
    },
    WAIT,
  )

  test(
    'on a file system that is read only: told whom to ask',
    async (context) => {
      const folder = join(place, 'disk')
      const disk = smallDisk(folder, '20m')
      if (disk === null) return context.skip('mounting is not allowed here')
      try {
        const hub = join(folder, 'hub.git')
        initBare(hub)
        const bert = person(place, 'bert', server.url(hub))
        const run = (...argv: string[]) => bert.runWith({ GIT_SSH_COMMAND: server.command }, ...argv)
        expect(await run('hub', 'init', server.url(hub), '--name', 'disk')).toMatchObject({ exit: 0 })
        expect(await run('register')).toMatchObject({ exit: 0 })
        const [id = ''] = bert.addRuns(1)
        disk.readOnly(true)
        const refused = await run('upload', '--run-id', id)
        expect(refused.stderr).toMatch(/refuses the upload.*may not write to the folder.*waits in the outbox/s)
        expect(refused.exit).toBe(6)
        expect((await run('sync')).exit).toBe(0)
        disk.readOnly(false)
        expect((await run('upload', '--json')).json()).toMatchObject({ uploaded: [id], queued: [] })
      } finally {
        disk.unmount()
      }
    },
    WAIT,
  )

  test(
    'a sync says so, and takes nothing in',
    async () => {
      for (const [begin, end, words] of [
        [() => server.misbehave('hang'), () => server.misbehave(null), /fell silent/],
        [() => server.know('none'), () => server.know('right'), /Host key verification failed/],
        [() => server.close(), () => server.start(), /Connection refused/],
      ] as const) {
        begin()
        const failed = await anna.runWith({ ...impatient, GIT_SSH_COMMAND: server.command }, 'sync')
        expect(failed.stderr).toMatch(words)
        expect(failed.exit).toBe(6)
        await end()
      }
      expect((await well('sync')).exit).toBe(0)
    },
    WAIT,
  )

  test(
    'a folder that is no hub, and a machine without ssh',
    async () => {
      const elsewhere = await well('sync', '--hub', server.url(join(place, 'nothing.git')))
      expect(elsewhere.stderr).toMatch(/does not appear to be a git repository.*Check the path/s)
      expect(elsewhere.exit).toBe(6)
      const bin = join(place, 'bin')
      mkdirSync(bin)
      symlinkSync('/usr/bin/git', join(bin, 'git'))
      const without = await anna.runWith({ PATH: bin }, 'sync')
      expect(without.stderr).toMatch(/needs the program ssh/)
      expect(without.exit).toBe(6)
    },
    WAIT,
  )
})
