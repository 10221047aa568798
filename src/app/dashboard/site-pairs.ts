/** Projects held against each other: the best of each, on a dataset both have. */
import { findBenchmarkType } from '../../core/benchmark-types.ts'
import { compare } from '../../core/comparison/compare.ts'
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import { selectChanges } from '../../core/comparison/select-changes.ts'
import type { BoardEntry, BoardModel } from '../../core/dashboard/board-model.ts'
import { datasetText } from '../../core/dataset-name.ts'
import { withSixDigits } from '../../core/ranking/six-digits.ts'
import type { PairModel } from './site-pages.ts'

/** Of each board the first so many projects: pairs grow with the square. */
const PAIRED_PROJECTS = 5

export interface Pair {
  readonly board: BoardModel
  readonly a: BoardEntry & { readonly project: string }
  readonly b: BoardEntry & { readonly project: string }
}

/** Pairs of a site, each once: on the board where the older of the two results is newest. */
export const pairsOf = (boards: readonly BoardModel[]): readonly Pair[] => {
  const pairs = new Map<string, Pair>()
  for (const board of boards) {
    const best = new Map<string, Pair['a']>()
    for (const entry of board.entries)
      if (entry.project !== null && best.size < PAIRED_PROJECTS && !best.has(entry.project))
        best.set(entry.project, { ...entry, project: entry.project })
    const members = [...best.values()].sort((left, right) => (left.project < right.project ? -1 : 1))
    for (const [index, a] of members.entries())
      for (const b of members.slice(index + 1)) {
        const key = JSON.stringify([a.project, b.project])
        const known = pairs.get(key)
        if (known === undefined || ageOf({ a, b }) > ageOf(known)) pairs.set(key, { board, a, b })
      }
  }
  return [...pairs].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, pair]) => pair)
}

const ageOf = ({ a, b }: Pick<Pair, 'a' | 'b'>): string => (a.newest < b.newest ? a.newest : b.newest)

/** Null where the executions of one of them are not kept. `metrics`: only these, and failures; none: all. */
export const comparePair = (
  { board, a, b }: Pair,
  compared: (entry: BoardEntry) => ComparedRun | null,
  metrics: readonly string[] = [],
): PairModel | null => {
  const [left, right] = [compared(a), compared(b)]
  if (left === null || right === null) return null
  const side = ({ pipeline, params }: BoardEntry) => ({ pipeline, params })
  const whole = compare({
    baseline: [left],
    candidate: [right],
    primaryMetrics: findBenchmarkType(board.category)?.primaryMetrics ?? [],
    options: { matches: [{ baseline: side(a), candidate: side(b) }] },
  })
  const found = selectChanges(whole, { metrics, levels: [], pipelines: [] })
  const of = ({ project, pipeline, version, run_id }: Pair['a']) => ({ project, pipeline, version, run_id })
  return withSixDigits<PairModel>({
    schema: 'benchmark.dashboard-comparison/1',
    ...{ category: board.category, dataset: datasetText(board.dataset), a: of(a), b: of(b), verdict: found.verdict },
    changes: found.changes.map((change) => ({
      ...{ metric: change.metric, level: change.level, rank: change.rank, unit: change.unit },
      ...{ direction: change.direction, n_common: change.nCommon, a: change.baseline, b: change.candidate },
      ...{ effect: change.effect, effect_scale: change.effectScale, low: change.low, high: change.high },
      ...{ p_adjusted: change.pAdjusted, verdict: change.verdict },
    })),
  })
}
