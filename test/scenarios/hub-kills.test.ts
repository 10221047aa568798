// `kill -9` at any step of everything that talks to a hub: the same command again ends well, nothing is lost or doubled.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/core/stats/random.ts'
import { git } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import {
  daysOff,
  ended,
  expectWholeDatabase,
  expectWholeHub,
  namesBelow,
  pathsOf,
  type Person,
  person,
  query,
  snapshot,
  stepwise,
  timesInHub,
} from '../support/hub-scene.ts'

// How many kills in all: hundreds where time is no matter, a taste of them elsewhere.
const KILLS = Number(process.env['BENCHMARK_HUB_KILLS'] ?? 20)
const OLD = 120

const place = tempDir('hub kills')
const scene = join(place, 'scene')
const hub = join(scene, 'hub.git')
const source = join(scene, 'source')
const member = (name: string): Person => person(scene, name, hub)

interface Scene {
  readonly keeper: Person
  readonly anna: Person
  readonly bert: Person
  readonly old: readonly string[]
  readonly shared: string
  readonly waiting: readonly string[]
  readonly restore: () => void
}
let it: Scene

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')
const datasetFiles = (): Record<string, Buffer> => ({
  'samples.csv': Buffer.from('sample,fasta\nS1,reads/a.fa\n'),
  'truth.tsv': Buffer.from('sample\tgene\nS1\tblaTEM-1\n'),
  'reads/a.fa': Buffer.from(`>a\n${'ACGT'.repeat(50_000)}\n`),
})
/** A dataset of files in a folder. */
const writeDataset = (): string => {
  const files = datasetFiles()
  mkdirSync(join(source, 'reads'), { recursive: true })
  for (const [path, data] of Object.entries(files)) writeFileSync(join(source, path), data)
  const file = join(scene, 'dataset.json')
  const document = {
    ...{ schema: 'benchmark.hub-dataset/1', id: 'mock', title: 'Mock', description: null, dataset_version: '1' },
    ...{ version: 1, benchmark_type: 'amr-detection', licence: 'CC0-1.0', source: 'made up', labels: 'inserted' },
    ...{ samples: 1, samplesheet: 'samples.csv', truth: 'truth.tsv' },
    files: Object.entries(files).map(([path, data]) => ({
      path,
      sha256: sha256(data),
      bytes: data.length,
      sources: [pathToFileURL(join(source, path)).href],
    })),
  }
  writeFileSync(file, JSON.stringify(document))
  return file
}

beforeAll(async () => {
  const [keeper, anna, bert] = [member('keeper'), member('anna'), member('bert')]
  expect((await keeper.runWith(daysOff(-OLD - 1), 'hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
  expect((await anna.runWith(daysOff(-OLD - 1), 'register')).exit).toBe(0)
  const old = anna.addRuns(3, OLD)
  const asked = (ids: readonly string[]): string[] => ids.flatMap((id) => ['--run-id', id])
  expect((await anna.runWith(daysOff(-OLD), 'upload', ...asked(old))).exit).toBe(0)
  expect((await bert.run('sync')).exit).toBe(0)
  const [shared = '', ...waiting] = anna.addRuns(3)
  // Through another project: on the way anna's closed month would be folded.
  const carl = member('carl')
  expect((await carl.run('register')).exit).toBe(0)
  const [ofCarl = ''] = carl.addRuns(1)
  expect((await carl.run('upload', '--run-id', ofCarl)).exit).toBe(0)
  member('dora')
  member('fred')
  writeDataset()
  it = {
    keeper,
    anna,
    bert,
    old,
    shared: ofCarl,
    waiting: [shared, ...waiting],
    restore: snapshot(scene, join(place, 'kept')),
  }
}, 240_000)

interface Victim {
  readonly what: string
  readonly who: string
  readonly argv: () => string[]
  /** What must be true once the same command was run again. */
  readonly check: (victim: Person) => void
}
const registry = (path: string): { version: number } =>
  JSON.parse(git(hub, 'show', `main:${path}`)) as { version: number }
const runsOf = (who: Person): number =>
  query<{ n: number }>(who.database, 'SELECT count(*) AS n FROM hub_run')[0]?.n ?? 0
const headOf = (who: Person): unknown => query<{ head: string }>(who.database, 'SELECT head FROM hub')[0]?.head
const everyRunOnce = (except: readonly string[] = []): void => {
  for (const id of [...it.old, it.shared]) expect(timesInHub(hub, id), id).toBe(except.includes(id) ? 0 : 1)
}
const expectRead = (reader: Person): void => {
  expect(runsOf(reader)).toBe(4)
  expect(headOf(reader)).toBe(git(hub, 'rev-parse', 'main'))
}

const VICTIMS: readonly Victim[] = [
  {
    what: 'upload',
    who: 'anna',
    argv: () => ['upload', ...it.waiting.flatMap((id) => ['--run-id', id])],
    check: (anna) => {
      for (const id of it.waiting) expect(timesInHub(hub, id)).toBe(1)
      everyRunOnce()
      // Her closed month was folded on the way, with its seal or not at all.
      const months = pathsOf(hub).filter((path) => /^warehouse\/results\/anna\/[^/]*$/.test(path))
      expect(months.map((path) => path.slice(path.indexOf('.')))).toEqual(['.jsonl', '.seal.json'])
      expect(anna.outbox()).toEqual(Object.fromEntries([...it.old, ...it.waiting].map((id) => [id, 'pushed'])))
    },
  },
  { what: 'first sync', who: 'dora', argv: () => ['sync'], check: expectRead },
  { what: 'sync', who: 'bert', argv: () => ['sync'], check: expectRead },
  {
    what: 'register',
    who: 'dora',
    argv: () => ['register'],
    check: (dora) => {
      expect(registry('registry/projects/dora/project.json')).toMatchObject({
        version: 1,
        keys: [{ status: 'active' }],
      })
      expect(namesBelow(join(dora.env['BENCHMARK_CONFIG_HOME'] ?? '', 'keys'), /dora/)).toHaveLength(1)
    },
  },
  {
    what: 'hub compact',
    who: 'keeper',
    argv: () => ['hub', 'compact'],
    check: () => {
      everyRunOnce()
      expect(pathsOf(hub).filter((path) => path.includes('results/anna/'))).toEqual([expect.stringMatching(/\.jsonl$/)])
    },
  },
  {
    what: 'hub retain',
    who: 'keeper',
    argv: () => ['hub', 'retain'],
    check: () => {
      everyRunOnce(it.old)
      expect(pathsOf(hub).filter((path) => path.startsWith('warehouse/aggregated/'))).not.toEqual([])
    },
  },
  {
    what: 'hub squash',
    who: 'keeper',
    argv: () => ['hub', 'squash'],
    check: () => {
      everyRunOnce()
      expect(git(hub, 'rev-list', '--count', 'main')).toBe('1')
      // Also when it was killed after its push: the second one finds the epoch there.
      expect((registry('hub.json') as unknown as { epoch: number }).epoch).toBe(2)
    },
  },
  {
    what: 'hub erase',
    who: 'keeper',
    argv: () => ['hub', 'erase', it.old[1] ?? '', '--reason', 'mistake'],
    check: () => {
      everyRunOnce([it.old[1] ?? ''])
      expect(pathsOf(hub).filter((path) => path.startsWith('registry/tombstones/'))).toHaveLength(1)
    },
  },
  {
    what: 'hub publish',
    who: 'keeper',
    argv: () => ['hub', 'publish', join(scene, 'dataset.json')],
    check: () => expect(registry('registry/datasets/mock/dataset.json').version).toBe(1),
  },
  {
    what: 'dataset fetch',
    who: 'fred',
    argv: () => ['dataset', 'fetch', join(scene, 'dataset.json')],
    check: (fred) => {
      const folder = join(fred.cwd, '.benchmark', 'datasets', 'mock')
      for (const [path, data] of Object.entries(datasetFiles()))
        expect(sha256(readFileSync(join(folder, path)))).toBe(sha256(data))
      expect(existsSync(join(folder, 'dataset.yaml'))).toBe(true)
      expect(namesBelow(join(fred.cwd, '.benchmark'), /\.part|fetching/)).toEqual([])
    },
  },
]

const killsOf = new Map<string, number>()

describe('killed at any step', () => {
  test.each(VICTIMS)(
    '$what',
    async ({ what, who, argv, check }) => {
      const random = seededRandom(VICTIMS.findIndex((victim) => victim.what === what) + 1)
      const rounds = Math.ceil(KILLS / VICTIMS.length)
      // Once undisturbed, to know how many steps it has.
      it.restore()
      const file = join(place, 'steps')
      rmSync(file, { force: true })
      const before = performance.now()
      const whole = await member(who).runWith(stepwise({ file }), ...argv())
      const takesMs = performance.now() - before
      expect(whole.exit, whole.stderr).toBe(0)
      check(member(who))
      const steps = Number(readFileSync(file, 'utf8'))
      expect(steps).toBeGreaterThan(5)

      for (let round = 0; round < rounds; round++) {
        it.restore()
        const victim = member(who)
        // Three in four before a step, spread over all of them; the others at any moment.
        const isByStep = round % 4 !== 3
        const killAt = 1 + Math.floor(((round + random()) / rounds) * steps)
        const child = victim.start(isByStep ? stepwise({ killAt }) : {}, ...argv())
        child.stdout?.resume()
        child.stderr?.resume()
        if (!isByStep) {
          await sleep(random() * takesMs)
          child.kill('SIGKILL')
        }
        const end = await ended(child)
        const moment = `${what}, killed ${isByStep ? `before step ${killAt} of ${steps}` : 'by time'}`
        if (end === 'SIGKILL') killsOf.set(what, (killsOf.get(what) ?? 0) + 1)
        else expect(end, moment).toBe(0)
        expectWholeDatabase(victim.database)
        const again = await victim.run(...argv())
        expect(again.exit, `${moment}: ${again.stderr}`).toBe(0)
        expectWholeDatabase(victim.database)
        expectWholeHub(hub)
        check(victim)
        if (existsSync(victim.database) && round === rounds - 1)
          expect((await victim.run('audit', 'verify')).exit, moment).toBe(0)
      }
      expect(killsOf.get(what) ?? 0).toBeGreaterThan(0)
      const all = await it.keeper.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')
      expect(all.exit, all.stdout).toBe(0)
    },
    3_600_000,
  )
})

afterAll(() => {
  if (process.env['BENCHMARK_HUB_KILLS'] !== undefined) process.stdout.write(`${JSON.stringify([...killsOf])}\n`)
})
