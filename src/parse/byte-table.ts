/** Bytes with a view on them that reads four at a time. */
export interface ViewedBytes {
  readonly bytes: Buffer
  readonly view: DataView
}

export const viewBytes = (bytes: Buffer): ViewedBytes => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
})

/**
 * A hash table whose keys are `width` ranges of bytes: what has been made of such bytes before can be had again
 * without decoding them. It grows to a limit and is emptied there, so keys that never repeat do not fill memory.
 */
export interface ByteTable<Value> {
  /** The value remembered for the ranges `from[i]..to[i]`. */
  readonly get: (view: DataView, from: Int32Array, to: Int32Array) => Value | undefined
  /** Remembers a value for the ranges `get` has just looked for in vain. */
  readonly put: (view: DataView, from: Int32Array, to: Int32Array, value: Value) => void
}

const FIRST_SLOTS = 1 << 9
const MOST_SLOTS = 1 << 16
const FIRST_ARENA_BYTES = 1 << 13
const MOST_ARENA_BYTES = 1 << 22
/** Longer keys are rarely repeated. */
const LONGEST_KEY = 4096
/** Keys are given up when, after this many lookups, most were new. */
const TRIAL = 1 << 14

export const createByteTable = <Value>(width: number): ByteTable<Value> => {
  let slots = FIRST_SLOTS
  /** Hash and index of the entry + 1 (0 = free), alternating. */
  let table = new Int32Array(slots * 2)
  /** For each entry its place in the arena, then the length of each range. */
  let places = new Int32Array((slots / 2) * (width + 1))
  let arena = new DataView(new ArrayBuffer(FIRST_ARENA_BYTES))
  let values: Value[] = []
  let used = 0
  let lookups = 0
  let misses = 0
  /** Entry found last: reports are sorted, so the next key is often the same. */
  let last = -1
  /** Hash of the key looked for last, or null when keys are no longer remembered. */
  let pending: number | null = null

  const freeSlot = (hash: number): number => {
    let slot = firstSlot(hash, slots)
    while (table[slot + 1] !== 0) slot = (slot + 2) & (slots * 2 - 1)
    return slot
  }

  const makeRoom = (length: number): void => {
    if (values.length * 2 >= MOST_SLOTS || used + length > MOST_ARENA_BYTES) {
      table.fill(0)
      values = []
      used = 0
      last = -1
    } else if (values.length * 2 >= slots) {
      const old = table
      slots *= 2
      table = new Int32Array(slots * 2)
      for (let at = 0; at < old.length; at += 2) {
        const [hash = 0, entry = 0] = [old[at], old[at + 1]]
        if (entry === 0) continue
        const slot = freeSlot(hash)
        table[slot] = hash
        table[slot + 1] = entry
      }
      places = widened(places, (slots / 2) * (width + 1))
    }
    while (used + length > arena.byteLength) {
      const wider = new Uint8Array(arena.byteLength * 2)
      wider.set(new Uint8Array(arena.buffer))
      arena = new DataView(wider.buffer)
    }
  }

  const isEntry = (index: number, view: DataView, from: Int32Array, to: Int32Array): boolean => {
    const place = index * (width + 1)
    let offset = places[place] ?? 0
    for (let range = 0; range < width; range++) {
      const start = from[range] ?? 0
      const length = (to[range] ?? 0) - start
      if (places[place + 1 + range] !== length || !isSame(arena, offset, view, start, length)) return false
      offset += length
    }
    return true
  }

  const find = (view: DataView, from: Int32Array, to: Int32Array, hash: number): number => {
    for (let slot = firstSlot(hash, slots); table[slot + 1] !== 0; slot = (slot + 2) & (slots * 2 - 1)) {
      const index = (table[slot + 1] ?? 0) - 1
      if (table[slot] === hash && isEntry(index, view, from, to)) return index
    }
    return -1
  }

  return {
    get: (view, from, to) => {
      if (last >= 0 && isEntry(last, view, from, to)) return values[last]
      pending = null
      // Read ids and the like never come again: after a trial they are no longer looked up.
      if (lookups > TRIAL && misses * 2 > lookups) return undefined
      lookups++
      let hash = width
      for (let range = 0; range < width; range++) hash = hashOf(view, from[range] ?? 0, to[range] ?? 0, hash)
      last = find(view, from, to, hash)
      if (last >= 0) return values[last]
      misses++
      pending = hash
      return undefined
    },
    put: (view, from, to, value) => {
      const length = totalLength(from, to, width)
      if (pending === null || length > LONGEST_KEY) return
      makeRoom(length)
      const slot = freeSlot(pending)
      last = values.length
      const place = last * (width + 1)
      table[slot] = pending
      table[slot + 1] = values.push(value)
      places[place] = used
      for (let range = 0; range < width; range++) {
        const [start, end] = [from[range] ?? 0, to[range] ?? 0]
        places[place + 1 + range] = end - start
        let at = start
        for (; at + 4 <= end; at += 4, used += 4) arena.setInt32(used, view.getInt32(at, true), true)
        for (; at < end; at++) arena.setUint8(used++, view.getUint8(at))
      }
    },
  }
}

const firstSlot = (hash: number, slots: number): number => ((hash ^ (hash >>> 15)) & (slots - 1)) * 2

const totalLength = (from: Int32Array, to: Int32Array, width: number): number => {
  let length = 0
  for (let range = 0; range < width; range++) length += (to[range] ?? 0) - (from[range] ?? 0)
  return length
}

const widened = (numbers: Int32Array, length: number): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(length)
  wider.set(numbers)
  return wider
}

const hashOf = (view: DataView, start: number, end: number, seed: number): number => {
  let hash = Math.imul(seed ^ (end - start), 0x85ebca6b)
  let at = start
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193)
  return hash
}

const isSame = (arena: DataView, offset: number, view: DataView, start: number, length: number): boolean => {
  let at = 0
  for (; at + 4 <= length; at += 4)
    if (arena.getInt32(offset + at, true) !== view.getInt32(start + at, true)) return false
  for (; at < length; at++) if (arena.getUint8(offset + at) !== view.getUint8(start + at)) return false
  return true
}
