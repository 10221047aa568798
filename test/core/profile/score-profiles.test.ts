import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beforeFilter, PROFILE_METRICS } from '../../../src/core/metrics/profile.ts'
import { findMetric, metricsOf } from '../../../src/core/metrics/registry.ts'
import { scoreProfiles } from '../../../src/core/profile/score-profiles.ts'
import type { StatedAbundance } from '../../../src/core/profile/profile.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../../src/core/profile/scoring-options.ts'
import { profile, scoresOf, truthOf, valueAt } from './profile-case.ts'

const truth = profile('2 = 100', '2|20 = 60', '2|30 = 40', '2|20|201 = 60', '2|30|301 = 30', '2|30|302 = 10')

describe('worked by hand', () => {
  const found = profile('2 = 90', '2|20 = 90', '2|20|201 = 50', '2|20|202 = 40')
  const scores = scoresOf(truth, found)
  test.each([
    ['l1_norm_error', (10 + 30 + 10 + 40) / 100],
    ['bray_curtis_distance', 90 / 190],
    ['completeness', 1 / 3],
    ['purity', 1 / 2],
    ['f1_score', 2 / 5],
    ['jaccard_index', 1 / 4],
    ['true_positives', 1],
    ['false_positives', 1],
    ['false_negatives', 2],
    ['taxon_counts', 2],
    ['sum_of_abundances', 0.9],
    ['shannon_diversity', -(0.5 * Math.log(0.5) + 0.4 * Math.log(0.4))],
    ['shannon_equitability', -(0.5 * Math.log(0.5) + 0.4 * Math.log(0.4)) / Math.log(2)],
    ['richness_error', 1],
    ['richness_relative_error', 1 / 3],
  ])('%s at species', (metric, value) => {
    expect(valueAt(scores, metric)).toBeCloseTo(value, 12)
  })
  test('UniFrac: mass that has to cross the branches, which get shorter with depth', () => {
    // Own masses in percent. Truth: 201 60, 301 30, 302 10. Prediction: 201 50, 202 40.
    // Species: |10| + |-40| + |30| + |10| = 90 at 1/3; phyla: 20 has 60 - 90 = -30, 30 has 40: 70 at 1/2; root: 10 at 1.
    const z = (90 / 3 + 70 / 2 + 10) / 100
    expect(valueAt(scores, 'weighted_unifrac_error', null)).toBeCloseTo(z / (200 / 3), 12)
    // Scaled to mass 1: 201 60 - 55.6, 202 -44.4, 301 30, 302 10; phyla -40 and 40; nothing to the root.
    const [a, b] = [500 / 9, 400 / 9]
    expect(valueAt(scores, 'weighted_unifrac_cami', null)).toBeCloseTo((60 - a + b + 30 + 10 + 40 + 40) / 100, 12)
    // Present: 201 | 201, 202 | 301, 302. Species: 0 + 1 + 1 + 1; phyla: -1 and 2; root: 1.
    expect(valueAt(scores, 'unweighted_unifrac_cami', null)).toBeCloseTo(3 + 3 + 1, 12)
    // Truth against nothing: species 3, phyla 1 + 2, root 3.
    expect(valueAt(scores, 'unweighted_unifrac_error', null)).toBeCloseTo((3 / 3 + 3 / 2 + 1) / (3 / 3 + 3 / 2 + 3), 12)
  })
  test('a branch over ranks that the lineage skips has the length of all of them', () => {
    const skipping = profile('2 = 100', '2||201 = 100')
    expect(valueAt(scoresOf(skipping, profile()), 'unweighted_unifrac_cami', null)).toBe(3)
  })
})

describe('alpha diversity errors', () => {
  // p = (.5, .3, .2) against a single taxon.
  const three = profile('2|20|1 = 50', '2|20|2 = 30', '2|20|3 = 20')
  const single = profile('2|20|1 = 7')
  test('are those of the indices, from shares of the rank: the checked values of three taxa', () => {
    const scores = scoresOf(three, single)
    expect(valueAt(scores, 'shannon_error')).toBeCloseTo(1.0296530141, 10)
    expect(valueAt(scores, 'simpson_error')).toBeCloseTo(0.62, 12)
    expect(valueAt(scores, 'inverse_simpson_error')).toBeCloseTo(2.6315789474 - 1, 10)
    expect(valueAt(scores, 'pielou_error')).toBe('undefined_0/0')
    expect(valueAt(scoresOf(three, profile('2|20|1 = 5', '2|20|2 = 5')), 'pielou_error')).toBeCloseTo(
      1 - 0.9372305632,
      10,
    )
  })
  test('do not change with the scale of a profile', () => {
    const scaled = profile('2|20|1 = 5', '2|20|2 = 3', '2|20|3 = 2')
    for (const metric of ['shannon_error', 'simpson_relative_error', 'pielou_error'])
      expect(valueAt(scoresOf(three, scaled), metric), metric).toBeCloseTo(0, 12)
  })
  test('Chao1 is estimated from read counts and held against the true number of taxa', () => {
    const counted = profile(...[10, 5, 3, 1, 1, 1, 2].map((count, index) => `2|20|${index} = 1 : ${count}`))
    expect(valueAt(scoresOf(three, counted), 'chao1_error')).toBeCloseTo(8.5 - 3, 12)
    expect(valueAt(scoresOf(three, single), 'chao1_error')).toBe('no_prediction')
  })
})

describe('where something is missing', () => {
  test('a rank the prediction lacks is one where nothing was found (OPAL leaves its errors out)', () => {
    const scores = scoresOf(truth, profile('2 = 100'))
    expect(valueAt(scores, 'l1_norm_error')).toBe(1)
    expect(valueAt(scores, 'bray_curtis_distance')).toBe(1)
    expect(valueAt(scores, 'completeness')).toBe(0)
    expect(valueAt(scores, 'purity')).toBe('undefined_0/0')
    expect(valueAt(scores, 'f1_score')).toBe(0)
    expect(valueAt(scores, 'taxon_counts')).toBe(0)
    expect(valueAt(scores, 'shannon_diversity')).toBe('rank_absent')
  })
  test('F1 of no agreement is 0 (OPAL leaves it out)', () => {
    expect(valueAt(scoresOf(truth, profile('2|20|999 = 100')), 'f1_score')).toBe(0)
  })
  test('an empty profile is scored (OPAL drops the sample), one that is not there is not', () => {
    const scores = scoresOf(truth, profile())
    expect(valueAt(scores, 'completeness')).toBe(0)
    expect(valueAt(scores, 'unweighted_unifrac_error', null)).toBe(1)
    for (const { reason } of scoresOf(truth, null)) expect(reason).toBe('not_run')
  })
  test('a rank without true taxa is not scored', () => {
    const scores = scoresOf(profile('2 = 100'), truth)
    expect(valueAt(scores, 'purity')).toBe('no_truth')
    expect(valueAt(scores, 'purity', 'superkingdom')).toBe(1)
  })
})

describe('options', () => {
  test('normalising scales both sides, rank by rank', () => {
    const half = profile('2|20|201 = 30', '2|30|301 = 15', '2|30|302 = 5')
    expect(valueAt(scoresOf(truth, half), 'l1_norm_error')).toBeCloseTo(0.5, 12)
    expect(valueAt(scoresOf(truth, half, { normalize: true }), 'l1_norm_error')).toBeCloseTo(0, 12)
    expect(valueAt(scoresOf(half, truth, { normalize: true }), 'sum_of_abundances')).toBeCloseTo(1, 12)
  })
  test('the filter drops the rarest taxa of each rank of the prediction, as long as their sum stays within it', () => {
    const tail = profile('2|20|201 = 97', '2|20|1 = 0.4', '2|20|2 = 0.6', '2|20|3 = 2')
    const scores = scoresOf(truth, tail, { filter: 1 })
    expect(valueAt(scores, 'taxon_counts')).toBe(2)
    expect(valueAt(scores, 'taxon_counts_unfiltered')).toBe(4)
    expect(valueAt(scores, 'false_positives')).toBe(1)
    expect(valueAt(scores, 'false_positives_unfiltered')).toBe(3)
    expect(valueAt(scores, 'completeness')).toBe(valueAt(scores, 'completeness_unfiltered'))
    const rareTruth = profile('2|20|201 = 99.5', '2|20|1 = 0.5')
    expect(valueAt(scoresOf(rareTruth, rareTruth, { filter: 1 }), 'false_negatives')).toBe(1)
  })
  test('chosen ranks are the only ones; species comes first', () => {
    const ranksOf = (ranks: readonly string[]): unknown[] => [
      ...new Set(scoresOf(truth, truth, { ranks }).map(({ rank }) => rank)),
    ]
    expect(ranksOf([])).toEqual(['species', 'phylum', 'superkingdom', null])
    expect(ranksOf(['phylum'])).toEqual(['phylum', null])
  })
})

describe('what is said beside the numbers', () => {
  const scoring = (abundance: 'sequence' | 'taxonomic', sums = truth) =>
    scoreProfiles({
      truth: truthOf({ S1: truth }),
      predictions: new Map([['S1', sums]]),
      abundance,
      samples: ['S1'],
      options: DEFAULT_PROFILE_SCORING,
    })
  test('profiles that sum to 100 % of the same kind: nothing', () => {
    expect(scoring('taxonomic').warnings).toEqual([])
  })
  test('sums that are not 100 % are named with the worst of them', () => {
    expect(scoring('taxonomic', profile('2 = 30', '2|20 = 20')).warnings).toEqual([
      'The prediction does not sum to 100 %, but to 20.0 % at phylum, 30.0 % at superkingdom.',
    ])
  })
})

describe('what abundances are shares of', () => {
  const found = profile('2 = 100', '2|20 = 100', '2|20|201 = 60', '2|20|202 = 40')
  const scoring = (abundance: StatedAbundance, options: Partial<ProfileScoringOptions> = {}) =>
    scoreProfiles({
      truth: truthOf({ S1: truth }),
      predictions: new Map([['S1', found]]),
      abundance,
      samples: ['S1'],
      options: { ...DEFAULT_PROFILE_SCORING, ...options },
    })
  const ABUNDANCE = [
    'bray_curtis_distance',
    'l1_norm_error',
    'l1_norm_error_normalized',
    'shannon_error',
    'pielou_error',
  ]
  const PRESENCE = ['completeness', 'purity', 'f1_score', 'jaccard_index', 'richness_error', 'taxon_counts']

  test.each(['sequence', 'presence', null] as const)(
    '%s against genome copies: only what is there is compared',
    (kind) => {
      const { scores, warnings, comparability } = scoring(kind)
      const same = scoring('taxonomic').scores
      for (const metric of ABUNDANCE) expect([metric, valueAt(scores, metric)]).toEqual([metric, 'not_applicable'])
      for (const metric of PRESENCE) expect([metric, valueAt(scores, metric)]).toEqual([metric, valueAt(same, metric)])
      expect(valueAt(scores, 'weighted_unifrac_error', null)).toBe('not_applicable')
      expect(valueAt(scores, 'weighted_unifrac_cami', null)).toBe('not_applicable')
      expect(valueAt(scores, 'unweighted_unifrac_error', null)).toBe(valueAt(same, 'unweighted_unifrac_error', null))
      expect(warnings.join()).toContain(
        { sequence: 'genome size', presence: 'not how much', none: '--abundance' }[kind ?? 'none'],
      )
      expect(comparability).toMatchObject({
        abundance_type: kind ?? 'undeclared',
        truth_abundance_type: 'taxonomic',
        abundance_comparison: 'left_out',
      })
    },
  )
  test('forced, they are compared and marked', () => {
    const { scores, warnings, comparability } = scoring('sequence', { allowMixedAbundance: true })
    expect(valueAt(scores, 'l1_norm_error')).toBeCloseTo(0.8, 12)
    expect(warnings.join()).toContain('--allow-mixed-abundance')
    expect(comparability['abundance_comparison']).toBe('forced')
    expect(comparability).not.toEqual(scoring('taxonomic').comparability)
  })
  test('a rank without truth and a sample that was not run keep their reasons', () => {
    const input = { truth: truthOf({ S1: profile('2 = 100') }), samples: ['S1'], options: DEFAULT_PROFILE_SCORING }
    const kraken = scoreProfiles({ ...input, predictions: new Map([['S1', found]]), abundance: 'sequence' }).scores
    expect(valueAt(kraken, 'l1_norm_error')).toBe('no_truth')
    const none = scoreProfiles({ ...input, predictions: new Map([['S1', null]]), abundance: 'sequence' }).scores
    expect(valueAt(none, 'l1_norm_error', 'superkingdom')).toBe('not_run')
  })
})

describe('sides that do not sum to 100 %', () => {
  // Species of the truth: 30 + 10 = 40; of the prediction 20.
  const partial = profile('2|20|201 = 30', '2|20|202 = 10')
  const found = profile('2|20|201 = 10', '2|20|202 = 10')
  const scores = scoresOf(partial, found)
  test('have errors as stated and of scaled ranks', () => {
    expect(valueAt(scores, 'l1_norm_error')).toBeCloseTo(0.2, 12)
    expect(valueAt(scores, 'bray_curtis_distance')).toBeCloseTo(20 / 60, 12)
    expect(valueAt(scores, 'l1_norm_error_normalized')).toBeCloseTo(0.5, 12)
    expect(valueAt(scores, 'bray_curtis_distance_normalized')).toBeCloseTo(0.25, 12)
  })
  test('have one and the same where they are scaled altogether, filter included', () => {
    const tail = profile('2|20|201 = 10', '2|20|202 = 9.9', '2|20|9 = 0.1')
    for (const filter of [null, 1]) {
      const plain = scoresOf(partial, tail, { filter })
      const scaled = scoresOf(partial, tail, { filter, normalize: true })
      expect(valueAt(plain, 'l1_norm_error_normalized')).toBe(valueAt(scaled, 'l1_norm_error'))
      expect(valueAt(scaled, 'l1_norm_error_normalized')).toBe(valueAt(scaled, 'l1_norm_error'))
    }
  })
  test('percentages that look like fractions are named', () => {
    const fractions = scoreProfiles({
      truth: truthOf({ S1: truth }),
      predictions: new Map([['S1', profile('2|20|201 = 0.7', '2|20|202 = 0.3')]]),
      abundance: 'taxonomic',
      samples: ['S1'],
      options: DEFAULT_PROFILE_SCORING,
    })
    expect(fractions.warnings.join()).toContain('fractions')
  })
})

describe('ranks', () => {
  test('of the truth are scored whether it declares or only has them, in any number', () => {
    const undeclared = { ...profile('2 = 100', '2|20|201 = 100'), ranks: ['superkingdom', 'genus'] }
    const ranks = new Set(scoresOf(undeclared, undeclared).map(({ rank }) => rank))
    expect(ranks).toEqual(new Set(['species', 'genus', 'superkingdom', null]))
    expect(valueAt(scoresOf(undeclared, undeclared), 'f1_score', 'genus')).toBe('no_truth')
  })
  test('taxa of another taxonomy are noticed', () => {
    const gtdb = scoreProfiles({
      truth: truthOf({ S1: truth }),
      predictions: new Map([['S1', profile('d__Bacteria|p__X|s__Escherichia coli = 100')]]),
      abundance: 'taxonomic',
      samples: ['S1'],
      options: DEFAULT_PROFILE_SCORING,
    })
    expect(gtdb.warnings.join()).toContain('same taxonomy')
    expect(valueAt(gtdb.scores, 'completeness')).toBe(0)
  })
})

test('every score has a definition, and every profile metric is computed', () => {
  const computed = new Set(scoresOf(truth, truth, { filter: 1 }).map(({ metric }) => metric))
  for (const { id } of PROFILE_METRICS) expect([id, computed.has(id)]).toEqual([id, true])
  const known = metricsOf('diversity-analysis').filter(({ family }) => family !== 'resources')
  expect([...computed].sort()).toEqual(known.flatMap((metric) => [metric.id, beforeFilter(metric).id]).sort())
  expect(findMetric('purity_unfiltered')?.definition.title).toContain('before the filter')
})

test('a profile is at distance 0 from itself, and no metric leaves its range', () => {
  const taxa = fc.uniqueArray(
    fc.record({ id: fc.nat({ max: 30 }), percentage: fc.double({ min: 0.001, max: 100, noNaN: true }) }),
    {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 12,
    },
  )
  const tree = taxa.map((rows) =>
    profile(
      '2 = 100',
      ...rows.map(({ id, percentage }) => `2|p${id % 3}|s${id} = ${percentage}`),
      ...[...new Set(rows.map(({ id }) => id % 3))].map((phylum) => `2|p${phylum} = 10`),
    ),
  )
  fc.assert(
    fc.property(tree, tree, (left, right) => {
      const same = scoresOf(left, left)
      for (const metric of ['bray_curtis_distance', 'l1_norm_error', 'shannon_error'])
        expect(valueAt(same, metric)).toBe(0)
      for (const metric of ['weighted_unifrac_error', 'unweighted_unifrac_error', 'weighted_unifrac_cami'])
        expect(valueAt(same, metric, null)).toBe(0)
      for (const { metric, value } of scoresOf(left, right, { normalize: true })) {
        const [low, high] = findMetric(metric)!.definition.range
        if (value !== null && low !== null) expect(value, metric).toBeGreaterThanOrEqual(low - 1e-9)
        if (value !== null && high !== null) expect(value, metric).toBeLessThanOrEqual(high + 1e-9)
      }
    }),
    { numRuns: 60 },
  )
})
