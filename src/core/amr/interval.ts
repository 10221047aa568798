/** A stretch of a sequence, 1-based, both ends included. */
export interface SequenceInterval {
  readonly contig: string
  readonly start: number
  readonly stop: number
}

/** The stretch a call or truth gene names, or null when it does not say where it is. */
export const intervalOf = (gene: {
  readonly contig: string | null
  readonly start: number | null
  readonly stop: number | null
}): SequenceInterval | null =>
  gene.contig === null || gene.start === null || gene.stop === null
    ? null
    : {
        contig: gene.contig.trim().split(/\s/)[0] ?? '',
        start: Math.min(gene.start, gene.stop),
        stop: Math.max(gene.start, gene.stop),
      }

const length = ({ start, stop }: SequenceInterval): number => stop - start + 1

/** Bases both cover; 0 on different contigs. */
export const sharedBases = (left: SequenceInterval, right: SequenceInterval): number =>
  left.contig === right.contig
    ? Math.max(0, Math.min(left.stop, right.stop) - Math.max(left.start, right.start) + 1)
    : 0

/** Shared bases as a share of the longer one: both are covered at least this much. */
export const reciprocalOverlap = (left: SequenceInterval, right: SequenceInterval): number =>
  sharedBases(left, right) / Math.max(length(left), length(right))

/** Shared bases as a share of the shorter one. */
export const overlapOfShorter = (left: SequenceInterval, right: SequenceInterval): number =>
  sharedBases(left, right) / Math.min(length(left), length(right))
