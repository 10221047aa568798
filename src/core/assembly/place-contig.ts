import { type AlignedContig, type AlignmentBlock, LONG_GAP } from './alignment.ts'
import { coveredLength } from './intervals.ts'

/** Blocks below these count as not aligned (QUAST: --min-identity, --min-alignment). */
const MIN_IDENTITY = 0.95
const MIN_BLOCK = 65
/** Sides of a break that are further apart than this make a misassembly, from LONG_GAP on a local one (as in QUAST). */
const EXTENSIVE = 1000

/** The places a contig is from. */
export interface PlacedContig {
  readonly contig: AlignedContig
  /** In the order of the contig. */
  readonly blocks: readonly AlignmentBlock[]
  /** Bases of the contig in blocks. */
  readonly aligned: number
  /** Aligned bases of each piece that is left when the contig is broken at its misassemblies. */
  readonly pieces: readonly number[]
  readonly breaks: Readonly<Record<BreakKind, number>>
}

type BreakKind = 'misassembly' | 'local'

/**
 * Chooses where a contig is from and finds the breaks. The block with most matches is taken first; another one if at
 * least half of it is not in blocks taken before. A break between two blocks that follow each other is a misassembly if
 * they are on other references or strands, or more than 1 kbp away from where they should be to each other. References
 * are taken to be circular, so that the end may be followed by the beginning.
 */
export const placeContig = (contig: AlignedContig): PlacedContig => {
  const blocks = chosenBlocks(contig.blocks)
  const breaks = { misassembly: 0, local: 0 }
  const pieces: AlignmentBlock[][] = []
  let before: AlignmentBlock | null = null
  for (const block of blocks) {
    const kind = before === null ? null : breakBetween(before, block)
    if (kind !== null) breaks[kind]++
    const piece = pieces.at(-1)
    if (piece === undefined || kind === 'misassembly') pieces.push([block])
    else piece.push(block)
    before = block
  }
  return { contig, blocks, aligned: coveredLength(blocks), pieces: pieces.map(coveredLength), breaks }
}

/** Share of equal bases in a block, gaps counted by their bases. */
const identityOf = ({ matches, mismatches, indelBases }: AlignmentBlock): number =>
  matches / Math.max(1, matches + mismatches + indelBases)

const chosenBlocks = (blocks: readonly AlignmentBlock[]): readonly AlignmentBlock[] => {
  const chosen: AlignmentBlock[] = []
  const eligible = blocks.filter((block) => block.end - block.start >= MIN_BLOCK && identityOf(block) >= MIN_IDENTITY)
  for (const block of eligible.sort((left, right) => right.matches - left.matches || left.start - right.start)) {
    const inside = chosen.flatMap(({ start, end }) => {
      const [from, to] = [Math.max(start, block.start), Math.min(end, block.end)]
      return from < to ? [{ start: from, end: to }] : []
    })
    if (coveredLength(inside) * 2 <= block.end - block.start) chosen.push(block)
  }
  return withoutOverlaps(chosen.sort((left, right) => left.start - right.start || left.end - right.end))
}

// Around a break a few bases often fit both sides. They are counted once, on the longer side.
const withoutOverlaps = (blocks: readonly AlignmentBlock[]): readonly AlignmentBlock[] => {
  const trimmed = [...blocks]
  for (let index = 1; index < trimmed.length; index++) {
    const [left, right] = [trimmed[index - 1], trimmed[index]]
    if (left === undefined || right === undefined) continue
    const overlap = left.end - right.start
    if (overlap <= 0 || overlap >= Math.min(lengthOf(left), lengthOf(right))) continue
    if (lengthOf(left) < lengthOf(right)) trimmed[index - 1] = cut(left, 'end', overlap)
    else trimmed[index] = cut(right, 'start', overlap)
  }
  return trimmed
}

const lengthOf = ({ start, end }: AlignmentBlock): number => end - start

const cut = (block: AlignmentBlock, side: 'start' | 'end', bases: number): AlignmentBlock => {
  const isReferenceStart = (side === 'start') !== block.isReverse
  const most = Math.min(bases, block.referenceEnd - block.referenceStart)
  return {
    ...block,
    ...(side === 'start' ? { start: block.start + bases } : { end: block.end - bases }),
    ...(isReferenceStart
      ? { referenceStart: block.referenceStart + most }
      : { referenceEnd: block.referenceEnd - most }),
  }
}

const breakBetween = (left: AlignmentBlock, right: AlignmentBlock): BreakKind | null => {
  if (left.reference !== right.reference || left.isReverse !== right.isReverse) return 'misassembly'
  const shift = shiftBetween(left, right)
  if (shift > EXTENSIVE) return 'misassembly'
  return shift >= LONG_GAP ? 'local' : null
}

/** How far two blocks on one strand of one reference are from where they should be to each other, in bp. */
const shiftBetween = (left: AlignmentBlock, right: AlignmentBlock): number => {
  const onContig = right.start - left.end
  const onReference = left.isReverse
    ? left.referenceStart - right.referenceEnd
    : right.referenceStart - left.referenceEnd
  const shift = Math.abs(onReference - onContig)
  return Math.min(shift, Math.abs(left.referenceLength - shift))
}
