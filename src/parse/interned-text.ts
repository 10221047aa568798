/** Bytes with a view on them that reads four at a time. */
export interface ViewedBytes {
  readonly bytes: Buffer
  readonly view: DataView
}

export const viewBytes = (bytes: Buffer): ViewedBytes => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
})

/** Numbers kept of an entry: hash, place in the arena, length, index of the string + 1 (0 = free). */
const ENTRY = 4
const FIRST_SLOTS = 1 << 9
const MOST_SLOTS = 1 << 16
const FIRST_ARENA_BYTES = 1 << 13
const MOST_ARENA_BYTES = 1 << 21
/** Longer texts are rarely repeated and would fill the arena. */
const LONGEST_KEPT = 512

/**
 * Turns bytes into text, equal bytes into one and the same string. Reports repeat a few thousand gene, class and contig
 * names on millions of lines; comparing bytes with those seen before is much cheaper than decoding them again. The
 * table grows to a limit and is emptied there, so columns where every cell differs (read ids) do not fill memory.
 */
export const createInternedText = (): ((source: ViewedBytes, start: number, end: number) => string) => {
  let slots = FIRST_SLOTS
  let table = new Int32Array(slots * ENTRY)
  let arena = new DataView(new ArrayBuffer(FIRST_ARENA_BYTES))
  let values: string[] = []
  let used = 0

  const freeEntry = (hash: number): number => {
    let entry = firstEntry(hash, slots)
    while (table[entry + 3] !== 0) entry = (entry + ENTRY) & (slots * ENTRY - 1)
    return entry
  }

  const makeRoom = (length: number): void => {
    const isFull = values.length * 2 >= MOST_SLOTS || used + length > MOST_ARENA_BYTES
    if (isFull) {
      table.fill(0)
      values = []
      used = 0
      return
    }
    if (values.length * 2 >= slots) {
      const old = table
      slots *= 2
      table = new Int32Array(slots * ENTRY)
      for (let from = 0; from < old.length; from += ENTRY)
        if (old[from + 3] !== 0) table.set(old.subarray(from, from + ENTRY), freeEntry(old[from] ?? 0))
    }
    if (used + length > arena.byteLength) {
      const wider = new Uint8Array(Math.min(MOST_ARENA_BYTES, arena.byteLength * 2))
      wider.set(new Uint8Array(arena.buffer))
      arena = new DataView(wider.buffer)
    }
  }

  const remember = (source: ViewedBytes, start: number, end: number, hash: number): string => {
    makeRoom(end - start)
    const value = source.bytes.toString('utf8', start, end)
    const entry = freeEntry(hash)
    table[entry] = hash
    table[entry + 1] = used
    table[entry + 2] = end - start
    table[entry + 3] = values.push(value)
    for (let at = start; at < end; at++) arena.setUint8(used++, source.view.getUint8(at))
    return value
  }

  return (source, start, end) => {
    const length = end - start
    if (length > LONGEST_KEPT) return source.bytes.toString('utf8', start, end)
    const hash = hashOf(source.view, start, end)
    for (let entry = firstEntry(hash, slots); table[entry + 3] !== 0; entry = (entry + ENTRY) & (slots * ENTRY - 1))
      if (
        table[entry] === hash &&
        table[entry + 2] === length &&
        isSame(arena, table[entry + 1] ?? 0, source.view, start, length)
      )
        return values[(table[entry + 3] ?? 0) - 1] ?? ''
    return remember(source, start, end, hash)
  }
}

const firstEntry = (hash: number, slots: number): number => ((hash ^ (hash >>> 15)) & (slots - 1)) * ENTRY

const hashOf = (view: DataView, start: number, end: number): number => {
  let hash = end - start
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
