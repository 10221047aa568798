// A hub over the months: runs that are shared in time, folded when their month is closed, frozen and dropped when they expire;
// datasets and definitions that one publishes and others use.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { git } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import { daysOff, expectWholeHub, pathsOf, type Person, person, timesInHub } from '../support/hub-scene.ts'

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
      // The later of the two months was closed by nobody yet; the earlier one when the later was shared.
      const before = pathsOf(hub).filter((path) => path.includes('/results/anna/'))
      expect(before.filter((path) => path.endsWith('.jsonl'))).toHaveLength(1)
      const dry = await keeper.run('hub', 'compact', '--dry-run', '--json')
      expect(dry.json()).toMatchObject({ commit: null, changed: 1, removed: 6, runs: 6 })
      expect((await keeper.run('hub', 'compact', '--json')).json()).toMatchObject({ changed: 1, removed: 6, runs: 6 })
      expect((await keeper.run('hub', 'compact', '--json')).json()).toMatchObject({ commit: null, runs: 0 })
      expect((await anna.run('upload', ...ids(runs.today))).exit).toBe(0)
      const after = pathsOf(hub).filter((path) => path.includes('/results/anna/'))
      expect(after.filter((path) => path.endsWith('.jsonl'))).toHaveLength(2)
      expect(after.filter((path) => path.endsWith('.json'))).toHaveLength(1)
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
