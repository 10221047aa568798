// A hub over the months: runs that are shared in time, folded when their month is closed, frozen and dropped when they expire;
// datasets and definitions that one publishes and others use.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { git } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import { daysOff, expectWholeHub, pathsOf, type Person, person, snapshot, timesInHub } from '../support/hub-scene.ts'

const WAIT = 240_000
const place = tempDir('hub months')
const hub = join(place, 'hub.git')
const ids = (runs: readonly string[]): string[] => runs.flatMap((id) => ['--run-id', id])
const document = (path: string): Record<string, unknown> =>
  JSON.parse(git(hub, 'show', `main:${path}`)) as Record<string, unknown>

let keeper: Person
let anna: Person
let bert: Person
/** Runs of four months ago, of two weeks before those, and of today. */
let runs: { readonly older: string[]; readonly old: string[]; readonly today: string[] }

beforeAll(async () => {
  keeper = person(place, 'keeper', hub)
  anna = person(place, 'anna', hub)
  bert = person(place, 'bert', hub)
  expect((await keeper.runWith(daysOff(-175), 'hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
  expect((await anna.runWith(daysOff(-175), 'register')).exit).toBe(0)
  runs = { older: anna.addRuns(6, 170), old: anna.addRuns(6, 126), today: anna.addRuns(1) }
  expect((await anna.runWith(daysOff(-170), 'upload', ...ids(runs.older))).exit).toBe(0)
  expect((await anna.runWith(daysOff(-125), 'upload', ...ids(runs.old))).exit).toBe(0)
}, WAIT)

describe('a hub over the months', () => {
  test(
    'an upload folds the closed months of its own project on the way, to the same bytes as hub compact would',
    async () => {
      const folders = () => pathsOf(hub).filter((path) => path.includes('/results/anna/'))
      expect(folders().filter((path) => path.endsWith('.jsonl'))).toHaveLength(0)
      expect((await anna.run('upload', ...ids(runs.today))).exit).toBe(0)
      // By whoever shared before, the earlier of the two months was over; the later one by nobody yet.
      expect(folders().filter((path) => path.endsWith('.jsonl'))).toHaveLength(1)
      const dry = await keeper.run('hub', 'compact', '--dry-run', '--json')
      expect(dry.json()).toMatchObject({ commit: null, changed: 1, removed: 6, runs: 6 })
      expect((await keeper.run('hub', 'compact', '--json')).json()).toMatchObject({ changed: 1, removed: 6, runs: 6 })
      expect((await keeper.run('hub', 'compact', '--json')).json()).toMatchObject({ commit: null, runs: 0 })
      expect(folders().filter((path) => path.endsWith('.jsonl'))).toHaveLength(2)
      // Only who has the key of the project seals its months.
      expect(folders().filter((path) => path.endsWith('.seal.json'))).toHaveLength(1)
      expect(folders().filter((path) => /\/[^/.]*\.json$/.test(path))).toHaveLength(1)
      for (const id of [...runs.older, ...runs.old, ...runs.today]) expect(timesInHub(hub, id)).toBe(1)
      const first = (await bert.run('sync', '--json')).json()
      expect(first).toMatchObject({ added: 13, quarantined: [] })
      // A reader, and the one who shared them, know them after folding as before; shared again they go nowhere.
      const again = await anna.run('upload', '--json', ...ids(runs.old))
      expect(again.json()).toMatchObject({ uploaded: runs.old, queued: [], rejected: [] })
      expect((await keeper.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')).exit).toBe(0)
    },
    WAIT,
  )

  test(
    'months that expired are frozen and dropped; readers drop them too, and keep the aggregates',
    async () => {
      expect((await anna.run('hub', 'retain')).exit).toBe(6)
      const dry = (await keeper.run('hub', 'retain', '--dry-run', '--json')).json() as { runs: number }
      expect(dry.runs).toBe(12)
      expect((await keeper.run('hub', 'retain', '--json')).json()).toMatchObject({ runs: 12 })
      expect((await keeper.run('hub', 'retain')).stdout).toContain('Nothing has expired')
      for (const id of [...runs.older, ...runs.old]) expect(timesInHub(hub, id)).toBe(0)
      const frozen = pathsOf(hub).filter((path) => path.startsWith('warehouse/aggregated/'))
      // Runs of no dataset go into those of their pipelines and metrics.
      expect(new Set(frozen.map((path) => path.split('/')[2]))).toEqual(new Set(['by_metric', 'by_pipeline']))
      expect((await bert.run('sync', '--json')).json()).toMatchObject({ removed: 12, quarantined: [] })
      expect((await bert.run('hub', 'status', '--json')).json()).toMatchObject({ runs: 1, state: 'ok' })
      expect((await keeper.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')).exit).toBe(0)
      expectWholeHub(hub)
    },
    WAIT,
  )

  test(
    'a run of a month that expired is not missed by whoever shared it, and comes back by no upload',
    async () => {
      expect((await anna.run('upload', '--json', ...ids(runs.old))).json()).toMatchObject({ queued: [], rejected: [] })
      for (const id of runs.old) expect(timesInHub(hub, id)).toBe(0)
    },
    WAIT,
  )
})

describe('clocks and epochs', () => {
  test(
    'a clock that is months ahead closes no month that is not over',
    async () => {
      const [mine = '', early = ''] = anna.addRuns(2)
      const [kept, known] = [snapshot(hub, join(place, 'before')), snapshot(anna.cwd, join(place, 'anna before'))]
      expect((await anna.run('upload', '--run-id', mine)).exit).toBe(0)
      await anna.runWith(daysOff(70), 'upload', '--run-id', early)
      expect(timesInHub(hub, early)).toBe(1)
      expect(pathsOf(hub).filter((path) => path.endsWith(`/${mine}.json`))).toHaveLength(1)
      const check = await keeper.runWith(
        daysOff(70),
        'hub',
        'check',
        '--repository',
        hub,
        '--base',
        '0',
        '--head',
        'main',
      )
      expect(check.exit).toBe(0)
      // What is of a month that has not begun is nothing for the tests after this one.
      kept()
      known()
    },
    WAIT,
  )

  test(
    'whoever was away for several epochs goes on reading and writing; whoever was not let in by a maintainer does not',
    async () => {
      const dora = person(place, 'dora', hub)
      expect((await dora.run('register')).exit).toBe(0)
      expect((await dora.run('sync')).exit).toBe(0)
      const away = snapshot(dora.cwd, join(place, 'dora kept'))
      for (let epoch = 2; epoch <= 4; epoch++) {
        expect((await keeper.run('hub', 'squash', '--json')).json()).toMatchObject({ changed: 1 })
        const [id = ''] = anna.addRuns(1)
        expect((await anna.run('upload', '--run-id', id)).exit).toBe(0)
      }
      const read = await dora.run('sync', '--json')
      expect(read.json()).toMatchObject({ quarantined: [], removed: 0 })
      expect((read.json() as { notes: string[] }).notes.join(' ')).toMatch(
        /new epoch \(4\).*of epoch 1 on nothing was read/,
      )
      away()
      const [own = ''] = dora.addRuns(1)
      expect((await dora.run('upload', '--run-id', own, '--json')).json()).toMatchObject({ uploaded: [own] })
      expect((await dora.run('sync', '--json')).json()).toMatchObject({ quarantined: [] })

      // Somebody else's new history, with a key of theirs as the maintainer's.
      away()
      const kept = snapshot(hub, join(place, 'hub kept'))
      rmSync(hub, { recursive: true })
      const thief = person(place, 'thief', hub)
      expect((await thief.run('hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
      const refused = await dora.run('sync')
      expect(refused.stderr).toMatch(/was rewritten: no maintainer known here signed/)
      expect(refused.exit).toBe(6)
      kept()
    },
    WAIT,
  )
})

test(
  'two hubs of one name have keys of their own, and what was signed for one cannot be entered into the other',
  async () => {
    const [one, two] = [join(place, 'one', 'same.git'), join(place, 'two', 'same.git')]
    const both = person(place, 'both', one)
    for (const made of [one, two]) expect((await both.run('hub', 'init', made, '--name', 'same')).exit).toBe(0)
    const keys = [one, two].map((each) => {
      const { maintainers } = JSON.parse(git(each, 'show', 'main:hub.json')) as { maintainers: { key_id: string }[] }
      return maintainers[0]?.key_id
    })
    expect(keys[0]).not.toBe(keys[1])
    expect((await both.run('register')).exit).toBe(0)
    // Both hubs are well; then the registration is copied by hand.
    const clone = join(place, 'clone of two')
    git(place, 'clone', '--quiet', two, clone)
    const path = 'registry/projects/both/project.json'
    mkdirSync(join(clone, 'registry', 'projects', 'both'), { recursive: true })
    writeFileSync(join(clone, path), git(one, 'show', `main:${path}`) + '\n')
    git(clone, 'add', path)
    git(clone, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'replay')
    git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
    const check = await both.run('hub', 'check', '--repository', two, '--base', 'main~1', '--head', 'main')
    expect(check.exit).toBe(5)
    expect(check.stdout).toMatch(/must be signed by one of its own keys/)
    const read = (await both.run('sync', '--hub', two, '--json')).json()
    expect(read).toMatchObject({ quarantined: [{ path }] })
    for (const made of [one, two])
      expect((await both.run('hub', 'squash', '--hub', made, '--json')).json()).toMatchObject({ changed: 1 })
  },
  WAIT,
)

const dataset = (version: number, data: Buffer): string => {
  const folder = join(place, 'data')
  mkdirSync(folder, { recursive: true })
  const files = {
    'samples.csv': Buffer.from('sample,fasta\nS1,a.fa\n'),
    'truth.tsv': Buffer.from('sample\tgene_symbol\nS1\tsul1\n'),
    [`a.fa`]: data,
  }
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content)
  const file = join(place, 'dataset.json')
  const wanted = {
    ...{ schema: 'benchmark.hub-dataset/1', id: 'mock', title: 'Mock', description: null, version: 1 },
    ...{ dataset_version: String(version), benchmark_type: 'amr-detection', licence: 'CC0-1.0', source: 'made up' },
    ...{ labels: 'inserted', samples: 1, samplesheet: 'samples.csv', truth: 'truth.tsv' },
    files: Object.entries(files).map(([path, content]) => ({
      path,
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
      sources: [pathToFileURL(join(folder, path)).href],
    })),
  }
  writeFileSync(file, JSON.stringify(wanted))
  return file
}

describe('what a hub publishes', () => {
  test(
    'a dataset: published by the maintainer alone, fetched by name by others, and its next version',
    async () => {
      const file = dataset(1, Buffer.from('>a\nACGT\n'))
      expect((await anna.run('hub', 'publish', file)).stderr).toContain('no key of a maintainer')
      expect((await keeper.run('hub', 'publish', file, '--dry-run')).stdout).toContain('Would write')
      expect((await keeper.run('hub', 'publish', file, '--json')).json()).toMatchObject({ changed: 1 })
      expect((await keeper.run('hub', 'publish', file, '--json')).json()).toMatchObject({ changed: 0, commit: null })
      const unknown = await bert.run('dataset', 'fetch', 'mock')
      expect(unknown.exit).toBe(3)
      expect(unknown.stderr).toContain('There is no dataset named')
      expect((await bert.run('sync')).exit).toBe(0)
      expect((await bert.run('dataset', 'fetch', 'mock', '--json')).json()).toMatchObject({ state: 'fetched' })
      expect((await bert.run('dataset', 'verify', 'mock')).exit).toBe(0)
      expect((await bert.run('dataset', 'list')).stdout).toContain('mock')

      expect((await keeper.run('hub', 'publish', dataset(2, Buffer.from('>a\nACGTT\n')))).exit).toBe(0)
      expect(document('registry/datasets/mock/dataset.json')).toMatchObject({ version: 2, dataset_version: '2' })
      expect((await bert.run('sync')).exit).toBe(0)
      expect((await bert.run('dataset', 'fetch', 'mock', '--json')).json()).toMatchObject({ state: 'fetched' })
      expect(readFileSync(join(bert.cwd, '.benchmark', 'datasets', 'mock', 'a.fa'), 'utf8')).toContain('ACGTT')
    },
    WAIT,
  )

  test(
    'a dataset whose files are not what it says is fetched by nobody',
    async () => {
      expect((await keeper.run('hub', 'publish', dataset(3, Buffer.from('>a\nGGGG\n')))).exit).toBe(0)
      writeFileSync(join(place, 'data', 'a.fa'), '>a\nGGGT\n')
      const carl = person(place, 'carl', hub)
      expect((await carl.run('sync')).exit).toBe(0)
      const refused = await carl.run('dataset', 'fetch', 'mock')
      expect(refused.exit).toBe(6)
      expect(refused.stderr).toContain('SHA-256')
      expect((await carl.run('dataset', 'list', '--json')).stdout).not.toContain('"registered"')
    },
    WAIT,
  )

  test(
    'limits and definitions: changed by the maintainer, with the version raised, and obeyed by everybody',
    async () => {
      const body = document('hub.json') as { limits: { run_bytes: number }; version: number }
      const file = join(place, 'hub.json')
      const write = (run_bytes: number): void =>
        writeFileSync(file, JSON.stringify({ ...body, limits: { ...body.limits, run_bytes } }))
      write(1_000_000)
      const tooMuch = await keeper.run('hub', 'publish', file)
      expect(tooMuch.stderr).toMatch(/run_bytes is 1000000, and no reader takes .* 262144/)
      expect(tooMuch.exit).toBe(4)
      write(2000)
      expect((await keeper.run('hub', 'publish', file)).exit).toBe(0)
      expect(document('hub.json')).toMatchObject({ version: body.version + 1, limits: { run_bytes: 2000 } })
      const [large = ''] = anna.addRuns(1)
      const refused = await anna.run('upload', '--run-id', large, '--json')
      expect(refused.exit).toBe(4)
      expect(refused.json()).toMatchObject({
        rejected: [{ run_id: large, reason: expect.stringContaining('at most 2000') as string }],
      })
      expect(timesInHub(hub, large)).toBe(0)
      // What was refused for a rule goes when the rule is another one.
      write(100_000)
      expect((await keeper.run('hub', 'publish', file)).exit).toBe(0)
      expect((await anna.run('upload', '--run-id', large, '--json')).json()).toMatchObject({
        uploaded: [large],
        rejected: [],
      })
      expect(timesInHub(hub, large)).toBe(1)

      const definition = 'registry/benchmarks/amr-detection/benchmark.json'
      const other = join(place, 'benchmark.json')
      const { title } = document(definition)
      writeFileSync(other, JSON.stringify({ ...document(definition), title: `${String(title)} of our lab` }))
      expect((await keeper.run('hub', 'publish', other)).exit).toBe(0)
      expect(document(definition)).toMatchObject({ version: 2, title: `${String(title)} of our lab` })
      expect((await bert.run('sync', '--json')).json()).toMatchObject({ quarantined: [] })
      expect((await keeper.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')).exit).toBe(0)
    },
    WAIT,
  )
})
