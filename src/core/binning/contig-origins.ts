import type { AlignedContig } from '../assembly/alignment.ts'
import { coveredLength } from '../assembly/intervals.ts'

/** Blocks below these say nothing of where a contig is from. */
const MIN_IDENTITY = 0.9
const MIN_BLOCK = 65
/** Share of a contig that has to align to its genome, and how much less may align to the next one. */
const MIN_ALIGNED = 0.5
const MOST_OF_BEST = 0.9

/** The genome a contig is from; null = none, or more than one could be it. */
export interface ContigOrigin {
  readonly name: string
  readonly length: number
  readonly genome: string | null
}

/** Finds out which genome contigs are from; one alignment for each genome. */
export interface OriginFinder {
  add(genome: string, contigs: readonly AlignedContig[]): void
  /** In the order of the first alignment. */
  origins(): readonly ContigOrigin[]
}

/**
 * A contig is from the genome that most of it aligns to at 90 % identity, if that is at least half of it and 10 % more
 * than what aligns to the next genome. Rule of this program.
 */
export const createOriginFinder = (): OriginFinder => {
  const contigs = new Map<string, { readonly length: number; genome: string; best: number; next: number }>()
  return {
    add: (genome, aligned) => {
      for (const { name, length, blocks } of aligned) {
        const found = contigs.get(name) ?? { length, genome, best: 0, next: 0 }
        contigs.set(name, found)
        const bases = coveredLength(
          blocks.filter(({ start, end, matches, mismatches, indelBases }) => {
            const columns = matches + mismatches + indelBases
            return end - start >= MIN_BLOCK && matches >= MIN_IDENTITY * columns
          }),
        )
        if (bases > found.best) {
          found.next = found.best
          found.best = bases
          found.genome = genome
        } else if (bases > found.next) found.next = bases
      }
    },
    origins: () =>
      [...contigs].map(([name, { length, genome, best, next }]) => {
        const isClear = best > 0 && best >= MIN_ALIGNED * length && next <= MOST_OF_BEST * best
        return { name, length, genome: isClear ? genome : null }
      }),
  }
}
