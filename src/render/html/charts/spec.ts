import type { TokenName } from '../theme/tokens.ts'

// What can be drawn. A chart is data and words; how it is drawn is decided behind `loadCharts`, so that the library
// that draws can change.

/** No number here, and why: shown in words, never as 0 and never left out. */
interface Missing {
  readonly missing: string
}

/** A finite number, or why there is none. Infinities and NaN are shown as missing. */
export type Datum = number | Missing

/** A quantity on an axis. `unit` as in the metric's definition (`seconds`, `bytes`, `ratio`, …). */
export interface Axis {
  readonly label: string
  readonly unit: string
  readonly direction: 'higher' | 'lower' | 'none'
}

interface Common {
  /** Unique on the page and stable between builds: ids are made from it. `[a-z0-9-]`. */
  readonly key: string
  readonly title: string
  /** One sentence: what is shown and how it was computed. */
  readonly method: string
}

/** Values over time with their intervals; a line for each series, broken where segments change. */
export interface TrendSpec extends Common {
  readonly kind: 'trend'
  readonly y: Axis
  readonly series: readonly { readonly name: string; readonly points: readonly TrendPoint[] }[]
  readonly changePoints: readonly ChangePoint[]
}

export interface TrendPoint {
  /** ISO time, UTC. */
  readonly at: string
  /** What the point is: a run or a commit. */
  readonly label: string
  readonly value: Datum
  readonly low?: number | null
  readonly high?: number | null
  /** Points of different segments (hardware, dataset version) are not joined. */
  readonly segment?: string
}

interface ChangePoint {
  readonly at: string
  readonly label: string
  readonly direction: 'better' | 'worse' | 'none'
  /** Instead of the word of the direction. */
  readonly word?: string
  /** The series it belongs to, where there are several. */
  readonly series?: string
}

/** Estimates with intervals, one a row; hollow where the interval contains the reference. */
export interface DotIntervalSpec extends Common {
  readonly kind: 'dotInterval'
  readonly x: Axis
  /** What "no difference" is; null: no reference line, all marks filled. */
  readonly reference: number | null
  readonly rows: readonly DotIntervalRow[]
}

interface DotIntervalRow {
  readonly label: string
  readonly value: Datum
  readonly low?: number | null
  readonly high?: number | null
  /** Colour and word of the verdict; without it the row has the colour of its name. */
  readonly tone?: 'better' | 'worse' | 'none'
  readonly note?: string
}

/** Two quantities against each other; the front is drawn and named, the rest muted. */
export interface ParetoSpec extends Common {
  readonly kind: 'pareto'
  readonly x: Axis
  readonly y: Axis
  /** Logarithmic x axis, where the values span more than a few times the lowest of them. Values that are not above 0 are then listed as not shown. */
  readonly logX: boolean
  readonly points: readonly {
    readonly name: string
    readonly x: Datum
    readonly y: Datum
    readonly isOnFront: boolean
    /** The point the page is about: named even off the front. */
    readonly isSubject?: boolean
  }[]
}

/** A table whose cells are shaded by value within their scale. */
export interface HeatTableSpec extends Common {
  readonly kind: 'heatTable'
  readonly rowLabel: string
  readonly columns: readonly string[]
  /** `domain`: where the shading begins and ends, the higher one first where less is better; null: from the row's own values. */
  readonly rows: readonly {
    readonly label: string
    readonly axis: Axis
    readonly domain: readonly [number, number] | null
    readonly cells: readonly Datum[]
  }[]
}

/**
 * Distributions: box of quartiles, whiskers of 1.5 IQR and the single values. With `quartiles` the box is of values that
 * are not told one by one, and `values` are those to be seen beside it.
 */
export interface BoxStripSpec extends Common {
  readonly kind: 'boxStrip'
  readonly x: Axis
  readonly groups: readonly BoxGroup[]
}

export interface BoxGroup {
  readonly name: string
  readonly values: readonly { readonly label: string; readonly value: Datum }[]
  readonly quartiles?: { readonly first: number; readonly median: number; readonly third: number }
}

/** Quantities from zero, one bar a row. */
export interface BarsSpec extends Common {
  readonly kind: 'bars'
  readonly x: Axis
  readonly rows: readonly {
    readonly label: string
    readonly value: Datum
    readonly low?: number | null
    readonly high?: number | null
  }[]
}

/** Parts that add up, one stack a row. At most 8 parts are told apart, the rest is "other". */
export interface StackedSpec extends Common {
  readonly kind: 'stacked'
  readonly x: Axis
  readonly partLabel: string
  readonly rows: readonly {
    readonly label: string
    readonly parts: readonly { readonly name: string; readonly value: Datum }[]
  }[]
}

/** How likely each rank is for each candidate: shares 0 to 1. */
export interface RankHeatSpec extends Common {
  readonly kind: 'rankHeat'
  readonly rows: readonly { readonly label: string; readonly shares: readonly number[] }[]
}

export type ChartSpec =
  TrendSpec | DotIntervalSpec | ParetoSpec | HeatTableSpec | BoxStripSpec | BarsSpec | StackedSpec | RankHeatSpec

/** Colour and shape of an entity: bound to its name by `bindEntities`, the same wherever it is drawn. */
export interface EntityStyle {
  readonly token: TokenName
  readonly colour: string
  readonly shape: 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'wye' | 'hexagon' | 'cross'
}

export type Entities = (name: string) => EntityStyle

/** A drawn chart. `svg` is markup that is safe to put on a page; `table` holds every datum of the spec. */
export interface Chart {
  readonly key: string
  readonly svg: string
  readonly title: string
  /** What can be seen, in words, from the same numbers. */
  readonly desc: string
  readonly method: string
  readonly table: DataTable
  /** What was left out of the drawing or condensed, and why. */
  readonly notes: readonly string[]
}

/** A table of a page: charts have one, and so has everything that is shown in rows. */
export interface DataTable {
  readonly caption: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Text, a number in full precision, or why there is no number. */
export type Cell = string | number | Missing

interface TableColumn {
  /** Name in downloads and permalinks: `[a-z0-9_]`. */
  readonly key: string
  readonly label: string
  /** Unit of the numbers, shown in the header, never in cells. */
  readonly unit?: string
  readonly kind: 'text' | 'number'
  /** Readers may choose one of its values. */
  readonly isChoice?: boolean
}

/** True for a number that can be drawn. */
export const isDrawn = (datum: Datum | null | undefined): datum is number =>
  typeof datum === 'number' && Number.isFinite(datum)

/** The datum as a cell: numbers that are none become words. */
export const cellOf = (datum: Datum | null | undefined, otherwise = 'not stated'): Cell => {
  if (datum === null || datum === undefined) return { missing: otherwise }
  if (typeof datum !== 'number') return datum
  return Number.isFinite(datum) ? datum : { missing: 'not a finite number' }
}
