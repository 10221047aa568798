/** How much may be under way or waiting to be taken: so many items, or so much of what they weigh. */
export interface InFlight<Item> {
  readonly items: number
  readonly weight: number
  readonly weigh: (item: Item) => number
}

/**
 * Works on many items at once and hands the results out in the order of the items. What is under way or waiting to be
 * taken is bounded, so that memory does not grow with the source. A failure ends it at its place in the order.
 */
export async function* mapInOrder<Item, Result>(
  source: AsyncIterable<Item>,
  most: InFlight<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const waiting: { readonly promise: Promise<Result>; readonly weight: number }[] = []
  let total = 0
  for await (const item of source) {
    const promise = work(item)
    // Whoever awaits it sees the failure; until then it must not count as unhandled.
    promise.catch(() => undefined)
    const weight = most.weigh(item)
    total += weight
    waiting.push({ promise, weight })
    while (waiting.length >= most.items || total > most.weight) {
      const first = waiting.shift()
      if (first === undefined) break
      total -= first.weight
      yield await first.promise
    }
  }
  for (const { promise } of waiting) yield await promise
}
