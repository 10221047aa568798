import type { Markish, PlotOptions } from '@observablehq/plot'
import { FAINT, TOKENS } from '../theme/tokens.ts'
import { finishSvg } from './finish-svg.ts'
import type { Drawing } from './plot.ts'
import type { Chart, ChartSpec, DataTable } from './spec.ts'

/** Width of every chart in its own units; pages scale it, but never below 600 px. */
export const WIDTH = 860
export const FONT_SIZE = 12
/** Height of a row of labelled marks. */
export const ROW = 24

/** Rows that are drawn at most: more cannot be taken in, and stand in the table. */
export const MOST_ROWS = 60

/** What is left out of a chart of rows, in words. */
export const rowNotes = (rows: number): readonly string[] =>
  rows <= MOST_ROWS ? [] : [`The first ${String(MOST_ROWS)} of ${String(rows)} rows are drawn; all stand in the table.`]

export const INK = TOKENS.fg.light
export const MUTED = TOKENS.muted.light
export const GRID = FAINT.grid.light
export const BAND = FAINT.band.light

/** What a kind of chart hands over to be drawn and described. */
export interface Sketch {
  readonly options: PlotOptions
  readonly marks: readonly Markish[]
  readonly desc: string
  readonly table: DataTable
  readonly notes?: readonly string[]
}

/** A chart without anything to draw: says so in its place. */
export const emptySketch = ({ Plot }: Drawing, table: DataTable, why: string): Sketch => ({
  options: { height: 80, axis: null, x: { domain: [0, 1] }, y: { domain: [0, 1] } },
  marks: [Plot.text([why], { x: 0.5, y: 0.5, fill: MUTED, fontSize: 13 })],
  desc: why,
  table,
})

/** The sketch, drawn and finished. */
export const finish = (drawing: Drawing, spec: ChartSpec, sketch: Sketch): Chart => {
  const svg = drawing.draw({
    width: WIDTH,
    ...sketch.options,
    marks: sketch.marks.filter((mark) => mark !== null),
  })
  svg.setAttribute('font-size', String(FONT_SIZE))
  return {
    key: spec.key,
    svg: finishSvg(svg, drawing, { key: spec.key, title: spec.title, desc: sketch.desc }),
    title: spec.title,
    desc: sketch.desc,
    method: spec.method,
    table: sketch.table,
    notes: sketch.notes ?? [],
  }
}

// Widths in units of the chart, in the widest of the fonts a page may be shown in: a label that is cut by the edge of its
// chart is worse than some white space.
const GLYPHS = [
  [/[ijl.,:;'|!]/, 4],
  [/[frt()[\]/ -]/, 5],
  [/[A-LN-VX-Z_0-9+=<>~]/, 8.4],
  [/[mwMW@%&—…]/, 12],
] as const
const OTHER_GLYPH = 7.5

/** How wide a label is at most, in units of the chart. */
export const textWidth = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (GLYPHS.find(([of]) => of.test(sign))?.[1] ?? OTHER_GLYPH), 0)

const widest = (labels: readonly string[]): number =>
  labels.reduce((most, label) => Math.max(most, textWidth(label)), 0)

/** Room for row labels left of the plot, in units of the chart. */
export const labelRoom = (labels: readonly string[]): number =>
  Math.min(440, Math.max(60, 16 + widest(labels.map((label) => cut(label)))))

/** A label short enough for its room: both ends of it, since names differ at either. The whole of it stands in the data table. */
export const cut = (label: string, most = 54): string => {
  const signs = Array.from(label)
  if (signs.length <= most) return label
  const head = Math.ceil((most - 1) * 0.55)
  return `${signs.slice(0, head).join('')}…${signs.slice(signs.length - (most - 1 - head)).join('')}`
}

/** `1 value is`, `3 values are`. */
export const counted = (count: number, one: string, more: string): string =>
  `${String(count)} ${count === 1 ? one : more}`

/**
 * Lowest and highest with a margin, for axes that need not start at zero. One value gets room on both sides; limits of
 * the quantity (0 and 1 of a ratio) are not crossed.
 */
export const paddedDomain = (values: readonly number[], limits?: readonly [number, number]): [number, number] => {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  const range = high - low
  // Times and sizes that differ by a few percent must not look as if they differed by all of the axis.
  const least = limits?.[1] === Infinity ? Math.abs(high) * 0.2 : 0
  const margin = range > 0 ? Math.max(range * 0.08, (least - range) / 2) : Math.abs(low) * 0.1 || 0.5
  const padded: [number, number] = [low - margin, high + margin]
  if (limits === undefined) return padded
  return [
    low >= limits[0] ? Math.max(limits[0], padded[0]) : padded[0],
    high <= limits[1] ? Math.min(limits[1], padded[1]) : padded[1],
  ]
}

/** Range a unit cannot leave, for `paddedDomain`. */
export const limitsOf = (unit: string): readonly [number, number] | undefined =>
  unit === 'ratio' ? [0, 1] : unit === 'seconds' || unit === 'bytes' ? [0, Infinity] : undefined
