import type { Board, ScoreAggregate } from './board.ts'
import { type CandidateUtilities, STATUS, type SampleRange, type UtilityTable } from './utility-table.ts'

/** Utility below which the geometric score no longer falls: one metric at 0 must not hide all others. */
const LEAST_FACTOR = 0.01

/** Mean utility of each metric for each candidate; position of candidate c and metric k = c * metrics + k. */
export interface MetricMeans {
  /** Missing values counted as 0, and as 1: equal where nothing is missing. */
  readonly low: Float64Array
  readonly high: Float64Array
  /** 1 where the metric applies to at least one sample. */
  readonly applies: Uint8Array
}

/** Empty means for a table, to be filled by `fillMetricMeans`. */
export const emptyMeans = ({ board, candidates }: UtilityTable): MetricMeans => {
  const size = candidates.length * board.metrics.length
  return { low: new Float64Array(size), high: new Float64Array(size), applies: new Uint8Array(size) }
}

/** The means when every sample counts once. */
export const meansOf = (table: UtilityTable): MetricMeans => {
  const means = emptyMeans(table)
  fillMetricMeans(table, new Float64Array(table.samples.length).fill(1), means)
  return means
}

/**
 * Means over the samples of each dataset, then over datasets by weight. `counts` says how often each sample counts, so
 * that a resampled ranking is the same arithmetic. A metric that does not apply somewhere is averaged over the rest.
 */
export const fillMetricMeans = (table: UtilityTable, counts: Float64Array, into: MetricMeans): void => {
  const { ranges, samples, candidates } = table
  const metrics = table.board.metrics.length
  const width = samples.length
  // A third of the samples is not drawn: only the others are visited.
  const drawn = Uint32Array.from(counts.keys()).filter((i) => counts[i] !== 0)
  const share = Float64Array.from(drawn, (i) => (samples[i]?.weight ?? 0) * (counts[i] ?? 0))
  for (const [c, candidate] of candidates.entries()) {
    if (!candidate.complete) {
      fillIncomplete(candidate, c, { ranges, metrics, width }, counts, into)
      continue
    }
    const { utility } = candidate
    for (let k = 0; k < metrics; k++) {
      let sum = 0
      const first = k * width
      for (let i = 0; i < drawn.length; i++) sum += (share[i] ?? 0) * (utility[first + (drawn[i] ?? 0)] ?? 0)
      into.low[c * metrics + k] = sum
      into.high[c * metrics + k] = sum
      into.applies[c * metrics + k] = 1
    }
  }
}

const fillIncomplete = (
  { utility, status }: CandidateUtilities,
  c: number,
  size: { readonly ranges: readonly SampleRange[]; readonly metrics: number; readonly width: number },
  counts: Float64Array,
  into: MetricMeans,
): void => {
  for (let k = 0; k < size.metrics; k++) {
    let known = 0
    let unknown = 0
    let weights = 0
    for (const { from, to, weight } of size.ranges) {
      let sum = 0
      let missing = 0
      let applicable = 0
      for (let i = from; i < to; i++) {
        const at = k * size.width + i
        const count = counts[i] ?? 0
        if (status[at] === STATUS.notApplicable) continue
        applicable += count
        if (status[at] === STATUS.missing) missing += count
        else sum += count * (utility[at] ?? 0)
      }
      if (applicable === 0) continue
      known += (weight * sum) / applicable
      unknown += (weight * missing) / applicable
      weights += weight
    }
    const at = c * size.metrics + k
    into.applies[at] = weights > 0 ? 1 : 0
    into.low[at] = weights > 0 ? known / weights : 0
    into.high[at] = weights > 0 ? (known + unknown) / weights : 0
  }
}

/** What a mean utility adds to a score for each unit of weight: itself, or its logarithm. */
export const partOf = (utility: number, aggregate: ScoreAggregate): number =>
  aggregate === 'arithmetic' ? utility : Math.log(Math.max(utility, LEAST_FACTOR))

/** From a weighted sum of parts back to the scale of utilities. */
export const wholeOf = (sum: number, aggregate: ScoreAggregate): number =>
  aggregate === 'arithmetic' ? sum : Math.exp(sum)

/** Scores of all candidates under weights; metrics that do not apply leave their weight to the others. */
export const scoresOf = (
  means: Float64Array,
  applies: Uint8Array,
  weights: ArrayLike<number>,
  aggregate: Board['aggregate'],
  into: Float64Array,
): void => {
  const metrics = weights.length
  for (let c = 0; c < into.length; c++) {
    let sum = 0
    let total = 0
    for (let k = 0; k < metrics; k++) {
      const at = c * metrics + k
      const weight = weights[k] ?? 0
      if (applies[at] !== 1 || weight === 0) continue
      sum += weight * partOf(means[at] ?? 0, aggregate)
      total += weight
    }
    into[c] = total === 0 ? 0 : settled(wholeOf(sum / total, aggregate))
  }
}

/** Without the last digits, where the order of additions shows: equal sums are equal numbers. */
export const settled = (score: number): number => Math.round(score * 1e12) / 1e12

/** The weights of a board's metrics, in their order. */
export const weightsOf = ({ metrics }: Board): Float64Array => Float64Array.from(metrics, ({ weight }) => weight)
