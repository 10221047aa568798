import { known, missing, type Quantity, ratio } from '../score.ts'
import type { AlignedContig, AlignmentBlock } from './alignment.ts'
import type { ContigLengths, MetricValue } from './assembly.ts'
import { areaAndShares } from './contiguity.ts'
import { coveredLength } from './intervals.ts'
import { placeContig, type PlacedContig } from './place-contig.ts'

/** A contig with this much that does not align is a partially unaligned one (QUAST's default). */
const UNALIGNED_PART = 500

/** What an alignment of contigs says of them; contigs below `minContig` do not count. */
export const alignmentValues = (
  contigs: readonly AlignedContig[],
  { minContig, referenceLength }: { readonly minContig: number; readonly referenceLength: number },
): readonly MetricValue[] => {
  const placed = contigs.filter(({ length }) => length >= minContig).map(placeContig)
  const blocks = placed.flatMap((one) => one.blocks)
  const pieces = placed.flatMap((one) => one.pieces)
  const total = sum(placed, ({ contig }) => contig.length)
  const aligned = sum(placed, (one) => one.aligned)
  const covered = coveredOfReferences(blocks)
  const compared = sum(blocks, ({ matches, mismatches }) => matches + mismatches)
  // Breaks in a contig that is mostly something else say little of the assembler.
  const trusted = placed.filter(isMostlyAligned)
  const misassembled = trusted.filter(({ breaks }) => breaks.misassembly > 0)
  const count = (kind: keyof PlacedContig['breaks']): Quantity => known(sum(trusted, ({ breaks }) => breaks[kind]))
  return [
    ['genome_fraction', ratio(100 * covered, referenceLength)],
    ['duplication_ratio', ratio(aligned, covered)],
    ...areaAndShares('ga', lengthClasses(pieces), referenceLength),
    ...areaAndShares('a', lengthClasses(pieces), total),
    ['misassemblies', count('misassembly')],
    ['misassembled_contigs', known(misassembled.length)],
    ['misassembled_contigs_length', known(sum(misassembled, ({ contig }) => contig.length))],
    ['local_misassemblies', count('local')],
    [
      'unaligned_misassembled_contigs',
      known(placed.filter((one) => !isMostlyAligned(one) && one.breaks.misassembly > 0).length),
    ],
    ['unaligned_contigs', known(placed.filter((one) => one.blocks.length === 0).length)],
    [
      'partially_unaligned_contigs',
      known(placed.filter((one) => one.blocks.length > 0 && one.contig.length - one.aligned >= UNALIGNED_PART).length),
    ],
    ['unaligned_length', known(total - aligned)],
    ['mismatches_per_100kbp', ratio(100_000 * sum(blocks, ({ mismatches }) => mismatches), compared)],
    ['indels_per_100kbp', ratio(100_000 * sum(blocks, ({ indels }) => indels), compared)],
    ['largest_alignment', pieces.length === 0 ? missing('undefined_0/0') : known(pieces.reduce(larger, 0))],
    ['total_aligned_length', known(aligned)],
  ]
}

const isMostlyAligned = ({ contig, aligned }: PlacedContig): boolean => aligned * 2 >= contig.length

const larger = (left: number, right: number): number => Math.max(left, right)

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

const coveredOfReferences = (blocks: readonly AlignmentBlock[]): number => {
  const byReference = new Map<string, { start: number; end: number }[]>()
  for (const { reference, referenceStart: start, referenceEnd: end } of blocks) {
    const intervals = byReference.get(reference)
    if (intervals === undefined) byReference.set(reference, [{ start, end }])
    else intervals.push({ start, end })
  }
  return sum([...byReference.values()], coveredLength)
}

const lengthClasses = (lengths: readonly number[]): ContigLengths => {
  const counts = new Map<number, number>()
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts]
    .map(([length, contigs]) => ({ length, contigs, gc: 0, acgt: 0 }))
    .sort((left, right) => right.length - left.length)
}
