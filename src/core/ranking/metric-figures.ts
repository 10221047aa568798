import { fnv1a } from '../hash.ts'
import { findMetric } from '../metrics/registry.ts'
import type { Direction } from '../score.ts'
import { percentile } from '../stats/bootstrap.ts'
import { mean } from '../stats/correlation.ts'
import { intervalOverSamples } from '../stats/interval.ts'
import { seededRandom } from '../stats/random.ts'
import type { BoardMetric } from './board.ts'
import { type Basis, basisOf, type MetricSeries, SUCCESS_RATE } from './observation.ts'
import { higherIsBetter } from './utility.ts'
import { type CandidateUtilities, meanOnScale, STATUS, type UtilityTable } from './utility-table.ts'

/** One metric of one candidate: its mean in its unit, and what it is worth. */
export interface MetricFigure extends MetricSeries {
  readonly unit: string
  readonly direction: Direction
  readonly weight: number
  /** Mean over samples, then datasets (geometric on logarithmic scales); null without any value. */
  readonly value: number | null
  /** Samples with a value, and those the metric applies to. */
  readonly n: number
  readonly nExpected: number
  /** Mean utility: kept inside 0..1 (what counts), and as it is. */
  readonly utility: number | null
  readonly unclampedUtility: number | null
  /** False where it was declared not to apply: its weight went to the others. */
  readonly applies: boolean
}

/** A figure and how sure it is. */
export interface ExpectedMetric extends MetricFigure {
  /** 95 % interval over samples, or nulls where they are too few. */
  readonly low: number | null
  readonly high: number | null
  readonly basis: Basis
}

const DRAWS = 2000
const CONFIDENCE = 0.95
const ENOUGH = 10

/** The figures of a candidate, metric by metric in the order of the board. */
export const metricFigures = (table: UtilityTable, candidate: CandidateUtilities): readonly MetricFigure[] =>
  table.board.metrics.map((metric, k) => {
    const strata = strataOf(table, candidate, k)
    const n = strata.reduce((sum, { at }) => sum + at.length, 0)
    const expected = strata.reduce((sum, { nExpected }) => sum + nExpected, 0)
    const definition = findMetric(metric.metric)?.definition
    const present = strata.filter(({ at }) => at.length > 0)
    const logarithmic = isLogarithmic(metric, present, candidate)
    const average = (values: Float64Array, combine: (values: readonly number[]) => number): number | null =>
      present.length === 0 ? null : overDatasets(present, (at) => combine(at.map((index) => values[index] ?? 0)))
    const value =
      present.length === 0
        ? null
        : logarithmic
          ? Math.exp(overDatasets(present, (at) => mean(at.map((index) => Math.log(candidate.value[index] ?? 1)))))
          : average(candidate.value, (values) => meanOnScale(values, { scale: 'linear' }))
    return {
      metric: metric.metric,
      level: metric.level,
      rank: metric.rank,
      unit: definition?.unit ?? (metric.metric === SUCCESS_RATE ? 'ratio' : ''),
      direction: higherIsBetter(metric.anchor) ? 'higher' : 'lower',
      weight: metric.weight,
      value,
      n,
      nExpected: expected,
      utility: average(candidate.utility, mean),
      unclampedUtility: average(candidate.unclamped, mean),
      applies: expected > 0,
    }
  })

/** The figures with intervals: for the few candidates one looks at, because each interval is a bootstrap of its own. */
export const expectedMetrics = (table: UtilityTable, candidate: CandidateUtilities): readonly ExpectedMetric[] =>
  metricFigures(table, candidate).map((figure, k) => {
    const present = strataOf(table, candidate, k).filter(({ at }) => at.length > 0)
    const metric = table.board.metrics[k]
    const logarithmic = metric !== undefined && isLogarithmic(metric, present, candidate)
    return { ...figure, ...intervalOf(present, candidate.value, logarithmic) }
  })

/** The cells of one dataset with a value. */
interface Stratum {
  readonly weight: number
  readonly at: readonly number[]
  readonly nExpected: number
}

const strataOf = (table: UtilityTable, { status }: CandidateUtilities, k: number): readonly Stratum[] =>
  table.ranges.map(({ from, to, weight }) => {
    const cells = Array.from({ length: to - from }, (_none, i) => k * table.samples.length + from + i)
    return {
      weight,
      at: cells.filter((at) => status[at] === STATUS.value),
      nExpected: cells.filter((at) => status[at] !== STATUS.notApplicable).length,
    }
  })

const overDatasets = (strata: readonly Stratum[], of: (at: readonly number[]) => number): number => {
  const total = strata.reduce((sum, { weight }) => sum + weight, 0)
  return strata.reduce((sum, { weight, at }) => sum + (weight / total) * of(at), 0)
}

const isLogarithmic = ({ anchor }: BoardMetric, strata: readonly Stratum[], { value }: CandidateUtilities): boolean =>
  anchor.scale === 'log' && strata.every(({ at }) => at.every((index) => (value[index] ?? 0) > 0))

/** Of one dataset the usual interval over samples; over several a bootstrap inside each of them. */
const intervalOf = (
  strata: readonly Stratum[],
  values: Float64Array,
  logarithmic: boolean,
): Pick<ExpectedMetric, 'low' | 'high' | 'basis'> => {
  const scaled = strata.map(({ at }) =>
    at.map((index) => (logarithmic ? Math.log(values[index] ?? 1) : (values[index] ?? 0))),
  )
  const back = (value: number): number => (logarithmic ? Math.exp(value) : value)
  const m = scaled.reduce((sum, { length }) => sum + length, 0)
  const none = {
    low: null,
    high: null,
    basis: basisOf({ method: 'none', n: m, m, warnings: m === 0 ? [] : ['too_few_samples'] }),
  }
  const [only] = scaled
  if (scaled.length === 1 && only) {
    const interval = intervalOverSamples(only)
    if (interval === null) return none
    const basis = basisOf({ method: interval.method, n: m, m, level: CONFIDENCE })
    return { low: back(interval.low), high: back(interval.high), basis }
  }
  if (m < ENOUGH) return none
  const seed = fnv1a(scaled.map((stratum) => [...stratum].sort((left, right) => left - right).join(' ')).join('\n'))
  const random = seededRandom(seed)
  const total = strata.reduce((sum, { weight }) => sum + weight, 0)
  const sorted = scaled.map((stratum) => [...stratum].sort((left, right) => left - right))
  const replicates = Array.from({ length: DRAWS }, () =>
    sorted.reduce((sum, stratum, index) => {
      let drawn = 0
      for (let i = 0; i < stratum.length; i++) drawn += stratum[Math.floor(random() * stratum.length)] ?? 0
      return sum + ((strata[index]?.weight ?? 0) / total) * (drawn / stratum.length)
    }, 0),
  ).sort((left, right) => left - right)
  const tail = (1 - CONFIDENCE) / 2
  return {
    low: back(percentile(replicates, tail)),
    high: back(percentile(replicates, 1 - tail)),
    basis: basisOf({
      method: 'stratified_percentile_bootstrap',
      n: DRAWS,
      m,
      level: CONFIDENCE,
      seed: String(seed),
      warnings: scaled.some(({ length }) => length === 1) ? ['single_sample_dataset'] : [],
    }),
  }
}
