import type { ScoringSettings, SettingSource } from '../settings/setting-source.ts'
import { ABUNDANCE_TYPES } from './profile.ts'
import { canonicalRank, RANKS } from './ranks.ts'

/** How profiles are adjusted before they are scored, in the words of OPAL's options, and what their numbers mean. */
export const profileSettings: ScoringSettings = {
  benchmarkTypes: ['diversity-analysis'],
  names: [
    'normalize',
    'filter',
    'ranks',
    'abundance',
    'truth-abundance',
    'allow-mixed-abundance',
    'aitchison-pseudo-count',
  ],
  read: (source) => ({
    profile: {
      normalize: source.switch('normalize'),
      filter: source.percent('filter'),
      ranks: source.choices('ranks', 'rank', RANKS, canonicalRank),
      abundance: source.choice('abundance', ABUNDANCE_TYPES),
      truthAbundance: source.choice('truth-abundance', ABUNDANCE_TYPES),
      allowMixedAbundance: source.switch('allow-mixed-abundance'),
      aitchisonPseudoCount: pseudoCount(source),
    },
  }),
}

const pseudoCount = (source: SettingSource): number | null => {
  const name = 'aitchison-pseudo-count'
  const value = source.percent(name)
  // The logarithm of nothing is what it is there to avoid.
  if (value === 0) source.report(name, 'it must be above 0.', 'for example 0.001')
  return value === 0 ? null : value
}
