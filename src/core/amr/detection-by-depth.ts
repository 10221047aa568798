import { DEPTH_BINS } from '../metrics/amr.ts'
import { missing, type Quantity, ratio } from '../score.ts'
import type { KeyedSample } from './keyed-sample.ts'

/** Sensitivity in each range of true depth. A key found in several places has the sum of their depths. */
export const detectionByDepth = ({ truth, found }: KeyedSample): readonly (readonly [string, Quantity])[] => {
  const keys = [...truth.values()].map(({ key, genes }) => ({
    isFound: found.has(key),
    depth: genes.reduce<number | null>(
      (total, { depth }) => (total === null || depth === null ? null : total + depth),
      0,
    ),
  }))
  return DEPTH_BINS.map(({ id, from, below }) => {
    if (keys.some(({ depth }) => depth === null)) return [id, missing('not_applicable')]
    const inRange = keys.filter(({ depth }) => depth !== null && depth >= from && depth < below)
    return [id, ratio(inRange.filter(({ isFound }) => isFound).length, inRange.length)]
  })
}
