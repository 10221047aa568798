const MOST_ENTRIES = 100_000

/**
 * Gives equal cells one string. A substring keeps the whole block it was cut from alive, so what is kept is a copy;
 * columns where every cell differs (read ids) must not fill memory, so the table is emptied when it is full.
 */
export const createInternedText = (): ((text: string, start: number, end: number) => string) => {
  let known = new Map<string, string>()
  return (text, start, end) => {
    const cut = text.slice(start, end)
    const found = known.get(cut)
    if (found !== undefined) return found
    const copy = detached(cut)
    if (known.size >= MOST_ENTRIES) known = new Map()
    known.set(copy, copy)
    return copy
  }
}

// V8 flattens a concatenation into new memory when it is sliced.
const detached = (text: string): string => ` ${text}`.slice(1)
