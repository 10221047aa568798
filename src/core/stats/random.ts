/** A source of numbers in [0, 1). */
export type RandomSource = () => number

/** Mulberry32 (T. Ettinger, 2017): the same seed gives the same numbers on every machine. Not for secrets. */
export const seededRandom = (seed: number | bigint): RandomSource => {
  const bits = BigInt(seed)
  let state = Number(BigInt.asUintN(32, bits ^ (bits >> 32n)))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
