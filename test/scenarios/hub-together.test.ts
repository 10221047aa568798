// Many at once on one hub, runs that are shared as they end, and the mistakes of a first day.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { git, initBare } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import {
  daysOff,
  expectWholeDatabase,
  expectWholeHub,
  pathsOf,
  person,
  smallDisk,
  timesInHub,
} from '../support/hub-scene.ts'

const WAIT = 240_000
const place = tempDir('hub together')
const hub = join(place, 'hub.git')
const keeper = person(place, 'keeper', hub)

beforeAll(async () => {
  expect((await keeper.run('hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
}, WAIT)

describe('many at once', () => {
  test(
    'eight processes of four projects, two on each database: everything is there once, nobody is told of a refusal',
    async () => {
      const people = await Promise.all(
        ['one', 'two', 'three', 'four'].map(async (name) => {
          const member = person(place, `of-${name}`, hub)
          expect((await member.run('register')).exit).toBe(0)
          return { member, runs: member.addRuns(2) }
        }),
      )
      const ends = await Promise.all(
        people.flatMap(({ member, runs }) => runs.map((id) => member.run('upload', '--run-id', id))),
      )
      for (const { exit, stdout, stderr } of ends) {
        expect(`${stdout}${stderr}`).not.toMatch(/refuses|has moved|This is a bug/)
        expect(exit, stderr).toBe(0)
      }
      for (const { member, runs } of people) {
        // What one process held, the other may have left: an exchange more delivers it.
        expect((await member.run('sync')).exit).toBe(0)
        expect(member.outbox()).toEqual(Object.fromEntries(runs.map((id) => [id, 'pushed'])))
        for (const id of runs) expect(timesInHub(hub, id)).toBe(1)
        expectWholeDatabase(member.database)
      }
      expectWholeHub(hub)
    },
    WAIT,
  )

  test(
    'an upload beside two syncs of the same project',
    async () => {
      const anna = person(place, 'anna', hub)
      expect((await anna.run('register')).exit).toBe(0)
      const [id = ''] = anna.addRuns(1)
      const all = await Promise.all([anna.run('sync'), anna.run('upload', '--run-id', id), anna.run('sync')])
      for (const { exit, stderr } of all) expect(exit, stderr).toBe(0)
      expect((await anna.run('sync', '--json')).json()).toMatchObject({ queued: 0, quarantined: [] })
      expect(timesInHub(hub, id)).toBe(1)
      expectWholeDatabase(anna.database)
      expectWholeHub(hub)
    },
    WAIT,
  )
})

describe('shared as it ends', () => {
  test(
    'auto_upload: told, queued while the hub is away, delivered with the next exchange; a sync beside the run',
    async () => {
      const auto = person(place, 'auto', hub, ', auto_upload: true')
      expect((await auto.run('register')).exit).toBe(0)
      writeFileSync(join(auto.cwd, 'samples.csv'), 'sample,fasta\nS1,a.fa\n')
      writeFileSync(join(auto.cwd, 'a.fa'), '>a\nACGT\n')
      const config = join(auto.cwd, '.benchmark', 'config.yaml')
      writeFileSync(config, `${readFileSync(config, 'utf8')}  pipelines:\n    - {name: job, command: ["true"]}\n`)
      const start = () => auto.run('run', '--input', 'samples.csv')
      const [first, beside] = await Promise.all([start(), auto.run('sync')])
      expect(first.exit, first.stderr).toBe(0)
      expect(beside.exit, beside.stderr).toBe(0)
      expect(first.stderr).toContain('Shared through')
      renameSync(hub, `${hub}.away`)
      const away = await start()
      expect(away.exit).toBe(0)
      expect(away.stderr).toMatch(/Waiting for the hub.*Nothing is lost/s)
      renameSync(`${hub}.away`, hub)
      const third = await start()
      expect(third.stderr).toContain('Shared through')
      expect(Object.values(auto.outbox())).toEqual(['pushed', 'pushed', 'pushed'])
      for (const id of Object.keys(auto.outbox())) expect(timesInHub(hub, id)).toBe(1)
    },
    WAIT,
  )

  test(
    'upload --all, and of the latest with a tag, a branch and a visibility',
    async () => {
      const dora = person(place, 'dora', hub)
      expect((await dora.run('register')).exit).toBe(0)
      dora.addRuns(3)
      const latest = ['--run-id', 'latest', '--tag', 'ci-run', '--branch', 'feature-x', '--visibility', 'public']
      const one = (await dora.run('upload', ...latest, '--json')).json() as { uploaded: string[] }
      const path = pathsOf(hub).find((name) => name.endsWith(`/${one.uploaded[0] ?? ''}.json`)) ?? ''
      const shared = JSON.parse(git(hub, 'show', `main:${path}`)) as { payload: { tags: string[]; branch: string } }
      expect(shared.payload.tags).toContain('ci-run')
      expect(shared.payload.branch).toBe('feature-x')
      expect((await dora.run('test', '--quick')).exit).toBe(0)
      const notes = ['1 run of the demonstration is not shared by --all; --run-id shares one.']
      expect((await dora.run('upload', '--all', '--json')).json()).toMatchObject({ queued: [], rejected: [], notes })
      expect(Object.values(dora.outbox())).toEqual(['pushed', 'pushed', 'pushed'])
    },
    WAIT,
  )
})

describe('a first day', () => {
  test(
    'not registered, or with a name that is taken: said, and nothing is sent until that is right',
    async () => {
      const emil = person(place, 'emil', hub)
      const [id = ''] = emil.addRuns(1)
      const homeless = await emil.run('upload', '--run-id', id)
      expect(homeless).toMatchObject({
        exit: 4,
        stdout: expect.stringMatching(/not registered.*benchmark register/) as string,
      })
      expect(timesInHub(hub, id)).toBe(0)
      expect((await emil.run('register')).exit).toBe(0)
      expect((await emil.run('upload', '--run-id', id)).exit).toBe(0)
      expect(timesInHub(hub, id)).toBe(1)

      // Somebody else with the same name; or the same one, whose keys are lost.
      const keys = emil.env['BENCHMARK_CONFIG_HOME'] ?? ''
      renameSync(keys, `${keys} kept`)
      const [other = ''] = emil.addRuns(1)
      const foreign = await emil.run('upload', '--run-id', other)
      expect(foreign).toMatchObject({ exit: 4, stdout: expect.stringContaining('with other keys') as string })
      expect(timesInHub(hub, other)).toBe(0)
      const taken = await emil.run('register')
      expect(taken).toMatchObject({ exit: 6, stderr: expect.stringMatching(/other keys.*--name/s) as string })
      rmSync(keys, { recursive: true })
      renameSync(`${keys} kept`, keys)
      expect((await emil.run('upload', '--all')).exit).toBe(0)
      expect(timesInHub(hub, other)).toBe(1)
      expect((await keeper.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')).exit).toBe(0)
    },
    WAIT,
  )

  test(
    'no hub, a wrong one, one of something else: each is told from the others, with what to do',
    async () => {
      const folder = (name: string): string => join(place, name)
      mkdirSync(folder('plain'))
      initBare(folder('empty.git'))
      execFileSync('git', ['clone', '--quiet', '--bare', hub, folder('other.git')])
      const tree = git(folder('other.git'), 'mktree', '--missing')
      git(
        folder('other.git'),
        'update-ref',
        'refs/heads/main',
        git(folder('other.git'), 'commit-tree', tree, '-m', 'x'),
      )
      const nobody = person(place, 'nobody', null)
      for (const [url, words, exit] of [
        [null, /has no hub.*central_hub\.url/s, 4],
        [folder('no-such.git'), /no-such\.git/, 6],
        [folder('plain'), /no hub that git can open/, 6],
        [folder('empty.git'), /is empty.*hub init/s, 6],
        [folder('other.git'), /no hub\.json/, 6],
        ['htps://example.org/hub.git', /cannot be a hub/, 6],
        ['http://example.org/hub.git', /use https/, 6],
      ] as const) {
        const told = await nobody.run('sync', ...(url === null ? [] : ['--hub', url]))
        expect(told.stderr).toMatch(words)
        expect(told.exit).toBe(exit)
      }
      expect(existsSync(nobody.database) ? nobody.outbox() : {}).toEqual({})
    },
    WAIT,
  )

  test(
    'a database that was deleted is read again, and nothing of it is shared twice',
    async () => {
      const fred = person(place, 'fred', hub)
      expect((await fred.run('register')).exit).toBe(0)
      const [id = ''] = fred.addRuns(1)
      expect((await fred.run('upload', '--run-id', id)).exit).toBe(0)
      for (const end of ['', '-wal', '-shm']) rmSync(`${fred.database}${end}`, { force: true })
      expect((await fred.run('sync')).exit).toBe(0)
      expect((await fred.run('hub', 'status', '--json')).json()).toMatchObject({ state: 'ok', outbox: { pushed: 0 } })
      expect(timesInHub(hub, id)).toBe(1)
    },
    WAIT,
  )

  test(
    'a clock that is a day off harms nothing; one that is months ahead is not taken in by others',
    async () => {
      const gina = person(place, 'gina', hub)
      expect((await gina.run('register')).exit).toBe(0)
      const [near = ''] = gina.addRuns(1)
      expect((await gina.runWith(daysOff(-0.5), 'upload', '--run-id', near)).exit).toBe(0)
      const before = (await keeper.run('sync', '--json')).json() as { quarantined: unknown[] }
      expect(before.quarantined).toEqual([])
      const [far = ''] = gina.addRuns(1)
      expect((await gina.runWith(daysOff(100), 'upload', '--run-id', far)).exit).toBe(0)
      const after = (await keeper.run('sync', '--json')).json() as { quarantined: { reason: string }[] }
      expect(after.quarantined.map(({ reason }) => reason).join(' ')).toContain('has not begun yet')
      expect((await gina.run('sync')).exit).toBe(0)
    },
    WAIT,
  )

  test(
    'a hub that may only be read: told so, and the run waits',
    async (context) => {
      const share = join(place, 'share')
      const disk = smallDisk(share, '8m')
      if (disk === null) return context.skip('only root can mount')
      try {
        const url = join(share, 'hub.git')
        const hans = person(place, 'hans', url)
        expect((await keeper.run('hub', 'init', url, '--name', 'shared')).exit).toBe(0)
        expect((await hans.run('register')).exit).toBe(0)
        const [id = ''] = hans.addRuns(1)
        disk.readOnly(true)
        expect((await hans.run('sync')).exit).toBe(0)
        const refused = await hans.run('upload', '--run-id', id)
        expect(refused).toMatchObject({
          exit: 6,
          stderr: expect.stringMatching(/may not write to the folder.*waits/s) as string,
        })
        disk.readOnly(false)
        expect((await hans.run('upload')).exit).toBe(0)
        expect(timesInHub(url, id)).toBe(1)
      } finally {
        disk.unmount()
      }
    },
    WAIT,
  )
})
