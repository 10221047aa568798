import { ranks } from '../stats/correlation.ts'
import { kendallTauB } from '../stats/kendall.ts'
import { type Basis, basisOf } from './observation.ts'
import { higherIsBetter } from './utility.ts'
import { type CandidateUtilities, STATUS, type UtilityTable } from './utility-table.ts'

/** What other rules for one ranking say of a candidate. Their order can change when the field does; the score's cannot. */
export interface SecondOpinion {
  /** Weighted mean over metrics x datasets of (candidates - mean rank); more is better. */
  readonly borda: number
  readonly bordaRank: number
  /** Weighted sum over metrics x samples of (rank - 1), equal values sharing the better rank; less is better. */
  readonly positions: number
  readonly positionsRank: number
  /** Weighted geometric mean over metrics x samples of the value against the best candidate's whole; 1 is the best. */
  readonly ratio: number
  readonly ratioRank: number
}

/** Agreement of two rules: Kendall's tau-b, null where one of them tells nobody apart. */
export interface Agreement {
  readonly rules: readonly [RuleName, RuleName]
  readonly tauB: number | null
}

/** `score` is the ranking itself, the others the second opinions. */
type RuleName = 'score' | 'borda' | 'positions' | 'ratio'

/** Opinions in the order of the table. */
export interface SecondOpinions {
  readonly opinions: readonly SecondOpinion[]
  readonly agreements: readonly Agreement[]
  readonly basis: Basis
}

/** Below this two rules tell different stories. */
const LEAST_AGREEMENT = 0.7
/** Share of a linear scale added to both sides of a ratio, so that a 0 is bad and not infinitely bad. */
const OFFSET = 0.01

/**
 * Borda points as MTEB counts them, the sum of positions as CAMI and OPAL count it, and the geometric mean of ratios as
 * ClickBench builds it; each with the board's weights. Missing values take the last place.
 */
export const secondOpinions = (table: UtilityTable, scores: Float64Array): SecondOpinions => {
  const borda = bordaPoints(table)
  const positions = positionSums(table)
  const ratio = ratioMeans(table)
  const rules = {
    score: [...scores],
    borda,
    positions: positions.map((sum) => -sum),
    ratio,
  }
  const places = { borda: placesOf(rules.borda), positions: placesOf(rules.positions), ratio: placesOf(rules.ratio) }
  const names = ['score', 'borda', 'positions', 'ratio'] as const
  const agreements = names.flatMap((left, index) =>
    names.slice(index + 1).map((right): Agreement => ({
      rules: [left, right],
      tauB: kendallTauB(rules[left], rules[right]),
    })),
  )
  return {
    opinions: table.candidates.map((_candidate, c) => ({
      borda: borda[c] ?? 0,
      bordaRank: places.borda[c] ?? 1,
      positions: positions[c] ?? 0,
      positionsRank: places.positions[c] ?? 1,
      ratio: ratio[c] ?? 0,
      ratioRank: places.ratio[c] ?? 1,
    })),
    agreements,
    basis: basisOf({
      method: 'kendall_tau_b',
      n: table.candidates.length,
      m: table.samples.length,
      warnings: agreements.flatMap(({ rules: [left, right], tauB }) =>
        tauB !== null && tauB < LEAST_AGREEMENT ? [`rules_disagree: ${left}, ${right}`] : [],
      ),
    }),
  }
}

// Differences of rounding must not decide a place.
const grained = (value: number): number => Number(value.toPrecision(12))

const placesOf = (values: readonly number[]): readonly number[] => {
  const graded = values.map(grained)
  return graded.map((value) => 1 + graded.filter((other) => other > value).length)
}

/** Weighted metrics of the board with their position. */
const weighted = ({ board }: UtilityTable): readonly { readonly k: number; readonly weight: number }[] =>
  board.metrics.map(({ weight }, k) => ({ k, weight })).filter(({ weight }) => weight > 0)

/** Unclamped utility of a cell; null where the metric does not apply, last where the value is missing. */
const strength = (candidate: CandidateUtilities, at: number): number | null =>
  candidate.status[at] === STATUS.notApplicable
    ? null
    : candidate.status[at] === STATUS.missing
      ? -Infinity
      : grained(candidate.unclamped[at] ?? 0)

const bordaPoints = (table: UtilityTable): readonly number[] => {
  const width = table.samples.length
  const points = new Array<number>(table.candidates.length).fill(0)
  const totals = new Array<number>(table.candidates.length).fill(0)
  for (const { k, weight } of weighted(table))
    for (const range of table.ranges) {
      const means = table.candidates.map((candidate) => {
        const own = Array.from({ length: range.to - range.from }, (_none, i) =>
          strength(candidate, k * width + range.from + i),
        ).filter((value) => value !== null)
        return own.length === 0 ? null : own.reduce((sum, value) => sum + value, 0) / own.length
      })
      const judged = means.flatMap((value, c) => (value === null ? [] : [{ c, value: grained(value) }]))
      // Rank 1 is the best; ties share their mean rank.
      const meanRanks = ranks(judged.map(({ value }) => -value))
      for (const [index, { c }] of judged.entries()) {
        const share = weight * range.weight
        points[c] = (points[c] ?? 0) + share * (judged.length - (meanRanks[index] ?? judged.length))
        totals[c] = (totals[c] ?? 0) + share
      }
    }
  return points.map((sum, c) => (totals[c] ? sum / totals[c] : 0))
}

const positionSums = (table: UtilityTable): readonly number[] => {
  const width = table.samples.length
  const sums = new Array<number>(table.candidates.length).fill(0)
  const totals = new Array<number>(table.candidates.length).fill(0)
  for (const { k, weight } of weighted(table))
    for (let i = 0; i < width; i++) {
      const column = table.candidates.map((candidate) => strength(candidate, k * width + i))
      const ascending = Float64Array.from(column.filter((value) => value !== null)).sort()
      for (const [c, value] of column.entries()) {
        if (value === null) continue
        sums[c] = (sums[c] ?? 0) + weight * above(ascending, value)
        totals[c] = (totals[c] ?? 0) + weight
      }
    }
  // Over the weight that applied, times the samples: a metric that does not apply is no good place.
  return sums.map((sum, c) => (totals[c] ? (sum / totals[c]) * width : 0))
}

const above = (ascending: Float64Array, value: number): number => {
  let from = 0
  let to = ascending.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((ascending[middle] ?? 0) > value) to = middle
    else from = middle + 1
  }
  return ascending.length - from
}

const ratioMeans = (table: UtilityTable): readonly number[] => {
  const width = table.samples.length
  const logs = table.candidates.map((candidate) => {
    let sum = 0
    let total = 0
    for (const [k, { weight, anchor }] of table.board.metrics.entries())
      for (const [i, sample] of table.samples.entries()) {
        const at = k * width + i
        if (candidate.status[at] === STATUS.notApplicable || weight === 0) continue
        const value = candidate.status[at] === STATUS.missing ? anchor.worst : (candidate.value[at] ?? 0)
        const offset = anchor.scale === 'linear' ? OFFSET * Math.abs(anchor.best - anchor.worst) : 0
        const log = Math.log(Math.max(value, 0) + offset || Number.MIN_VALUE)
        sum += weight * sample.weight * (higherIsBetter(anchor) ? log : -log)
        total += weight * sample.weight
      }
    return total === 0 ? 0 : sum / total
  })
  const best = Math.max(...logs)
  return logs.map((log) => Math.exp(log - best))
}
