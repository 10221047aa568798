/**
 * Fixed ends of the scales that ranking uses: utility 0 and 1 of a metric. They never depend on the pipelines that are
 * compared, so that adding one cannot change the order of the others.
 */
import type { BenchmarkType } from '../benchmark-types.ts'
import { metricsOf } from '../metrics/registry.ts'

export interface Anchor {
  readonly metric: string
  readonly level: string | null
  /** Value of utility 0. */
  readonly worst: number
  /** Value of utility 1. */
  readonly best: number
  /** `log`: equal ratios are equal steps; both ends are above 0. */
  readonly scale: 'linear' | 'log'
}

type Scale = Omit<Anchor, 'metric' | 'level'>

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const GIB = 2 ** 30

/**
 * Ends for metrics without a natural range. Time, memory and lengths count by ratio: from a minute to two hours is as
 * far as from two hours to ten days. The best value is one beyond which nobody decides by it any more, the worst one at
 * which nobody would use the pipeline.
 */
const OPEN_ENDED: Readonly<Record<string, Scale>> = {
  wall_seconds: { worst: DAY, best: MINUTE, scale: 'log' },
  cpu_seconds: { worst: 16 * DAY, best: MINUTE, scale: 'log' },
  peak_rss_bytes: { worst: 512 * GIB, best: GIB, scale: 'log' },
  // Contigs from 1 kbp, which hold a gene, to 1 Mbp, which hold most of a chromosome arm's length of one.
  nga50: { worst: 1e3, best: 1e6, scale: 'log' },
  n50: { worst: 1e3, best: 1e6, scale: 'log' },
  misassemblies: { worst: 1000, best: 0, scale: 'linear' },
  mismatches_per_100kbp: { worst: 1000, best: 0, scale: 'linear' },
  // The worst that two profiles that each sum to 1 can do.
  l1_norm_error: { worst: 2, best: 0, scale: 'linear' },
  limit_of_detection: { worst: 1e5, best: 1, scale: 'log' },
  mag_count_hq: { worst: 0, best: 100, scale: 'linear' },
  recovered_genomes_50_10: { worst: 0, best: 100, scale: 'linear' },
  recovered_genomes_90_5: { worst: 0, best: 100, scale: 'linear' },
}

/**
 * Some ranges end where no pipeline that looks at its data can be: a correlation or an agreement corrected for chance
 * is worthless at 0 already.
 */
const CHANCE_IS_ZERO = new Set(['adjusted_rand_index_bp', 'adjusted_rand_index_seq', 'mcc'])

/** Anchors of every metric that a benchmark type shows first, and of what it costs. */
export const anchorsOf = (type: BenchmarkType): readonly Anchor[] => {
  const definitions = new Map(metricsOf(type.id).map((metric) => [metric.id, metric]))
  const seen = new Set<string>()
  return [...type.primaryMetrics, ...type.tableMetrics].flatMap(({ metric, level }): Anchor[] => {
    const definition = definitions.get(metric)
    if (definition === undefined || definition.direction === 'none' || seen.has(metric)) return []
    seen.add(metric)
    const scale = OPEN_ENDED[metric] ?? rangeOf(metric, definition.direction, definition.range)
    return scale === null ? [] : [{ metric, level, ...scale }]
  })
}

const rangeOf = (
  metric: string,
  direction: 'higher' | 'lower',
  [lowest, highest]: readonly [number | null, number | null],
): Scale | null => {
  if (lowest === null || highest === null) return null
  const low = CHANCE_IS_ZERO.has(metric) ? 0 : lowest
  return direction === 'higher'
    ? { worst: low, best: highest, scale: 'linear' }
    : { worst: highest, best: low, scale: 'linear' }
}

/** Utility of a value, 0 to 1; null where the anchor cannot place it (a negative time, say). */
export const utilityOf = ({ worst, best, scale }: Scale, value: number): number | null => {
  const place = scale === 'log' ? Math.log : (number: number): number => number
  if (!Number.isFinite(value) || worst === best || (scale === 'log' && (value < 0 || worst <= 0 || best <= 0)))
    return null
  // A time of 0 is better than any other, not an error.
  if (scale === 'log' && value === 0) return best < worst ? 1 : 0
  return Math.min(1, Math.max(0, (place(value) - place(worst)) / (place(best) - place(worst))))
}
