/** Tells names that were there before, by digests of 64 bits: an assembly has too many names to keep them. */
export interface NameSet {
  /** Adds the name written between `start` and `end`; false when it was there. */
  add(bytes: Buffer, start: number, end: number): boolean
}

const FIRST_SLOTS = 1 << 10

export const createNameSet = (): NameSet => {
  let slots = FIRST_SLOTS
  /** Two halves of a digest, alternating; both 0 = free. */
  let table = new Int32Array(slots * 2)
  let size = 0

  // True when the digest was put in, false when it was there.
  const insert = (low: number, high: number): boolean => {
    for (let slot = (low & (slots - 1)) * 2; ; slot = (slot + 2) & (slots * 2 - 1)) {
      if (table[slot] === low && table[slot + 1] === high) return false
      if (table[slot] !== 0 || table[slot + 1] !== 0) continue
      table[slot] = low
      table[slot + 1] = high
      return true
    }
  }

  const grow = (): void => {
    const old = table
    slots *= 2
    table = new Int32Array(slots * 2)
    for (let at = 0; at < old.length; at += 2) {
      const [low, high] = [old[at] ?? 0, old[at + 1] ?? 0]
      if (low !== 0 || high !== 0) insert(low, high)
    }
  }

  return {
    add: (bytes, start, end) => {
      if (size * 4 >= slots * 3) grow()
      let [low, high] = [0x811c9dc5 | 0, end - start]
      for (let at = start; at < end; at++) {
        const code = bytes[at] ?? 0
        low = Math.imul(low ^ code, 0x01000193)
        high = Math.imul(high ^ code, 0x9e3779b1)
        high ^= high >>> 15
      }
      low ^= low >>> 15
      const isNew = insert(low === 0 && high === 0 ? 1 : low, high)
      if (isNew) size++
      return isNew
    },
  }
}
