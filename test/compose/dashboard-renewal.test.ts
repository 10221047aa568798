import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IndexedRun, RegistryFile } from '../../src/app/hub/store-ports.ts'
import type { DashboardReport } from '../../src/app/dashboard/build-dashboard.ts'
import { openProject } from '../../src/compose.ts'
import { writeDashboard } from '../../src/compose/dashboard.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { datasetPath, policyPath } from '../../src/core/hub/layout.ts'
import type { ProjectModel } from '../../src/core/dashboard/project-model.ts'
import { createHubStore } from '../../src/store/hub/hub-store.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { sceneRuns } from '../support/dashboard-scene.ts'
import { tempDir } from '../support/harness.ts'
import { signedBy, testKey } from '../support/hub-documents.ts'
import { AT, step, type Step, URL } from '../support/hub-index.ts'
import { anExecution, aPlan, aRun, aSummary, someScores } from '../support/run-builder.ts'
import { readXml } from '../support/read-xml.ts'
import { sharedRun } from '../support/shared-run.ts'

// A site that was renewed after each change is, byte for byte, the one a first build writes.

const LONG = 600_000
const root = tempDir('dashboard renewal')

interface Place {
  readonly dir: string
  readonly site: string
  readonly database: string
}

const newPlace = (): Place => {
  const dir = join(mkdtempSync(join(root, 'p-')), 'a project')
  mkdirSync(join(dir, '.benchmark'), { recursive: true })
  const place = { dir, site: join(dir, 'site'), database: join(dir, '.benchmark', 'benchmark.db') }
  configure(place)
  return place
}

const configure = ({ dir }: Place, name = 'viewer', more = ''): void => {
  writeFileSync(
    join(dir, '.benchmark', 'config.yaml'),
    `benchmark:\n  project: {name: ${name}, type: amr-detection}\n  central_hub: {url: '${URL}'}\n${more}`,
  )
}

let heads = 0
/** One sync of the hub. */
const sync = ({ database }: Place, changes: Partial<Step>): void => {
  const db = openDatabase(database)
  const { index } = createHubStore(db)
  const head = (++heads).toString(16).padStart(40, '0')
  index.begin(URL, { head, tree: head }, 1)
  index.apply(URL, step(changes))
  index.finish(URL, AT, () => true)
  db.close()
}

const treeOf = (dir: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(dir, name)).isFile())
      .sort()
      .map((name) => [name.replaceAll('\\', '/'), readFileSync(join(dir, name), 'latin1')]),
  )

const build = (place: Place, folder: string, sharedOnly = false): Promise<DashboardReport> =>
  writeDashboard(openProject(place.dir), { folder, force: false, sharedOnly })

/** Renews the site and holds it against a new one: paths that differ, none being right. */
const renewed = async (place: Place, sharedOnly = false): Promise<DashboardReport> => {
  const report = await build(place, place.site, sharedOnly)
  const fresh = join(place.dir, 'fresh')
  rmSync(fresh, { recursive: true, force: true })
  await build(place, fresh, sharedOnly)
  const [now, then] = [treeOf(place.site), treeOf(fresh)]
  const different = [...new Set([...now.keys(), ...then.keys()])].filter((path) => now.get(path) !== then.get(path))
  expect(different).toEqual([])
  return report
}

/** An own run, every sample alike. */
const ownRun = (number: number, value: number, change: Parameters<typeof aRun>[0] = {}) => {
  const day = String(number).padStart(2, '0')
  const scores = (sample: string) =>
    someScores(sample).map((score) => (score.metric === 'sensitivity' ? { ...score, value, reason: null } : score))
  const runId = `202611${day}t101502z-k3f9x2`
  const startedAt = `2026-11-${day}T10:15:02.000Z`
  const run = aRun({
    ...{ runId, startedAt, finishedAt: startedAt, project: null },
    executions: ['S1', 'S10'].map((sample, index) => anExecution({ id: index + 1, sample, scores: scores(sample) })),
    summary: [aSummary({ value, low: null, high: null })],
    ...change,
  })
  return { run, plan: aPlan({ runId, project: null }) }
}

const addOwn = ({ database }: Place, ...runs: readonly ReturnType<typeof ownRun>[]): void => {
  const store = createRunStore(openDatabase(database))
  for (const { run, plan } of runs) store.insertFinished(run, plan)
  store.close()
}

const baseline = ({ database }: Place, runId: string | null): void => {
  const store = createRunStore(openDatabase(database))
  const [branch, label] = [null, null]
  if (runId === null) store.baselines.clear({ branch, label })
  else store.baselines.set({ branch, label, runId, setAt: AT })
  store.close()
}

const model = ({ site }: Place, project: string): ProjectModel =>
  JSON.parse(readFileSync(join(site, 'api', 'v1', 'projects', `${project}.json`), 'utf8')) as ProjectModel

const document = (path: string, body: object): RegistryFile => ({
  path,
  bytes: Buffer.from(`${canonicalJson(signedBy(testKey(), body))}\n`),
})

describe('a site that is renewed', () => {
  test(
    'equals a new one after every kind of change',
    async () => {
      const place = newPlace()
      const all = sceneRuns({ runs: 8 })
      const ofLab3 = all.filter(({ document: { project_id: project } }) => project === 'lab-3')
      sync(place, { added: all.filter((run) => !ofLab3.includes(run)) })
      await renewed(place)

      // Runs of a project that had none, and one that was already there.
      sync(place, { added: ofLab3.slice(0, 6) })
      expect((await renewed(place)).written).toBeGreaterThan(0)
      expect(await build(place, place.site)).toMatchObject({ written: 0, removed: 0 })
      sync(place, { added: ofLab3.slice(6) })
      await renewed(place)

      // A pipeline nobody had: the colours of others may turn.
      const template = all[0]!.document.payload
      sync(place, {
        added: ['zeta', 'alpha', 'omega', 'sigma', 'delta'].map((name, index) =>
          sharedRun({
            ...{ project: 'lab-2', month: '2026-10', name: `n0000${String(index)}` },
            payload: { ...template, pipelines: [{ name, version: '1', params: {} }] },
          }),
        ),
      })
      await renewed(place)

      // Erased runs, in the middle and at the end of what there is.
      const paths = all.filter((_run, index) => index % 5 === 2).map(({ path }) => path)
      sync(place, { removedPaths: paths })
      await renewed(place)
      // A whole project.
      sync(place, { removedPaths: ofLab3.map(({ path }) => path) })
      expect((await renewed(place)).removed).toBeGreaterThan(0)
      expect(readdirSync(join(place.site, 'p')).sort()).toEqual(['lab-1', 'lab-2', 'lab-4', 'lab-5', 'lab-6'])

      // Runs of an owner that are somebody else's now.
      const db = openDatabase(place.database)
      createHubStore(db).index.retrust(URL, 'lab-2', () => 'revoked')
      db.close()
      await renewed(place)

      // The registry: a dataset, and how many must stand behind a number.
      const dataset = {
        ...{ schema: 'benchmark.hub-dataset/1', id: 'farm-2026', title: 'Farm', description: 'Of a farm.' },
        ...{ dataset_version: '2', version: 1, benchmark_type: 'amr-detection', licence: 'CC0-1.0', source: null },
        ...{ labels: 'simulated', samples: 6, samplesheet: 'samples.csv', truth: null },
        files: [{ path: 'samples.csv', sha256: 'a'.repeat(64), bytes: 10, sources: [] }],
      }
      const policy = { schema: 'benchmark.hub-anonymisation/1', version: 1, group_size: 3, significant_digits: 3 }
      sync(place, { registry: [document(datasetPath('farm-2026'), dataset)] })
      await renewed(place)
      sync(place, { registry: [document(policyPath('anonymisation'), policy)] })
      await renewed(place)
      expect(readFileSync(join(place.site, 'about.html'), 'utf8')).toMatch(/\b3\b/)

      // Own runs, weights, prices, another name, and without own runs again.
      addOwn(place, ownRun(1, 0.9), ownRun(2, 0.8))
      await renewed(place)
      configure(place, 'viewer', '  evaluation: {priority: {wall_seconds: 0.7, sensitivity: 0.3}}\n')
      await renewed(place)
      configure(
        place,
        'renamed',
        '  evaluation:\n    prices: {cpu_hour: 0.04, memory_gb_hour: 0.01, currency: EUR, date: "2026-11-01", source: here}\n',
      )
      await renewed(place)
      await renewed(place, true)
      expect(readdirSync(join(place.site, 'p'))).not.toContain('renamed')
      await renewed(place)
    },
    LONG,
  )

  test(
    'whatever runs come and go',
    async () => {
      const all = sceneRuns({ runs: 5 })
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.uniqueArray(fc.nat(all.length - 1), { minLength: 1, maxLength: 4 }), {
            minLength: 2,
            maxLength: 4,
          }),
          async (turns) => {
            const place = newPlace()
            const there = new Set<IndexedRun>(all.filter((_run, index) => index % 2 === 0))
            sync(place, { added: [...there] })
            await build(place, place.site)
            for (const turn of turns) {
              const [added, removedPaths]: [IndexedRun[], string[]] = [[], []]
              for (const run of turn.map((index) => all[index]!))
                if (there.delete(run)) removedPaths.push(run.path)
                else {
                  there.add(run)
                  added.push(run)
                }
              sync(place, { added, removedPaths })
              if (there.size > 3) await renewed(place)
            }
          },
        ),
        { numRuns: 3, seed: 20_261_126 },
      )
    },
    LONG,
  )

  test(
    'of another program version everything is made again; of an edited file what was edited',
    async () => {
      const place = newPlace()
      sync(place, { added: sceneRuns({ runs: 3 }) })
      await build(place, place.site)
      const manifest = join(place.site, 'manifest.json')
      const whole = treeOf(place.site)
      // What another version leaves: other digests of inputs, other texts.
      writeFileSync(
        manifest,
        readFileSync(manifest, 'utf8').replaceAll(/"inputs":"[^"]{16}/g, '"inputs":"0000000000000000'),
      )
      appendFileSync(join(place.site, 'p', 'lab-1', 'index.html'), '<p>edited</p>')
      appendFileSync(join(place.site, 'api', 'v1', 'projects', 'lab-2.json'), ' ')
      const report = await build(place, place.site)
      expect(report.written).toBe(2)
      expect([...treeOf(place.site)]).toEqual([...whole])
    },
    LONG,
  )
})

describe('names of strangers', () => {
  test(
    'have files of their own, and are plain text in every file',
    async () => {
      const place = newPlace()
      const [template] = sceneRuns({ runs: 1 })
      const long = 'n'.repeat(300)
      const names = [
        ...[
          '../../outside',
          '..\\..\\outside',
          'CON',
          'con',
          'nul',
          'kma',
          'KMA',
          'caf\u00e9',
          'cafe\u0301',
          '\u202egnp.exe',
        ],
        ...[
          '<script>alert(1)</script>',
          '"onload="x',
          ']]>',
          '=1+1',
          '\tx',
          'a/b',
          'a\\b',
          '.',
          '..',
          '-',
          long,
          `${long}!`,
        ],
      ]
      sync(place, {
        added: names.map((name, index) => {
          const id = index.toString().padStart(5, '0')
          return sharedRun({
            ...{ project: 'lab-1', month: '2026-10', name: `h${id}` },
            payload: {
              ...template!.document.payload,
              ...{ pipelines: [{ name, version: name, params: { [name]: name } }], commit: id },
              ...{ dataset: { id: name, version: name, labels: name }, tags: [name], branch: name, label: name },
            },
          })
        }),
      })
      await renewed(place)
      const files = treeOf(place.site)
      expect(new Set([...files.keys()].map((path) => path.toLowerCase())).size).toBe(files.size)
      for (const kind of ['pipelines/', 'datasets/', 'api/v1/leaderboard/amr-detection/'])
        expect([...files.keys()].filter((path) => path.startsWith(kind))).toHaveLength(names.length)
      for (const [path, text] of files) {
        expect(path).toMatch(/^(?:[a-z0-9][a-z0-9-]{0,59}\/)*[a-z0-9][a-z0-9-]{0,59}(?:\.[0-9a-f]{10})?\.[a-z]+$/)
        if (path.endsWith('.json')) expect(() => JSON.parse(text) as unknown, path).not.toThrow()
        if (/\.(?:html|xml)$/.test(path))
          expect(/.{0,80}(?:<script>|<[a-z][^<>]*"onload=).{0,80}/.exec(text)?.[0] ?? null, path).toBeNull()
        if (path.endsWith('.tsv'))
          for (const cell of text.split(/[\t\n]/)) expect(cell, path).not.toMatch(/^[=+@]|^-[^0-9]/)
      }
      expect(readXml(readFileSync(join(place.site, 'regressions.xml'), 'utf8'))).toMatchObject({ name: 'feed' })
    },
    LONG,
  )
})

describe('leaderboards', () => {
  test(
    'by method class and read type: known ones, and those the configuration names',
    async () => {
      const place = newPlace()
      const runs = sceneRuns({ runs: 3 })
      sync(place, {
        added: [
          ...runs,
          sharedRun({
            ...{ project: 'lab-1', month: '2026-10', name: 'n00000' },
            payload: { ...runs[0]!.document.payload, dataset: { id: 'zymo', version: '1', labels: null } },
          }),
        ],
      })
      await renewed(place)
      const page = (category: string): string =>
        readFileSync(join(place.site, 'p', 'lab-1', 'leaderboard', `${category}.html`), 'utf8')
      expect(page('overall')).toMatch(/id="by-method".*<h3[^>]*>from contigs<.*abricate.*<h3[^>]*>from reads<.*kma/s)
      expect(page('overall')).not.toContain('id="by-reads"')
      configure(
        place,
        'viewer',
        '  leaderboards:\n    method_classes: {kma: "<b>k-mer</b>", abricate: "<b>k-mer</b>"}\n    read_types: {farm-2026: "short, paired", zymo: long}\n',
      )
      await renewed(place)
      expect(page('speed')).toMatch(
        /&lt;b&gt;k-mer&lt;\/b&gt;<.*from contigs<.*id="by-reads".*<h3[^>]*>long<.*zymo.*<h3[^>]*>short, paired</s,
      )
      expect(page('speed')).not.toContain('<b>k-mer')
      expect(Buffer.byteLength(page('overall'))).toBeLessThan(150_000)
    },
    LONG,
  )
})

describe('the baseline of a project', () => {
  test(
    'is the one that was set here, and goes when it is cleared',
    async () => {
      const place = newPlace()
      const runs = [ownRun(1, 0.5), ownRun(2, 0.9), ownRun(3, 0.8), ownRun(4, 0.7)]
      addOwn(place, ...runs)
      await renewed(place)
      const compared = () => model(place, 'viewer').sections.comparison.vsBaseline
      expect(compared()).toMatchObject({ chosen_as: 'first', baseline: { run_id: runs[0]!.run.runId } })
      baseline(place, runs[1]!.run.runId)
      await renewed(place)
      expect(compared()).toMatchObject({
        chosen_as: 'set',
        baseline: { run_id: runs[1]!.run.runId },
        candidate: { run_id: runs[3]!.run.runId },
      })
      expect(model(place, 'viewer').sections.overview.avgPerformance).toMatchObject({ ratio: 0.777778 })
      const page = readFileSync(join(place.site, 'p', 'viewer', 'comparison.html'), 'utf8')
      expect(page).toContain('the baseline that was set for it')
      baseline(place, null)
      await renewed(place)
      expect(compared()).toMatchObject({ chosen_as: 'first' })
    },
    LONG,
  )
})
