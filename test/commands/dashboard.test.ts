import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { known } from '../../src/core/score.ts'
import type { ProjectModel } from '../../src/core/dashboard/project-model.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { fillDashboardProject, sceneRuns } from '../support/dashboard-scene.ts'
import { build, treeOf } from '../support/dashboard-site.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { anExecution, aPlan, aRun } from '../support/run-builder.ts'
import { readXml } from '../support/read-xml.ts'

const LONG = 300_000
const root = tempDir('dashboard')
const project = (): string => join(mkdtempSync(join(root, 'p-')), 'a project')

interface SeriesList {
  readonly series: readonly { readonly restarts: readonly { readonly run_id: string; readonly database: string }[] }[]
}

interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: object }>> }
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly get: {
          readonly parameters: readonly Parameter[]
          readonly responses: { readonly 200: { content: { 'application/json': { schema: { $ref: string } } } } }
        }
      }
    >
  >
}
interface Parameter {
  readonly name: string
  readonly schema: { readonly enum: readonly string[] }
}

const combinations = (parameters: readonly Parameter[]): readonly Readonly<Record<string, string>>[] =>
  parameters.reduce<readonly Readonly<Record<string, string>>[]>(
    (made, { name, schema }) => made.flatMap((one) => schema.enum.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )

describe('benchmark dashboard', () => {
  test(
    'writes every page, says what it did, and renews only what changed',
    async () => {
      const cwd = project()
      const all = sceneRuns()
      const isLate = (path: string): boolean => path.includes('/lab-3/2026-10/')
      fillDashboardProject(
        cwd,
        all.filter(({ path }) => !isLate(path)),
      )
      const site = join(cwd, 'site')
      const first = await build(cwd, site)
      expect(first).toMatchObject({
        schema: 'benchmark.dashboard/1',
        projects: 6,
        unchanged: 0,
        removed: 0,
        includes_own_runs: false,
      })
      for (const page of [
        'index',
        'regressions',
        'about',
        'runs',
        'p/lab-1/index',
        'p/lab-1/comparison',
        'p/lab-1/recommendations',
        'p/lab-1/run',
        'p/lab-1/compare',
        'p/lab-1/leaderboard/speed',
        'datasets/farm-2026',
        'pipelines/kma',
      ])
        expect(existsSync(join(site, `${page}.html`)), page).toBe(true)
      const before = treeOf(site)
      expect(await build(cwd, site)).toMatchObject({ written: 0, removed: 0 })
      expect(treeOf(site)).toEqual(before)

      fillDashboardProject(
        cwd,
        all.filter(({ path }) => isLate(path)),
        'b',
      )
      const renewed = await build(cwd, site)
      expect(renewed.written).toBeGreaterThan(0)
      const after = treeOf(site)
      // Runs of the other projects are not touched by what a third one measured.
      for (const [path, text] of before) if (/^data\/lab-[12]\//.test(path)) expect(after.get(path)).toBe(text)
      const fresh = join(cwd, 'fresh')
      await build(cwd, fresh)
      expect([...treeOf(fresh)]).toEqual([...after])
    },
    LONG,
  )

  test(
    'the same runs give the same site, in any order, time zone and locale',
    async () => {
      const [one, other] = [project(), project()]
      const runs = sceneRuns()
      fillDashboardProject(one, runs)
      fillDashboardProject(other, [...runs].reverse())
      await build(one, join(one, 'site'), { TZ: 'Asia/Seoul', LC_ALL: 'ko_KR.UTF-8' })
      await build(other, join(other, 'site'), { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' })
      expect([...treeOf(join(other, 'site'))]).toEqual([...treeOf(join(one, 'site'))])
    },
    LONG,
  )

  test(
    'the sections of the design, an open regression, a feed; nothing of anonymous runs',
    async () => {
      const cwd = project()
      fillDashboardProject(cwd, sceneRuns())
      const site = join(cwd, 'site')
      await build(cwd, site)
      const read = (path: string): unknown => JSON.parse(readFileSync(join(site, path), 'utf8'))
      const lab = read('api/v1/projects/lab-1.json')
      expect(lab).toMatchObject({
        sections: {
          overview: {
            totalRuns: { all: 20, valid: 20 },
            bestPipeline: { pipeline: 'kma' },
            trend: { reason: null },
            avgPerformance: { reason: null },
          },
          comparison: { vsBaseline: { reason: null }, vsCommunity: { reason: null }, vsHistory: { left_out: 0 } },
          recommendations: { optimizations: [] },
        },
        regressions: [{ project: 'lab-1', series: { direction: 'higher' }, turn: 'worse' }, {}],
      })
      const average = (lab as { sections: { overview: { avgPerformance: { ratio: number } } } }).sections.overview
        .avgPerformance.ratio
      expect(average).toBeGreaterThan(0.8)
      expect(average).toBeLessThan(0.92)
      expect(read('api/v1/leaderboard/amr-detection.json')).toMatchObject({
        category: 'amr-detection',
        dataset: { id: 'farm-2026' },
      })
      expect(read('api/v1/compare/lab-1/lab-2.json')).toMatchObject({
        a: { project: 'lab-1' },
        b: { project: 'lab-2' },
      })
      const api = read('api/v1/openapi.json') as { openapi: string; paths: Record<string, unknown> }
      expect(api.openapi).toBe('3.1.0')
      expect(Object.keys(api.paths)).toHaveLength(4)
      const feed = readFileSync(join(site, 'regressions.xml'), 'utf8')
      expect(readXml(feed)).toMatchObject({ name: 'feed', attributes: { xmlns: 'http://www.w3.org/2005/Atom' } })
      expect(feed).toMatch(/<id>urn:benchmark:regression:[0-9a-f]{32}<\/id>/)
      const { series } = (read('api/v1/projects/lab-2.json') as { sections: { comparison: { vsHistory: SeriesList } } })
        .sections.comparison.vsHistory
      expect(series.map(({ restarts }) => restarts.map(({ run_id, database }) => [run_id, database]))).toContainEqual([
        ['20261123t101502z-r10012', 'cards'],
      ])
      const history = readFileSync(join(site, 'p', 'lab-2', 'comparison.html'), 'utf8')
      expect(history).toContain('● other database')
      expect(history).toContain('another database cards (111111111111 → 222222222222) from 20261123t101502z-r10012 on')
      for (const [path, text] of treeOf(site)) {
        expect(text, path).not.toMatch(/c0000[012]|bbbbbbbbbbbbbbbb/)
        if (path.startsWith('assets/'))
          expect(Buffer.byteLength(text), path).toBeLessThanOrEqual(path.endsWith('.css') ? 14_000 : 16_000)
        if (!path.endsWith('.html')) continue
        expect(Buffer.byteLength(text), path).toBeLessThanOrEqual(150_000)
        expect((text.match(/<[a-z]/g) ?? []).length, path).toBeLessThanOrEqual(6_000)
        for (const [svg] of text.matchAll(/<svg .*?<\/svg>/gs)) {
          expect(Buffer.byteLength(svg), path).toBeLessThanOrEqual(30_000)
          expect((svg.match(/<\w/g) ?? []).length, path).toBeLessThanOrEqual(1_500)
        }
      }
    },
    LONG,
  )

  test(
    'two at once and one that is interrupted twice leave a whole site, or one that the next build makes whole',
    async () => {
      const cwd = project()
      fillDashboardProject(cwd, sceneRuns({ runs: 4 }))
      const [whole, site] = [join(cwd, 'whole'), join(cwd, 'site')]
      await build(cwd, whole)
      const both = await Promise.all([0, 1].map(() => benchmark(['dashboard', '--output', site, '--json'], { cwd })))
      // Either one waited for nothing, or it was told that the other is at work.
      for (const one of both) if (one.exit !== 0) expect(one.json()).toMatchObject({ error: { code: 'E_BUSY' } })
      expect(both.map(({ exit }) => exit)).toContain(0)
      expect([...treeOf(site)]).toEqual([...treeOf(whole)])

      const interrupted = join(cwd, 'moved later')
      const child = spawn(
        process.execPath,
        [join(packageRoot, 'bin', 'run.js'), 'dashboard', '--output', interrupted],
        {
          cwd,
          stdio: 'ignore',
        },
      )
      const ended = new Promise((resolve) => child.on('exit', resolve))
      for (let waited = 0; waited < 60_000 && child.exitCode === null; waited += 5) {
        if (existsSync(join(interrupted, 'data'))) break
        await delay(5)
      }
      child.kill('SIGINT')
      child.kill('SIGINT')
      await ended
      // A site has no address of its own in it: it may be moved, and renewed where it is then.
      renameSync(interrupted, join(cwd, 'moved'))
      await build(cwd, join(cwd, 'moved'))
      expect([...treeOf(join(cwd, 'moved'))]).toEqual([...treeOf(whole)])
    },
    LONG,
  )

  test(
    'every JSON file is what the OpenAPI file says, and every file it can name is there',
    async () => {
      const cwd = project()
      fillDashboardProject(cwd, sceneRuns({ runs: 6 }))
      const site = join(cwd, 'site')
      await build(cwd, site)
      const read = (path: string): unknown => JSON.parse(readFileSync(join(site, path), 'utf8'))
      const api = read('api/v1/openapi.json') as OpenApi
      const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true })
      ajv.addVocabulary(['components', 'schemas'])
      ajv.addSchema({ $id: 'openapi', components: api.components }, undefined, true, false)
      const answered = new Set<string>(['api/v1/openapi.json'])
      for (const [path, { get }] of Object.entries(api.paths)) {
        const schema = get.responses['200'].content['application/json'].schema.$ref
        const validate = ajv.compile({ $ref: `openapi${schema}` })
        for (const values of combinations(get.parameters)) {
          const file = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '').slice(1)
          if (!existsSync(join(site, file))) continue
          answered.add(file)
          const body = read(file) as object
          const ok = validate(body)
          const described = api.components.schemas[schema.replace(/.*\//, '')]?.properties ?? {}
          expect(Object.keys(body).sort(), file).toEqual(Object.keys(described).sort())
          expect({ file, ok, errors: validate.errors }).toEqual({ file, ok: true, errors: null })
        }
      }
      const files = [...treeOf(site).keys()].filter((path) => path.startsWith('api/'))
      expect([...answered].sort()).toEqual(files)
      expect(files).toEqual(
        expect.arrayContaining(['api/v1/compare/lab-1/lab-2.json', 'api/v1/leaderboard/amr-detection/farm-2026.json']),
      )
    },
    LONG,
  )

  test(
    'a build that is killed leaves what the next one mends',
    async () => {
      const cwd = project()
      fillDashboardProject(cwd, sceneRuns())
      const whole = join(cwd, 'whole')
      const { files } = await build(cwd, whole)
      const site = join(cwd, 'killed')
      const child = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), 'dashboard', '--output', site], {
        cwd,
        stdio: 'ignore',
      })
      const ended = new Promise((resolve) => child.on('exit', resolve))
      // As soon as there is something to be cut short.
      for (let waited = 0; waited < 60_000; waited += 5) {
        if (existsSync(join(site, 'data')) || child.exitCode !== null) break
        await delay(5)
      }
      child.kill('SIGKILL')
      await ended
      expect(await build(cwd, site)).toMatchObject({ files })
      expect([...treeOf(site)]).toEqual([...treeOf(whole)])
    },
    LONG,
  )

  test('what costs less and is as good is shown with its interval, the place among others with their quartiles', async () => {
    const cwd = project()
    fillDashboardProject(cwd, sceneRuns())
    const site = join(cwd, 'site')
    await build(cwd, site)
    const { sections } = JSON.parse(readFileSync(join(site, 'api/v1/projects/lab-1.json'), 'utf8')) as ProjectModel
    const [card] = sections.recommendations.costSavings
    const { share, low, high } = card?.saved ?? {}
    expect([low, share, high].map((value) => typeof value)).toEqual(['number', 'number', 'number'])
    expect((low ?? 1) < (share ?? 0) && (share ?? 1) < (high ?? 0)).toBe(true)
    // 12 to 16 seconds in place of 40 to 44, six samples.
    expect(low).toBeGreaterThan(0.6)
    expect(high).toBeLessThan(0.72)
    const advice = readFileSync(join(site, 'p/lab-1/recommendations.html'), 'utf8')
    expect(advice).toMatch(/id="costSavings-saved"[^]*Share of the costs of a sample that is saved/)
    expect(advice).toMatch(/6\d(?:\.\d)? % saved for each sample \(95 % interval \d\d(?:\.\d)? % to \d\d(?:\.\d)? %\)/)
    const comparison = readFileSync(join(site, 'p/lab-1/comparison.html'), 'utf8')
    expect(comparison).toContain('lab-1 among everybody on farm-2026 2')
    const [described] = /<desc[^>]*>[^<]*lab-1[^<]*/.exec(comparison) ?? []
    expect(described).toMatch(/sensitivity \(gene\): median 0\.7\d+, middle half 0\.\d+ to 0\.\d+, lab-1 0\.\d+\./)
    expect(comparison).not.toContain('withheld: fewer')
  })

  test('of several pipelines the comparison with the baseline shows the one that got worse', async () => {
    const cwd = project()
    mkdirSync(join(cwd, '.benchmark'), { recursive: true })
    const store = createRunStore(openDatabase(join(cwd, '.benchmark', 'benchmark.db')))
    for (const [day, levels] of [
      ['21', { kma: 0.9, rgi: 0.8, abricate: 0.7 }],
      ['22', { kma: 0.9, rgi: 0.3, abricate: 0.75 }],
    ] as const) {
      const runId = `202611${day}t101502z-k3f9x2`
      const executions = Object.entries(levels).flatMap(([pipeline, level], which) =>
        ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'].map((sample, at) =>
          anExecution({
            ...{ id: which * 6 + at + 1, pipeline, sample, resources: null },
            scores: ['sensitivity', 'precision', 'f1_score'].map((metric) => ({
              ...{ sample, metric, level: 'gene', rank: null, unit: 'ratio', direction: 'higher' as const },
              ...known(level + at / 100),
            })),
          }),
        ),
      )
      const startedAt = `2026-11-${day}T10:15:02.000Z`
      const run = aRun({ runId, startedAt, executions })
      store.insertFinished(run, aPlan({ runId, createdAt: startedAt, resultsDir: join(cwd, 'results', runId) }))
    }
    store.close()
    const site = join(cwd, 'site')
    await build(cwd, site)
    const [name = ''] = readdirSync(join(site, 'api/v1/projects'))
    const { sections } = JSON.parse(readFileSync(join(site, 'api/v1/projects', name), 'utf8')) as ProjectModel
    expect(sections.comparison.vsBaseline).toMatchObject({ pipeline: 'rgi', of_variants: 3 })
    const page = readFileSync(join(site, 'p', name.replace('.json', ''), 'comparison.html'), 'utf8')
    expect(page).toContain('Of the 3 pipelines and parameter sets that both runs have, this one got worse most')
  })

  test('own results on data without a name are ranked among themselves', async () => {
    const cwd = project()
    mkdirSync(join(cwd, '.benchmark'), { recursive: true })
    const store = createRunStore(openDatabase(join(cwd, '.benchmark', 'benchmark.db')))
    const executions = [0.9, 0.5].flatMap((level, which) =>
      ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'].map((sample, at) =>
        anExecution({
          ...{ id: which * 6 + at + 1, pipeline: which === 0 ? 'better' : 'worse', sample, resources: null },
          scores: ['sensitivity', 'precision', 'f1_score'].map((metric) => ({
            ...{ sample, metric, level: 'gene', rank: null, unit: 'ratio', direction: 'higher' as const },
            ...known(level + at / 100),
          })),
        }),
      ),
    )
    const run = aRun({ executions })
    store.insertFinished(run, aPlan({ runId: run.runId, dataset: null, resultsDir: join(cwd, 'results', run.runId) }))
    store.close()
    const site = join(cwd, 'site')
    await build(cwd, site)
    const onlyIn = (folder: string): string => {
      const names = readdirSync(join(site, folder))
      expect(names).toHaveLength(1)
      return `${folder}/${names[0] ?? ''}`
    }
    const jsonOf = (folder: string): unknown => JSON.parse(readFileSync(join(site, onlyIn(folder)), 'utf8'))
    expect(jsonOf('api/v1/projects')).toMatchObject({
      board: { category: 'amr-detection', dataset: 'data without a name' },
      sections: {
        overview: { bestPipeline: { reason: null, pipeline: 'better', rank: 1, of: 2 } },
        comparison: { vsCommunity: { reason: 'its data has no name: nobody else can have results on it' } },
      },
    })
    expect(jsonOf('api/v1/leaderboard/amr-detection')).toMatchObject({
      dataset: null,
      entries: [{ pipeline: 'better' }, { pipeline: 'worse' }],
    })
    const page = readFileSync(join(site, onlyIn('p'), 'leaderboard', 'overall.html'), 'utf8')
    expect(page).toContain('amr-detection on data without a name: 2 ranked candidates')
  })

  test('a folder with somebody else in it is refused, and a project without runs says what to do', async () => {
    const cwd = project()
    fillDashboardProject(cwd, [])
    const empty = await benchmark(['dashboard', '--output', 'site', '--json'], { cwd })
    expect([empty.exit, empty.json()]).toMatchObject([4, { error: { message: 'There are no runs to show.' } }])
    expect(existsSync(join(cwd, 'site'))).toBe(false)
    fillDashboardProject(cwd, sceneRuns({ runs: 2 }), 'b')
    writeFileSync(join(cwd, 'notes.txt'), 'mine')
    const taken = await benchmark(['dashboard', '--output', '.', '--json'], { cwd })
    expect([taken.exit, taken.json()]).toMatchObject([2, { error: { code: 'E_USAGE' } }])
    expect(existsSync(join(cwd, 'index.html'))).toBe(false)
  })
})
