import { known, ratio } from '../score.ts'
import type { BinEstimate, MetricValue } from './assembly.ts'

/** MIMAG categories by estimated completeness and contamination; the first that fits is the one. */
const CATEGORIES: readonly (readonly [metric: string, fits: (bin: BinEstimate) => boolean])[] = [
  ['mag_count_hq', ({ completeness, contamination }) => completeness > 90 && contamination < 5],
  ['mag_count_mq', ({ completeness, contamination }) => completeness >= 50 && contamination < 10],
  ['mag_count_lq', ({ contamination }) => contamination < 10],
  ['mag_count_contaminated', () => true],
]

/** The metrics that need estimates of bins. */
export const MAG_METRICS: ReadonlySet<string> = new Set([
  ...CATEGORIES.map(([metric]) => metric),
  'mean_mag_quality_score',
])

/** How many bins are of which quality (each counts once), and their mean score: completeness − 5 · contamination. */
export const magQuality = (bins: readonly BinEstimate[]): readonly MetricValue[] => {
  const counts = new Map(CATEGORIES.map(([metric]) => [metric, 0]))
  let scores = 0
  for (const bin of bins) {
    const metric = CATEGORIES.find(([, fits]) => fits(bin))?.[0] ?? ''
    counts.set(metric, (counts.get(metric) ?? 0) + 1)
    scores += bin.completeness - 5 * bin.contamination
  }
  return [
    ...[...counts].map(([metric, count]): MetricValue => [metric, known(count)]),
    ['mean_mag_quality_score', ratio(scores, bins.length)],
  ]
}
