/** A stretch of a contig that aligns to a stretch of a reference, without a gap of `LONG_GAP` or more. */
export interface AlignmentBlock {
  readonly reference: string
  readonly referenceLength: number
  /** On the contig; counted from 0, the end not included, as all places here. */
  readonly start: number
  readonly end: number
  readonly referenceStart: number
  readonly referenceEnd: number
  readonly isReverse: boolean
  readonly matches: number
  /** N on either side is none. */
  readonly mismatches: number
  /** Insertions and deletions, and the bases in them. */
  readonly indels: number
  readonly indelBases: number
}

/** A contig and everything of it that aligns; blocks may overlap and compete. */
export interface AlignedContig {
  readonly name: string
  readonly length: number
  readonly blocks: readonly AlignmentBlock[]
}

/** Where a single alignment lies, before it is cut into blocks. */
export type Placement = Pick<
  AlignmentBlock,
  'reference' | 'referenceLength' | 'start' | 'end' | 'referenceStart' | 'referenceEnd' | 'isReverse'
>

/** Gaps from this length on are breaks between blocks, not indels; QUAST's shortest local misassembly. */
export const LONG_GAP = 200

const OPERATION = /:(\d{1,12})|=([A-Za-z]+)|\*([A-Za-z])([A-Za-z])|([+-])([A-Za-z]+)/y

/**
 * Cuts an alignment into blocks, from the difference string that minimap2 writes with `--cs` (short or long form). Null
 * when the string is none, or says another length than the placement.
 */
export const blocksOf = (placement: Placement, differences: string): readonly AlignmentBlock[] | null => {
  const blocks: AlignmentBlock[] = []
  let [at, referenceAt] = [0, placement.referenceStart]
  let block = emptyBlock(at, referenceAt)
  const length = placement.end - placement.start
  const close = (): void => {
    if (block.columns > 0) blocks.push(placed(block, at, referenceAt, placement))
  }
  OPERATION.lastIndex = 0
  for (let end = 0; end < differences.length; end = OPERATION.lastIndex) {
    const [, same, sameBases, theirs, ours, sign, bases] = OPERATION.exec(differences) ?? []
    if (same !== undefined || sameBases !== undefined) {
      const count = sameBases?.length ?? Number(same)
      block.matches += count
      block.columns += count
      at += count
      referenceAt += count
    } else if (theirs !== undefined && ours !== undefined) {
      if (!isUnknown(theirs) && !isUnknown(ours)) block.mismatches++
      block.columns++
      at++
      referenceAt++
    } else if (bases !== undefined) {
      const isLong = bases.length >= LONG_GAP
      if (isLong) close()
      else if (!isUnknown(bases)) {
        block.indels++
        block.indelBases += bases.length
      }
      if (sign === '+') at += bases.length
      else referenceAt += bases.length
      if (isLong) block = emptyBlock(at, referenceAt)
    } else return null
    if (at > length || referenceAt > placement.referenceEnd) return null
  }
  close()
  return at === length && referenceAt === placement.referenceEnd ? blocks : null
}

const isUnknown = (bases: string): boolean => /^n+$/i.test(bases)

interface OpenBlock {
  readonly at: number
  readonly referenceAt: number
  columns: number
  matches: number
  mismatches: number
  indels: number
  indelBases: number
}

const emptyBlock = (at: number, referenceAt: number): OpenBlock => ({
  at,
  referenceAt,
  columns: 0,
  matches: 0,
  mismatches: 0,
  indels: 0,
  indelBases: 0,
})

// The string runs along the reference: backwards on a contig that aligns to the other strand.
const placed = (block: OpenBlock, at: number, referenceAt: number, placement: Placement): AlignmentBlock => {
  const { reference, referenceLength, isReverse, start, end } = placement
  const { matches, mismatches, indels, indelBases } = block
  return {
    reference,
    referenceLength,
    start: isReverse ? end - at : start + block.at,
    end: isReverse ? end - block.at : start + at,
    referenceStart: block.referenceAt,
    referenceEnd: referenceAt,
    isReverse,
    matches,
    mismatches,
    indels,
    indelBases,
  }
}
