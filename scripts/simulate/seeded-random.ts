/** Random numbers that are the same on every machine: integer arithmetic only, one stream for each label. */
export interface Random {
  /** An integer in 0..bound-1. */
  below(bound: number): number
  pick<T>(items: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
  /** An independent stream; drawing from it does not move this one. */
  stream(label: string): Random
}

/** A stream named by a seed and a label, so that adding one sample leaves all others as they were. */
export const seededRandom = (seed: number | string): Random => {
  const next = sfc32(hashOf(`${seed}:a`), hashOf(`${seed}:b`), hashOf(`${seed}:c`))
  const below = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1) throw new RangeError(`below() needs a positive integer, not ${bound}`)
    // Values of the last, incomplete block are drawn again: taking them would favour small results.
    const limit = Math.floor(2 ** 32 / bound) * bound
    for (;;) {
      const value = next()
      if (value < limit) return value % bound
    }
  }
  const shuffled = <T>(items: readonly T[]): T[] => {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last--) {
      const other = below(last + 1)
      ;[result[last], result[other]] = [result[other]!, result[last]!]
    }
    return result
  }
  return {
    below,
    shuffled,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    stream: (label) => seededRandom(`${seed}/${label}`),
  }
}

/** Small Fast Counting generator of PractRand (public domain), 32-bit words, warmed up by 15 rounds. */
const sfc32 = (first: number, second: number, third: number): (() => number) => {
  let a = first
  let b = second
  let c = third
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  for (let round = 0; round < 15; round++) next()
  return next
}

/** FNV-1a, 32 bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}
