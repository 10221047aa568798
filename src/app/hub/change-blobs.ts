import { classifyPath, type HubPath } from '../../core/hub/layout.ts'
import type { TreeChange, TreeReader } from './git-ports.ts'

/** What the bytes of one side are: null where there is nothing, or it is too large or no file. */
export interface ChangeWithBytes {
  readonly change: TreeChange
  readonly place: HubPath | null
  readonly before: Uint8Array | null
  readonly after: Uint8Array | null
}

interface Pending {
  readonly change: TreeChange
  readonly place: HubPath | null
  readonly wanted: readonly ('before' | 'after')[]
}

/** Which sides of a change have to be read to judge it. */
const sidesOf = (change: TreeChange, place: HubPath | null): readonly ('before' | 'after')[] => {
  // A seal was read with its month, which comes before it.
  if (place === null || place.kind === 'furniture' || place.kind === 'seal') return []
  if (change.after !== null && change.after.mode !== '100644') return []
  if (place.kind === 'run') {
    if (change.after === null) return ['before']
    return change.before === null ? ['after'] : []
  }
  const sides: ('before' | 'after')[] = []
  if (place.kind === 'segment' && change.before !== null) sides.push('before')
  if (change.after !== null) sides.push('after')
  return sides
}

// Beyond so many in a row that need no bytes, only hostile trees go; they are counted and no longer held.
const MOST_WAITING = 10_000

/** Changes in their order with the bytes they are judged by, read in bulk; a few at a time are in memory. */
export async function* withBytes(
  reader: TreeReader,
  changes: AsyncIterable<TreeChange>,
  maxBytes: (path: string) => number,
  dropped: { count: number },
): AsyncGenerator<ChangeWithBytes, void, undefined> {
  const pending: Pending[] = []
  const wanted = async function* () {
    for await (const change of changes) {
      const place = classifyPath(change.path)
      const sides = sidesOf(change, place)
      if (sides.length === 0 && pending.length >= MOST_WAITING) {
        dropped.count++
        continue
      }
      pending.push({ change, place, wanted: sides })
      for (const side of sides) {
        const file = change[side]
        if (file !== null) yield { oid: file.oid, path: change.path }
      }
    }
  }
  let read: { before: Uint8Array | null; after: Uint8Array | null } = { before: null, after: null }
  let sidesRead = 0
  const complete = function* (): Generator<ChangeWithBytes, void, undefined> {
    for (let next = pending[0]; next !== undefined && sidesRead === next.wanted.length; next = pending[0]) {
      pending.shift()
      yield { change: next.change, place: next.place, ...read }
      read = { before: null, after: null }
      sidesRead = 0
    }
  }
  for await (const { bytes } of reader.blobs(wanted(), maxBytes)) {
    yield* complete()
    const side = pending[0]?.wanted[sidesRead]
    if (side !== undefined) read = { ...read, [side]: bytes }
    sidesRead++
    yield* complete()
  }
  yield* complete()
}
