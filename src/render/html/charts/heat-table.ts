import { HEAT } from '../theme/tokens.ts'
import { formatMetric } from '../../format-number.ts'
import { counted, cut, emptySketch, FONT_SIZE, labelRoom, MUTED, type Sketch, textWidth, WIDTH } from './frame.ts'
import type { Drawing } from './plot.ts'
import { cellOf, type Datum, type DataTable, type HeatTableSpec, isDrawn, type RankHeatSpec } from './spec.ts'

const CELL_HEIGHT = 26
const NARROWEST_CELL = 30
/** Cells that are drawn at most; what is beyond stands in the table. */
const MOST_CELLS = 200

/** A table shaded by value, each number written in its cell. */
export const heatTable = (drawing: Drawing, spec: HeatTableSpec): Sketch => {
  const table: DataTable = {
    caption: `${spec.title}: data`,
    columns: [
      { key: 'row', label: spec.rowLabel, kind: 'text' },
      { key: 'column', label: 'column', kind: 'text' },
      { key: 'value', label: 'value', kind: 'number' },
      { key: 'unit', label: 'unit', kind: 'text' },
    ],
    rows: spec.rows.flatMap((row) =>
      row.cells.map((cell, index) => [row.label, spec.columns[index] ?? '', cellOf(cell), row.axis.unit]),
    ),
  }
  const rows = spec.rows.map((row) => {
    const [low, high] = row.domain ?? extent(row.cells)
    return {
      label: row.label,
      cells: row.cells.map((cell) => ({
        share: isDrawn(cell) ? (high === low ? 0.5 : (cell - low) / (high - low)) : null,
        words: isDrawn(cell) ? formatMetric(cell, row.axis.unit) : '–',
      })),
    }
  })
  const best = spec.rows.slice(0, 10).flatMap((row) => {
    const values = row.cells.filter(isDrawn)
    if (values.length === 0) return [`${row.label}: no value.`]
    const [low, high] = extent(values)
    const words = (value: number): string => formatMetric(value, row.axis.unit)
    return [`${row.label}: ${low === high ? words(low) : `${words(low)} to ${words(high)}`}.`]
  })
  const absent = spec.rows.reduce((sum, { cells }) => sum + cells.filter((cell) => !isDrawn(cell)).length, 0)
  return cells(drawing, rows, spec.columns, table, [
    `${counted(spec.rows.length, 'row', 'rows')} by ${counted(spec.columns.length, 'column', 'columns')}.`,
    ...best,
    absent === 0 ? '' : `${counted(absent, 'cell has', 'cells have')} no value, marked –; the table says why.`,
  ])
}

/** Shares of each rank for each candidate. */
export const rankHeat = (drawing: Drawing, spec: RankHeatSpec): Sketch => {
  const ranks = spec.rows.reduce((most, { shares }) => Math.max(most, shares.length), 0)
  const columns = Array.from({ length: ranks }, (_, index) => String(index + 1))
  const table: DataTable = {
    caption: `${spec.title}: data`,
    columns: [
      { key: 'row', label: 'candidate', kind: 'text' },
      { key: 'rank', label: 'rank', kind: 'number' },
      { key: 'share', label: 'share of draws', kind: 'number' },
    ],
    rows: spec.rows.flatMap(({ label, shares }) => shares.map((share, index) => [label, index + 1, cellOf(share)])),
  }
  const rows = spec.rows.map(({ label, shares }) => ({
    label,
    cells: columns.map((_, index) => {
      const share = shares[index] ?? 0
      // Blank below half a percent: the eye should see where the mass is.
      if (!Number.isFinite(share)) return { share: null, words: '–' }
      return { share, words: share >= 0.005 ? share.toFixed(2) : '' }
    }),
  }))
  const likely = spec.rows.slice(0, 10).flatMap(({ label, shares }) => {
    const known = shares.map((share) => (Number.isFinite(share) ? share : 0))
    const most = known.reduce((best, share, index) => (share > (known[best] ?? 0) ? index : best), 0)
    return [`${label}: most often rank ${String(most + 1)} (${((known[most] ?? 0) * 100).toFixed(0)} % of draws).`]
  })
  return cells(drawing, rows, columns, table, likely)
}

interface HeatRow {
  readonly label: string
  readonly cells: readonly { readonly share: number | null; readonly words: string }[]
}

const cells = (
  drawing: Drawing,
  allRows: readonly HeatRow[],
  allColumns: readonly string[],
  table: DataTable,
  sentences: readonly string[],
): Sketch => {
  const { Plot } = drawing
  if (allRows.length === 0 || allColumns.length === 0) return emptySketch(drawing, table, 'There is no value to show.')
  const marginLeft = labelRoom(allRows.map(({ label }) => label))
  const columns = allColumns.slice(0, Math.max(1, Math.floor((WIDTH - marginLeft - 10) / NARROWEST_CELL)))
  const rows = allRows.slice(0, Math.max(1, Math.floor(MOST_CELLS / columns.length)))
  const cellWidth = (WIDTH - marginLeft - 10) / columns.length
  // Column names stand upright where they would run into each other.
  const isTurned = columns.some((column) => textWidth(cut(column, 24)) > cellWidth - 4)
  const longest = columns.reduce((most, column) => Math.max(most, cut(column, 24).length), 0)
  const marginTop = isTurned ? 22 + 4.4 * longest : 30
  const last = cut(columns.at(-1) ?? '', 24).length
  const marginRight = isTurned ? Math.max(10, 5.4 * last - cellWidth / 3) : 10
  const drawn = rows.flatMap(({ cells }, row) =>
    columns.map((_, column) => {
      const cell = cells[column] ?? { share: null, words: '–' }
      return { row: String(row), column: String(column), words: cell.words, step: stepOf(cell.share) }
    }),
  )
  const fits = drawn.every(({ words }) => words.length * 6.6 <= cellWidth)
  const left = [
    ...(rows.length < allRows.length
      ? [`${String(allRows.length - rows.length)} of ${String(allRows.length)} rows`]
      : []),
    ...(columns.length < allColumns.length
      ? [`${String(allColumns.length - columns.length)} of ${String(allColumns.length)} columns`]
      : []),
  ]
  return {
    options: {
      height: marginTop + 10 + CELL_HEIGHT * rows.length,
      marginLeft,
      marginRight,
      marginTop,
      marginBottom: 10,
      padding: 0,
      x: {
        type: 'band',
        axis: 'top',
        domain: columns.map((_, index) => String(index)),
        label: null,
        tickSize: 0,
        tickRotate: isTurned ? -38 : 0,
        tickFormat: (key: string) => cut(columns[Number(key)] ?? '', 24),
      },
      y: {
        type: 'band',
        domain: rows.map((_, index) => String(index)),
        label: null,
        tickSize: 0,
        tickFormat: (key: string) => cut(rows[Number(key)]?.label ?? ''),
      },
    },
    marks: [
      ...HEAT.map(({ light }, step) =>
        Plot.cell(
          drawn.filter((cell) => cell.step === step),
          { x: 'column', y: 'row', fill: light, inset: 1 },
        ),
      ),
      ...HEAT.map(({ ink }, step) =>
        Plot.text(fits ? drawn.filter((cell) => cell.step === step) : [], {
          x: 'column',
          y: 'row',
          text: 'words',
          fill: ink.light,
          className: `f-i${String(step)}`,
          fontSize: FONT_SIZE,
        }),
      ),
      Plot.text(
        drawn.filter(({ step }) => step === null),
        { x: 'column', y: 'row', text: 'words', fill: MUTED },
      ),
    ],
    desc: sentences.filter((sentence) => sentence !== '').join(' '),
    table,
    notes: [
      ...(left.length === 0
        ? []
        : [
            `${left.join(' and ')} are not drawn, because more than ${String(MOST_CELLS)} cells cannot be read; all stand in the table.`,
          ]),
      ...(fits ? [] : ['The cells are too narrow for numbers; they stand in the table.']),
    ],
  }
}

const stepOf = (share: number | null): number | null =>
  share === null ? null : Math.min(HEAT.length - 1, Math.max(0, Math.floor(share * HEAT.length)))

const extent = (values: readonly Datum[]): [number, number] => {
  const numbers = values.filter(isDrawn)
  return [
    numbers.reduce((least, value) => Math.min(least, value), Infinity),
    numbers.reduce((most, value) => Math.max(most, value), -Infinity),
  ]
}
