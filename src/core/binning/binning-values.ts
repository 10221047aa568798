import { known, missing, type Quantity, ratio } from '../score.ts'
import type { BinningResults, BinResult } from './bin-results.ts'
import { type Amount, type Overlaps, total } from './overlaps.ts'
import { randIndices } from './rand-index.ts'
import { spreadOf } from './spread.ts'

/** A metric and its value. */
export type BinningValue = readonly [metric: string, quantity: Quantity]

/** What the suffix of a metric counts. */
const BINNING_UNITS = [
  ['bp', 'bp'],
  ['seq', 'sequences'],
] as const satisfies readonly (readonly [suffix: string, count: keyof Amount])[]

/** Percent of its genome a bin has more than, and percent of foreign sequence it has less than. */
const RECOVERY_LIMITS: readonly (readonly [completeness: number, contamination: number])[] = [50, 70, 90].flatMap(
  (completeness) => [10, 5].map((contamination) => [completeness, contamination] as const),
)

/** Everything that is computed of one binning; formulas stand with the metrics' definitions. */
export const binningValues = (overlaps: Overlaps, results: BinningResults): readonly BinningValue[] => [
  ...BINNING_UNITS.flatMap(([suffix, count]) =>
    valuesCounting(overlaps, results, count).map(([metric, quantity]): BinningValue => [
      `${metric}_${suffix}`,
      quantity,
    ]),
  ),
  ...RECOVERY_LIMITS.map(([completeness, contamination]): BinningValue => [
    `recovered_genomes_${completeness}_${contamination}`,
    known(results.bins.filter((bin) => isRecovered(bin, completeness / 100, contamination / 100)).length),
  ]),
  ['bp_outside_truth', overlaps.outside.bp === null ? missing('not_measured') : known(overlaps.outside.bp)],
  ['sequences_outside_truth', known(overlaps.outside.sequences)],
  ['bins_outside_truth', known(overlaps.outside.bins)],
]

const isRecovered = ({ correct, size, genomeSize, isInTail }: BinResult, completeness: number, impurity: number) =>
  !isInTail && correct.bp / genomeSize.bp > completeness && correct.bp / size.bp > 1 - impurity

const valuesCounting = (
  overlaps: Overlaps,
  { bins, genomes }: BinningResults,
  count: keyof Amount,
): readonly BinningValue[] => {
  const purity = spreadOf(
    ratios(
      bins.filter(({ isInTail }) => !isInTail).map((bin) => [bin.correct, bin.size]),
      count,
    ),
  )
  const completeness = spreadOf(
    ratios(
      genomes.map(({ recovered, size }) => [recovered, size]),
      count,
    ),
  )
  const mapped = new Set(bins.map(({ genome }) => genome))
  const missed = genomes.filter(({ genome }) => !mapped.has(genome))
  const perBin = spreadOf([
    ...ratios(
      bins.map(({ correct, genomeSize }) => [correct, genomeSize]),
      count,
    ),
    ...missed.map(() => 0),
  ])
  const correct = total(bins.map((bin) => bin.correct))[count]
  const binned = total(bins.map(({ size }) => size))[count]
  const recovered = total(genomes.map((genome) => genome.recovered))[count]
  const size = total(genomes.map((genome) => genome.size))[count]
  const samplePurity = ratio(correct, binned)
  const sampleCompleteness = ratio(recovered, size)
  const { rand, adjusted } = randIndices({
    left: sizes(overlaps.bins.values(), count),
    right: sizes(genomesInBins(overlaps), count),
    shared: sizes(overlaps.pairs, count),
  })
  return [
    ['average_purity', purity.mean],
    ['average_purity_sem', purity.standardError],
    ['average_purity_variance', purity.variance],
    ['average_completeness', completeness.mean],
    ['average_completeness_sem', completeness.standardError],
    ['average_completeness_variance', completeness.variance],
    ['f1_score', harmonicMean(purity.mean, completeness.mean)],
    ['cami1_average_completeness', perBin.mean],
    ['cami1_average_completeness_sem', perBin.standardError],
    ['cami1_average_completeness_variance', perBin.variance],
    ['cami1_f1_score', harmonicMean(purity.mean, perBin.mean)],
    ['purity', samplePurity],
    ['completeness', sampleCompleteness],
    ['f1_score_per', harmonicMean(samplePurity, sampleCompleteness)],
    ['accuracy', ratio(correct, size)],
    ['misclassification_rate', samplePurity.value === null ? samplePurity : known(1 - samplePurity.value)],
    ['percentage_binned', ratio(total(overlaps.bins.values())[count], total(overlaps.genomes)[count])],
    ['rand_index', rand],
    ['adjusted_rand_index', adjusted],
  ]
}

/** Parts of wholes; a whole of length 0 has none. */
const ratios = (parts: readonly (readonly [part: Amount, whole: Amount])[], count: keyof Amount): readonly number[] =>
  parts.flatMap(([part, whole]) => (whole[count] === 0 ? [] : [part[count] / whole[count]]))

/** 0 where nothing of the truth was recovered, which leaves purity undefined. */
const harmonicMean = (purity: Quantity, completeness: Quantity): Quantity => {
  if (completeness.value === null) return completeness
  if (purity.value === null || completeness.value === 0) return completeness.value === 0 ? known(0) : purity
  return known((2 * purity.value * completeness.value) / (purity.value + completeness.value))
}

const sizes = (amounts: Iterable<Amount>, count: keyof Amount): readonly number[] =>
  [...amounts].map((amount) => amount[count])

const genomesInBins = ({ pairs }: Overlaps): Iterable<Amount> => {
  const amounts = new Map<number, { bp: number; sequences: number }>()
  for (const { genome, bp, sequences } of pairs) {
    const amount = amounts.get(genome) ?? { bp: 0, sequences: 0 }
    amounts.set(genome, { bp: amount.bp + bp, sequences: amount.sequences + sequences })
  }
  return amounts.values()
}
