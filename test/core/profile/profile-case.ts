import type { ProfileTaxon, ProfileTruth, SampleProfile } from '../../../src/core/profile/profile.ts'
import { scoreProfiles } from '../../../src/core/profile/score-profiles.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../../src/core/profile/scoring-options.ts'
import type { Score } from '../../../src/core/score.ts'

const RANKS = ['superkingdom', 'phylum', 'species']

/** Taxa written `2|1224|562 = 60`; the rank is the place in the lineage. */
export const profile = (...rows: readonly string[]): SampleProfile => ({
  ranks: RANKS,
  taxa: rows.map((row): ProfileTaxon => {
    const [path = '', percentage = '', count] = row.split(/[=:]/).map((part) => part.trim())
    const entries = path.split('|')
    return {
      taxid: entries.at(-1) ?? '',
      rank: RANKS[entries.length - 1] ?? 'no rank',
      path: entries,
      percentage: Number(percentage),
      count: count === undefined ? null : Number(count),
    }
  }),
})

export const truthOf = (samples: Readonly<Record<string, SampleProfile>>): ProfileTruth => ({
  samples: new Map(Object.entries(samples)),
  abundance: 'taxonomic',
  sha256: 'truth',
})

export const scoresOf = (
  truth: SampleProfile,
  predicted: SampleProfile | null,
  options: Partial<ProfileScoringOptions> = {},
): readonly Score[] =>
  scoreProfiles({
    truth: truthOf({ S1: truth }),
    predictions: new Map([['S1', predicted]]),
    abundance: 'taxonomic',
    samples: ['S1'],
    options: { ...DEFAULT_PROFILE_SCORING, ...options },
  }).scores

/** The value of one metric, or the reason why there is none. */
export const valueAt = (scores: readonly Score[], metric: string, rank: string | null = 'species'): number | string => {
  const found = scores.filter((score) => score.metric === metric && score.rank === rank)
  if (found.length !== 1) throw new Error(`${metric} at ${rank ?? 'no rank'}: ${found.length} scores`)
  return found[0]?.value ?? found[0]?.reason ?? ''
}
