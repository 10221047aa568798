import type { MetricDefinition } from '../metrics/definition.ts'
import { findMetric } from '../metrics/registry.ts'
import { SUCCESS_RATE } from './observation.ts'
import type { Anchor } from './utility.ts'

const GIBIBYTE = 2 ** 30

// Where the kind of a metric does not say where its scale ends. Times and memory span what metagenome pipelines take
// on a workstation; a definition pins them closer for its own datasets.
const BY_METRIC: Readonly<Record<string, Anchor>> = {
  wall_seconds: { worst: 86_400, best: 60, scale: 'log' },
  cpu_seconds: { worst: 16 * 86_400, best: 60, scale: 'log' },
  peak_rss_bytes: { worst: 256 * GIBIBYTE, best: GIBIBYTE / 4, scale: 'log' },
  read_bytes: { worst: 1024 * GIBIBYTE, best: GIBIBYTE, scale: 'log' },
  write_bytes: { worst: 1024 * GIBIBYTE, best: GIBIBYTE, scale: 'log' },
  output_bytes: { worst: 256 * GIBIBYTE, best: GIBIBYTE / 16, scale: 'log' },
  // Sum of absolute differences of two compositions.
  l1_norm_error: { worst: 2, best: 0, scale: 'linear' },
  // Ten times too much or too little.
  abundance_log2_error: { worst: Math.LN10 / Math.LN2, best: 0, scale: 'linear' },
  amr_abundance_log2_error: { worst: Math.LN10 / Math.LN2, best: 0, scale: 'linear' },
  // The least contaminated bin still of medium quality (Bowers et al., Nat. Biotechnol. 35 (2017) 725).
  contamination: { worst: 10, best: 0, scale: 'linear' },
  mean_mag_quality_score: { worst: 0, best: 100, scale: 'linear' },
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
 * The smallest difference of interest (statistics §6.2): relative on a logarithmic scale; on a linear one absolute,
 * 1 % of the distance between the anchors, which is 0.01 for shares.
 */
export const defaultSesoi = ({ worst, best, scale }: Anchor): number =>
  scale === 'log' ? 0.05 : 0.01 * Math.abs(best - worst)
