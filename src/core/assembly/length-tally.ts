import type { ContigLengths } from './assembly.ts'

/** Collects contigs by length: memory grows with the number of different lengths, not with that of contigs. */
export interface LengthTally {
  add(contig: { readonly length: number; readonly gc: number; readonly at: number }): void
  /** Longest first. */
  lengths(): ContigLengths
}

export const createLengthTally = (): LengthTally => {
  const classes = new Map<number, { length: number; contigs: number; gc: number; acgt: number }>()
  return {
    add: ({ length, gc, at }) => {
      const known = classes.get(length)
      if (known === undefined) classes.set(length, { length, contigs: 1, gc, acgt: gc + at })
      else {
        known.contigs++
        known.gc += gc
        known.acgt += gc + at
      }
    },
    lengths: () => [...classes.values()].sort((left, right) => right.length - left.length),
  }
}
