/** Which sequences share how many words of length k: a cheap first look before an alignment. */
export interface WordIndex {
  /** Share (0..1) of the distinct words of `sequence`, either strand, found in each indexed sequence that has any. */
  containment(sequence: string): ReadonlyMap<string, number>
}

/** k up to 15, so that a word is one 30-bit integer. */
export const wordIndex = (sequences: readonly { id: string; sequence: string }[], k: number): WordIndex => {
  const owners = new Map<number, string[]>()
  for (const { id, sequence } of sequences) {
    for (const word of canonicalWords(sequence, k)) {
      const known = owners.get(word)
      if (known === undefined) owners.set(word, [id])
      else known.push(id)
    }
  }
  return {
    containment(sequence) {
      const words = canonicalWords(sequence, k)
      const shared = new Map<string, number>()
      for (const word of words) for (const id of owners.get(word) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1)
      return new Map([...shared].map(([id, count]) => [id, count / words.size]))
    },
  }
}

const canonicalWords = (sequence: string, k: number): Set<number> => {
  const words = new Set<number>()
  const mask = 4 ** k - 1
  let forward = 0
  let backward = 0
  let length = 0
  for (const base of sequence) {
    const code = 'ACGT'.indexOf(base)
    if (code === -1) {
      length = 0
      continue
    }
    forward = ((forward << 2) | code) & mask
    backward = (backward >>> 2) | ((3 - code) << (2 * (k - 1)))
    if (++length >= k) words.add(Math.min(forward, backward))
  }
  return words
}
