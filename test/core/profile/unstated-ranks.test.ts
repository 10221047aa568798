import { describe, expect, test } from 'vitest'
import type { SampleProfile } from '../../../src/core/profile/profile.ts'
import { UNSTATED_RANK } from '../../../src/core/profile/ranks.ts'
import { type ProfileScoring, scoreProfiles } from '../../../src/core/profile/score-profiles.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../../src/core/profile/scoring-options.ts'
import { profile, truthOf, valueAt } from './profile-case.ts'

const truth = truthOf({
  S1: profile('2 = 100', '2|20 = 100', '2|20|201 = 75', '2|20|202 = 25'),
  // A lineage says ranks too, here of a phylum that has no row.
  S2: profile('2|30|301 = 100'),
})

/** Taxids with their shares, as of a table without ranks. */
const counted = (shares: Readonly<Record<string, number>>): SampleProfile => ({
  ranks: [],
  taxa: Object.entries(shares).map(([taxid, percentage]) => ({
    taxid,
    rank: UNSTATED_RANK,
    path: [taxid],
    percentage,
    count: percentage,
  })),
})

const score = (
  shares: Readonly<Record<string, number>>,
  options: Partial<ProfileScoringOptions> = {},
): ProfileScoring =>
  scoreProfiles({
    truth,
    predictions: new Map([['S1', counted(shares)]]),
    abundance: 'taxonomic',
    samples: ['S1'],
    options: { ...DEFAULT_PROFILE_SCORING, ...options },
  })

describe('taxa of a table without ranks', () => {
  test('have the rank the truth gives them, and each rank is a whole of its own', () => {
    const { scores, warnings } = score({ 201: 30, 202: 10, 20: 60 })
    for (const rank of ['species', 'phylum']) {
      expect(valueAt(scores, 'purity', rank)).toBe(1)
      expect(valueAt(scores, 'l1_norm_error', rank)).toBe(0)
    }
    expect(valueAt(scores, 'completeness', 'superkingdom')).toBe(0)
    expect(warnings).toEqual(['The prediction states no ranks; those of its taxa are taken from the truth.'])
  })
  test('are of the lineages of any sample too', () => {
    const { scores } = score({ 201: 50, 30: 50 })
    expect([valueAt(scores, 'false_positives', 'phylum'), valueAt(scores, 'false_positives')]).toEqual([1, 0])
  })
  test('that are unknown count as wrong at the only rank of the others; domains and the root do not make it two', () => {
    const { scores, warnings } = score({ 1: 5, 2: 5, 201: 30, 999: 10 })
    expect([valueAt(scores, 'true_positives'), valueAt(scores, 'false_positives')]).toEqual([1, 1])
    expect(valueAt(scores, 'l1_norm_error')).toBeCloseTo((0 + 25 + 25) / 100, 12)
    expect(valueAt(scores, 'taxon_counts', 'superkingdom')).toBe(1)
    expect(warnings).toEqual([
      'The prediction states no ranks; those of its taxa are taken from the truth. 1 of them (such as 999) the truth does ' +
        'not know; they are taken to be of rank species, because all others are. taxpasta states ranks with --taxonomy DIR --add-rank.',
    ])
  })
  test('that are unknown beside several ranks leave what they could change without a value', () => {
    const { scores, warnings } = score({ 201: 30, 20: 30, 999: 10 })
    expect(['completeness', 'true_positives', 'false_negatives'].map((metric) => valueAt(scores, metric))).toEqual([
      0.5, 1, 1,
    ])
    for (const metric of ['purity', 'false_positives', 'f1_score', 'l1_norm_error', 'taxon_counts', 'shannon_error'])
      expect(valueAt(scores, metric), metric).toBe('rank_absent')
    expect(valueAt(scores, 'weighted_unifrac_error', null)).toBe('rank_absent')
    expect(warnings[0]).toContain('they could be of any rank: only what does not depend on them has a value.')
  })
  test('that are unknown decide what a filter drops', () => {
    const { scores } = score({ 201: 30, 20: 30, 999: 10 }, { filter: 1 })
    expect(valueAt(scores, 'completeness')).toBe('rank_absent')
    expect(valueAt(scores, 'completeness_unfiltered')).toBe(0.5)
  })
  test('none of which the truth knows were no true ones', () => {
    const { scores } = score({ 998: 30, 999: 10 })
    expect([valueAt(scores, 'completeness'), valueAt(scores, 'purity')]).toEqual([0, 'rank_absent'])
  })
})
