// Rankings over real databases: runs of a hub as a sync leaves them, and runs of this machine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compareWithCommunity } from '../../../src/app/rank/compare-with-community.ts'
import { leaderboard } from '../../../src/app/rank/leaderboard.ts'
import type { RankDeps } from '../../../src/app/rank/rank-category.ts'
import { recommendPipeline } from '../../../src/app/rank/recommend-pipeline.ts'
import { selectCommunity } from '../../../src/app/rank/select-community.ts'
import { EMPTY_CATALOGUE } from '../../../src/app/hub/hub-catalogue.ts'
import type { IndexedRun } from '../../../src/app/hub/store-ports.ts'
import { defaultConfig } from '../../../src/config/load-config.ts'
import { toCommunityDocument } from '../../../src/render/json/rank/community-document.ts'
import { toLeaderboardDocument } from '../../../src/render/json/rank/leaderboard-document.ts'
import { toRecommendationDocument } from '../../../src/render/json/rank/recommendation-document.ts'
import type { RunPayload } from '../../../src/generated/hub-run.ts'
import { renderCommunity } from '../../../src/render/rank/community-text.ts'
import { renderLeaderboard } from '../../../src/render/rank/leaderboard-text.ts'
import { renderRecommendation } from '../../../src/render/rank/recommendation-text.ts'
import { createHubIndex } from '../../../src/store/hub/hub-index.ts'
import { openDatabase, type Connection } from '../../../src/store/open.ts'
import { createRankingReads } from '../../../src/store/rank/ranking-reads.ts'
import { createRunStore } from '../../../src/store/run-store.ts'
import { prepareOnce } from '../../../src/store/statements.ts'
import { documentErrors } from '../../support/document.ts'
import { sharedRun } from '../../support/shared-run.ts'
import { anExecution, aPlan, aRun, aSummary, someResources } from '../../support/run-builder.ts'

const HUB = 'https://hub.example/results.git'
const SAMPLES = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8']
const SERIES: RunPayload['series'] = [
  ...(['sensitivity', 'precision', 'f1_score'] as const).map((metric) => ({
    ...{ metric, level: 'gene', rank: null, unit: 'ratio', direction: 'higher' as const },
  })),
  { metric: 'wall_seconds', level: null, rank: null, unit: 'seconds', direction: 'lower' },
]

let dir: string
let db: Connection
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'benchmark-rank-'))
  db = openDatabase(join(dir, 'benchmark.db'))
})
afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true, force: true })
})

interface Wish {
  readonly name: string
  readonly project?: string
  readonly pipeline?: string
  readonly quality: number
  readonly trust?: IndexedRun['trust']
  readonly keyId?: string
  readonly startedAt?: string
  readonly seconds?: number
  readonly dataset?: string
  readonly samples?: readonly string[]
  readonly match?: string
  readonly resfinder?: string
}

const hubRun = (wish: Wish): IndexedRun => {
  const { quality, pipeline = 'resfinder', samples = SAMPLES, seconds = 600 } = wish
  const values = (sample: number): number[] => {
    const value = quality - (sample % 4) / 100
    return [value, value, value, seconds]
  }
  return sharedRun({
    name: wish.name,
    project: wish.project ?? 'lab',
    trust: wish.trust ?? 'owner',
    ...(wish.keyId === undefined ? {} : { keyId: wish.keyId }),
    payload: {
      started_at: wish.startedAt ?? '2026-11-20T00:00:00.000Z',
      finished_at: wish.startedAt ?? '2026-11-20T00:00:00.000Z',
      dataset: { id: wish.dataset ?? 'standard', version: '1', labels: null },
      comparability: { match: wish.match ?? 'gene' },
      pipelines: [
        {
          ...{ name: pipeline, version: '1', params: {} },
          ...(wish.resfinder === undefined ? {} : { databases: { resfinder: wish.resfinder } }),
        },
      ],
      samples: [...samples],
      series: SERIES,
      executions: samples.map((_name, sample) => ({
        ...{ pipeline: 0, sample, repeat: 1, state: 'succeeded' as const, exit_code: 0, method: 0, noisy: false },
        scores: SERIES.map((_one, series) => [series, null, values(sample)[series] ?? 0] as [number, null, number]),
      })),
      summary: SERIES.map((_one, series) => ({
        ...{ pipeline: 0, series, value: quality, reason: null, n: samples.length, n_expected: samples.length },
        ...{ low: null, high: null, aggregation: 'macro' as const, interval: null },
      })),
    },
  })
}

const fill = (runs: readonly IndexedRun[]): void => {
  const index = createHubIndex(db, prepareOnce(db))
  index.begin(HUB, { head: 'h'.repeat(40), tree: 't'.repeat(40) }, 1)
  const applied = index.apply(HUB, {
    ...{ added: runs, removedPaths: [], quarantined: [], registry: [], removedRegistry: [] },
    ...{ cursor: 'x', at: '2026-11-26T00:00:00.000Z' },
  })
  expect(applied.tampered).toEqual([])
  index.finish(HUB, '2026-11-26T00:00:00.000Z', () => false)
}

const deps = (config: Partial<RankDeps['config']> = {}): RankDeps => ({
  reads: createRankingReads(db),
  catalogue: EMPTY_CATALOGUE,
  config: { ...defaultConfig(dir), pipelines: [], ...config },
  hub: HUB,
  syncedAt: '2026-11-26T00:00:00.000Z',
})
const clock = { now: () => new Date('2026-11-26T00:00:00.000Z') }
const request = { category: 'amr-detection', datasets: [], includeUnknown: false }
const board = (wish: { readonly datasets?: readonly string[] } = {}) =>
  toLeaderboardDocument(leaderboard(deps(), { ...request, ...wish }), 0)
const named = (document: ReturnType<typeof board>): readonly string[] =>
  document.entries.map(({ project, pipeline }) => `${project ?? ''}/${pipeline}`)

const TWO = [
  hubRun({ name: 'aaaaaa', project: 'lab', pipeline: 'resfinder', quality: 0.95 }),
  hubRun({ name: 'bbbbbb', project: 'clinic', pipeline: 'rgi', quality: 0.85, seconds: 60 }),
]

describe('leaderboard', () => {
  test('ranks the runs of two projects, and a further pipeline reorders nobody', () => {
    fill(TWO)
    const before = board()
    expect(documentErrors(before)).toEqual([])
    expect(named(before)).toEqual(['lab/resfinder', 'clinic/rgi'])
    expect(before.entries[0]).toMatchObject({ rank: 1, rank_low: 1, rank_high: 1, n_samples: 8, coverage: 1 })
    fill([hubRun({ name: 'cccccc', project: 'third', pipeline: 'kma', quality: 0.9 })])
    expect(named(board())).toEqual(['lab/resfinder', 'third/kma', 'clinic/rgi'])
  })

  test('only the newest run of each candidate counts, whatever the order they came in', () => {
    const old = hubRun({ name: 'dddddd', quality: 0.99, startedAt: '2026-01-01T00:00:00.000Z' })
    fill([...TWO, old])
    expect(board().entries[0]?.score).toBeCloseTo(0.935, 5)
    const first = JSON.stringify(board())
    db.close()
    rmSync(join(dir, 'benchmark.db'))
    db = openDatabase(join(dir, 'benchmark.db'))
    fill([old, ...[...TWO].reverse()])
    expect(JSON.stringify(board())).toBe(first)
  })

  test('runs of unknown owners count only when asked for and are marked; anonymous ones never', () => {
    fill([
      ...TWO,
      hubRun({ name: 'eeeeee', project: 'stranger', quality: 0.99, trust: 'unknown-owner' }),
      hubRun({ name: 'ffffff', project: 'community', quality: 0.99, trust: 'anonymous' }),
      // Newer, but not the owner's: it does not take the owner's place.
      hubRun({ name: 'gggggg', quality: 0.1, trust: 'unknown-owner', startedAt: '2026-11-25T00:00:00.000Z' }),
    ])
    expect(named(board())).toEqual(['lab/resfinder', 'clinic/rgi'])
    const all = leaderboard(deps(), { ...request, includeUnknown: true })
    expect(named(toLeaderboardDocument(all, 0))).toEqual(['stranger/resfinder', 'lab/resfinder', 'clinic/rgi'])
    expect(renderLeaderboard(all, { format: 'table', limit: 10, explain: true })).toContain('not signed by its owner')
  })

  test('what is missing, breaks a limit or was scored otherwise is shown without a place', () => {
    fill([
      ...TWO,
      hubRun({ name: 'hhhhhh', project: 'half', quality: 0.99, samples: SAMPLES.slice(0, 4) }),
      hubRun({ name: 'jjjjjj', project: 'other', quality: 0.99, match: 'family' }),
    ])
    const { evaluation } = defaultConfig(dir)
    const limits = { ...evaluation, constraints: { ...evaluation.constraints, maxRuntimeSeconds: 100 } }
    const field = leaderboard(deps({ evaluation: limits }), request)
    const document = toLeaderboardDocument(field, 0)
    expect(named(document)).toEqual(['clinic/rgi'])
    expect(document.unranked.map(({ project, reason }) => [project, reason])).toEqual(
      expect.arrayContaining([
        ['half', 'constraint'],
        ['lab', 'constraint'],
        ['other', 'scored_differently'],
      ]),
    )
    expect(board().unranked).toContainEqual(expect.objectContaining({ project: 'half', reason: 'missing_required' }))
    for (const format of ['table', 'markdown', 'csv'] as const)
      expect(renderLeaderboard(field, { format, limit: 10, explain: false })).toContain('1m 40s: has 10m 00s')
  })

  test('a pipeline that read two versions of a database on two datasets is ranked, and that is said', () => {
    const [old, later] = ['1'.repeat(64), '2'.repeat(64)]
    fill([
      hubRun({ name: 'aaaaaa', quality: 0.9, resfinder: old }),
      hubRun({ name: 'bbbbbb', quality: 0.9, dataset: 'other', resfinder: later }),
      // One version on both, and one nobody knows of: nothing to say.
      hubRun({ name: 'cccccc', quality: 0.8, pipeline: 'kma', resfinder: later }),
      hubRun({ name: 'dddddd', quality: 0.8, pipeline: 'kma', dataset: 'other', resfinder: later }),
      hubRun({ name: 'eeeeee', quality: 0.7, pipeline: 'rgi', resfinder: old }),
      hubRun({ name: 'ffffff', quality: 0.7, pipeline: 'rgi', dataset: 'other' }),
      // An older run counts for nothing.
      hubRun({ name: 'gggggg', quality: 0.8, pipeline: 'kma', resfinder: old, startedAt: '2026-11-01T00:00:00.000Z' }),
    ])
    const wish = { category: 'amr-detection', datasets: ['standard', 'other'], includeUnknown: false }
    const field = leaderboard(deps(), wish)
    expect(field.mixedDatabases).toMatchObject([
      { candidate: { project: 'lab', pipeline: 'resfinder' }, database: 'resfinder', contents: [old, later] },
    ])
    expect(field.ranking?.entries.map(({ candidate }) => candidate.pipeline)).toEqual(['resfinder', 'kma', 'rgi'])
    const said = 'resfinder 1 of lab read several versions of the database resfinder (111111111111, 222222222222)'
    expect(renderLeaderboard(field, { format: 'table', limit: 0, explain: false })).toContain(`Note: ${said}`)
    expect(toLeaderboardDocument(field, 0).warnings.join()).toContain(said)
    const advice = recommendPipeline({ ...deps(), clock }, { datasets: wish.datasets })
    expect(renderRecommendation(advice, { format: 'table', explain: false })).toContain(said)
    expect(toRecommendationDocument(advice).warnings.join()).toContain(said)
  })

  test('demonstrations count only when asked for; a dataset without results is an error', () => {
    fill([hubRun({ name: 'kkkkkk', quality: 0.9, dataset: 'amr-embedded' })])
    expect(board().entries).toEqual([])
    expect(board({ datasets: ['amr-embedded'] }).entries).toHaveLength(1)
    expect(() => board({ datasets: ['nowhere'] })).toThrow(/no results on nowhere/)
  })

  test('own runs stand beside those of the hub, and one that was shared counts once', () => {
    fill(TWO)
    addOwn('20261123t101502z-zzzzzz')
    const own = board().entries.find(({ project }) => project === 'mine')
    expect(own).toMatchObject({ rank: 1, pipeline: 'kma', trust: [{ trust: 'local', runs: 1 }] })
    addOwn('20261123t101502z-yyyyyy', '2026-11-01T00:00:00.000Z')
    fill([hubRun({ name: 'zzzzzz', project: 'mine', pipeline: 'kma', quality: 1, startedAt: OWN_START })])
    const mine = board().entries.filter(({ project }) => project === 'mine')
    expect(mine).toMatchObject([{ trust: [{ trust: 'owner', runs: 1 }] }])
  })
})

const OWN_START = '2026-11-22T00:00:00.000Z'

const addOwn = (runId: string, startedAt = OWN_START): void => {
  const dataset = { id: 'standard', version: '1', labels: null }
  const executions = SAMPLES.map((sample, index) =>
    anExecution({
      id: index + 1,
      pipeline: 'kma',
      version: '1',
      params: {},
      sample,
      resources: someResources({ wallSeconds: 30 }),
      scores: SERIES.slice(0, 3).map(({ metric, level, rank, unit, direction }) => ({
        ...{ sample, metric, level, rank, unit, direction, value: 1, reason: null },
      })),
    }),
  )
  const summary = SERIES.map(({ metric, level, rank, unit, direction }) =>
    aSummary({ ...{ pipeline: 'kma', version: '1', params: {}, metric, level, rank, unit, direction } }),
  )
  const common = { runId, project: 'mine', benchmarkType: 'amr-detection' }
  const run = aRun({ ...common, startedAt, finishedAt: startedAt, executions, summary, samples: SAMPLES })
  createRunStore(db).insertFinished(
    { ...run, state: 'completed', pipelines: ['kma'], comparability: { match: 'gene' } },
    aPlan({ ...common, dataset }),
  )
}

test('weights that nobody has a value of rank nobody, and that is said', () => {
  fill(TWO)
  const { config } = deps()
  const weighed = (priority: Readonly<Record<string, number>>) => () =>
    leaderboard(
      { ...deps(), config: { ...config, evaluation: { ...config.evaluation, priority } } },
      { category: 'amr-detection', datasets: [], includeUnknown: false },
    )
  expect(weighed({ n50: 1 })).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: expect.stringContaining('has a value of n50') as string }),
  )
  expect(weighed({ n50: 1, sensitivity: 1 })().ranking).not.toBeNull()
})

describe('recommendation', () => {
  test('takes the best within limits, says why, and what would change it', () => {
    fill(TWO)
    const advice = recommendPipeline({ ...deps(), clock }, {})
    const document = toRecommendationDocument(advice)
    expect(documentErrors(document)).toEqual([])
    expect(document.recommended).toMatchObject({ pipeline: 'resfinder', project: 'lab' })
    expect(document.evidence).toMatchObject({ samples: 8, age_days: 6, trust: [{ trust: 'owner', runs: 1 }] })
    const limited = toRecommendationDocument(recommendPipeline({ ...deps(), clock }, { maxRuntimeSeconds: 100 }))
    expect(documentErrors(limited)).toEqual([])
    expect(limited.recommended).toMatchObject({ pipeline: 'rgi' })
    expect(limited.excluded).toEqual([
      expect.objectContaining({ pipeline: 'resfinder', constraint: 'max_runtime', value: 600 }),
    ])
    const text = renderRecommendation(advice, { format: 'table', explain: true })
    expect(text).toContain('Recommended for amr-detection on standard 1: resfinder 1 of lab')
  })

  test('says why not when nobody meets the limits or nobody has results', () => {
    const nobody = recommendPipeline({ ...deps(), clock }, {})
    expect(documentErrors(toRecommendationDocument(nobody))).toEqual([])
    expect(nobody.recommendation.why).toEqual(['no_results'])
    fill(TWO)
    const none = recommendPipeline({ ...deps(), clock }, { minimums: { sensitivity: 1 } })
    expect(none.recommendation.why).toEqual(['nobody_meets_constraints'])
    expect(renderRecommendation(none, { format: 'table', explain: false })).toContain('nobody meets the limits')
  })
})

describe('community', () => {
  const compared = (groupSize: number) =>
    compareWithCommunity({ ...deps(), groupSize }, { runId: '20261123t101502z-zzzzzz', benchmarkType: 'amr-detection' })

  test('tells place and quartiles from k contributors on, and nothing below', () => {
    addOwn('20261123t101502z-zzzzzz')
    fill([
      ...TWO,
      hubRun({ name: 'mmmmmm', project: 'community', quality: 0.7, trust: 'anonymous', keyId: 'b'.repeat(26) }),
      hubRun({ name: 'nnnnnn', project: 'community', quality: 0.8, trust: 'anonymous', keyId: 'c'.repeat(26) }),
      // The same person again: counts once.
      hubRun({
        name: 'pppppp',
        project: 'community',
        pipeline: 'rgi',
        quality: 0.8,
        trust: 'anonymous',
        keyId: 'c'.repeat(26),
      }),
    ])
    const document = toCommunityDocument(compared(4))
    expect(documentErrors(document)).toEqual([])
    const sensitivity = document.places.find(({ metric }) => metric === 'sensitivity')
    expect(sensitivity).toMatchObject({ place: 1, of: 5, percentile: 100 })
    expect(document.statistics[0]).toMatchObject({ contributors_at_least: 4, n: 5, withheld: null })
    // Only two others have a name, and a score.
    expect(document.rank).toMatchObject({ pipeline: 'kma', rank: null, withheld: 'fewer_than_k' })
    const few = toCommunityDocument(compared(5))
    expect(few.places.every(({ place, of }) => place === null && of === null)).toBe(true)
    expect(few.statistics.every(({ quartiles, n }) => quartiles === null && n === null)).toBe(true)
    expect(renderCommunity(compared(4), { format: 'table' })).toContain('1 of 5')
    expect(renderCommunity(compared(5), { format: 'table' })).toContain('fewer than 5 contributors')
  })

  test('metrics and levels can be chosen; those that are not compared are refused', () => {
    addOwn('20261123t101502z-zzzzzz')
    fill(TWO)
    const whole = compared(2)
    const none = { metrics: [], levels: [] }
    expect(selectCommunity(whole, none)).toEqual(whole)
    const one = selectCommunity(whole, { ...none, metrics: ['sensitivity:gene'] })
    expect(new Set([...one.statistics, ...one.places].map(({ metric }) => metric))).toEqual(new Set(['sensitivity']))
    // The place by the score is of all metrics, whatever is shown.
    expect(one.rank).toEqual(whole.rank)
    const level = selectCommunity(whole, { ...none, levels: ['gene'] })
    expect(level.statistics.length).toBeGreaterThan(0)
    expect(level.statistics.every((of) => of.level === 'gene')).toBe(true)
    for (const wrong of [
      { ...none, metrics: ['sensitivty'] },
      { ...none, levels: ['gen'] },
    ])
      expect(() => selectCommunity(whole, wrong)).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }))
  })
})
