import { axisScale } from './axis-scale.ts'
import {
  counted,
  cut,
  emptySketch,
  GRID,
  INK,
  labelRoom,
  MOST_ROWS,
  rowNotes,
  MUTED,
  ROW,
  type Sketch,
} from './frame.ts'
import type { Drawing } from './plot.ts'
import { type BarsSpec, cellOf, isDrawn } from './spec.ts'
import { TOKENS } from '../theme/tokens.ts'

/** Bars from zero, each with its number and, where known, its interval. */
export const bars = (drawing: Drawing, whole: BarsSpec): Sketch => {
  const { Plot } = drawing
  const spec = { ...whole, rows: whole.rows.slice(0, MOST_ROWS) }
  const table = {
    caption: `${spec.title}: data`,
    columns: [
      { key: 'row', label: 'row', kind: 'text' },
      { key: 'value', label: spec.x.label, unit: spec.x.unit, kind: 'number' },
      { key: 'low', label: 'interval from', unit: spec.x.unit, kind: 'number' },
      { key: 'high', label: 'interval to', unit: spec.x.unit, kind: 'number' },
    ],
    rows: whole.rows.map(({ label, value, low, high }) => [
      label,
      cellOf(value),
      cellOf(low, 'no interval'),
      cellOf(high, 'no interval'),
    ]),
  } as const
  const shown = spec.rows.flatMap((row, index) => (isDrawn(row.value) ? [{ ...row, value: row.value, index }] : []))
  if (shown.length === 0) return emptySketch(drawing, table, 'There is no value to show.')
  const numbers = shown.flatMap(({ value, low, high }) => [value, low, high].filter(isDrawn))
  const scale = axisScale(spec.x, numbers)
  const drawn = shown.map(({ value, low, high, index }) => ({
    row: String(index),
    value: value / scale.divide,
    low: isDrawn(low) ? low / scale.divide : null,
    high: isDrawn(high) ? high / scale.divide : null,
    words: scale.words(value),
  }))
  const least = Math.min(0, ...numbers) / scale.divide
  const most = Math.max(0, ...numbers) / scale.divide
  const ordered = [...shown].sort((one, other) => other.value - one.value)
  const [first, last] = [ordered[0], ordered.at(-1)]
  return {
    options: {
      height: 60 + ROW * spec.rows.length,
      marginLeft: labelRoom(spec.rows.map(({ label }) => label)),
      marginRight: 90,
      marginTop: 10,
      marginBottom: 44,
      x: {
        domain: [least, most > least ? most : least + 1],
        label: scale.label,
        labelArrow: false,
        labelAnchor: 'center',
        nice: true,
      },
      y: {
        type: 'band',
        padding: 0.3,
        domain: spec.rows.map((_, index) => String(index)),
        label: null,
        tickSize: 0,
        tickFormat: (key: string) => cut(spec.rows[Number(key)]?.label ?? ''),
      },
    },
    marks: [
      Plot.gridX({ stroke: GRID, strokeOpacity: 1 }),
      // Rows name themselves: colours of their own would say nothing more.
      Plot.barX(drawn, { x: 'value', y: 'row', fill: TOKENS.s1.light }),
      Plot.ruleX([0], { stroke: MUTED }),
      Plot.ruleY(
        drawn.filter(({ low, high }) => low !== null && high !== null),
        { y: 'row', x1: 'low', x2: 'high', stroke: INK, strokeWidth: 1.5 },
      ),
      Plot.text(drawn, { frameAnchor: 'right', y: 'row', text: 'words', dx: 84, textAnchor: 'end' }),
      Plot.text(
        spec.rows.flatMap((row, index) => {
          const cell = cellOf(row.value)
          return typeof cell === 'object' ? [{ row: String(index), why: cell.missing }] : []
        }),
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
      ),
    ],
    desc: [
      `${spec.x.label} of ${counted(shown.length, 'row', 'rows')}.`,
      first === undefined ? '' : `Highest: ${first.label}, ${scale.words(first.value)}.`,
      last === undefined || last === first ? '' : `Lowest: ${last.label}, ${scale.words(last.value)}.`,
      shown.length === spec.rows.length
        ? ''
        : `${counted(spec.rows.length - shown.length, 'row has', 'rows have')} no value.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    table,
    notes: rowNotes(whole.rows.length),
  }
}
