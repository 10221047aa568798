import { effectRule } from '../comparison/effect-rule.ts'
import type { MetricDefinition } from '../metrics/definition.ts'
import { findMetric } from '../metrics/registry.ts'
import { SUCCESS_RATE } from './observation.ts'
import type { Anchor } from './utility.ts'

const MINUTE = 60
const DAY = 86_400
const GIB = 2 ** 30

/**
 * Ends for metrics whose range does not say them. Time, memory and lengths count by ratio: from a minute to two hours is
 * about as far as from two hours to ten days. The best value is one beyond which nobody decides by it any more, the
 * worst one at which nobody would use the pipeline; a definition pins them closer for its own datasets.
 */
const BY_METRIC: Readonly<Record<string, Anchor>> = {
  wall_seconds: { worst: DAY, best: MINUTE, scale: 'log' },
  cpu_seconds: { worst: 16 * DAY, best: MINUTE, scale: 'log' },
  peak_rss_bytes: { worst: 512 * GIB, best: GIB, scale: 'log' },
  // Contigs from 1 kbp, which hold a gene, to 1 Mbp, a good part of a bacterial chromosome.
  n50: { worst: 1e3, best: 1e6, scale: 'log' },
  nga50: { worst: 1e3, best: 1e6, scale: 'log' },
  misassemblies: { worst: 1000, best: 0, scale: 'linear' },
  mismatches_per_100kbp: { worst: 1000, best: 0, scale: 'linear' },
  mag_count_hq: { worst: 0, best: 100, scale: 'linear' },
  mean_mag_quality_score: { worst: 0, best: 100, scale: 'linear' },
  recovered_genomes_50_10: { worst: 0, best: 100, scale: 'linear' },
  recovered_genomes_90_5: { worst: 0, best: 100, scale: 'linear' },
  // The worst that two profiles that each sum to 1 can do.
  l1_norm_error: { worst: 2, best: 0, scale: 'linear' },
  // Ten times too much or too little.
  abundance_log2_error: { worst: Math.LN10 / Math.LN2, best: 0, scale: 'linear' },
  amr_abundance_log2_error: { worst: Math.LN10 / Math.LN2, best: 0, scale: 'linear' },
  limit_of_detection: { worst: 1e5, best: 1, scale: 'log' },
  [SUCCESS_RATE]: { worst: 0, best: 1, scale: 'linear' },
}

/**
 * The built-in scale of a metric, or null where only a benchmark definition can say (counts and lengths depend on the
 * dataset, descriptive values have no better end).
 */
export const defaultAnchor = (metric: string): Anchor | null => {
  const own = BY_METRIC[metric]
  if (own) return own
  const definition = findMetric(metric)?.definition
  return definition ? boundedAnchor(definition) : null
}

const boundedAnchor = ({ direction, kind, range: [low, high] }: MetricDefinition): Anchor | null => {
  if (direction === 'none' || high === null) return null
  // A correlation of 0 is what chance gives: nobody is better for being less wrong than the opposite.
  const least = kind === 'correlation' ? 0 : low
  if (least === null) return null
  return direction === 'higher'
    ? { worst: least, best: high, scale: 'linear' }
    : { worst: high, best: least, scale: 'linear' }
}

/**
 * The smallest difference of interest of a metric on its scale: that of comparisons where it is of the same sort, else
 * 5 % on a logarithmic scale and a hundredth of a linear one.
 */
export const defaultSesoi = (metric: string, { worst, best, scale }: Anchor): number => {
  const definition = findMetric(metric)?.definition
  const smallest = definition && effectRule(definition).smallest
  if (scale === 'log') return smallest?.of === 'share' ? smallest.value : 0.05
  return smallest?.of === 'unit' ? smallest.value : 0.01 * Math.abs(best - worst)
}
