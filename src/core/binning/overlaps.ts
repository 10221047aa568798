import type { Binning, GenomeMapping } from './binning.ts'

/** An amount of sequence, counted both ways. */
export interface Amount {
  readonly bp: number
  readonly sequences: number
}

/** What one bin and one genome share. */
export interface Overlap extends Amount {
  readonly bin: number
  readonly genome: number
}

/** A binning laid over its truth. Sequences that the truth does not know are left aside, as in AMBER. */
export interface Overlaps {
  /** Every pair that shares a sequence, in the order in which the binning first names it. */
  readonly pairs: readonly Overlap[]
  /** Of each bin, what the truth knows; bins without any are not in the map. */
  readonly bins: ReadonlyMap<number, Amount>
  readonly genomes: readonly Amount[]
  /** `bp` is null when the length of one of the sequences is not stated anywhere. */
  readonly outside: { readonly bp: number | null; readonly sequences: number; readonly bins: number }
  /** Sequences whose length differs from that in the truth. */
  readonly otherLengths: number
}

interface MutableAmount {
  bp: number
  sequences: number
}

export const overlapsOf = (truth: GenomeMapping, { bins, sequences, binOf, lengths }: Binning): Overlaps => {
  const pairs = new Map<number, MutableAmount & { readonly bin: number; readonly genome: number }>()
  const binAmounts = new Map<number, MutableAmount>()
  const outside = { bp: 0 as number | null, sequences: 0 }
  const named = new Set<number>()
  let otherLengths = 0
  for (const [index, sequence] of sequences.entries()) {
    const bin = binOf[index] ?? 0
    const stated = lengths[index] ?? null
    named.add(bin)
    const row = truth.rows.get(sequence)
    if (row === undefined) {
      outside.sequences++
      outside.bp = outside.bp === null || stated === null ? null : outside.bp + stated
      continue
    }
    const genome = truth.genomeOf[row] ?? 0
    const length = truth.lengths[row] ?? 0
    if (stated !== null && stated !== length) otherLengths++
    const key = bin * truth.genomes.length + genome
    add(pairs.get(key) ?? remember(pairs, key, { bin, genome, bp: 0, sequences: 0 }), length)
    add(binAmounts.get(bin) ?? remember(binAmounts, bin, { bp: 0, sequences: 0 }), length)
  }
  const emptyBins = bins.length - named.size
  return {
    pairs: [...pairs.values()],
    bins: binAmounts,
    genomes: genomeAmounts(truth),
    outside: { ...outside, bins: bins.length - emptyBins - binAmounts.size },
    otherLengths,
  }
}

const remember = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value => {
  map.set(key, value)
  return value
}

const add = (amount: MutableAmount, length: number): void => {
  amount.bp += length
  amount.sequences++
}

const genomeAmounts = ({ genomes, genomeOf, lengths }: GenomeMapping): readonly Amount[] => {
  const amounts = genomes.map((): MutableAmount => ({ bp: 0, sequences: 0 }))
  for (const [row, genome] of genomeOf.entries()) {
    const amount = amounts[genome]
    if (amount !== undefined) add(amount, lengths[row] ?? 0)
  }
  return amounts
}

/** The sum of amounts. */
export const total = (amounts: Iterable<Amount>): Amount => {
  const sum: MutableAmount = { bp: 0, sequences: 0 }
  for (const { bp, sequences } of amounts) {
    sum.bp += bp
    sum.sequences += sequences
  }
  return sum
}
