import type { ReportDocument } from '../../../generated/report.ts'
import { formatMetric } from '../../format-number.ts'
import { signedEffect } from '../../report/effect-words.ts'
import { atWords, changeWords, reasonWords } from './words.ts'

/** The first numbers of a report: a row for each pipeline, a column for each important metric. */
export interface KeyNumbersView {
  readonly columns: readonly {
    readonly title: string
    readonly at: string
    readonly hint: string
    readonly metric: string
  }[]
  readonly rows: readonly {
    readonly name: string
    readonly version: string | null
    readonly cells: readonly {
      readonly value: string
      readonly isMissing: boolean
      readonly isBest: boolean
      readonly interval: string
      readonly n: string
      readonly change: { readonly text: string; readonly tone: string } | null
    }[]
  }[]
  /** A single pipeline is shown as cards. */
  readonly isSingle: boolean
}

/** The key numbers of the document. */
export const keyNumbersView = ({ key_numbers: rows, run }: ReportDocument): KeyNumbersView => {
  const series = new Map(rows.map((row) => [seriesKey(row), row]))
  const columns = [...series.values()]
  return {
    columns: columns.map((row) => ({
      title: row.title,
      at: atWords(row),
      hint: row.direction === 'none' ? '' : `${row.direction} is better`,
      metric: row.metric,
    })),
    rows: run.pipelines.map(({ name, version }) => ({
      ...{ name, version },
      cells: columns.map((column) => {
        const alike = rows.filter((one) => seriesKey(one) === seriesKey(column))
        return cellOf(
          alike.find((one) => one.name === name),
          alike,
        )
      }),
    })),
    isSingle: run.pipelines.length === 1,
  }
}

type Row = ReportDocument['key_numbers'][number]

const seriesKey = ({ metric, level, rank, aggregation }: Row): string =>
  JSON.stringify([metric, level, rank, aggregation])

const cellOf = (row: Row | undefined, alike: readonly Row[]): KeyNumbersView['rows'][number]['cells'][number] => {
  if (row === undefined || row.value === null)
    return {
      ...{ value: reasonWords(row?.reason ?? 'not_run'), isMissing: true, isBest: false, interval: '', change: null },
      n: row === undefined ? '' : `n = ${String(row.n)} of ${String(row.n_expected)}`,
    }
  const values = alike.flatMap(({ value }) => value ?? [])
  const best = row.direction === 'none' ? null : row.direction === 'higher' ? Math.max(...values) : Math.min(...values)
  const words = (value: number): string => formatMetric(value, row.unit)
  return {
    value: words(row.value),
    isMissing: false,
    isBest: alike.length > 1 && row.value === best && values.some((value) => value !== best),
    interval: row.low === null || row.high === null ? '' : `${words(row.low)} to ${words(row.high)}`,
    n: row.n === row.n_expected ? `n = ${String(row.n)}` : `n = ${String(row.n)} of ${String(row.n_expected)}`,
    change: row.change === null ? null : changeOf(row, row.change),
  }
}

const changeOf = (row: Row, change: NonNullable<Row['change']>) => {
  const { sign, word, tone } = changeWords(change.verdict, change.effect, row.direction)
  const effect = change.effect === null ? '' : ` ${signedEffect({ ...change, low: null, high: null, unit: row.unit })}`
  const isZero = change.effect === null || change.effect === 0
  return { text: `${sign}${isZero ? '' : effect} ${word}`, tone }
}
