import { fnv1aHex } from '../hash.ts'
import { makeScore } from '../metrics/make-score.ts'
import { missing, type Score } from '../score.ts'
import { type BinningResults, binningResults } from './bin-results.ts'
import type { Binning, BinningTruth, GenomeMapping } from './binning.ts'
import { NO_BINS } from './binning.ts'
import { binningValues } from './binning-values.ts'
import { type Overlaps, overlapsOf } from './overlaps.ts'
import type { BinningScoringOptions } from './scoring-options.ts'

/** Raised whenever the same input could give another number. */
const RULES_VERSION = 1

/** Everything that decides the scores of one prediction (one tool, one parameter set) against one truth. */
export interface BinningScoringInput {
  readonly truth: BinningTruth
  /** No bins = ran and binned nothing; null or no entry = no sign that the tool ran. */
  readonly predictions: ReadonlyMap<string, Binning | null>
  readonly samples: readonly string[]
  readonly options: BinningScoringOptions
}

export interface BinningScoring {
  /** Every metric of every sample, with a reason where it has no value. */
  readonly scores: readonly Score[]
  /** Bins and genomes one by one, of the samples that have both truth and prediction. */
  readonly results: ReadonlyMap<string, BinningResults>
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

const NO_GENOMES: GenomeMapping = { genomes: [], rows: new Map(), genomeOf: [], lengths: [] }

/** Scores genome bins as AMBER 2.0.8 does, each sample on its own. */
export const scoreBinnings = (input: BinningScoringInput): BinningScoring => {
  const { truth, predictions, samples, options } = input
  const scores: Score[] = []
  const results = new Map<string, BinningResults>()
  const warnings = [
    ...[...predictions.keys()]
      .filter((sample) => !truth.samples.has(sample))
      .map((sample) => `The truth says nothing about sample ${sample}: it is not scored (no_truth).`),
    ...unknownGenomes(input),
  ]
  for (const sample of samples) {
    const expected = truth.samples.get(sample)
    const found = predictions.get(sample) ?? null
    const { overlaps, byBin } = resultsOf(expected ?? NO_GENOMES, found ?? NO_BINS, options)
    const reason = expected === undefined ? 'no_truth' : found === null ? 'not_run' : null
    for (const [metric, quantity] of binningValues(overlaps, byBin))
      scores.push(makeScore(metric, { sample }, reason === null ? quantity : missing(reason)))
    if (reason !== null) continue
    results.set(sample, byBin)
    warnings.push(...oddities(sample, overlaps))
  }
  return { scores, results, comparability: comparability(input), warnings }
}

const resultsOf = (
  truth: GenomeMapping,
  binning: Binning,
  options: BinningScoringOptions,
): { readonly overlaps: Overlaps; readonly byBin: BinningResults } => {
  const overlaps = overlapsOf(truth, binning)
  return { overlaps, byBin: binningResults(overlaps, { bins: binning.bins, genomes: truth.genomes }, options) }
}

const oddities = (sample: string, { bins, outside, otherLengths, genomes }: Overlaps): readonly string[] => {
  const warnings: string[] = []
  if (outside.sequences > 0 && bins.size === 0)
    warnings.push(
      `${sample}: the truth knows none of the ${outside.sequences} sequences in bins. Names must be equal; were the bins made from another assembly?`,
    )
  else if (outside.sequences > 0)
    warnings.push(
      `${sample}: ${outside.sequences} sequences in bins are not in the truth and count for nothing${outside.bins === 0 ? '' : `, nor do the ${outside.bins} bins that hold no others`} (bp_outside_truth).`,
    )
  if (otherLengths > 0)
    warnings.push(
      `${sample}: ${otherLengths} sequences have another length than in the truth, which is taken; were the bins made from another assembly?`,
    )
  if (genomes.some(({ bp }) => bp === 0))
    warnings.push(`${sample}: genomes of 0 bp are left out of averages by base pairs.`)
  return warnings
}

const unknownGenomes = ({ truth, options, samples }: BinningScoringInput): readonly string[] => {
  if (options.removedGenomes.length === 0) return []
  const known = new Set(samples.flatMap((sample) => truth.samples.get(sample)?.genomes ?? []))
  if (options.removedGenomes.some((genome) => known.has(genome))) return []
  return ['The truth has none of the genomes to be removed: nothing is left out.']
}

const comparability = ({ truth, options }: BinningScoringInput): Readonly<Record<string, string>> => ({
  benchmark_type: 'binning',
  scoring_rules: `binning/${String(RULES_VERSION)}`,
  truth: truth.sha256,
  min_completeness_share: String(options.minCompletenessShare),
  removed_genomes:
    options.removedGenomes.length === 0
      ? 'none'
      : `${String(options.removedGenomes.length)}:${fnv1aHex([...options.removedGenomes].sort().join('\n'))}`,
})
