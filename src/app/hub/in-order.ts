/**
 * Works on many items at once and hands the results out in the order of the items. At most `limit` are under way or
 * waiting to be taken, so that memory does not grow with the source. A failure ends it at its place in the order.
 */
export async function* mapInOrder<Item, Result>(
  source: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const waiting: Promise<Result>[] = []
  for await (const item of source) {
    const promise = work(item)
    // Whoever awaits it sees the failure; until then it must not count as unhandled.
    promise.catch(() => undefined)
    waiting.push(promise)
    if (waiting.length >= limit) yield await (waiting.shift() as Promise<Result>)
  }
  for (const promise of waiting) yield await promise
}
