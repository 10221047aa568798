import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IndexedRun } from '../../src/app/hub/store-ports.ts'
import type { RunPayload } from '../../src/generated/hub-run.ts'
import { createHubStore } from '../../src/store/hub/hub-store.ts'
import { openDatabase } from '../../src/store/open.ts'
import { HOSTILE_NAMES } from './hostile-names.ts'
import { AT, step, target, URL } from './hub-index.ts'
import { sharedRun, type SharedRunWish } from './shared-run.ts'

// A hub of three projects on one dataset, one of them with a regression that is still there, one whose pipeline reads another
// database from some run on; three more with a single run, so that something may be told of all together, the first of them
// as good and cheaper; and anonymous runs.

const SERIES: RunPayload['series'] = [
  { metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  { metric: 'precision', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  { metric: 'f1_score', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  { metric: 'wall_seconds', level: null, rank: null, unit: 'seconds', direction: 'lower' },
  { metric: 'peak_rss_bytes', level: null, rank: null, unit: 'bytes', direction: 'lower' },
]
const SAMPLES = ['farm', 'gut', 'hospital', 'river', 'soil', 'blank']
const PIPELINES = ['kma', 'resfinder', 'abricate']
const RUNS = 20
/** From this run on the first project's sensitivity is lower. */
const REGRESSION = 13
/** From this run on the second project's pipeline reads another database. */
const OTHER_DATABASE = 12
/** The project whose pipeline costs least. */
const CHEAP = 3

/** A number between 0 and 1 that is the same everywhere. */
const noise = (...of: readonly number[]): number => {
  const x = Math.sin(of.reduce((sum, one) => sum * 31.7 + one, 17.3)) * 43_758.5453
  return x - Math.floor(x)
}

const payloadOf = (project: number, index: number, names: SceneNames): Partial<RunPayload> => {
  const day = new Date(Date.parse('2026-08-01T06:00:00.000Z') + (index * 4 + project) * 86_400_000).toISOString()
  const loss = project === 0 && index >= REGRESSION ? 0.12 : 0
  const values = SAMPLES.map((_, sample) => {
    const sensitivity = 0.9 - loss - project * 0.03 - sample * 0.02 + 0.02 * noise(project, index, sample)
    const precision = 0.93 - project * 0.01 + 0.02 * noise(project, index, sample, 1)
    const f1 = (2 * sensitivity * precision) / (sensitivity + precision)
    return [
      sensitivity,
      precision,
      f1,
      (project === CHEAP ? 12 : 40 + 20 * project) + 4 * noise(index, sample, 2),
      2e9 + 1e8 * noise(index, 3),
    ]
  })
  return {
    ...{ started_at: day, finished_at: day, label: names.label, tags: [names.tag], branch: names.branch },
    commit: `${index.toString(16).padStart(2, '0')}${'ab'.repeat(19)}`,
    dataset: { id: names.dataset, version: '2', labels: names.labels },
    comparability: { match: 'gene', truth: 'd41d8cd9' },
    primary_metrics: [{ metric: 'sensitivity', level: 'gene' }],
    pipelines: [
      {
        name: names.pipeline(project),
        version: `1.${String(Math.floor(index / 4))}`,
        params: { [names.parameter]: 90 },
        ...(project === 1 ? { databases: { cards: (index < OTHER_DATABASE ? '1' : '2').repeat(64) } } : {}),
      },
    ],
    samples: SAMPLES,
    series: SERIES,
    executions: SAMPLES.map((_, sample) => ({
      ...{ pipeline: 0, sample, repeat: 1, state: 'succeeded' as const, exit_code: 0, method: 0, noisy: false },
      scores: (values[sample] ?? []).map((value, series) => [series, null, value] as [number, null, number]),
    })),
    summary: SERIES.map((_, series) => ({
      ...{ pipeline: 0, series, value: values.reduce((sum, of) => sum + (of[series] ?? 0), 0) / SAMPLES.length },
      ...{ reason: null, n: SAMPLES.length, n_expected: SAMPLES.length, low: null, high: null },
      ...{ aggregation: 'macro' as const, interval: null },
    })),
  }
}

interface SceneNames {
  readonly dataset: string
  readonly pipeline: (project: number) => string
  readonly parameter: string
  readonly label: string | null
  readonly tag: string
  readonly branch: string
  readonly labels: string | null
}

const PLAIN: SceneNames = {
  ...{
    dataset: 'farm-2026',
    parameter: 'min_identity',
    label: null,
    tag: 'nightly',
    branch: 'main',
    labels: 'simulated',
  },
  pipeline: (project) => PIPELINES[project] ?? 'kma',
}

/** Names that would be something else on a page. The first project keeps those of its series, so that it can get worse. */
const hostileNames = (project: number, run: number): SceneNames => {
  const names = hostileNamesAt(project * RUNS + run)
  return project === 0
    ? {
        ...names,
        dataset: ']]><title>gone & lost</title>',
        parameter: '<b>',
        pipeline: () => '<img src=x onerror=alert(1)>',
      }
    : names
}

/** Each run has others. */
const hostileNamesAt = (index: number): SceneNames => {
  const at = (offset: number): string => HOSTILE_NAMES[(index * 5 + offset) % (HOSTILE_NAMES.length - 2)] ?? 'x'
  return {
    ...{ dataset: at(0) || 'x', parameter: at(1) || 'x', label: at(2), tag: at(3) || 'x', branch: at(4) || 'x' },
    labels: '</script><script>window.hacked = 1</script>',
    pipeline: () => at(1) || 'x',
  }
}

/** Six characters that tell runs apart. */
const nameOf = (project: number, index: number): string => `r${String(project)}${String(index).padStart(4, '0')}`

/** Runs of the scene in the order of their paths. */
export const sceneRuns = (
  options: { readonly hostile?: boolean; readonly runs?: number } = {},
): readonly IndexedRun[] => {
  const runs: IndexedRun[] = []
  for (const project of [0, 1, 2, 3, 4, 5])
    for (let index = 0; index < (project < 3 ? (options.runs ?? RUNS) : 1); index++) {
      const names = options.hostile === true ? hostileNames(project, index) : PLAIN
      const payload = payloadOf(project, index, names)
      const month = (payload.started_at ?? '').slice(0, 7)
      const wish: SharedRunWish = {
        project: `lab-${String(project + 1)}`,
        month,
        name: nameOf(project, index),
        payload,
      }
      runs.push(sharedRun(wish))
    }
  // Nobody may be told by name, and their runs stand nowhere.
  for (let index = 0; index < 3; index++)
    runs.push(
      sharedRun({
        ...{ project: 'community', month: '2026-10', name: `c0000${String(index)}`, trust: 'anonymous' },
        keyId: String.fromCharCode(98 + index).repeat(26),
        payload: {
          ...payloadOf(1, index, { ...PLAIN, label: null, tag: 'anon' }),
          tags: [],
          label: null,
          branch: null,
          commit: null,
        },
      }),
    )
  return runs
}

/** A project folder whose database has read these runs from a hub. */
export const fillDashboardProject = (root: string, runs: readonly IndexedRun[], letter = 'a'): void => {
  mkdirSync(join(root, '.benchmark'), { recursive: true })
  writeFileSync(
    join(root, '.benchmark', 'config.yaml'),
    `benchmark:\n  project: {name: viewer, type: amr-detection}\n  central_hub: {url: '${URL}'}\n`,
  )
  const db = openDatabase(join(root, '.benchmark', 'benchmark.db'))
  const { index } = createHubStore(db)
  index.begin(URL, target(letter), 1)
  const applied = index.apply(URL, step({ added: [...runs] }))
  index.finish(URL, AT, () => false)
  db.close()
  if (applied.added !== runs.length)
    throw new Error(`Only ${String(applied.added)} of ${String(runs.length)} runs were taken`)
}
