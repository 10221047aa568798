/** Bases of a stretch of sequence. */
export interface BaseCounts {
  length: number
  gc: number
  at: number
  lineFeeds: number
}

// What each byte is. Other ambiguity codes than N count as N: what they stand for is not known.
const [AMBIGUOUS, GC, AT, LINE_FEED, BLANK, STRANGE] = [0, 1, 2, 3, 4, 5] as const
const CLASS = new Uint8Array(256).fill(STRANGE)
for (const [letters, is] of [
  ['GC', GC],
  ['ATU', AT],
  ['NRYSWKMBDHV', AMBIGUOUS],
] as const)
  for (const letter of letters + letters.toLowerCase()) CLASS[letter.charCodeAt(0)] = is
CLASS[10] = LINE_FEED
for (const blank of [9, 13, 32]) CLASS[blank] = BLANK

// Two bytes at once: their counts side by side in one number, ten bits each, so that 255 pairs can be added up before
// one runs over. Pairs with anything else than bases and line feeds are taken apart.
const [AT_SHIFT, FEED_SHIFT, RARE] = [10, 20, 1 << 30] as const
const FIELD = 1023
const PAIRS = 255
const WEIGHT = [0, 1, 1 << AT_SHIFT, 1 << FEED_SHIFT, RARE, RARE]
let pairWeights: Int32Array | undefined

// Made when the first sequence comes: most programs read none, and the table takes longer than a small report.
const weightsOfPairs = (): Int32Array => {
  const weights = new Int32Array(1 << 16)
  for (let pair = 0; pair < weights.length; pair++) {
    const [first, second] = [WEIGHT[CLASS[pair & 255] ?? 0] ?? 0, WEIGHT[CLASS[pair >>> 8] ?? 0] ?? 0]
    weights[pair] = first === RARE || second === RARE ? RARE : first + second
  }
  return weights
}

/**
 * Adds the bases between `start` and `end` to `counts`. Line feeds and blanks have no length. Answers the place of the
 * first byte that belongs in no nucleotide sequence, or -1.
 */
export const countBases = (bytes: DataView, start: number, end: number, counts: BaseCounts): number => {
  const weights = (pairWeights ??= weightsOfPairs())
  let at = start
  let skipped = 0
  let [gc, adenineThymine, lineFeeds] = [0, 0, 0]
  const one = (place: number): boolean => {
    const is = CLASS[bytes.getUint8(place)]
    if (is === GC) gc++
    else if (is === AT) adenineThymine++
    else if (is === LINE_FEED) lineFeeds++
    else if (is === BLANK) skipped++
    return is === STRANGE
  }
  while (at + 2 <= end) {
    const stop = Math.min(at + 2 * PAIRS, end - 1)
    let sums = 0
    for (; at < stop; at += 2) {
      const weight = weights[bytes.getUint16(at, true)] ?? 0
      if (weight !== RARE) sums += weight
      else if (one(at)) return at
      else if (one(at + 1)) return at + 1
    }
    gc += sums & FIELD
    adenineThymine += (sums >>> AT_SHIFT) & FIELD
    lineFeeds += sums >>> FEED_SHIFT
  }
  if (at < end && one(at)) return at
  counts.length += end - start - lineFeeds - skipped
  counts.gc += gc
  counts.at += adenineThymine
  counts.lineFeeds += lineFeeds
  return -1
}
