import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BoardEntry, type BoardModel, byCategory } from '../../../src/core/dashboard/board-model.ts'
import {
  averagePerformance,
  baselineOf,
  coverageOf,
  projectTrend,
  totalRuns,
} from '../../../src/core/dashboard/overview.ts'
import { toShard } from '../../../src/core/dashboard/shard.ts'
import { projectHistory } from '../../../src/core/dashboard/site-history.ts'
import type { SiteRun, SiteSeries } from '../../../src/core/dashboard/site-run.ts'
import { slug, slugsOf } from '../../../src/core/dashboard/slug.ts'
import { slopeOf } from '../../../src/core/dashboard/trend.ts'
import { runsTsv } from '../../../src/core/dashboard/tsv.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const SENSITIVITY: SiteSeries = { metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' }

const run = (name: string, value: number | null, changes: Partial<SiteRun> = {}): SiteRun => ({
  ...{ origin: 'hub', runId: `20260101t000000z-${name}`, project: 'lab', startedAt: '2026-01-01T00:00:00.000Z' },
  ...{ finishedAt: null, state: 'completed', benchmarkType: 'amr-detection' },
  dataset: { id: 'farm', version: '2', labels: null },
  ...{ pipeline: 'kma', version: '1', params: {}, label: null, branch: null, commit: null, tags: [], trust: 'owner' },
  ...{ machine: null, fingerprint: null, setting: 's', comparability: {}, databases: null },
  values: [
    {
      ...{
        series: SENSITIVITY,
        value,
        reason: value === null ? ('not_run' as const) : null,
        n: value === null ? 0 : 4,
      },
      ...{ nExpected: 4, low: null, high: null },
    },
  ],
  ...changes,
})
const at = (day: number): string => new Date(Date.parse('2026-01-01T00:00:00.000Z') + day * 86_400_000).toISOString()

describe('slugs', () => {
  test('a plain name stays, every other one carries the hash of what it was', () => {
    expect(slug('farm-2026', sha256)).toBe('farm-2026')
    for (const name of ['Farm', 'farm_2026', 'a/../b', 'con', 'com1', '', '..', 'ä', 'a--b', 'x'.repeat(61)])
      expect(slug(name, sha256)).toMatch(/^[a-z0-9][a-z0-9-]{0,52}-[0-9a-f]{6}$/)
  })

  test('two names never share a file, whatever the letter case, and no name leaves the folder', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 20 }), (names) => {
        const slugs = [...names, ...HOSTILE_NAMES].map((name) => slug(name, sha256))
        for (const one of slugs) expect(one).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/)
        expect(new Set(slugs).size).toBe(new Set([...names, ...HOSTILE_NAMES]).size)
      }),
    )
    // An unaltered name that looks like the slug of an altered one is altered too.
    expect(slug(slug('Farm', sha256), sha256)).not.toBe(slug('Farm', sha256))
  })
})

describe('slugs of names that were made to meet', () => {
  test('are longer, and of nobody else', () => {
    // As many names as it takes for two that look alike and share six digits.
    const seen = new Map<string, string>()
    let met: readonly string[] = []
    for (let n = 0; met.length === 0; n++) {
      const name = `k${n.toString(2).replaceAll('0', '!').replaceAll('1', '?')}ma`
      const other = seen.get(slug(name, sha256))
      if (other === undefined) seen.set(slug(name, sha256), name)
      else met = [other, name]
    }
    const odd = ['../../etc/passwd', 'CON', 'con', 'nul.txt', 'x'.repeat(300), 'X'.repeat(300), 'kma', 'KMA', 'Kma']
    const names = [...met, ...odd, 'caf\u00e9', 'cafe\u0301', '\u202egnp.exe', ' kma', 'kma ', 'kma.', 'k/ma', 'k\\ma']
    const slugs = slugsOf(names, sha256)
    expect(new Set([...slugs.values()].map((one) => one.toLowerCase())).size).toBe(names.length)
    for (const one of slugs.values()) expect(one).toMatch(/^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/)
    expect(met.map((name) => slugs.get(name))).toEqual([
      expect.stringMatching(/^k-ma-[0-9a-f]{20}$/),
      expect.stringMatching(/^k-ma-[0-9a-f]{20}$/),
    ])
    expect(slugs.get('kma')).toBe('kma')
    expect([...slugsOf([...names].reverse(), sha256)].sort()).toEqual([...slugs].sort())
  })
})

describe('shards and tables', () => {
  test('a shard gives every run back: ids, times, texts, values, and why there is none', () => {
    const runs = [
      run('aaaaaa', 0.123456, { commit: 'a'.repeat(40), tags: ['ci', 'x'] }),
      run('bbbbbb', null, { startedAt: '2026-01-02T03:04:05.000Z', pipeline: '</script>' }),
    ]
    const shard = toShard('lab', runs, [SENSITIVITY])
    expect(shard.id).toBe('~aaaaaa 20260101t000000z-bbbbbb')
    expect(shard.started).toEqual([1_767_225_600, 97_445])
    expect(shard.commit).toBe(`${'a'.repeat(10)} -`)
    expect(shard.text['pipeline']).toEqual({ texts: ['</script>', 'kma'], at: [1, 0] })
    expect(shard.text['tags']).toEqual({ texts: ['', 'ci x'], at: [1, 0] })
    expect(shard.metrics[0]).toMatchObject({ value: [0.1235, null], why: { 1: 'not_run' }, n: [4, 0], of: 4 })
  })

  test('a table has no cell that a spreadsheet takes for a formula, and no broken row', () => {
    const runs = HOSTILE_NAMES.map((name, index) =>
      run(String(index).padStart(6, '0'), 0.5, { pipeline: name, label: name }),
    )
    const lines = runsTsv(runs, [SENSITIVITY]).split('\n')
    expect(lines).toHaveLength(runs.length + 2)
    const width = lines[0]?.split('\t').length
    for (const line of lines.slice(0, -1)) {
      expect(line.split('\t')).toHaveLength(width ?? 0)
      // eslint-disable-next-line no-control-regex -- finding control characters is the point
      for (const cell of line.split('\t')) expect(cell).not.toMatch(/^[=+@]|^-[^0-9]|[\u0000-\u0008\u202e]/)
    }
  })
})

describe('the overview', () => {
  test('runs are counted once, and those that do not count by their reason', () => {
    const runs = [
      run('aaaaaa', 0.5),
      run('aaaaaa', 0.5, { pipeline: 'abricate' }),
      run('bbbbbb', 0.5, { state: 'interrupted' }),
      run('cccccc', 0.5, { trust: 'revoked' }),
    ]
    expect(totalRuns(runs)).toEqual({
      ...{ all: 3, valid: 1 },
      excluded: [
        { reason: 'interrupted', runs: 1 },
        { reason: 'revoked', runs: 1 },
      ],
    })
  })

  test('the baseline is the newest tagged run before, else the oldest comparable one', () => {
    const old = run('aaaaaa', 0.5, { startedAt: at(0) })
    const tagged = run('bbbbbb', 0.6, { startedAt: at(1), tags: ['baseline'] })
    const other = run('cccccc', 0.6, { startedAt: at(0), setting: 'other' })
    const newest = run('dddddd', 0.7, { startedAt: at(2) })
    expect(baselineOf(newest, [old, other, tagged, newest], [])).toEqual({ run: tagged, chosenAs: 'tagged' })
    expect(baselineOf(newest, [old, other, newest], [])).toEqual({ run: old, chosenAs: 'first' })
    expect(baselineOf(newest, [other, newest], [])).toBeNull()
  })

  test('average performance: geometric mean over the datasets that have both, and how many have', () => {
    const on = (id: string, name: string, value: number, day: number): SiteRun =>
      run(name, value, { dataset: { id, version: '', labels: null }, startedAt: at(day) })
    const runs = [
      on('a', 'aaaaaa', 0.4, 0),
      on('b', 'bbbbbb', 0.5, 0),
      on('c', 'cccccc', 0.9, 0),
      on('a', 'dddddd', 0.8, 1),
      on('b', 'eeeeee', 0.25, 1),
    ]
    expect(averagePerformance(runs, 'kma', [])).toMatchObject({ reason: null, ratio: 1, of_datasets: 3 })
    expect(averagePerformance(runs.slice(0, 3), 'kma', [])).toEqual({
      reason: 'no dataset has a newer and an earlier run of this pipeline with values of as many samples',
    })
  })

  test('coverage says why a cell is empty', () => {
    const runs = [
      run('aaaaaa', 0.5, { startedAt: at(0) }),
      run('bbbbbb', 0.5, {
        startedAt: at(3),
        pipeline: 'abricate',
        dataset: { id: 'soil', version: '', labels: null },
      }),
      run('cccccc', null, { startedAt: at(9), pipeline: 'abricate', state: 'interrupted' }),
    ]
    expect(
      coverageOf(runs).map(({ pipeline, dataset, age_days, reason }) => [pipeline, dataset, age_days, reason]),
    ).toEqual([
      ['abricate', 'farm 2', null, 'interrupted'],
      ['abricate', 'soil', 6, null],
      ['kma', 'farm 2', 9, null],
      ['kma', 'soil', null, 'not run'],
    ])
  })

  test('a slope with its interval: a line is found, one outlier does not bend it', () => {
    const times = [0, 1, 2, 3, 4, 5, 6, 7]
    const line = times.map((time) => 2 + 0.5 * time)
    expect(slopeOf(times, line)).toEqual({ slope: 0.5, low: 0.5, high: 0.5, n: 8 })
    expect(slopeOf(times, [...line.slice(0, 7), 99])?.slope).toBeCloseTo(0.5)
    expect(slopeOf([0, 1, 2], [1, 2, 3])).toBeNull()
    expect(slopeOf([1, 1, 1, 1], [1, 2, 3, 4])).toBeNull()
  })
})

describe('history', () => {
  test('a step for the worse is found with the run it began at; values that repeat change nothing of it', () => {
    const values = Array.from({ length: 24 }, (_, index) => (index < 15 ? 0.9 : 0.7) + 0.004 * ((index * 7) % 5))
    const runs = values.map((value, index) =>
      run(`r${String(index).padStart(5, '0')}`, value, { startedAt: at(index) }),
    )
    const { histories } = projectHistory(runs)
    expect(histories[0]?.finding.shifts).toMatchObject([
      { from: '20260101t000000z-r00015', turn: 'worse', isCurrent: true },
    ])
    const single = runs.map((one, index) =>
      run(one.runId.slice(-6), (values[index] ?? 0) + index * 1e-5, { startedAt: at(index) }),
    )
    expect(projectHistory(single).histories[0]?.finding.shifts).toMatchObject([{ index: 15, turn: 'worse' }])
  })

  test('starts anew where another database is read: no step, no slope over the change; what nobody tells claims nothing', () => {
    const readIn = (index: number) => (index === 7 ? null : { resfinder: (index < 10 ? 'a' : 'b').repeat(64) })
    const runs = Array.from({ length: 20 }, (_, index) =>
      run(`r${String(index).padStart(5, '0')}`, (index < 10 ? 0.9 : 0.6) + 0.004 * ((index * 7) % 5), {
        ...{ startedAt: at(index), databases: readIn(index) },
      }),
    )
    const { histories } = projectHistory(runs)
    expect(histories[0]?.finding.shifts).toEqual([])
    expect(histories[0]?.restarts).toEqual([
      {
        ...{ index: 10, from: '20260101t000000z-r00010', database: 'resfinder' },
        ...{ before: 'a'.repeat(64), after: 'b'.repeat(64) },
      },
    ])
    expect(projectTrend(histories)).toMatchObject({ n: 10, from: at(10), direction: 'no clear trend' })
    const untold = projectHistory(runs.map((one) => ({ ...one, databases: null })))
    expect(untold.histories[0]).toMatchObject({ restarts: [], finding: { shifts: [{ turn: 'worse', index: 10 }] } })
  })

  test('a sample that has no value in any run, such as a blank, costs no run its level', () => {
    const over = (n: number, index: number) => {
      const one = run(`r0000${String(index)}`, 0.5 + index / 10, { startedAt: at(index) })
      return { ...one, values: one.values.map((of) => ({ ...of, n })) }
    }
    const runs = [3, 3, 2, 3].map(over)
    const [history] = projectHistory(runs).histories
    expect(history?.points.map(({ value }) => value)).toEqual([0.5, 0.6, 0.8])
    expect(averagePerformance(runs, 'kma', [])).toMatchObject({ datasets: [{ baseline: 0.5, value: 0.8 }] })
    expect(averagePerformance(runs.slice(0, 3), 'kma', []).reason).toContain('as many samples')
  })

  test('a run that reused outputs is no further measurement of time', () => {
    const WALL: SiteSeries = { metric: 'wall_seconds', level: null, rank: null, unit: 'seconds', direction: 'lower' }
    const runs = [10.123456789, 10.123456789, 11.5, 10.123456789].map((seconds, index) => {
      const one = run(`r0000${String(index)}`, 0.5, { startedAt: at(index), fingerprint: 'm' })
      return { ...one, values: [...one.values, ...one.values.map((of) => ({ ...of, series: WALL, value: seconds }))] }
    })
    const { histories } = projectHistory(runs)
    expect(histories.map(({ series, points }) => [series.metric, points.map(({ value }) => value)])).toEqual([
      ['sensitivity', [0.5, 0.5, 0.5, 0.5]],
      ['wall_seconds', [10.123456789, 11.5]],
    ])
  })

  test('a run that lacks a sample, or does not count, has no level', () => {
    const runs = [0, 1, 2].map((index) => run(`r0000${String(index)}`, 0.5, { startedAt: at(index) }))
    const partial = run('r00009', 0.1, { startedAt: at(9) })
    const lacking = { ...partial, values: partial.values.map((value) => ({ ...value, n: 3 })) }
    const { histories } = projectHistory([
      ...runs,
      lacking,
      run('r00010', 0.1, { startedAt: at(10), trust: 'unknown-owner' }),
    ])
    expect(histories[0]?.points.map(({ value }) => value)).toEqual([0.5, 0.5, 0.5])
  })
})

describe('leaderboards by category', () => {
  const entry = (key: string, seconds: number, machine: string): BoardEntry => ({
    ...{
      project: 'lab',
      pipeline: key,
      version: null,
      params: {},
      key,
      rank: 1,
      rank_low: 1,
      rank_high: 2,
      score: 0.5,
    },
    ...{ score_low: null, score_high: null, n_samples: 4, coverage: 1, provisional: false, tied_with_best: true },
    ...{ pareto: 'front', trust: 'owner', runs: 1, newest: '', run_id: '', machine, metrics: [], cost: null },
    wall_seconds: { value: seconds, low: seconds * 0.9, high: seconds * 1.1, n: 4 },
    peak_rss_bytes: null,
  })
  const board = {
    entries: [entry('a', 10, 'small'), entry('b', 10.5, 'small'), entry('c', 30, 'small'), entry('d', 1, 'large')],
  } as unknown as BoardModel

  test('times of different machines are different tables, and overlapping intervals share places', () => {
    const [small, large] = byCategory(board, 'speed')
    expect(
      small?.rows.map(({ entry: { key }, rank, rank_low, rank_high }) => [key, rank, rank_low, rank_high]),
    ).toEqual([
      ['a', 1, 1, 2],
      ['b', 2, 1, 2],
      ['c', 3, 3, 3],
    ])
    expect([large?.machine, large?.rows.length]).toEqual(['large', 1])
    expect(byCategory(board, 'cost')).toEqual([])
  })
})
