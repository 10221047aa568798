import { describe, expect, test } from 'vitest'
import { alphaDiversity, chao1, errorsOf } from '../../../src/core/profile/alpha-diversity.ts'
import {
  aitchisonDistance,
  brayCurtisDistance,
  jaccardDistance,
  matrixAgreement,
  pairwise,
} from '../../../src/core/profile/beta-diversity.ts'
import type { SampleProfile } from '../../../src/core/profile/profile.ts'
import { scoreProfiles } from '../../../src/core/profile/score-profiles.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../../src/core/profile/scoring-options.ts'
import { known, missing } from '../../../src/core/score.ts'
import { profile, truthOf } from './profile-case.ts'

describe('alpha diversity: the check values', () => {
  const three = alphaDiversity([0.5, 0.3, 0.2])!
  test('of shares .5, .3, .2, natural logarithm', () => {
    expect(three.richness).toBe(3)
    expect(three.shannon).toBeCloseTo(1.0296530141, 10)
    expect(three.shannon / Math.LN2).toBeCloseTo(1.4854752972, 10)
    expect(three.pielou.value).toBeCloseTo(0.9372305632, 10)
    expect(three.simpson).toBeCloseTo(0.62, 12)
    expect(three.inverseSimpson).toBeCloseTo(2.6315789474, 10)
  })
  test('of counts 10, 5, 3, 1, 1, 1, 2: Chao1, bias-corrected', () => {
    expect(chao1([10, 5, 3, 1, 1, 1, 2])).toBe(8.5)
    expect(chao1([4, 3])).toBe(2)
  })
  test('of nothing there is none; relative to 0 neither', () => {
    expect(alphaDiversity([])).toBeNull()
    expect(alphaDiversity([7])!.pielou).toEqual(missing('undefined_0/0'))
    expect(errorsOf(known(3), known(2))).toEqual({ absolute: known(1), relative: known(0.5) })
    expect(errorsOf(known(3), known(0)).relative).toEqual(missing('undefined_0/0'))
    expect(errorsOf(missing('rank_absent'), known(2)).absolute).toEqual(missing('rank_absent'))
  })
})

const shares = (of: Readonly<Record<string, number>>): ReadonlyMap<string, number> => new Map(Object.entries(of))

describe('distances between samples, by hand', () => {
  const [left, right] = [shares({ a: 60, b: 40 }), shares({ b: 40, c: 60 })]
  test('Bray-Curtis and Jaccard', () => {
    expect(brayCurtisDistance(left, right)).toBeCloseTo(120 / 200, 12)
    expect(jaccardDistance(left, right)).toBeCloseTo(2 / 3, 12)
    for (const distance of [brayCurtisDistance, jaccardDistance]) {
      expect(distance(left, left)).toBe(0)
      expect(distance(left, shares({}))).toBe(1)
      expect(distance(shares({}), shares({}))).toBe(0)
    }
  })
  test('Aitchison: centred log-ratios with the pseudo-count', () => {
    // a 60 : 0, b 40 : 40, c 0 : 60, each + 1; the middle one and the mean cancel out.
    expect(aitchisonDistance(['a', 'b', 'c'], 1)(left, right)).toBeCloseTo(Math.SQRT2 * Math.log(61), 12)
    expect(aitchisonDistance([], 1)(left, right)).toBe(0)
  })
  test('every pair once, in order', () => {
    expect(pairwise([left, right, shares({ a: 60, b: 40 })], jaccardDistance)).toEqual([1 - 1 / 3, 0, 1 - 1 / 3])
  })
})

describe('agreement of two matrices', () => {
  test('Mantel r and the mean difference', () => {
    // Means .4 and .5; deviations -.2 0 .2 and -.3 .1 .2: .1 / sqrt(.08 × .14).
    const { mantel, difference } = matrixAgreement(3, [0.2, 0.4, 0.6], [0.2, 0.6, 0.7])
    expect(mantel.value).toBeCloseTo(0.1 / Math.sqrt(0.08 * 0.14), 12)
    expect(difference.value).toBeCloseTo((0 + 0.2 + 0.1) / 3, 12)
  })
  test('two samples are too few; equal distances correlate with nothing', () => {
    expect(matrixAgreement(2, [0.5], [0.5]).mantel).toEqual(missing('too_few'))
    expect(matrixAgreement(3, [1, 1, 1], [0.2, 0.4, 0.6]).mantel).toEqual(missing('undefined_0/0'))
    expect(matrixAgreement(3, [1, 1, 1], [0.2, 0.4, 0.6]).difference.value).toBeCloseTo(0.6, 12)
  })
})

describe('diversity between the samples of a dataset', () => {
  const truth: Readonly<Record<string, SampleProfile>> = {
    S1: profile('2|20|1 = 60', '2|20|2 = 40'),
    S2: profile('2|20|2 = 40', '2|20|3 = 60'),
    S3: profile('2|20|1 = 50', '2|20|2 = 50'),
  }
  const scoresOf = (
    predicted: Readonly<Record<string, SampleProfile | null>>,
    options: Partial<ProfileScoringOptions> = {},
    of = truth,
  ): Record<string, number | string | null> =>
    Object.fromEntries(
      scoreProfiles({
        truth: truthOf(of),
        predictions: new Map(Object.entries(predicted)),
        abundance: 'taxonomic',
        samples: Object.keys(of),
        options: { ...DEFAULT_PROFILE_SCORING, ...options },
      })
        .scores.filter(({ sample, rank }) => sample === null && rank === 'species')
        .map(({ metric, value, reason }) => [metric, value ?? reason]),
    )
  test('is one value for all samples and each rank', () => {
    const perfect = scoresOf(truth, { aitchisonPseudoCount: 0.1 })
    for (const name of ['bray_curtis', 'jaccard', 'aitchison']) {
      expect(perfect[`beta_${name}_mantel`], name).toBeCloseTo(1, 12)
      expect(perfect[`beta_${name}_difference`], name).toBe(0)
    }
    // Only the taxon that S1 has and S2 has not is missing in S2: true Jaccard 2/3, 0, 2/3, here 1/2, 0, 1/2.
    const close = scoresOf({ ...truth, S2: profile('2|20|2 = 100') })
    expect(close['beta_jaccard_difference']).toBeCloseTo((1 / 6 + 0 + 1 / 6) / 3, 12)
    expect(close['beta_jaccard_mantel']).toBeCloseTo(1, 12)
    expect(close['beta_aitchison_mantel']).toBe('not_applicable')
  })
  test('samples in which nothing was found look alike', () => {
    const empty = scoresOf({ S1: profile(), S2: profile(), S3: profile() })
    expect(empty['beta_jaccard_mantel']).toBe('undefined_0/0')
    expect(empty['beta_jaccard_difference']).toBeCloseTo((2 / 3 + 0 + 2 / 3) / 3, 12)
  })
  test('needs three samples that were run and have true taxa', () => {
    expect(scoresOf({ ...truth, S3: null })['beta_bray_curtis_mantel']).toBe('too_few')
    expect(scoresOf({ S1: null, S2: null, S3: null })['beta_bray_curtis_mantel']).toBe('not_run')
    expect(scoresOf(truth, {}, { ...truth, S3: profile('2 = 100') })['beta_bray_curtis_mantel']).toBe('too_few')
  })
  test('has values before the filter too', () => {
    const tail = { ...truth, S2: profile('2|20|2 = 40', '2|20|3 = 59.5', '2|20|1 = 0.5') }
    const filtered = scoresOf(tail, { filter: 1 })
    expect(filtered['beta_jaccard_difference']).toBe(0)
    expect(filtered['beta_jaccard_difference_unfiltered']).toBeGreaterThan(0)
  })
})
