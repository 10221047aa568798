import { describe, expect, test } from 'vitest'
import { profile, scoresOf, valueAt } from './profile-case.ts'

// One test for each row of the table "Where we differ from OPAL" in docs/profile-scoring.md, in its order.
const truth = profile('2 = 100', '2|20 = 60', '2|30 = 40', '2|20|201 = 60', '2|30|301 = 40')

describe('where scores differ from OPAL', () => {
  test('a rank the prediction lacks: errors of an empty rank', () => {
    const scores = scoresOf(truth, profile('2 = 100', '2|20 = 60', '2|30 = 40'))
    expect(valueAt(scores, 'l1_norm_error')).toBe(1)
    expect(valueAt(scores, 'bray_curtis_distance')).toBe(1)
  })
  test('a sample in which nothing was found: scored', () => {
    const scores = scoresOf(truth, profile())
    expect(valueAt(scores, 'bray_curtis_distance')).toBe(1)
    expect(valueAt(scores, 'completeness')).toBe(0)
    expect(valueAt(scores, 'unweighted_unifrac_error', null)).toBe(1)
  })
  test('F1 where nothing agrees: 0', () => {
    expect(valueAt(scoresOf(truth, profile('2|20|9 = 100')), 'f1_score')).toBe(0)
  })
  test('purity where nothing was reported: no value', () => {
    expect(valueAt(scoresOf(truth, profile('2 = 100')), 'purity')).toBe('undefined_0/0')
  })
  test('a rank without true taxa: no value for anything that needs the truth', () => {
    for (const metric of ['completeness', 'jaccard_index', 'l1_norm_error', 'false_positives'])
      expect(valueAt(scoresOf(profile('2 = 100'), truth), metric)).toBe('no_truth')
    // What describes the prediction needs no truth, in either program.
    expect(valueAt(scoresOf(profile('2 = 100'), truth), 'taxon_counts')).toBe(2)
    expect(valueAt(scoresOf(profile('2 = 100'), truth), 'shannon_diversity')).toBeCloseTo(0.6730116670092565, 12)
  })
  test('UniFrac of scaled profiles: on the same scale as that of stated ones', () => {
    const half = (of: typeof truth): typeof truth => ({
      ...of,
      taxa: of.taxa.map((taxon) => ({ ...taxon, percentage: taxon.percentage / 2 })),
    })
    const found = profile('2 = 100', '2|20 = 100', '2|20|201 = 70', '2|20|202 = 30')
    const stated = valueAt(scoresOf(truth, found), 'weighted_unifrac_error', null)
    const scaled = valueAt(scoresOf(half(truth), half(found), { normalize: true }), 'weighted_unifrac_error', null)
    expect(stated).toBeGreaterThan(0)
    expect(scaled).toBeCloseTo(Number(stated), 12)
  })
  test('branch lengths: those of the truth and of the prediction are always the same', () => {
    // Taxa of one side only, at the same depth: the distance does not depend on the side.
    const [left, right] = [profile('2|20|201 = 100'), profile('2|20|202 = 100')]
    for (const metric of ['weighted_unifrac_error', 'weighted_unifrac_cami', 'unweighted_unifrac_cami'])
      expect(valueAt(scoresOf(left, right), metric, null)).toBe(valueAt(scoresOf(right, left), metric, null))
  })
  test('taxa that state more than their parent: kept as OPAL keeps them, a negative mass', () => {
    // Species 150 under a phylum of 100: -50 at the phylum, which the truth has as 0 too.
    const odd = profile('2 = 100', '2|20 = 100', '2|20|201 = 150')
    expect(valueAt(scoresOf(odd, odd), 'weighted_unifrac_error', null)).toBe(0)
    expect(valueAt(scoresOf(odd, profile('2 = 100', '2|20 = 100', '2|20|201 = 100')), 'l1_norm_error')).toBe(0.5)
  })
})

describe('where the two sides contradict each other about a lineage', () => {
  test('that of the truth counts, and what is left over below a deeper parent goes nowhere', () => {
    // 20 is at depth 4 in truth, its child 201 at depth 3: 20 moves 100 at 1/4, then 201 moves 100 at 1/3, which does not
    // reach 20 any more, and 2 moves the 100 of 20 at 1.
    const scores = scoresOf(profile('2 = 100', '2|||20 = 100'), profile('2 = 100', '2|20 = 100', '2|20|201 = 100'))
    expect(valueAt(scores, 'weighted_unifrac_error', null)).toBeCloseTo((1 / 4 + 1 / 3 + 1) / (200 / 3), 12)
  })
  test('of equally deep ones, children come before their parent', () => {
    // 20 is at depth 3 in truth, as 201 is: 201 moves 100 at 1/3 up to 20, which then has none to move.
    const scores = scoresOf(profile('2 = 100', '2||20 = 100'), profile('2 = 100', '2|20 = 100', '2|20|201 = 100'))
    expect(valueAt(scores, 'weighted_unifrac_error', null)).toBeCloseTo(1 / 3 / (200 / 3), 12)
  })
})

describe('the order in which children are taken from their parent', () => {
  // In floating point .4 − .1 − .1 − .2 is a little more than 0, and .4 − .2 − .1 − .1 is 0: the phylum counts as there,
  // or not. Between c and its phylum stands a class without a row of its own.
  const [a, b, c] = ['2|20|a = 0.1', '2|20|b = 0.1', '2|20|class|c = 0.2']
  const elsewhere = profile('3 = 1')
  const moved = (metric: string, ...rows: readonly string[]): number =>
    Number(valueAt(scoresOf(elsewhere, profile('2|20 = 0.4', ...rows)), metric, null))
  test('is that of the file, and in the CAMI variant those of unbroken lineage come first', () => {
    expect([0.4 - 0.1 - 0.1 - 0.2 > 0, 0.4 - 0.2 - 0.1 - 0.1 > 0]).toEqual([true, false])
    // Branches of length 1/depth: the phylum moves itself at 1/2, if it is there.
    const relative = (...rows: readonly string[]): number => moved('unweighted_unifrac_error', ...rows)
    expect(relative(a, b, c) - relative(c, a, b)).toBeCloseTo(1 / 2, 12)
    // Branches of length 1 for each rank: two up to the root, in either order of the file.
    const steps = (...rows: readonly string[]): number => moved('unweighted_unifrac_cami', ...rows)
    expect(steps(c, a, b)).toBe(steps(a, b, c))
    expect(steps(a, b, c)).toBeCloseTo(1 + (1 + 1 + 2) + 4 * 2, 12)
  })
  test('in the CAMI variant a child that skips up to the top of the lineage comes late', () => {
    // OPAL finds 4 here: the top keeps a mass of 4e-15 and so counts as there; taken in the order of the file, none.
    const [skipping, right, top] = ['A||X = 8.54205114766921', 'A|P = 60.84893223984946', 'A = 69.39098338751867']
    expect(69.39098338751867 - 60.84893223984946 - 8.54205114766921).toBeGreaterThan(0)
    expect(69.39098338751867 - 8.54205114766921 - 60.84893223984946).toBe(0)
    const scores = scoresOf(profile(skipping, right, top), profile('A = 100', 'A|P = 100'))
    expect(valueAt(scores, 'unweighted_unifrac_cami', null)).toBe(4)
  })
})
