import type { MetricMeans } from './metric-means.ts'
import { DRAWS, type DrawCollector } from './rank-intervals.ts'
import { type Basis, basisOf } from './observation.ts'
import { sesoiInUtility } from './utility.ts'
import type { UtilityTable } from './utility-table.ts'

/** `front`: undominated in at least half of the draws; `borderline`: in at least one of twenty. */
type ParetoPlace = 'front' | 'borderline' | 'dominated'

/** Where a candidate stands when no metric is traded for another. */
export interface ParetoMembership {
  /** Share of the draws in which nobody dominated it, 0..1. */
  readonly share: number
  readonly place: ParetoPlace
}

/** Memberships in the order of the table. */
export interface ParetoFront {
  readonly memberships: readonly ParetoMembership[]
  readonly basis: Basis
}

const FRONT = 0.5
const BORDERLINE = 0.05

/** The smallest differences of interest of a board's metrics, in units of utility. */
export const marginsOf = ({ board }: Pick<UtilityTable, 'board'>): Float64Array =>
  Float64Array.from(board.metrics, ({ sesoi, anchor }) => sesoiInUtility(sesoi, anchor))

/**
 * Whether candidate `left` dominates `right`: nowhere worse and somewhere better by more than the smallest difference
 * of interest, over the metrics that apply to both. Missing values count against it and for the other.
 */
export const dominates = (means: MetricMeans, margins: Float64Array, left: number, right: number): boolean => {
  const metrics = margins.length
  let better = false
  for (let k = 0; k < metrics; k++) {
    const own = left * metrics + k
    const other = right * metrics + k
    if (means.applies[own] !== 1 || means.applies[other] !== 1) continue
    const difference = (means.low[own] ?? 0) - (means.high[other] ?? 0)
    const margin = margins[k] ?? 0
    if (difference < -margin) return false
    if (difference > margin) better = true
  }
  return better
}

/** Share of bootstrap draws in which nobody dominates a candidate. */
export const collectParetoFront = (table: UtilityTable, seed: string, draws = DRAWS): DrawCollector<ParetoFront> => {
  const size = table.candidates.length
  const margins = marginsOf(table)
  const undominated = new Uint32Array(size)
  // Who dominated it in the draw before mostly does so again, and few dominate most of the others: both are asked first.
  const lastDominator = new Int32Array(size).fill(-1)
  const asked = Uint32Array.from({ length: size }, (_none, c) => c)
  const isDominated = (means: MetricMeans, candidate: number): boolean => {
    const last = lastDominator[candidate] ?? -1
    if (last >= 0 && dominates(means, margins, last, candidate)) return true
    for (let i = 0; i < size; i++) {
      const other = asked[i] ?? 0
      if (other === candidate || !dominates(means, margins, other, candidate)) continue
      asked[i] = asked[0] ?? 0
      asked[0] = other
      lastDominator[candidate] = other
      return true
    }
    return false
  }
  const visit = (means: MetricMeans, times: number): void => {
    for (let c = 0; c < size; c++) if (!isDominated(means, c)) undominated[c] = (undominated[c] ?? 0) + times
  }
  const finish = (): ParetoFront => {
    const m = table.samples.length
    const warnings = m < 2 ? ['one_sample'] : []
    return {
      memberships: [...undominated].map((count) => {
        const share = count / draws
        return { share, place: share >= FRONT ? 'front' : share >= BORDERLINE ? 'borderline' : 'dominated' }
      }),
      basis: basisOf({ method: 'pareto_membership_paired_bootstrap', n: draws, m, seed, warnings }),
    }
  }
  return { visit, finish }
}
