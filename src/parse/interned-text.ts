/** Bytes with a view on them that reads four at a time. */
export interface ViewedBytes {
  readonly bytes: Buffer
  readonly view: DataView
}

export const viewBytes = (bytes: Buffer): ViewedBytes => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
})

const MOST_ENTRIES = 1 << 15
const SLOTS = MOST_ENTRIES * 2
/** Numbers kept of an entry: hash, place in the arena, length, index of the string + 1 (0 = free). */
const ENTRY = 4
const ARENA_BYTES = 2 * 1024 * 1024
/** Longer texts are rarely repeated and would fill the arena. */
const LONGEST_KEPT = 512

/**
 * Turns bytes into text, equal bytes into one and the same string. Reports repeat a few thousand gene, class and contig
 * names on millions of lines; comparing bytes with those seen before is much cheaper than decoding them again. The
 * table is emptied when it is full, so columns where every cell differs (read ids) do not fill memory.
 */
export const createInternedText = (): ((source: ViewedBytes, start: number, end: number) => string) => {
  const arena = new DataView(new ArrayBuffer(ARENA_BYTES))
  const table = new Int32Array(SLOTS * ENTRY)
  let values: string[] = []
  let used = 0

  const remember = (source: ViewedBytes, start: number, end: number, hash: number, entry: number): string => {
    const value = source.bytes.toString('utf8', start, end)
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
    let entry = firstEntry(hash)
    for (; table[entry + 3] !== 0; entry = (entry + ENTRY) & (SLOTS * ENTRY - 1))
      if (
        table[entry] === hash &&
        table[entry + 2] === length &&
        isSame(arena, table[entry + 1] ?? 0, source.view, start, length)
      )
        return values[(table[entry + 3] ?? 0) - 1] ?? ''
    if (values.length >= MOST_ENTRIES || used + length > ARENA_BYTES) {
      table.fill(0)
      values = []
      used = 0
      entry = firstEntry(hash)
    }
    return remember(source, start, end, hash, entry)
  }
}

const firstEntry = (hash: number): number => ((hash ^ (hash >>> 15)) & (SLOTS - 1)) * ENTRY

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
