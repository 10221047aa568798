import type { Candidate } from '../ranking/observation.ts'
import type { RankedEntry, Ranking } from '../ranking/rank-candidates.ts'
import type { PriceTable } from './cost.ts'
import { equivalenceOf } from './optimizations.ts'
import { type Saving, savingOf, shareSaved } from './saving.ts'

/** What switching from the present candidate to another would save, and what is known of its quality. */
interface CostSaving {
  readonly from: Candidate
  readonly to: Candidate
  readonly toKey: string
  readonly saving: Saving
  /** Score of the other - score of the present one. */
  readonly scoreDifference: number
  /**
   * `equivalent`: shown to be as good. `better`: the higher score on these samples, no more than that.
   * `not_separable`: these samples cannot tell.
   */
  readonly quality: 'equivalent' | 'not_separable' | 'better'
  readonly samples: number
  readonly equivalentIn: readonly string[]
  readonly notShownIn: readonly string[]
}

/** All savings, the largest first, and the prices they rest on. */
export interface CostSavings {
  readonly prices: PriceTable | null
  /** Largest first; none where nothing as good is cheaper. */
  readonly savings: readonly CostSaving[]
  /** Whether the present candidate was measured at all: without it nothing can be said. */
  readonly isMeasured: boolean
}

const LEAST_SAVING = 0.05

/** Cheaper candidates that are not shown to be worse than the present one. */
export const costSavingsOf = (ranking: Ranking, current: RankedEntry, prices: PriceTable | null): CostSavings => {
  const savings = ranking.entries.flatMap((other): CostSaving[] => {
    if (other === current) return []
    const share = shareSaved(ranking.board, current, other, prices)
    if (share === null || share < LEAST_SAVING) return []
    const equivalence = equivalenceOf(ranking, current, other)
    const scoreDifference = other.score - current.score
    const quality = equivalence.isEquivalent
      ? 'equivalent'
      : scoreDifference > 0
        ? 'better'
        : // Both are level with the best, so nothing tells them apart either.
          other.tiedWithBest && current.tiedWithBest
          ? 'not_separable'
          : null
    const saving = quality === null ? null : savingOf(ranking.board, current, other, prices)
    if (quality === null || saving === null) return []
    return [
      {
        from: current.candidate,
        to: other.candidate,
        toKey: other.key,
        saving,
        scoreDifference,
        quality,
        samples: ranking.table.samples.length,
        equivalentIn: equivalence.shown,
        notShownIn: equivalence.notShown,
      },
    ]
  })
  return {
    prices,
    savings: savings.sort((left, right) => right.saving.share - left.saving.share),
    isMeasured: shareSaved(ranking.board, current, current, prices) !== null,
  }
}
