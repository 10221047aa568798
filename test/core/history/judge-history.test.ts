import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { databaseChanges } from '../../../src/core/history/database-changes.ts'
import type { HistoryPoint, HistorySeries } from '../../../src/core/history/history.ts'
import { judgeHistory } from '../../../src/core/history/judge-history.ts'
import { metricById } from '../../../src/core/metrics/registry.ts'
import { normalQuantile } from '../../../src/core/stats/normal.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'

const wall = (values: readonly (number | null)[], change: Partial<HistorySeries> = {}): HistorySeries => ({
  key: 'kma wall',
  definition: metricById('wall_seconds'),
  isPrimary: true,
  points: values.map((value, index) => point(index, value)),
  ...change,
})
const point = (index: number, value: number | null, change: Partial<HistoryPoint> = {}): HistoryPoint => ({
  ...{ label: `v${index + 1}`, values: value === null ? [] : [value], machine: 'm1' },
  ...change,
})
const judged = (series: HistorySeries) => {
  const [finding] = judgeHistory([series]).findings
  if (!finding) throw new Error('no finding')
  return finding
}

/** Log-normal noise of 3 % around levels. */
const noisy = (levels: readonly number[], seed = 7): readonly number[] => {
  const random = seededRandom(seed)
  return levels.map((level) => level * Math.exp(0.03 * normalQuantile(random() * 0.998 + 0.001)))
}
const flat = (n: number, level = 1000): readonly number[] => new Array<number>(n).fill(level)

describe('the ladder', () => {
  test('noise is quiet', () => {
    expect(judged(wall(noisy(flat(12))))).toMatchObject({ state: 'quiet', shifts: [], drift: null, n: 12 })
  })

  test('a lasting step is confirmed, with the version it began at', () => {
    const finding = judged(wall(noisy([...flat(10), ...flat(8, 1200)])))
    expect(finding.state).toBe('confirmed')
    expect(finding.shifts).toMatchObject([
      { from: 'v11', isRelative: true, turn: 'worse', isCurrent: true, isConfirmed: true },
    ])
    expect(finding.shifts[0]?.shift).toBeCloseTo(0.2, 1)
  })

  test('one version outside of what was expected is watched, and suspect when it is large', () => {
    const finding = judged(wall([...noisy(flat(8)), 1500]))
    expect(finding).toMatchObject({
      state: 'watch',
      newest: { label: 'v9', isOutside: true, isSuspect: true, turn: 'worse', earlier: 8 },
    })
    expect(judged(wall([...noisy(flat(8)), 1500], { isPrimary: false })).newest).toMatchObject({
      isOutside: true,
      isSuspect: false,
    })
  })

  test('a move that has gone back is told but not current', () => {
    const finding = judged(wall(noisy([...flat(12), ...flat(10, 1300), ...flat(3)])))
    expect(finding.shifts.map(({ isCurrent }) => isCurrent)).toEqual([false, false])
    expect(finding).toMatchObject({ state: 'quiet' })
    expect(finding.reasons[0]).toMatch(/went back/)
  })

  test('a steady move is a drift', () => {
    const finding = judged(wall(noisy(flat(16).map((level, index) => level * 1.02 ** index))))
    expect(finding).toMatchObject({ state: 'confirmed', drift: { turn: 'worse', isRelative: true }, shifts: [] })
  })

  test('a blessed shift restarts the level and keeps the spread, so that one point later alarms work again', () => {
    const points = [...noisy(flat(10)), ...noisy([1300, 1300], 3), 1700].map((value, index) =>
      point(index, value, index === 10 ? { isBlessed: true } : {}),
    )
    const finding = judged(wall([], { points }))
    expect(finding.newest).toMatchObject({ earlier: 2, isBorrowed: false, isOutside: true })
    expect(finding).toMatchObject({ state: 'watch', shifts: [] })
    const settled = judged(wall([], { points: points.slice(0, 12) }))
    expect(settled).toMatchObject({ state: 'quiet', newest: { isOutside: false } })
  })

  test('another database starts the series anew, like a blessed shift, and says so; unknown ones do not', () => {
    const databases = (index: number) => (index < 10 ? { genes: 'a'.repeat(64) } : { genes: 'b'.repeat(64) })
    const values = [...noisy(flat(10)), ...noisy([1300, 1300], 3), 1700]
    const points = values.map((value, index) => point(index, value, { databases: databases(index) }))
    const finding = judged(wall([], { points }))
    expect(finding).toMatchObject({ state: 'watch', shifts: [], newest: { earlier: 2, isOutside: true } })
    const said = 'judged anew from v11 on: another database genes (aaaaaaaaaaaa → bbbbbbbbbbbb)'
    expect(finding.reasons.at(-1)).toBe(said)
    expect(judged(wall([], { points: points.slice(0, 12) }))).toMatchObject({ state: 'quiet' })
    // The first run with it has nothing to be held against.
    const first = judged(wall([], { points: points.slice(0, 11) }))
    expect(first).toMatchObject({ state: 'unjudged', reasons: ['too short', said], shifts: [] })
    const silent = values.map((value, index) => point(index, value, { databases: index < 10 ? databases(0) : null }))
    expect(judged(wall([], { points: silent })).shifts).not.toEqual([])
  })

  test('databases are followed over runs that do not tell, and one that came or went is another', () => {
    const changes = (...read: HistoryPoint['databases'][]) =>
      databaseChanges(read.map((databases, index) => point(index, 1, { databases: databases ?? null }))).map(
        ({ from, database, before, after }) => `${from} ${database} ${before} ${after}`,
      )
    expect(changes(null, { a: '1' }, null, { a: '1' }, null, { a: '2' }, { a: '2' })).toEqual(['v6 a 1 2'])
    expect(changes({}, { a: '1' }, { a: '1', b: '9' }, { b: '9' })).toEqual([
      'v2 a none 1',
      'v3 b none 9',
      'v4 a 1 none',
    ])
    expect(changes({ a: '1' }, { a: '2' }, { a: '1' })).toEqual(['v2 a 1 2', 'v3 a 2 1'])
  })

  test('few versions borrow a spread, or are not judged', () => {
    expect(judged(wall([1000, 1010, 1300]))).toMatchObject({ state: 'unjudged', reasons: ['too short'] })
    const borrowed = judged(
      wall([1000, 1010, 1300], {
        storedRepeats: [
          [50, 51, 49.5, 50.2],
          [700, 705, 690],
        ],
      }),
    )
    expect(borrowed).toMatchObject({ state: 'watch', newest: { isBorrowed: true, df: 5, earlier: 2 } })
  })

  test('what is not judged says why', () => {
    expect(judged(wall([])).reasons).toEqual(['missing'])
    expect(judged(wall([1000, 1001, null])).reasons).toEqual(['missing'])
    const moved = [point(0, 1000), point(1, 1001), point(2, 900, { machine: 'm2' })]
    expect(judged(wall([], { points: moved })).reasons).toEqual(['mixed machines'])
    expect(judged(wall([...flat(6), 1100])).reasons).toEqual(['zero spread'])
    const report = judgeHistory([wall([]), wall(noisy(flat(9)), { key: 'other' })])
    expect(report).toMatchObject({ judged: 1, unjudged: { missing: 1 } })
  })

  test('a deterministic metric that always was the same is watched when it changes', () => {
    const scores = (values: readonly number[]): HistorySeries => wall(values, { definition: metricById('sensitivity') })
    expect(judged(scores(flat(4, 0.9)))).toMatchObject({ state: 'quiet' })
    expect(judged(scores([...flat(4, 0.9), 0.8]))).toMatchObject({ state: 'watch' })
    const counts = (values: readonly number[]): HistorySeries =>
      wall(values, { definition: metricById('false_positives') })
    expect(judged(counts(flat(5, 0)))).toMatchObject({ state: 'quiet' })
    expect(judged(counts([...flat(5, 0), 1]))).toMatchObject({ state: 'watch' })
    expect(judged(scores([...flat(8, 0.9), ...flat(4, 0.8)]))).toMatchObject({
      state: 'confirmed',
      shifts: [{ from: 'v9', turn: 'worse', isRelative: false, shift: -0.1 }],
    })
  })

  test('a step too small to matter is quiet', () => {
    expect(judged(wall([...flat(10), ...flat(10, 1030)].map((value, index) => value + (index % 3))))).toMatchObject({
      state: 'quiet',
    })
  })
})

describe('laws', () => {
  const values = fc.array(fc.integer({ min: 500, max: 2000 }), { minLength: 2, maxLength: 14 })

  test('the order of series and their units change nothing', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 2, max: 100 }), (one, other, factor) => {
        const series = [wall(one, { key: 'a' }), wall(other, { key: 'b' })]
        expect(judgeHistory([...series].reverse())).toEqual(judgeHistory(series))
        const scaled = judged(wall(one.map((value) => value * factor)))
        const plain = judged(wall(one))
        expect(scaled.shifts.map(({ index, isCurrent }) => [index, isCurrent])).toEqual(
          plain.shifts.map(({ index, isCurrent }) => [index, isCurrent]),
        )
      }),
      { numRuns: 40 },
    )
  })

  test('turning a series upside down turns worse into better', () => {
    fc.assert(
      fc.property(values, (one) => {
        const [up, down] = [judged(wall(one)), judged(wall(one.map((value) => 1e6 / value)))]
        expect(down.state).toBe(up.state)
        expect(down.shifts.map(({ turn }) => turn)).toEqual(
          up.shifts.map(({ turn }) => (turn === 'worse' ? 'better' : 'worse')),
        )
      }),
      { numRuns: 40 },
    )
  })
})

test('the example of docs/statistics.md', () => {
  const minutes = [61, 60, 62, 61, 63, 60, 61, 62, 75, 74, 76].map((value) => value * 60)
  expect(judged(wall(minutes.slice(0, 9))).state).toBe('watch')
  const finding = judged(wall(minutes))
  expect(finding).toMatchObject({ state: 'confirmed', shifts: [{ index: 8, isCurrent: true }] })
  expect(finding.shifts[0]?.shift).toBeCloseTo(0.23, 2)
})
