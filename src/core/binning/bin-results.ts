import { type Amount, type Overlap, type Overlaps, total } from './overlaps.ts'
import type { BinningScoringOptions } from './scoring-options.ts'

/** One bin and the genome it maps to: the one with most base pairs in it. */
export interface BinResult {
  readonly bin: string
  readonly genome: string
  /** All of the bin that the truth knows. */
  readonly size: Amount
  /** What is of the bin's genome. */
  readonly correct: Amount
  /** All of the bin's genome. */
  readonly genomeSize: Amount
  /** Among the smallest bins, which average purity and recovered genomes leave out (`minCompletenessShare`). */
  readonly isInTail: boolean
}

/** One genome, and what the bin with most base pairs of it has. */
interface GenomeResult {
  readonly genome: string
  readonly size: Amount
  /** Zero for a genome of which nothing was binned. */
  readonly recovered: Amount
}

export interface BinningResults {
  /** Bins without a single sequence of the truth are not among them. */
  readonly bins: readonly BinResult[]
  readonly genomes: readonly GenomeResult[]
}

const NONE: Amount = { bp: 0, sequences: 0 }

/**
 * Maps bins to genomes and genomes to bins. By base pairs, and of equals the pair that the binning names first, as AMBER
 * does. The tail is cut before genomes are removed; bins that map to a removed genome go with it.
 */
export const binningResults = (
  overlaps: Overlaps,
  names: { readonly bins: readonly string[]; readonly genomes: readonly string[] },
  options: BinningScoringOptions,
): BinningResults => {
  const byBin = largest(overlaps.pairs, ({ bin }) => bin)
  const byGenome = largest(overlaps.pairs, ({ genome }) => genome)
  const tail = tailOf(overlaps.bins, options.minCompletenessShare)
  const removed = new Set(options.removedGenomes)
  const bins = [...overlaps.bins].flatMap(([bin, size]): readonly BinResult[] => {
    const correct = byBin.get(bin)
    if (correct === undefined) return []
    return [
      {
        bin: names.bins[bin] ?? '',
        genome: names.genomes[correct.genome] ?? '',
        size,
        correct,
        genomeSize: overlaps.genomes[correct.genome] ?? NONE,
        isInTail: tail.has(bin),
      },
    ]
  })
  const genomes = overlaps.genomes.map((size, index): GenomeResult => ({
    genome: names.genomes[index] ?? '',
    size,
    recovered: byGenome.get(index) ?? NONE,
  }))
  return {
    bins: bins.filter(({ genome }) => !removed.has(genome)),
    genomes: genomes.filter(({ genome }) => !removed.has(genome)),
  }
}

const largest = (pairs: readonly Overlap[], keyOf: (pair: Overlap) => number): ReadonlyMap<number, Overlap> => {
  const found = new Map<number, Overlap>()
  for (const pair of pairs) {
    const best = found.get(keyOf(pair))
    if (best === undefined || pair.bp > best.bp) found.set(keyOf(pair), pair)
  }
  return found
}

/** The smallest bins, as long as all of them together hold no more than this percentage of what is in bins. */
const tailOf = (bins: ReadonlyMap<number, Amount>, percent: number): ReadonlySet<number> => {
  const tail = new Set<number>()
  if (percent === 0) return tail
  const all = total(bins.values()).bp
  let sum = 0
  for (const [bin, { bp }] of [...bins].sort(([, left], [, right]) => left.bp - right.bp)) {
    sum += bp
    if (sum * 100 > percent * all) break
    tail.add(bin)
  }
  return tail
}
