import { SERIES, TOKENS } from '../theme/tokens.ts'
import { axisScale } from './axis-scale.ts'
import { counted, cut, emptySketch, GRID, labelRoom, MUTED, type Sketch, textWidth } from './frame.ts'
import type { Drawing } from './plot.ts'
import { cellOf, type DataTable, isDrawn, type StackedSpec } from './spec.ts'

const STACK = 34
const OTHER = 'other'
/** Widest line of the legend, in units of the chart. */
const LEGEND_WIDTH = 820

/** Parts that add up. The largest parts of all rows have a colour of their own, the rest is "other". */
export const stacked = (drawing: Drawing, spec: StackedSpec): Sketch => {
  const { Plot } = drawing
  const table: DataTable = {
    caption: `${spec.title}: data`,
    columns: [
      { key: 'row', label: 'row', kind: 'text' },
      { key: 'part', label: spec.partLabel, kind: 'text' },
      { key: 'value', label: spec.x.label, unit: spec.x.unit, kind: 'number' },
    ],
    rows: spec.rows.flatMap(({ label, parts }) => parts.map(({ name, value }) => [label, name, cellOf(value)])),
  }
  const totals = new Map<string, number>()
  for (const { parts } of spec.rows)
    for (const { name, value } of parts)
      if (isDrawn(value) && value > 0) totals.set(name, (totals.get(name) ?? 0) + value)
  if (totals.size === 0) return emptySketch(drawing, table, 'There is no value to show.')
  const ordered = [...totals].sort(([one, size], [other, otherSize]) => otherSize - size || (one < other ? -1 : 1))
  const kept = ordered.length <= SERIES.length ? ordered : ordered.slice(0, SERIES.length - 1)
  const named = kept.map(([name]) => name)
  const legend = named.length === ordered.length ? named : [...named, OTHER]
  const colourOf = (name: string): string => TOKENS[SERIES[legend.indexOf(name)] ?? 's8'].light
  const rows = spec.rows.map(({ label, parts }) => {
    const sizes = new Map<string, number>()
    for (const { name, value } of parts)
      if (isDrawn(value) && value > 0) {
        const shown = named.includes(name) ? name : OTHER
        sizes.set(shown, (sizes.get(shown) ?? 0) + value)
      }
    return { label, sizes, total: [...sizes.values()].reduce((sum, size) => sum + size, 0) }
  })
  const scale = axisScale(
    spec.x,
    rows.map(({ total }) => total),
  )
  const segments = rows.flatMap(({ sizes }, row) => {
    let from = 0
    return legend.flatMap((name) => {
      const size = (sizes.get(name) ?? 0) / scale.divide
      from += size
      return size === 0 ? [] : [{ row: String(row), name, from: from - size, to: from, colour: colourOf(name) }]
    })
  })
  const longest = Math.max(...rows.map(({ total }) => total)) / scale.divide
  const lines = legendLines(legend)
  const marginTop = 14 + 20 * lines.rows
  const height = marginTop + 46 + STACK * rows.length
  const without = spec.rows.reduce((sum, { parts }) => sum + parts.filter(({ value }) => !isDrawn(value)).length, 0)
  return {
    options: {
      height,
      marginLeft: labelRoom(rows.map(({ label }) => label)),
      marginRight: 90,
      marginTop,
      marginBottom: 44,
      x: { domain: [0, longest], label: scale.label, labelArrow: false, labelAnchor: 'center', nice: true },
      y: {
        type: 'band',
        padding: 0.3,
        domain: rows.map((_, index) => String(index)),
        label: null,
        tickSize: 0,
        tickFormat: (key: string) => cut(rows[Number(key)]?.label ?? ''),
      },
    },
    marks: [
      Plot.gridX({ stroke: GRID, strokeOpacity: 1 }),
      Plot.rect(segments, { x1: 'from', x2: 'to', y: 'row', fill: 'colour', stroke: '#ffffff', strokeWidth: 1 }),
      Plot.ruleX([0], { stroke: MUTED }),
      // Numbered as in the legend, so that colour is never alone.
      Plot.text(
        segments.filter(({ from, to }) => (to - from) / longest > 0.035),
        {
          x: ({ from, to }: { from: number; to: number }) => (from + to) / 2,
          y: 'row',
          text: ({ name }: { name: string }) => String(legend.indexOf(name) + 1),
          fill: '#ffffff',
          fontWeight: 700,
        },
      ),
      Plot.text(
        rows.map(({ total }, row) => ({ row: String(row), words: scale.words(total) })),
        { frameAnchor: 'right', y: 'row', text: 'words', dx: 84, textAnchor: 'end' },
      ),
      ...lines.entries.map(({ name, x, line }, index) =>
        Plot.text([`${String(index + 1)} ${cut(name, 28)}`], {
          frameAnchor: 'top-left',
          dx: x - labelRoom(rows.map(({ label }) => label)) + 18,
          dy: -marginTop + 12 + 20 * line,
          textAnchor: 'start',
          lineAnchor: 'middle',
        }),
      ),
      ...lines.entries.map(({ name, x, line }) =>
        Plot.dot([name], {
          frameAnchor: 'top-left',
          dx: x - labelRoom(rows.map(({ label }) => label)) + 8,
          dy: -marginTop + 12 + 20 * line,
          symbol: 'square',
          r: 6,
          fill: colourOf(name),
        }),
      ),
    ],
    desc: [
      ...rows.slice(0, 8).map(({ label, sizes, total }) => {
        const [largest] = [...sizes].sort(
          ([one, size], [other, otherSize]) => otherSize - size || (one < other ? -1 : 1),
        )
        return largest === undefined
          ? `${label}: no value.`
          : `${label}: ${scale.words(total)}, most of it ${largest[0]} (${((largest[1] / total) * 100).toFixed(0)} %).`
      }),
      without === 0 ? '' : `${counted(without, 'part has', 'parts have')} no value; the table says why.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    table,
    notes:
      named.length === ordered.length
        ? []
        : [
            `${String(ordered.length - named.length)} smaller parts are drawn together as "${OTHER}"; all stand in the table.`,
          ],
  }
}

const legendLines = (names: readonly string[]) => {
  let x = 0
  let line = 0
  const entries = names.map((name) => {
    const width = 48 + textWidth(cut(name, 28))
    if (x > 0 && x + width > LEGEND_WIDTH) {
      x = 0
      line++
    }
    x += width
    return { name, x: x - width, line }
  })
  return { entries, rows: line + 1 }
}
