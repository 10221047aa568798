import { describe, expect, test } from 'vitest'
import { compareAbundance } from '../../../src/core/amr/abundance.ts'
import { curveOf } from '../../../src/core/amr/precision-recall.ts'
import { call, gene, quantity, score } from './amr-case.ts'

describe('gene abundance', () => {
  test('a worked example', () => {
    // t = (0.5, 0.3, 0.2), p = (0.25, 0.5, 0, 0.25): |t - p| = 0.25 + 0.2 + 0.2 + 0.25 = 0.9
    const scores = compareAbundance(
      new Map([
        ['a', 50],
        ['b', 30],
        ['c', 20],
      ]),
      new Map([
        ['a', 5],
        ['b', 10],
        ['d', 5],
      ]),
    )
    expect(scores.amr_abundance_l1.value).toBeCloseTo(0.9, 12)
    expect(scores.amr_abundance_bray_curtis.value).toBeCloseTo(0.45, 12)
    // |log2(0.25/0.5)| = 1, |log2(0.5/0.3)| = 0.736966
    expect(scores.amr_abundance_log2_error.value).toBeCloseTo((1 + Math.log2(0.5 / 0.3)) / 2, 12)
    // Ranks of t: a 4, b 3, c 2, d 1; of p: a 2.5, b 4, c 1, d 2.5. Differences 1.5, -1, 1, -1.5.
    // scipy 1.17.1, scipy.stats.spearmanr([4, 3, 2, 1], [2.5, 4, 1, 2.5]).statistic
    expect(scores.amr_abundance_spearman.value).toBeCloseTo(0.31622776601683794, 12)
    // scipy.stats.pearsonr(log(t + 1e-6), log(p + 1e-6)).statistic
    expect(scores.amr_abundance_pearson.value).toBeCloseTo(-0.2627880758959819, 12)
  })

  test('equal proportions have distance 0 whatever the scale', () => {
    const scores = compareAbundance(
      new Map([
        ['a', 1],
        ['b', 3],
      ]),
      new Map([
        ['a', 10],
        ['b', 30],
      ]),
    )
    expect(scores.amr_abundance_l1.value).toBeCloseTo(0, 12)
    expect(scores.amr_abundance_bray_curtis.value).toBeCloseTo(0, 12)
    expect(scores.amr_abundance_log2_error.value).toBeCloseTo(0, 12)
    expect(scores.amr_abundance_pearson.reason).toBe('too_few')
  })

  test('nothing in common is distance 2, or 1 for Bray-Curtis', () => {
    const scores = compareAbundance(new Map([['a', 1]]), new Map([['b', 1]]))
    expect(scores.amr_abundance_l1.value).toBe(2)
    expect(scores.amr_abundance_bray_curtis.value).toBe(1)
    expect(scores.amr_abundance_log2_error.reason).toBe('undefined_0/0')
  })

  test('finding nothing is the worst Bray-Curtis; nothing on both sides is undefined', () => {
    expect(compareAbundance(new Map([['a', 1]]), new Map()).amr_abundance_bray_curtis.value).toBe(1)
    expect(compareAbundance(new Map(), new Map()).amr_abundance_l1.reason).toBe('undefined_0/0')
  })

  test('a key the truth lists with 0 enters the distances only', () => {
    const truth = new Map([
      ['a', 2],
      ['b', 1],
      ['c', 1],
      ['zero', 0],
    ])
    const found = new Map([
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ])
    const scores = compareAbundance(truth, found)
    expect(scores.amr_abundance_pearson.value).toBeCloseTo(1, 12)
    expect(compareAbundance(truth, new Map([...found, ['zero', 4]])).amr_abundance_l1.value).toBeCloseTo(1, 12)
  })

  test('depths of several rows of one key are summed, copies stand in where the truth has no depth', () => {
    const byDepth = score(
      { S1: [gene('sul1', { depth: 10 }), gene('sul2', { depth: 30 })] },
      { S1: [call('sul1', { depth: 5 }), call('sul1', { depth: 5 }), call('sul2', { depth: 30 })] },
    )
    expect(quantity(byDepth, 'amr_abundance_l1').value).toBeCloseTo(0, 12)
    const byCopies = score(
      { S1: [gene('sul1', { copies: 1 }), gene('sul2', { copies: 3 })] },
      { S1: [call('sul1', { depth: 10 }), call('sul2', { depth: 10 })] },
    )
    expect(quantity(byCopies, 'amr_abundance_l1').value).toBeCloseTo(0.5, 12)
  })

  test('without numbers in the truth it does not apply, without depths of the tool there is no prediction', () => {
    const reason = (truth: object, found: object): string | null =>
      quantity(score({ S1: [gene('sul1', truth)] }, { S1: [call('sul1', found)] }), 'amr_abundance_l1').reason
    expect(reason({}, { depth: 3 })).toBe('not_applicable')
    expect(reason({ depth: 3 }, {})).toBe('no_prediction')
    expect(reason({ depth: 3 }, { depth: 3 })).toBeNull()
  })
})

describe('precision-recall', () => {
  test('a worked example', () => {
    // Scores 9 (right), 8 (wrong), 7 (right), of 3 to find: P = 1, 1/2, 2/3; R = 1/3, 1/3, 2/3.
    const { points, averagePrecision } = curveOf(
      [
        { score: 7, isTrue: true },
        { score: 9, isTrue: true },
        { score: 8, isTrue: false },
      ],
      3,
    )
    expect(points.map(({ threshold, precision, recall }) => [threshold, precision, recall])).toEqual([
      [9, 1, 1 / 3],
      [8, 0.5, 1 / 3],
      [7, 2 / 3, 2 / 3],
    ])
    expect(averagePrecision.value).toBeCloseTo(1 / 3 + 2 / 9, 12)
  })

  test('equal scores are one step, so that their order does not matter', () => {
    const tied = [
      { score: 5, isTrue: false },
      { score: 5, isTrue: true },
    ]
    expect(curveOf(tied, 1).averagePrecision.value).toBe(0.5)
    expect(curveOf([...tied].reverse(), 1)).toEqual(curveOf(tied, 1))
  })

  test('a perfect ranking of everything has area 1, finding nothing 0, nothing to find is undefined', () => {
    expect(
      curveOf(
        [
          { score: 2, isTrue: true },
          { score: 1, isTrue: false },
        ],
        1,
      ).averagePrecision.value,
    ).toBe(1)
    expect(curveOf([], 2).averagePrecision.value).toBe(0)
    expect(curveOf([], 0).averagePrecision.reason).toBe('undefined_0/0')
  })

  test('a key is as sure as its best row; without scores, or with those of two tools, there is no curve', () => {
    const truth = { S1: ['sul1', 'sul2'] }
    const scored = score(truth, {
      S1: [call('sul1', { score: 1 }), call('sul1', { score: 9 }), call('qnrS1', { score: 5 })],
    })
    expect(scored.curves[0]?.points.map(({ threshold }) => threshold)).toEqual([9, 5])
    expect(quantity(scored, 'average_precision').value).toBe(0.5)
    const partly = score(truth, { S1: [call('sul1', { score: 1 }), call('sul2')] })
    expect(quantity(partly, 'average_precision').reason).toBe('no_prediction')
    expect(partly.curves).toEqual([])
    const mixed = score(truth, {
      S1: [call('sul1', { score: 1, tool: 'kma' }), call('sul2', { score: 1, tool: 'rgi' })],
    })
    expect(quantity(mixed, 'average_precision').reason).toBe('no_prediction')
  })
})

describe('detection by depth', () => {
  test('each gene is in the range of its true depth', () => {
    const truth = [0.5, 0.99, 1, 4.9, 5, 10, 29, 30, 100].map((depth, index) =>
      gene(`tet(${String(40 + index)})`, { depth }),
    )
    const scoring = score({ S1: truth }, { S1: ['tet(42)', 'tet(44)', 'tet(45)', 'tet(47)', 'tet(48)'] })
    const value = (bin: string): number | null => quantity(scoring, `sensitivity_depth_${bin}`).value
    expect([value('lt1'), value('1_5'), value('5_10'), value('10_30'), value('ge30')]).toEqual([0, 0.5, 1, 0.5, 1])
  })

  test('an empty range is undefined, a truth without depth not applicable', () => {
    const some = score({ S1: [gene('sul1', { depth: 50 })] }, { S1: ['sul1'] })
    expect(quantity(some, 'sensitivity_depth_lt1').reason).toBe('undefined_0/0')
    const none = score({ S1: ['sul1'] }, { S1: ['sul1'] })
    expect(quantity(none, 'sensitivity_depth_ge30').reason).toBe('not_applicable')
  })

  test('copies of one gene add up', () => {
    const scoring = score({ S1: [gene('sul1', { depth: 3 }), gene('sul1', { depth: 3 })] }, { S1: ['sul1'] })
    expect(quantity(scoring, 'sensitivity_depth_5_10').value).toBe(1)
    expect(quantity(scoring, 'sensitivity_depth_1_5').reason).toBe('undefined_0/0')
  })
})
