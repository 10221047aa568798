import { missing, known, type Quantity } from '../score.ts'

/** Sizes of the parts of two partitions of the same things, and of what each two parts share. */
export interface PartSizes {
  readonly left: Iterable<number>
  readonly right: Iterable<number>
  readonly shared: Iterable<number>
}

/**
 * Rand index and adjusted Rand index (Hubert and Arabie, J. Classif. 2 (1985) 193). Pairs are counted exactly: pairs of
 * base pairs pass 2^53 from genomes of 134 million bp on. Undefined for fewer than two things; the adjusted index is 1
 * where its denominator is 0, as in AMBER.
 */
export const randIndices = (sizes: PartSizes): { readonly rand: Quantity; readonly adjusted: Quantity } => {
  const [left, right, shared] = [pairsWithin(sizes.left), pairsWithin(sizes.right), pairsWithin(sizes.shared)]
  const all = pairsOf(left.things)
  if (all === 0n) return { rand: missing('undefined_0/0'), adjusted: missing('undefined_0/0') }
  const rand = all - left.pairs - right.pairs + 2n * shared.pairs
  // Both terms times 2 · all, so that nothing is divided before the end.
  const expected = 2n * left.pairs * right.pairs
  const denominator = (left.pairs + right.pairs) * all - expected
  return {
    rand: known(Number(rand) / Number(all)),
    adjusted: known(denominator === 0n ? 1 : Number(2n * shared.pairs * all - expected) / Number(denominator)),
  }
}

const pairsWithin = (sizes: Iterable<number>): { readonly things: bigint; readonly pairs: bigint } => {
  let things = 0n
  let pairs = 0n
  for (const size of sizes) {
    things += BigInt(size)
    pairs += pairsOf(BigInt(size))
  }
  return { things, pairs }
}

const pairsOf = (things: bigint): bigint => (things * (things - 1n)) / 2n
