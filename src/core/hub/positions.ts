/** A list in which everything stands once, filled as it is asked for positions (from 0). */
export interface Positions<T> {
  of(item: T): number
  readonly items: readonly T[]
}

/** `key` tells items apart. */
export const positions = <T>(key: (item: T) => string, first: readonly T[] = []): Positions<T> => {
  const items: T[] = []
  const known = new Map<string, number>()
  const of = (item: T): number => {
    const name = key(item)
    const there = known.get(name)
    if (there !== undefined) return there
    known.set(name, items.length)
    return items.push(item) - 1
  }
  first.forEach(of)
  return { of, items }
}
