import type { Reason } from '../score.ts'
import { mean } from '../stats/correlation.ts'
import type { Board, BoardMetric } from './board.ts'
import { byCodeUnits, type Candidate, candidateKey, type Observation, SUCCESS_RATE, seriesKey } from './observation.ts'
import { type Anchor, clamped, unclampedUtility } from './utility.ts'

/** A value there is, one there should be, and one there cannot be. */
export const STATUS = { value: 0, missing: 1, notApplicable: 2 } as const

/** A sample of the board; samples of a dataset follow each other. */
interface BoardSample {
  readonly dataset: string
  readonly sample: string
  /** Its share of the score: weight of the dataset / samples in it. */
  readonly weight: number
}

/** A dataset as a range of the board's samples, `to` excluded. */
export interface SampleRange {
  readonly dataset: string
  readonly weight: number
  readonly from: number
  readonly to: number
}

/** A candidate's utilities; cell of metric k and sample i = k * samples + i. */
export interface CandidateUtilities {
  readonly key: string
  readonly candidate: Candidate
  readonly rows: readonly Observation[]
  /** In 0..1; 0 where there is no value (see `status`). */
  readonly utility: Float64Array
  /** The same before it was kept inside 0..1. */
  readonly unclamped: Float64Array
  /** The mean over repeats in the metric's unit: geometric on logarithmic scales. */
  readonly value: Float64Array
  readonly status: Uint8Array
  /** Every cell has a value. */
  readonly complete: boolean
  /** Share of the applicable cells that have a value, 0..1. */
  readonly coverage: number
  /** Cells of required metrics without a value. */
  readonly missing: readonly MissingCell[]
  /** Mean of `success_rate` over executions; null where no row says. */
  readonly successRate: number | null
}

/** A value a candidate lacks. */
export interface MissingCell {
  readonly metric: string
  readonly level: string | null
  readonly dataset: string
  readonly sample: string
  readonly reason: Reason
}

/** Utilities of all candidates on one board, candidates in the order of their keys. */
export interface UtilityTable {
  readonly board: Board
  readonly samples: readonly BoardSample[]
  readonly ranges: readonly SampleRange[]
  readonly candidates: readonly CandidateUtilities[]
  readonly warnings: readonly string[]
}

/** Places every value on its anchors. The order of the rows does not matter, to the last bit. */
export const buildUtilityTable = (board: Board, rows: readonly Observation[]): UtilityTable => {
  const samples = board.datasets.flatMap(({ dataset, weight, samples: own }) =>
    own.map((sample) => ({ dataset, sample, weight: weight / own.length })),
  )
  let from = 0
  const ranges = board.datasets.map(({ dataset, weight, samples: own }) => {
    const range = { dataset, weight, from, to: from + own.length }
    from = range.to
    return range
  })
  const onBoard = new Set(board.datasets.map(({ dataset }) => dataset))
  const candidates = [...byCandidate(rows.filter(({ dataset }) => onBoard.has(dataset)))]
    .sort(([left], [right]) => byCodeUnits(left, right))
    .map(([key, own]) => utilitiesOf(key, own, board, samples))
  return { board, samples, ranges, candidates, warnings: wideScopes(board, candidates) }
}

const byCandidate = (rows: readonly Observation[]): Map<string, [Observation, ...Observation[]]> => {
  const groups = new Map<string, [Observation, ...Observation[]]>()
  // Most rows share their candidate object with others: its text is made once.
  const keys = new Map<Candidate, string>()
  for (const row of rows) {
    const key = keys.get(row.candidate) ?? candidateKey(row.candidate)
    keys.set(row.candidate, key)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

const cellKey = (series: string, dataset: string, sample: string | null): string =>
  sample === null ? `${series}\n${dataset}` : `${series}\n${dataset}\n${sample}`

const utilitiesOf = (
  key: string,
  rows: readonly [Observation, ...Observation[]],
  board: Board,
  samples: readonly BoardSample[],
): CandidateUtilities => {
  const cells = new Map<string, Observation[]>()
  for (const row of rows) {
    const at = cellKey(seriesKey(row), row.dataset, row.sample)
    const cell = cells.get(at)
    if (cell) cell.push(row)
    else cells.set(at, [row])
  }
  const size = board.metrics.length * samples.length
  const utility = new Float64Array(size)
  const unclamped = new Float64Array(size)
  const value = new Float64Array(size)
  const status = new Uint8Array(size)
  const missing: MissingCell[] = []
  let applicable = 0
  let present = 0
  for (const [k, metric] of board.metrics.entries()) {
    const series = seriesKey(metric)
    for (const [i, { dataset, sample }] of samples.entries()) {
      const at = k * samples.length + i
      const found = cells.get(cellKey(series, dataset, sample)) ?? cells.get(cellKey(series, dataset, null)) ?? []
      const cell = cellOf(found, metric)
      status[at] = STATUS[cell.status]
      if (cell.status !== 'notApplicable') applicable++
      if (cell.status === 'value') {
        present++
        unclamped[at] = cell.unclamped
        utility[at] = clamped(cell.unclamped)
        value[at] = cell.value
      }
      if (cell.status === 'missing' && metric.required)
        missing.push({ metric: metric.metric, level: metric.level, dataset, sample, reason: cell.reason })
    }
  }
  const successes = rows
    .flatMap((row) => (row.metric === SUCCESS_RATE && row.value !== null ? [row.value] : []))
    .sort((left, right) => left - right)
  return {
    key,
    candidate: rows[0].candidate,
    rows,
    utility,
    unclamped,
    value,
    status,
    complete: present === size,
    coverage: applicable === 0 ? 0 : present / applicable,
    missing,
    successRate: successes.length === 0 ? null : mean(successes),
  }
}

type Cell =
  | { readonly status: 'value'; readonly value: number; readonly unclamped: number }
  | { readonly status: 'missing'; readonly reason: Reason }
  | { readonly status: 'notApplicable' }

// A ratio of nothing to nothing (a blank sample without calls) is no gap that a better run would fill: as in the means
// of a run, the sample does not count for that metric.
const WITHOUT_VALUE: ReadonlySet<Reason> = new Set(['not_applicable', 'undefined_0/0'])

/** Repeats of one sample as one value: averaged on the scale of the anchor. */
const cellOf = (rows: readonly Observation[], metric: BoardMetric): Cell => {
  const measured = rows.filter((row): row is Observation & { value: number } => row.value !== null)
  if (measured.length === 0) {
    const reasons = rows.flatMap(({ reason }) => (reason === null ? [] : [reason]))
    const others = reasons.filter((reason) => !WITHOUT_VALUE.has(reason)).sort(byCodeUnits)
    if (reasons.length > 0 && others.length === 0) return { status: 'notApplicable' }
    return { status: 'missing', reason: others[0] ?? 'not_run' }
  }
  // Sorted, so that sums do not depend on the order of the rows.
  const values = measured.map((row) => row.value).sort((left, right) => left - right)
  const utilities = measured
    .map((row) => unclampedUtility(row.value, anchorFor(metric, row)))
    .sort((left, right) => left - right)
  return { status: 'value', value: meanOnScale(values, metric.anchor), unclamped: mean(utilities) }
}

/** The anchor that holds for a row: the one of its dataset and machine, of its dataset, or the metric's. */
export const anchorFor = (metric: BoardMetric, row: Pick<Observation, 'dataset' | 'machine'>): Anchor => {
  const own = metric.pinned.filter(({ dataset }) => dataset === row.dataset)
  const pin = own.find(({ machine }) => machine !== null && machine === row.machine)
  return (pin ?? own.find(({ machine }) => machine === null))?.anchor ?? metric.anchor
}

/** Arithmetic mean on a linear scale, geometric mean on a logarithmic one (where a value is not above 0: arithmetic). */
export const meanOnScale = (values: readonly number[], { scale }: Pick<Anchor, 'scale'>): number =>
  scale === 'log' && values.every((value) => value > 0)
    ? Math.exp(mean(values.map((value) => Math.log(value))))
    : mean(values)

/**
 * Series measured once for the whole dataset: one value, which the samples then share, and no evidence of as many
 * samples. Where other candidates measured each sample, costs are not alike either.
 */
const wideScopes = (board: Board, candidates: readonly CandidateUtilities[]): readonly string[] =>
  board.metrics.flatMap((metric) =>
    board.datasets.flatMap(({ dataset }) => {
      const series = seriesKey(metric)
      const scopes = new Set(
        candidates.flatMap(({ rows }) =>
          rows
            .filter((row) => row.dataset === dataset && row.value !== null && row.metric === metric.metric)
            .filter((row) => seriesKey(row) === series)
            .map(({ sample }) => sample === null),
        ),
      )
      if (scopes.size > 1) return [`mixed_scope: ${metric.metric} on ${dataset}`]
      return scopes.has(true) ? [`whole_dataset_value: ${metric.metric} on ${dataset}`] : []
    }),
  )
