import {
  type BoardEntry,
  type BoardModel,
  byCategory,
  type Category,
  type CategoryRow,
} from '../../../core/dashboard/board-model.ts'
import { paramsText } from '../../../core/dashboard/shard.ts'
import { datasetText } from '../../../core/dataset-name.ts'
import type { BarsSpec, DotIntervalSpec, DataTable, ParetoSpec } from '../charts/spec.ts'
import { type Block, figure, table, text } from './blocks.ts'
import { boardTitle, candidateName, day, pipelinePath, type Site } from './site.ts'

const SHOWN_BARS = 10

const AXES: Readonly<Record<Category, { label: string; unit: string; direction: 'higher' | 'lower' }>> = {
  overall: { label: 'Score', unit: 'ratio', direction: 'higher' },
  accuracy: { label: 'Score of the accuracy metrics', unit: 'ratio', direction: 'higher' },
  speed: { label: 'Wall time a sample', unit: 'seconds', direction: 'lower' },
  memory: { label: 'Peak memory', unit: 'bytes', direction: 'lower' },
  cost: { label: 'Cost of a sample', unit: 'currency', direction: 'lower' },
}

const METHODS: Readonly<Record<Category, string>> = {
  overall:
    'Weighted mean of utilities on fixed anchors. Interval, from 10 samples on: 95 % of paired bootstrap draws over samples. Equal within the draws: a shared place.',
  accuracy:
    'Score of the metrics that are no resource, on fixed anchors. Interval, from 10 samples on: 95 % of paired bootstrap draws over samples.',
  speed:
    'Geometric mean of wall time over samples, 95 % t interval of the logarithms. Only machines of one class are on one axis.',
  memory: 'Geometric mean of peak memory over samples, 95 % t interval of the logarithms.',
  cost: 'Processor hours and memory hours of one sample at the prices of the price table.',
}

const hasSeveralProjects = ({ entries }: BoardModel): boolean => new Set(entries.map(({ project }) => project)).size > 1

/**
 * Bars of the first candidates of a category; of times and memory those of the largest machine class. Under one key on
 * every page: they are drawn once.
 */
export const boardBars = (site: Site, board: BoardModel, category: Category): readonly Block[] => {
  const key = `bars-${board.category}-${category}`
  const [first] = byCategory(board, category)
  if (first === undefined || first.rows.length === 0) return []
  const several = hasSeveralProjects(board)
  const spec: BarsSpec = {
    kind: 'bars',
    key,
    title: `${AXES[category].label}: the first ${String(Math.min(SHOWN_BARS, first.rows.length))} on ${datasetText(board.dataset)}`,
    method: `${METHODS[category]}${first.machine === null ? '' : ` Machine class: ${first.machine}.`}`,
    x: { ...AXES[category], unit: category === 'cost' ? (board.prices?.currency ?? '') : AXES[category].unit },
    rows: first.rows.slice(0, SHOWN_BARS).map(({ entry, value, low, high }) => ({
      label: candidateName(entry, several),
      ...{ value, low, high },
    })),
  }
  return [figure(site.chart(spec), key)]
}

/** Places of the first candidates with the interval each may really have. */
export const boardRanks = (site: Site, board: BoardModel): readonly Block[] => {
  const key = `ranks-${board.category}`
  const [first] = byCategory(board, 'overall')
  if (first === undefined || first.rows.every(({ rank_low }) => rank_low === null)) return []
  const several = hasSeveralProjects(board)
  const spec: DotIntervalSpec = {
    kind: 'dotInterval',
    key,
    title: `Ranks that the first ${String(Math.min(SHOWN_BARS, first.rows.length))} may have`,
    method:
      'Rank, and 95 % of the ranks in paired bootstrap draws over samples. Candidates whose intervals overlap are not told apart.',
    x: { label: 'Rank', unit: 'count', direction: 'lower' },
    reference: null,
    rows: first.rows.slice(0, SHOWN_BARS).map(({ entry, rank, rank_low, rank_high }) => ({
      label: candidateName(entry, several),
      ...{ value: rank, low: rank_low, high: rank_high },
    })),
  }
  return [figure(site.chart(spec), key)]
}

const MOST_MARKS = 30

const isOnFront = (rows: readonly CategoryRow[], entry: BoardEntry): boolean => {
  const time = ({ wall_seconds }: BoardEntry): number => wall_seconds?.value ?? Infinity
  return rows.every(
    ({ entry: other }) =>
      other === entry ||
      time(other) > time(entry) ||
      other.score < entry.score ||
      (time(other) === time(entry) && other.score === entry.score),
  )
}

/** Score against wall time: nobody on the front is beaten in both. */
export const boardPareto = (site: Site, board: BoardModel, key: string, subject: string | null): readonly Block[] => {
  const machines = byCategory(board, 'speed')
  const [largest] = machines
  if (largest === undefined || largest.rows.length < 2) return []
  const several = hasSeveralProjects(board)
  const isBeaten = (entry: BoardEntry): boolean => !isOnFront(largest.rows, entry)
  const drawn = largest.rows.filter(
    ({ entry }) => !isBeaten(entry) || entry.rank <= MOST_MARKS || (subject !== null && entry.project === subject),
  )
  const points = drawn.map(({ entry }) => ({
    name: candidateName(entry, several),
    x: entry.wall_seconds?.value ?? { missing: 'not measured' },
    y: entry.score,
    isOnFront: !isBeaten(entry),
    isSubject:
      subject !== null &&
      entry.project === subject &&
      entry === largest.rows.find((row) => row.entry.project === subject)?.entry,
  }))
  const others = machines.slice(1).reduce((sum, { rows }) => sum + rows.length, 0)
  const spec: ParetoSpec = {
    kind: 'pareto',
    key,
    title: `Score against wall time on ${datasetText(board.dataset)}`,
    method: `Machine class: ${largest.machine ?? 'not told'}. ${others === 0 ? '' : `${String(others)} candidates of other machine classes are not drawn: times of different machines share no axis. `}${drawn.length < largest.rows.length ? `${String(largest.rows.length - drawn.length)} candidates behind rank ${String(MOST_MARKS)} are not drawn. ` : ''}Score as in the leaderboard; geometric mean of wall time over samples.`,
    x: { label: 'Wall time a sample', unit: 'seconds', direction: 'lower' },
    y: { label: 'Score', unit: 'ratio', direction: 'higher' },
    logX: true,
    points,
  }
  return [figure(site.chart(spec), key)]
}

/** Table of a category, one for each machine class where machines matter. `mine`: rows of it are always in it. */
export const boardTables = (
  site: Site,
  board: BoardModel,
  category: Category,
  options: {
    readonly up: string
    readonly most: number
    readonly mine: string | null
    /** The part of the board that is given. */
    readonly group?: string
  },
): readonly Block[] => {
  const several = hasSeveralProjects(board)
  return byCategory(board, category).flatMap(({ machine, rows }, index): Block[] => {
    const first = rows.slice(0, options.most)
    const own = rows.slice(options.most).filter(({ entry }) => options.mine !== null && entry.project === options.mine)
    const shown = [...first, ...own.slice(0, options.most)]
    const id = `${category}${index === 0 ? '' : `-${String(index + 1)}`}`
    return [
      table(
        id,
        boardTable(
          `${machine === null ? boardTitle(board) : `Machine class ${machine}`}: ${[category, options.group].filter((part) => part !== undefined).join(', ')}`,
          shown,
          board,
          category,
          several,
        ),
        `leaderboard-${id}`,
        shown.map(({ entry }) => `${options.up}${pipelinePath(site, entry.pipeline)}`),
      ),
      ...levelNote(rows, category),
      ...(shown.some(({ entry }) => entry.provisional) ? [text(PROVISIONAL, 'note')] : []),
      ...(shown.length < rows.length
        ? [
            text(
              `${String(shown.length)} of ${String(rows.length)} candidates are shown: the first and those of this project. All of them are in the JSON file of this leaderboard.`,
              'note',
            ),
          ]
        : []),
    ]
  })
}

const PROVISIONAL = 'Provisional: fewer than five samples say little about others. One sample has no interval.'

/** Two answers to one question, where they look like a contradiction: who is level with the best, and who may have its rank. */
const levelNote = (rows: readonly CategoryRow[], category: Category): readonly Block[] => {
  const [first] = rows
  const best = first?.rank_high ?? null
  if ((category !== 'overall' && category !== 'accuracy') || first === undefined || best === null) return []
  const isBehind = ({ entry, rank_low: low }: CategoryRow): boolean =>
    entry.tied_with_best && low !== null && low > best
  if (!rows.some(isBehind)) return []
  const samples = String(first.entry.n_samples)
  return [
    text(
      `“Level with the best” is the answer of a paired test over samples, corrected for the number of candidates: with ${samples} samples it can tell few apart. Some whose ranks do not reach those of the best are level by this test; more samples decide.`,
      'note',
    ),
  ]
}

/** A table under another id, for a page with several of its kind. */
export const prefixed = (block: Block, prefix: string): Block =>
  block.table === null
    ? block
    : {
        ...block,
        table: {
          ...block.table,
          id: `${prefix}-${block.table.id}`,
          rows: block.table.rows.map((row) => ({ ...row, id: `${prefix}-${row.id}` })),
        },
      }

/** `2–4`, `1`; null where there is no interval. */
export const rankRange = (low: number | null, high: number | null): string | null =>
  low === null || high === null ? null : low === high ? String(low) : `${String(low)}–${String(high)}`

const boardTable = (
  caption: string,
  rows: readonly CategoryRow[],
  board: BoardModel,
  category: Category,
  several: boolean,
): DataTable => {
  const isScore = category === 'overall' || category === 'accuracy'
  const hasInterval = rows.some(({ low }) => low !== null)
  const { label, unit } = AXES[category]
  const shown = category === 'cost' ? (board.prices?.currency ?? '') : unit
  return {
    caption,
    columns: [
      { key: 'rank', label: 'Rank', kind: 'number' },
      { key: 'pipeline', label: 'Pipeline', kind: 'text' },
      { key: 'parameters', label: 'Parameters', kind: 'text' },
      ...(several ? [{ key: 'project', label: 'Project', kind: 'text' as const }] : []),
      { key: 'rank_interval', label: 'Rank, 95 %', kind: 'text' },
      { key: 'value', label, unit: shown, kind: 'number' },
      ...(hasInterval
        ? [
            { key: 'low', label: 'Low, 95 %', unit: shown, kind: 'number' as const },
            { key: 'high', label: 'High, 95 %', unit: shown, kind: 'number' as const },
          ]
        : []),
      ...(isScore ? [{ key: 'level', label: 'Level with the best', kind: 'text' as const }] : []),
      { key: 'coverage', label: 'Coverage', unit: '%', kind: 'number' },
      { key: 'samples', label: 'Samples', kind: 'number' },
      { key: 'last_run', label: 'Last run', kind: 'text' },
    ],
    rows: rows.map(({ entry, rank, rank_low, rank_high, value, low, high }) => [
      rank,
      [entry.pipeline, entry.version].filter((part) => part !== null).join(' '),
      paramsText(entry.params),
      ...(several ? [entry.project ?? ''] : []),
      rankRange(rank_low, rank_high) ?? 'no interval',
      value,
      ...(hasInterval ? [low ?? { missing: 'too few samples' }, high ?? { missing: 'too few samples' }] : []),
      ...(isScore ? [entry.tied_with_best ? 'yes' : 'no'] : []),
      100 * entry.coverage,
      entry.n_samples,
      day(entry.newest),
    ]),
  }
}

const REASONS: Readonly<Record<string, string>> = {
  scored_differently: 'scored differently than the others',
  missing_required: 'required values are missing',
  nothing_applies: 'no metric of this leaderboard applies',
  constraint: 'breaks a limit',
}

/** Candidates without a place, and why: below the line. */
export const unrankedTable = (board: BoardModel, id: string): readonly Block[] =>
  board.unranked.length === 0
    ? []
    : [
        table(
          id,
          {
            caption: 'Not ranked',
            columns: [
              { key: 'candidate', label: 'Pipeline', kind: 'text' },
              { key: 'reason', label: 'Why it has no place', kind: 'text' },
              { key: 'missing', label: 'Missing values', kind: 'number' },
              { key: 'coverage', label: 'Coverage', unit: 'percent', kind: 'number' },
            ],
            rows: board.unranked
              .slice(0, 50)
              .map((one) => [
                candidateName(one, true),
                REASONS[one.reason] ?? one.reason,
                one.missing,
                100 * one.coverage,
              ]),
          },
          id,
        ),
      ]
