/** A source of numbers in [0, 1). */
export type RandomSource = () => number

/**
 * A small seeded generator: the same sequence for the same seed on every machine.
 *
 * Algorithm: mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, good enough for shuffles and
 * bootstraps, never for secrets. Of a larger seed both halves count.
 */
export const seededRandom = (seed: number | bigint): RandomSource => {
  let state = typeof seed === 'bigint' ? Number(BigInt.asUintN(32, seed ^ (seed >> 32n))) : seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A 32-bit seed from a text (FNV-1a), so that equal inputs give equal draws. */
export const seedOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
