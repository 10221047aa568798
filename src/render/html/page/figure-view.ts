import type { Chart } from '../charts/spec.ts'
import { tableView, type TableView } from './table-view.ts'

/** A chart as its template wants it. */
export interface FigureView {
  readonly key: string
  readonly title: string
  readonly svg: string
  readonly desc: string
  readonly method: string
  readonly notes: readonly string[]
  readonly table: TableView
}

/** A drawn chart for a page, with its data as a table to open. `filePrefix` names downloads. */
export const figureView = (chart: Chart, filePrefix: string): FigureView => ({
  key: chart.key,
  title: chart.title,
  svg: chart.svg,
  desc: chart.desc,
  method: chart.method,
  notes: chart.notes,
  table: tableView(`${chart.key}-data`, chart.table, `${filePrefix}-${chart.key}`),
})
