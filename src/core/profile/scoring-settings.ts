import type { ScoringSettings } from '../settings/setting-source.ts'
import { canonicalRank, RANKS } from './ranks.ts'

/** How profiles are adjusted before they are scored, in the words of OPAL's options. */
export const profileSettings: ScoringSettings = {
  benchmarkTypes: ['diversity-analysis'],
  names: ['normalize', 'filter', 'ranks'],
  read: (source) => ({
    profile: {
      normalize: source.switch('normalize'),
      filter: source.percent('filter'),
      ranks: source.choices('ranks', 'rank', RANKS, canonicalRank),
    },
  }),
}
