import { ABUNDANCE_PSEUDO_COUNT } from '../metrics/amr.ts'
import { known, missing, type Quantity } from '../score.ts'
import { median, pearson, spearman } from '../stats/correlation.ts'
import type { KeyedSample } from './keyed-sample.ts'

/** Ids of the abundance metrics, in table order. */
export const ABUNDANCE_METRICS = [
  'amr_abundance_bray_curtis',
  'amr_abundance_l1',
  'amr_abundance_log2_error',
  'amr_abundance_spearman',
  'amr_abundance_pearson',
] as const
type AbundanceScores = Readonly<Record<(typeof ABUNDANCE_METRICS)[number], Quantity>>

/** Absolute abundances by key on both sides, or why there are none. */
export const abundanceScores = (sample: KeyedSample): AbundanceScores => {
  const truth = truthAbundance(sample)
  if (truth === null) return allMissing('not_applicable')
  const found = foundAbundance(sample)
  if (found === null) return allMissing('no_prediction')
  return compareAbundance(truth, found)
}

/** Every abundance metric without a value, for one reason. */
export const allMissing = (reason: 'not_applicable' | 'no_prediction' | 'undefined_0/0'): AbundanceScores => ({
  amr_abundance_bray_curtis: missing(reason),
  amr_abundance_l1: missing(reason),
  amr_abundance_log2_error: missing(reason),
  amr_abundance_spearman: missing(reason),
  amr_abundance_pearson: missing(reason),
})

/** Depth of each true key, else copies (summed over its genes); null when some gene states neither. */
const truthAbundance = ({ truth }: KeyedSample): ReadonlyMap<string, number> | null => {
  const genes = [...truth.values()].flatMap((entry) => entry.genes)
  const measure = (['depth', 'copies'] as const).find((name) => genes.every((gene) => gene[name] !== null))
  if (measure === undefined) return null
  return new Map([...truth.values()].map(({ key, genes: of }) => [key, sum(of.map((gene) => gene[measure] ?? 0))]))
}

/** Depth of each found key, summed over its rows; null when some key has no row with a depth. */
const foundAbundance = ({ found }: KeyedSample): ReadonlyMap<string, number> | null => {
  const depths = new Map<string, number>()
  for (const { key, calls } of found.values()) {
    const stated = calls.flatMap(({ depth }) => (depth === null ? [] : [depth]))
    if (stated.length === 0) return null
    depths.set(key, sum(stated))
  }
  return depths
}

/** The abundance metrics of two vectors of absolute abundances; both are scaled to sum 1 first. */
export const compareAbundance = (
  truth: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
): AbundanceScores => {
  const t = relative(truth)
  const p = relative(found)
  const keys = [...new Set([...truth.keys(), ...found.keys()])].sort()
  const difference = sum(keys.map((key) => Math.abs((t.get(key) ?? 0) - (p.get(key) ?? 0))))
  const mass = sum([...t.values()]) + sum([...p.values()])
  if (mass === 0) return allMissing('undefined_0/0')

  const folds = keys.flatMap((key) => {
    const [before, after] = [t.get(key) ?? 0, p.get(key) ?? 0]
    return before > 0 && after > 0 ? [Math.abs(Math.log2(after / before))] : []
  })
  // A gene listed with abundance 0 is known to be all but absent: a logarithm would overstate it.
  const correlated = keys.filter((key) => !truth.has(key) || (t.get(key) ?? 0) > 0)
  const logs = (of: ReadonlyMap<string, number>): readonly number[] =>
    correlated.map((key) => Math.log((of.get(key) ?? 0) + ABUNDANCE_PSEUDO_COUNT))
  const correlation = (method: typeof pearson): Quantity => {
    if (correlated.length < 3) return missing('too_few')
    const value = method(logs(t), logs(p))
    return value === null ? missing('undefined_0/0') : known(value)
  }
  return {
    amr_abundance_bray_curtis: known(Math.min(1, difference / mass)),
    amr_abundance_l1: known(Math.min(2, difference)),
    amr_abundance_log2_error: folds.length === 0 ? missing('undefined_0/0') : known(median(folds)),
    amr_abundance_spearman: correlation(spearman),
    amr_abundance_pearson: correlation(pearson),
  }
}

const relative = (values: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const total = sum([...values.values()])
  return new Map([...values].map(([key, value]) => [key, total === 0 ? 0 : value / total]))
}

// In order of size: the order of rows must not change the last bit.
const sum = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right).reduce((total, value) => total + value, 0)
