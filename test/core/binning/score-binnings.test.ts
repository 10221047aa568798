import { describe, expect, test } from 'vitest'
import { NO_BINS } from '../../../src/core/binning/binning.ts'
import { METRICS } from '../../../src/core/metrics/registry.ts'
import { binning, genomes, scoringOf } from './binning-case.ts'

// Genomes A (100 + 50 + 50 bp), B (300 bp) and C (10 + 90 bp); 600 bp in 6 sequences.
const TRUTH = genomes('a1 A 100', 'a2 A 50', 'a3 A 50', 'b1 B 300', 'c1 C 10', 'c2 C 90')

describe('a worked example', () => {
  // Bin 1: a1 a2 c1 = 150 of A, 10 of C; bin 2: b1 a3 = 300 of B, 50 of A. c2 is in no bin.
  const { value, results } = scoringOf(TRUTH, binning('a1 1', 'a2 1', 'c1 1', 'b1 2', 'a3 2'))
  test.each([
    ['average_purity_bp', (150 / 160 + 300 / 350) / 2],
    ['average_purity_seq', (2 / 3 + 1 / 2) / 2],
    ['average_purity_variance_bp', (150 / 160 - 300 / 350) ** 2 / 2],
    ['average_purity_sem_bp', Math.abs(150 / 160 - 300 / 350) / 2],
    ['average_completeness_bp', (150 / 200 + 1 + 10 / 100) / 3],
    ['average_completeness_seq', (2 / 3 + 1 + 1 / 2) / 3],
    // Nothing maps to C, so it adds a 0.
    ['cami1_average_completeness_bp', (150 / 200 + 1 + 0) / 3],
    ['cami1_average_completeness_seq', (2 / 3 + 1 + 0) / 3],
    ['purity_bp', 450 / 510],
    ['purity_seq', 3 / 5],
    ['completeness_bp', 460 / 600],
    ['completeness_seq', 4 / 6],
    ['accuracy_bp', 450 / 600],
    ['accuracy_seq', 3 / 6],
    ['misclassification_rate_bp', 60 / 510],
    ['percentage_binned_bp', 510 / 600],
    ['percentage_binned_seq', 5 / 6],
    // 5 sequences, 10 pairs: together in both a1-a2; only in bins a1-c1 a2-c1 b1-a3; only in genomes a1-a3 a2-a3.
    ['rand_index_seq', (1 + 4) / 10],
    // Expected: 4 pairs in bins, 3 in genomes, 4 · 3 / 10.
    ['adjusted_rand_index_seq', (1 - 1.2) / (3.5 - 1.2)],
    ['recovered_genomes_50_10', 1],
    ['recovered_genomes_70_10', 1],
    ['recovered_genomes_90_10', 0],
    ['recovered_genomes_50_5', 0],
    ['bp_outside_truth', 0],
  ])('%s', (metric, expected) => {
    expect(value(metric)).toBeCloseTo(expected, 12)
  })
  test('F1 scores are harmonic means of what they are named after', () => {
    const harmonic = (purity: string, completeness: string): number => {
      const [p, c] = [value(purity) as number, value(completeness) as number]
      return (2 * p * c) / (p + c)
    }
    expect(value('f1_score_bp')).toBeCloseTo(harmonic('average_purity_bp', 'average_completeness_bp'), 12)
    expect(value('cami1_f1_score_seq')).toBeCloseTo(
      harmonic('average_purity_seq', 'cami1_average_completeness_seq'),
      12,
    )
    expect(value('f1_score_per_bp')).toBeCloseTo(harmonic('purity_bp', 'completeness_bp'), 12)
  })
  test('every bin and every genome can be looked at', () => {
    expect(results.get('S1')?.bins.map(({ bin, genome }) => [bin, genome])).toEqual([
      ['1', 'A'],
      ['2', 'B'],
    ])
    expect(results.get('S1')?.genomes.map(({ genome, recovered }) => [genome, recovered.bp])).toEqual([
      ['A', 150],
      ['B', 300],
      ['C', 10],
    ])
  })
})

test('every metric of the family is computed, and nothing else', () => {
  const computed = scoringOf(TRUTH, NO_BINS).scores.map(({ metric }) => metric)
  const defined = METRICS.filter(({ family }) => family === 'binning').map(({ id }) => id)
  expect([...computed].sort()).toEqual([...defined].sort())
})

test('a perfect binning: 1 for everything, 0 errors', () => {
  const { value } = scoringOf(TRUTH, binning('a1 x', 'a2 x', 'a3 x', 'b1 y', 'c1 z', 'c2 z'))
  for (const metric of ['f1_score_bp', 'cami1_f1_score_bp', 'accuracy_seq', 'adjusted_rand_index_bp', 'rand_index_seq'])
    expect(value(metric), metric).toBe(1)
  expect(value('misclassification_rate_bp')).toBe(0)
  expect(value('average_purity_sem_bp')).toBe(0)
  expect(value('recovered_genomes_90_5')).toBe(3)
})

describe('one genome of several with most base pairs', () => {
  test('is that which the binning names first, as in AMBER', () => {
    const truth = genomes('a A 100', 'b B 100')
    expect(scoringOf(truth, binning('a 1', 'b 1')).results.get('S1')?.bins[0]?.genome).toBe('A')
    expect(scoringOf(truth, binning('b 1', 'a 1')).results.get('S1')?.bins[0]?.genome).toBe('B')
  })
  test('counts by base pairs also where sequences are counted', () => {
    // Two short sequences of A, one long of B: the bin is B's.
    const { value } = scoringOf(genomes('a1 A 10', 'a2 A 10', 'b1 B 100'), binning('a1 1', 'a2 1', 'b1 1'))
    expect(value('purity_seq')).toBeCloseTo(1 / 3, 12)
  })
  test('all in one bin: complete, impure, and no better than chance', () => {
    const { value } = scoringOf(TRUTH, binning('a1 1', 'a2 1', 'a3 1', 'b1 1', 'c1 1', 'c2 1'))
    expect(value('average_completeness_bp')).toBe(1)
    expect(value('average_purity_bp')).toBe(0.5)
    expect(value('adjusted_rand_index_bp')).toBe(0)
    expect(value('average_purity_sem_bp')).toBe('too_few')
    expect(value('cami1_average_completeness_bp')).toBeCloseTo(1 / 3, 12)
  })
})

describe('what is left out', () => {
  // Sizes 10, 40 and 150: 5 %, 20 % and 75 % of what is in bins.
  const truth = genomes('a A 10', 'b B 40', 'c C 150')
  const prediction = binning('a 1', 'b 2', 'c 3')
  test('the smallest bins, as long as they hold no more than the share together', () => {
    const inTail = (minCompletenessShare: number): number =>
      scoringOf(truth, prediction, { minCompletenessShare })
        .results.get('S1')!
        .bins.filter(({ isInTail }) => isInTail).length
    expect([0, 4.9, 5, 24.9, 25, 99.9, 100].map(inTail)).toEqual([0, 0, 1, 1, 2, 2, 3])
  })
  test('affects average purity and recovered genomes, not what is measured over the sample', () => {
    const mixed = genomes('a A 10', 'x X 4', 'c C 186')
    const bins = binning('a 1', 'x 1', 'c 3')
    const all = scoringOf(mixed, bins)
    const cut = scoringOf(mixed, bins, { minCompletenessShare: 10 })
    expect(all.value('average_purity_bp')).toBeCloseTo((10 / 14 + 1) / 2, 12)
    expect(cut.value('average_purity_bp')).toBe(1)
    for (const metric of ['purity_bp', 'accuracy_bp', 'average_completeness_bp', 'cami1_average_completeness_bp'])
      expect(cut.value(metric), metric).toBe(all.value(metric))
    const strict = scoringOf(truth, prediction, { minCompletenessShare: 5 })
    expect(strict.value('recovered_genomes_90_5')).toBe(2)
    // Nothing left to average: no value, whatever the completeness.
    const none = scoringOf(truth, prediction, { minCompletenessShare: 100 })
    expect(none.value('average_purity_bp')).toBe('undefined_0/0')
    expect(none.value('f1_score_bp')).toBe('undefined_0/0')
    expect(none.value('average_completeness_bp')).toBe(1)
  })
  test('genomes, with the bins that map to them; pairs and what was binned are counted before', () => {
    const bins = binning('a 1', 'b 1', 'c 3')
    const all = scoringOf(truth, bins)
    const { value, results, warnings, comparability } = scoringOf(truth, bins, { removedGenomes: ['B', 'unheard of'] })
    expect(results.get('S1')?.bins.map(({ bin }) => bin)).toEqual(['3'])
    expect(value('average_completeness_bp')).toBe(1)
    expect(value('accuracy_bp')).toBe(150 / 160)
    for (const metric of ['adjusted_rand_index_bp', 'rand_index_seq', 'percentage_binned_bp'])
      expect(value(metric), metric).toBe(all.value(metric))
    expect(warnings).toEqual([])
    expect(comparability['removed_genomes']).toMatch(/^2:[0-9a-f]{16}$/)
    expect(all.comparability['removed_genomes']).toBe('none')
    expect(scoringOf(truth, bins, { removedGenomes: ['b'] }).warnings[0]).toContain('none of the genomes to be removed')
  })
})

describe('sequences the truth does not know', () => {
  test('change nothing but their own counts', () => {
    const inside = scoringOf(TRUTH, binning('a1 1', 'b1 2'))
    const { value, warnings } = scoringOf(TRUTH, binning('a1 1', 'h1 1 70', 'b1 2', 'h2 human 30'))
    expect(value('bp_outside_truth')).toBe(100)
    expect(value('sequences_outside_truth')).toBe(2)
    expect(value('bins_outside_truth')).toBe(1)
    for (const { metric, value: expected } of inside.scores)
      if (!metric.endsWith('_outside_truth')) expect(value(metric) === expected || expected === null, metric).toBe(true)
    expect(warnings).toEqual([expect.stringContaining('2 sequences in bins are not in the truth')])
  })
  test('of unstated length have no number of base pairs', () => {
    expect(scoringOf(TRUTH, binning('a1 1', 'h1 1')).value('bp_outside_truth')).toBe('not_measured')
  })
  test('are all there is: binned nothing of the truth, and a warning that names may differ', () => {
    const { value, warnings } = scoringOf(TRUTH, binning('h1 1 5', 'h2 2 5'))
    expect(value('percentage_binned_bp')).toBe(0)
    expect(value('average_completeness_bp')).toBe(0)
    expect(value('average_purity_bp')).toBe('undefined_0/0')
    expect(value('bins_outside_truth')).toBe(2)
    expect(warnings[0]).toContain('Names must be equal')
  })
  test('have a length of another assembly: said', () => {
    const { value, warnings } = scoringOf(TRUTH, binning('a1 1 99', 'b1 2 300'))
    expect(value('accuracy_bp')).toBe(400 / 600)
    expect(warnings).toEqual([expect.stringContaining('1 sequences have another length')])
  })
})

// AMBER writes 0 or leaves the tool out; a number is a value or a reason here.
describe('where AMBER and this program differ on purpose', () => {
  test('no bins at all: nothing complete, nothing to be pure', () => {
    const { value } = scoringOf(TRUTH, NO_BINS)
    for (const metric of ['average_completeness_bp', 'accuracy_bp', 'percentage_binned_seq', 'f1_score_bp'])
      expect(value(metric), metric).toBe(0)
    for (const metric of ['average_purity_bp', 'purity_seq', 'misclassification_rate_bp', 'rand_index_bp'])
      expect(value(metric), metric).toBe('undefined_0/0')
    expect(value('cami1_average_completeness_bp')).toBe(0)
    expect(value('recovered_genomes_50_10')).toBe(0)
  })
  test('no bin left that maps to a genome that counts: the F1 score of AMBER 1 is 0, not missing', () => {
    const { value } = scoringOf(TRUTH, binning('a1 1', 'a2 1'), { removedGenomes: ['A'] })
    expect(value('average_purity_bp')).toBe('undefined_0/0')
    expect(value('cami1_average_completeness_bp')).toBe(0)
    for (const metric of ['cami1_f1_score_bp', 'cami1_f1_score_seq']) expect(value(metric), metric).toBe(0)
  })
  test('a truth without genomes', () => {
    const { value } = scoringOf(genomes(), binning('x 1 5'))
    for (const metric of ['average_completeness_bp', 'accuracy_seq', 'percentage_binned_bp', 'f1_score_bp'])
      expect(value(metric), metric).toBe('undefined_0/0')
    expect(value('bp_outside_truth')).toBe(5)
  })
  test('a single bin has no standard error; one binned base pair no pairs', () => {
    expect(scoringOf(genomes('a A 1'), binning('a 1')).value('average_purity_sem_bp')).toBe('too_few')
    expect(scoringOf(genomes('a A 1'), binning('a 1')).value('rand_index_bp')).toBe('undefined_0/0')
  })
  test('sequences of length 0 count as sequences only', () => {
    const { value, warnings } = scoringOf(genomes('a A 0', 'b B 100'), binning('a 1', 'b 2'))
    expect(value('average_purity_bp')).toBe(1)
    expect(value('average_completeness_bp')).toBe(1)
    expect(value('percentage_binned_seq')).toBe(1)
    expect(warnings).toEqual([expect.stringContaining('genomes of 0 bp')])
  })
})

test('no sign that the tool ran: not_run throughout; a sample the truth lacks: no_truth', () => {
  const reasons = new Set(scoringOf(TRUTH, null).scores.map(({ value, reason }) => reason ?? value))
  expect([...reasons]).toEqual(['not_run'])
})

test('pairs are counted exactly where 2^53 is passed', () => {
  // Two genomes of 4 · 10^9 and 4 · 10^9 + 1 bp: about 3.2 · 10^19 pairs.
  const truth = genomes('a A 4000000000', 'b B 4000000001', 'x A 1')
  const { value } = scoringOf(truth, binning('a 1', 'b 2', 'x 2'))
  const pairs = (n: bigint): bigint => (n * (n - 1n)) / 2n
  const all = pairs(8000000002n)
  const disagreeing = 4000000000n + 4000000001n
  expect(value('rand_index_bp')).toBe(Number(all - disagreeing) / Number(all))
  expect(value('rand_index_bp')).toBeLessThan(1)
})
