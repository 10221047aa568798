import { known, missing, type Quantity, ratio } from '../score.ts'
import { type ContigLengths, type MetricValue, totalLength } from './assembly.ts'

/** Smallest lengths, in bp, at which contigs are counted and summed besides the chosen one. */
export const LENGTH_THRESHOLDS = [0, 1000, 5000, 10_000, 25_000, 50_000] as const

/** Shares, in percent, at which lengths and numbers of contigs are read off. */
export const NX_SHARES = [50, 75, 90] as const

/**
 * What the lengths and bases of contigs say, as QUAST computes it: of contigs of at least `minContig` bases, except the
 * values that name a length of their own. `referenceLength` null = there is no reference.
 */
export const contiguity = (
  contigs: ContigLengths,
  { minContig, referenceLength }: { readonly minContig: number; readonly referenceLength: number | null },
): readonly MetricValue[] => {
  const counted = atLeast(contigs, minContig)
  const total = totalLength(counted)
  const longest = counted[0]?.length
  return [
    ['contig_count', known(countOf(counted))],
    ['total_length', known(total)],
    ['largest_contig', longest === undefined ? missing('undefined_0/0') : known(longest)],
    ...NX_SHARES.flatMap((share) => nxAndLx(['n', 'l'], share, counted, total)),
    ['aun', ratio(sumOfSquares(counted), total)],
    ...NX_SHARES.flatMap((share) => nxAndLx(['ng', 'lg'], share, counted, referenceLength)),
    ['aung', referenceLength === null ? missing('no_truth') : ratio(sumOfSquares(counted), referenceLength)],
    ['gc_percent', scaled(ratio(sumOf(counted, 'gc'), sumOf(counted, 'acgt')), 100)],
    ['ns_per_100kbp', scaled(ratio(total - sumOf(counted, 'acgt'), total), 100_000)],
    ...LENGTH_THRESHOLDS.flatMap((threshold): readonly MetricValue[] => {
      const long = atLeast(contigs, threshold)
      return [
        [`contig_count_${String(threshold)}`, known(countOf(long))],
        [`total_length_${String(threshold)}`, known(totalLength(long))],
      ]
    }),
  ]
}

const atLeast = (contigs: ContigLengths, shortest: number): ContigLengths =>
  contigs.filter(({ length }) => length >= shortest)

const countOf = (contigs: ContigLengths): number => contigs.reduce((sum, one) => sum + one.contigs, 0)

const sumOf = (contigs: ContigLengths, key: 'gc' | 'acgt'): number => contigs.reduce((sum, one) => sum + one[key], 0)

const sumOfSquares = (contigs: ContigLengths): number =>
  contigs.reduce((sum, one) => sum + one.length * one.length * one.contigs, 0)

const scaled = (quantity: Quantity, factor: number): Quantity =>
  quantity.value === null ? quantity : known(quantity.value * factor)

const nxAndLx = (
  [nx, lx]: readonly [string, string],
  share: number,
  contigs: ContigLengths,
  whole: number | null,
): readonly MetricValue[] => {
  const found = whole === null || whole === 0 ? null : contigWhere(contigs, share, whole)
  const none = missing(whole === null ? 'no_truth' : whole === 0 ? 'undefined_0/0' : 'too_few')
  return [
    [`${nx}${String(share)}`, found === null ? none : known(found.length)],
    [`${lx}${String(share)}`, found === null ? none : known(found.place)],
  ]
}

/**
 * The contig at which contigs, the longest first, add up to `share` percent of `whole`: its length and its place in that
 * order; null when all of them together do not.
 */
const contigWhere = (
  contigs: ContigLengths,
  share: number,
  whole: number,
): { readonly length: number; readonly place: number } | null => {
  const wanted = (whole * share) / 100
  let sum = 0
  let place = 0
  for (const { length, contigs: count } of contigs) {
    if (sum + length * count >= wanted)
      return { length, place: place + Math.max(1, Math.ceil((wanted - sum) / length)) }
    sum += length * count
    place += count
  }
  return null
}
