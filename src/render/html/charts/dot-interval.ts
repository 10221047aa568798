import { axisScale } from './axis-scale.ts'
import {
  counted,
  cut,
  emptySketch,
  GRID,
  labelRoom,
  limitsOf,
  MUTED,
  paddedDomain,
  MOST_ROWS,
  rowNotes,
  ROW,
  type Sketch,
} from './frame.ts'
import type { Drawing } from './plot.ts'
import { type DotIntervalSpec, type Entities, isDrawn, cellOf, type DataTable } from './spec.ts'
import { TOKENS } from '../theme/tokens.ts'

/** Estimates with intervals. Hollow marks: the interval contains the reference. */
export const dotInterval = (drawing: Drawing, whole: DotIntervalSpec, entities: Entities): Sketch => {
  const { Plot } = drawing
  const table = tableOf(whole)
  const spec = { ...whole, rows: whole.rows.slice(0, MOST_ROWS) }
  const shown = spec.rows.flatMap((row, index) => (isDrawn(row.value) ? [{ ...row, value: row.value, index }] : []))
  if (shown.length === 0) return emptySketch(drawing, table, 'There is no value to show.')
  const numbers = shown.flatMap(({ value, low, high }) => [value, low, high].filter(isDrawn))
  const scale = axisScale(spec.x, spec.reference === null ? numbers : [...numbers, spec.reference])
  const limits = spec.reference === null ? limitsOf(spec.x.unit) : undefined
  const domain = paddedDomain(spec.reference === null ? numbers : [...numbers, spec.reference], limits)
  const drawn = shown.map(({ label, value, low, high, tone, index }) => {
    const crosses =
      spec.reference !== null && isDrawn(low) && isDrawn(high) && low <= spec.reference && high >= spec.reference
    const style = entities(label)
    const colour = tone === undefined ? style.colour : tone === 'none' ? MUTED : TOKENS[tone].light
    return {
      row: String(index),
      value: value / scale.divide,
      low: isDrawn(low) ? low / scale.divide : null,
      high: isDrawn(high) ? high / scale.divide : null,
      colour,
      fill: crosses ? '#ffffff' : colour,
      shape: tone === undefined ? style.shape : tone === 'better' ? 'triangle' : tone === 'worse' ? 'square' : 'circle',
      words: spec.reference === 0 ? signed(value, scale.words) : scale.words(value),
    }
  })
  const labels = spec.rows.map(({ label }) => label)
  const ticks = spec.x.unit === 'count' ? wholeTicks(domain) : null
  return {
    options: {
      height: 60 + ROW * spec.rows.length,
      marginLeft: labelRoom(labels),
      marginRight: 90,
      marginTop: 10,
      marginBottom: 44,
      x: {
        domain: domain.map((value) => value / scale.divide),
        label: scale.label,
        labelArrow: false,
        labelAnchor: 'center',
        ...(ticks === null ? {} : { ticks, tickFormat: 'd' }),
      },
      y: {
        type: 'band',
        domain: spec.rows.map((_, index) => String(index)),
        label: null,
        tickSize: 0,
        tickFormat: (key: string) => cut(spec.rows[Number(key)]?.label ?? ''),
      },
      symbol: { type: 'identity' },
    },
    marks: [
      Plot.gridX({ stroke: GRID, strokeOpacity: 1, ...(ticks === null ? {} : { ticks }) }),
      spec.reference === null ? null : Plot.ruleX([spec.reference / scale.divide], { stroke: MUTED, strokeWidth: 1.5 }),
      Plot.ruleY(
        drawn.filter(({ low, high }) => low !== null && high !== null),
        { y: 'row', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2.5 },
      ),
      Plot.dot(drawn, { x: 'value', y: 'row', stroke: 'colour', fill: 'fill', symbol: 'shape', r: 5, strokeWidth: 2 }),
      Plot.text(drawn, { frameAnchor: 'right', y: 'row', text: 'words', dx: 84, textAnchor: 'end' }),
      missingMarks(drawing, spec),
    ],
    desc: describe(spec, drawn.length, (value) =>
      spec.reference === 0 ? signed(value, scale.words) : scale.words(value),
    ),
    table,
    notes: rowNotes(whole.rows.length),
  }
}

/** There is nothing between two ranks: on a short axis every whole number is a tick, and no other. */
const wholeTicks = ([low, high]: readonly [number, number]): readonly number[] | null => {
  const first = Math.ceil(low)
  const count = Math.floor(high) - first + 1
  return count > MOST_WHOLE_TICKS ? null : Array.from({ length: Math.max(0, count) }, (_, at) => first + at)
}

const MOST_WHOLE_TICKS = 12

/** A difference with its sign: `+0.020`, `−12.3 s`, `0 B`. */
const signed = (value: number, words: (value: number) => string): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${words(Math.abs(value))}`

const missingMarks = ({ Plot }: Drawing, spec: DotIntervalSpec) =>
  Plot.text(
    spec.rows.flatMap((row, index) =>
      isDrawn(row.value) ? [] : [{ row: String(index), why: reason(cellOf(row.value)) }],
    ),
    {
      frameAnchor: 'left',
      y: 'row',
      text: 'why',
      fill: MUTED,
      stroke: '#ffffff',
      strokeWidth: 5,
      textAnchor: 'start',
      dx: 6,
    },
  )

const reason = (cell: ReturnType<typeof cellOf>): string => (typeof cell === 'object' ? cell.missing : String(cell))

const describe = (spec: DotIntervalSpec, shown: number, words: (value: number) => string): string => {
  const rows = spec.rows.flatMap((row) => (isDrawn(row.value) ? [{ ...row, value: row.value }] : []))
  const sorted = [...rows].sort((one, other) => one.value - other.value)
  const [least, most] = [sorted[0], sorted.at(-1)]
  const range =
    least === undefined || most === undefined
      ? ''
      : least === most
        ? `${least.label}: ${words(least.value)}.`
        : `Lowest: ${least.label}, ${words(least.value)}. Highest: ${most.label}, ${words(most.value)}.`
  const tones = (['better', 'worse'] as const).flatMap((tone) => {
    const count = rows.filter((row) => row.tone === tone).length
    return count === 0 ? [] : [`${String(count)} ${tone}`]
  })
  const without = spec.rows.length - shown
  return [
    `${spec.x.label} of ${counted(shown, 'row', 'rows')}.`,
    range,
    tones.length === 0 ? '' : `${tones.join(', ')}.`,
    without === 0 ? '' : `${counted(without, 'row has', 'rows have')} no value.`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const tableOf = (spec: DotIntervalSpec): DataTable => ({
  caption: `${spec.title}: data`,
  columns: [
    { key: 'row', label: 'row', kind: 'text' },
    { key: 'value', label: spec.x.label, unit: spec.x.unit, kind: 'number' },
    { key: 'low', label: 'interval from', unit: spec.x.unit, kind: 'number' },
    { key: 'high', label: 'interval to', unit: spec.x.unit, kind: 'number' },
    { key: 'note', label: 'note', kind: 'text' },
  ],
  rows: spec.rows.map((row) => [
    row.label,
    cellOf(row.value),
    cellOf(row.low, 'no interval'),
    cellOf(row.high, 'no interval'),
    [row.tone === 'none' || row.tone === undefined ? '' : row.tone, row.note ?? '']
      .filter((part) => part !== '')
      .join('; '),
  ]),
})
