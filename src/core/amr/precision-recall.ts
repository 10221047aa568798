import { known, missing, type Quantity } from '../score.ts'
import type { KeyedSample } from './keyed-sample.ts'
import type { CurvePoint } from './scoring.ts'

/** The precision-recall curve of one sample and the area under its steps. */
export interface PrecisionRecall {
  readonly points: readonly CurvePoint[]
  readonly averagePrecision: Quantity
}

/**
 * One point for each distinct score, surest first; a key has the best score of its rows. Without a curve when some
 * key has no score, or when rows of several tools are mixed, whose scores are not on one scale.
 */
export const precisionRecall = ({ truth, found }: KeyedSample): PrecisionRecall => {
  const keys = [...found.values()]
  const tools = new Set(keys.flatMap(({ calls }) => calls.map(({ tool }) => tool)))
  const scored = keys.flatMap(({ key, calls }) => {
    const best = calls.reduce((kept, { score }) => (score === null ? kept : Math.max(kept, score)), -Infinity)
    return best === -Infinity ? [] : [{ score: best, isTrue: truth.has(key) }]
  })
  if (scored.length < keys.length || tools.size > 1) return { points: [], averagePrecision: missing('no_prediction') }
  return curveOf(scored, truth.size)
}

/** Steps over distinct scores; `relevant` is the number of things to find. */
export const curveOf = (
  scored: readonly { readonly score: number; readonly isTrue: boolean }[],
  relevant: number,
): PrecisionRecall => {
  if (relevant === 0) return { points: [], averagePrecision: missing('undefined_0/0') }
  const byScore = new Map<number, { hits: number; misses: number }>()
  for (const { score, isTrue } of scored) {
    const step = byScore.get(score) ?? { hits: 0, misses: 0 }
    if (isTrue) step.hits++
    else step.misses++
    byScore.set(score, step)
  }
  const points: CurvePoint[] = []
  let truePositives = 0
  let falsePositives = 0
  let area = 0
  for (const [threshold, { hits, misses }] of [...byScore].sort(([left], [right]) => right - left)) {
    truePositives += hits
    falsePositives += misses
    const precision = truePositives / (truePositives + falsePositives)
    area += (hits / relevant) * precision
    points.push({ threshold, truePositives, falsePositives, precision, recall: truePositives / relevant })
  }
  return { points, averagePrecision: known(Math.min(1, area)) }
}
