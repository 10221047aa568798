import type { AmrCall } from './call.ts'
import { intervalOf, overlapOfShorter, type SequenceInterval } from './interval.ts'

// Neighbouring genes may share a few bases (operons); readings of one gene share most of the shorter one.
const SAME_PLACE = 0.5

/**
 * Locus policy `best`: of calls that lie on each other (linked by sharing at least half of the shorter one), the one
 * with the highest identity x coverage stays; equals fall to the higher score, then to the earlier row. Calls without
 * a position stay. The order of the report is kept.
 */
export const bestOfEachLocus = (calls: readonly AmrCall[]): readonly AmrCall[] => {
  const placed = calls
    .flatMap((call) => {
      const at = intervalOf(call)
      return at === null ? [] : [{ call, at }]
    })
    .sort((left, right) => compareText(left.at.contig, right.at.contig) || left.at.start - right.at.start)
  const dropped = new Set<AmrCall>()
  for (const cluster of clusters(placed)) {
    const best = cluster.map(({ call }) => call).reduce((kept, call) => (isBetter(call, kept) ? call : kept))
    for (const { call } of cluster) if (call !== best) dropped.add(call)
  }
  return calls.filter((call) => !dropped.has(call))
}

interface Placed {
  readonly call: AmrCall
  readonly at: SequenceInterval
}

/** Single-linkage groups of calls sorted by contig and start. */
const clusters = (placed: readonly Placed[]): readonly (readonly Placed[])[] => {
  let open: Placed[][] = []
  const done: Placed[][] = []
  for (const next of placed) {
    const [reachable, passed] = partition(open, (group) => group.some(({ at }) => reaches(at, next.at)))
    done.push(...passed)
    const [linked, apart] = partition(reachable, (group) =>
      group.some(({ at }) => overlapOfShorter(at, next.at) >= SAME_PLACE),
    )
    open = [...apart, [...linked.flat(), next]]
  }
  return [...done, ...open]
}

const reaches = (earlier: SequenceInterval, later: SequenceInterval): boolean =>
  earlier.contig === later.contig && earlier.stop >= later.start

const partition = <Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] => {
  const yes: Item[] = []
  const no: Item[] = []
  for (const item of items) (test(item) ? yes : no).push(item)
  return [yes, no]
}

const isBetter = (call: AmrCall, than: AmrCall): boolean => {
  const difference = quality(call) - quality(than) || (call.score ?? 0) - (than.score ?? 0)
  return difference > 0 || (difference === 0 && call.line < than.line)
}

// A tool that states one of the two only is judged by that one; a call that states neither loses to one that does.
const quality = ({ identity, coverage }: AmrCall): number =>
  identity === null && coverage === null ? 0 : (identity ?? 100) * (coverage ?? 100)

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
