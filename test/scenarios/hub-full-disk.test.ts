// The disk is full, of whoever shares or of the hub: said plainly, nothing damaged, and it goes on when there is space.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, sha256 } from '../support/file-server.ts'
import { tempDir } from '../support/harness.ts'
import {
  copyAll,
  daysOff,
  expectWholeDatabase,
  expectWholeHub,
  namesBelow,
  pathsOf,
  type Person,
  person,
  smallDisk,
  snapshot,
  timesInHub,
} from '../support/hub-scene.ts'

const place = tempDir('hub full disk')
const scene = join(place, 'scene')
const hub = join(scene, 'hub.git')
const NO_SPACE = /no space left|Check free space|has space and can be written|not enough space/
const canMount = ((): boolean => {
  const disk = smallDisk(join(place, 'try'), '64k')
  disk?.unmount()
  return disk !== null
})()

let restore: () => void
let old: string[] = []
let waiting: string[] = []
const mounted: string[] = []
afterAll(() => {
  for (const folder of mounted) execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
})

beforeAll(async () => {
  const [keeper, anna] = [person(scene, 'keeper', hub), person(scene, 'anna', hub)]
  expect((await keeper.runWith(daysOff(-121), 'hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
  expect((await anna.runWith(daysOff(-121), 'register')).exit).toBe(0)
  old = anna.addRuns(12, 120)
  expect((await anna.runWith(daysOff(-120), 'upload', ...old.flatMap((id) => ['--run-id', id]))).exit).toBe(0)
  waiting = anna.addRuns(2)
  person(scene, 'dora', hub)
  restore = snapshot(scene, join(place, 'kept'))
}, 240_000)

/** Puts a folder onto a disk of its own that has `free` bytes left; returns what frees the rest. */
const fill = (folder: string, free: number): (() => void) => {
  const kept = join(place, 'moved')
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyAll(folder, kept)
  smallDisk(folder, '4m')
  mounted.push(folder)
  copyAll(kept, folder)
  const { bavail, bsize } = statfsSync(folder)
  const filler = join(folder, 'filler')
  writeFileSync(filler, Buffer.alloc(bavail * bsize - free))
  return () => rmSync(filler)
}
const empty = (): void => {
  for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder])
}

interface Case {
  readonly what: string
  readonly who: string
  readonly argv: () => string[]
  /** Folder that is full, below the scene, and bytes it has left. */
  readonly full: string
  readonly free: number
  readonly check: (who: Person) => void
}
const cache = (who: string): string => join(who, '.benchmark', 'cache')
const upload = (): string[] => ['upload', ...waiting.flatMap((id) => ['--run-id', id])]
const uploaded = (anna: Person): void => {
  for (const id of waiting) expect(timesInHub(hub, id)).toBe(1)
  expect(Object.values(anna.outbox())).toEqual([...old, ...waiting].map(() => 'pushed'))
}
const compacted = (): void => {
  for (const id of old) expect(timesInHub(hub, id)).toBe(1)
  expect(pathsOf(hub).filter((path) => path.includes('results/anna/'))).toEqual([expect.stringMatching(/\.jsonl$/)])
}
const nothing = (): void => undefined

const CASES: readonly Case[] = [
  { what: 'upload', who: 'anna', argv: upload, full: join('anna', '.benchmark'), free: 40_000, check: uploaded },
  { what: 'upload', who: 'anna', argv: upload, full: cache('anna'), free: 12_000, check: uploaded },
  { what: 'upload', who: 'anna', argv: upload, full: 'hub.git', free: 0, check: uploaded },
  { what: 'sync', who: 'dora', argv: () => ['sync'], full: join('dora', '.benchmark'), free: 200_000, check: nothing },
  { what: 'sync', who: 'dora', argv: () => ['sync'], full: cache('dora'), free: 4000, check: nothing },
  { what: 'sync', who: 'dora', argv: () => ['sync'], full: cache('dora'), free: 20_000, check: nothing },
  { what: 'compact', who: 'keeper', argv: () => ['hub', 'compact'], full: 'hub.git', free: 0, check: compacted },
  {
    what: 'compact',
    who: 'keeper',
    argv: () => ['hub', 'compact'],
    full: cache('keeper'),
    free: 8000,
    check: compacted,
  },
]

describe.runIf(canMount)('a disk that is full', () => {
  test.each(CASES)(
    '$what, $free bytes left in $full',
    async ({ who, argv, full, free, check }) => {
      empty()
      restore()
      const release = fill(join(scene, full), free)
      const someone = person(scene, who, hub)
      const failed = await someone.run(...argv())
      expect(failed.stderr).toMatch(NO_SPACE)
      expect(failed.stderr).not.toMatch(/This is a bug|damaged|token/)
      expect(failed.exit).toBe(6)
      expectWholeDatabase(someone.database)
      expectWholeHub(hub)
      release()
      const again = await someone.run(...argv())
      expect(again.exit, again.stderr).toBe(0)
      expectWholeDatabase(someone.database)
      expectWholeHub(hub)
      check(someone)
      empty()
    },
    240_000,
  )

  test.each([
    ['the cache', cache('fred'), 0],
    ['the cache', cache('fred'), 100_000],
    ['the datasets', join('fred', '.benchmark', 'datasets'), 0],
    ['the datasets', join('fred', '.benchmark', 'datasets'), 100_000],
  ])(
    'dataset fetch, %s (%s, %d bytes left)',
    async (_, full, free) => {
      empty()
      restore()
      const fred = person(scene, 'fred', null)
      const data = bytesOf(300_000)
      const files = {
        'samples.csv': Buffer.from('sample,fasta\nS1,a.fa\n'),
        'truth.tsv': Buffer.from('sample\tgene\n'),
        'a.fa': data,
      }
      for (const [path, content] of Object.entries(files)) writeFileSync(join(scene, path), content)
      const file = join(scene, 'dataset.json')
      const document = {
        ...{ schema: 'benchmark.hub-dataset/1', id: 'mock', title: 'Mock', description: null, dataset_version: '1' },
        ...{ version: 1, benchmark_type: 'amr-detection', licence: null, source: null, labels: null, samples: 1 },
        ...{ samplesheet: 'samples.csv', truth: 'truth.tsv' },
        files: Object.entries(files).map(([path, content]) => ({
          ...{ path, sha256: sha256(content), bytes: content.length },
          sources: [pathToFileURL(join(scene, path)).href],
        })),
      }
      writeFileSync(file, JSON.stringify(document))
      const release = fill(join(scene, full), free)
      const failed = await fred.run('dataset', 'fetch', file)
      expect(failed.stderr).toMatch(NO_SPACE)
      expect(failed.stderr).not.toContain('This is a bug')
      expect(failed.exit).toBe(6)
      // Not listed until it is whole.
      expect(namesBelow(join(fred.cwd, '.benchmark', 'datasets'), /dataset\.yaml$/)).toEqual([])
      release()
      const again = await fred.run('dataset', 'fetch', file)
      expect(again.exit, again.stderr).toBe(0)
      expect((await fred.run('dataset', 'verify', 'mock')).exit).toBe(0)
      empty()
    },
    240_000,
  )
})
