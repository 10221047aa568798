import { cleanName } from '../clean-text.ts'
import { datasetText } from '../dataset-name.ts'
import { columnKey } from './columns.ts'
import type { SiteRun, SiteSeries } from './site-run.ts'

/** A column of positions in a list of texts; one number where all rows have the same. */
interface TextColumn {
  readonly texts: readonly string[]
  readonly at: readonly number[] | number
}

/** Runs as columns: a fifth of the bytes of objects, and the browser parses and sorts them as they are. */
export interface Shard {
  readonly schema: 'benchmark.dashboard-shard/1'
  readonly project: string
  readonly rows: number
  /** With a space between: `~` and what follows the time in the run id; else the whole id. */
  readonly id: string
  /** Start in seconds since 1970, each as the difference from the row before. */
  readonly started: readonly number[]
  readonly text: Readonly<Record<string, TextColumn>>
  /** With a space between: first ten digits of the commit, or `-`. */
  readonly commit: string
  readonly metrics: readonly {
    readonly key: string
    readonly metric: string
    readonly level: string | null
    readonly rank: string | null
    readonly unit: string
    readonly direction: string
    /** Four significant digits. */
    readonly value: readonly (number | null)[]
    /** Row -> why there is no value; rows without an entry were not scored by this metric. */
    readonly why: Readonly<Record<string, string>>
    readonly n: readonly number[] | number
    readonly of: readonly number[] | number
  }[]
}

/** Digits of a commit that tables show. */
export const COMMIT_DIGITS = 10

/** Texts of a run that are dictionary-coded, in the order of the table. */
export const TEXT_COLUMNS: Readonly<Record<string, (run: SiteRun) => string>> = {
  type: ({ benchmarkType }) => benchmarkType,
  pipeline: ({ pipeline }) => pipeline,
  version: ({ version }) => version ?? '',
  params: ({ params }) => paramsText(params),
  dataset: ({ dataset }) => datasetText(dataset),
  state: ({ state }) => state,
  trust: ({ trust }) => trust,
  branch: ({ branch }) => branch ?? '',
  label: ({ label }) => label ?? '',
  tags: ({ tags }) => tags.join(' '),
  machine: ({ machine }) => machine ?? '',
}

/** `min_identity=90 preset=default`, whatever the order they were written in. */
export const paramsText = (params: SiteRun['params']): string => {
  const known = PARAMETERS.get(params)
  if (known !== undefined) return known
  const text = Object.entries(params)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
  PARAMETERS.set(params, text)
  return text
}

// Runs of one parameter set share the object, and are asked for it a hundred thousand times.
const PARAMETERS = new WeakMap<SiteRun['params'], string>()

/** Rows must be in the order of time. */
export const toShard = (project: string, runs: readonly SiteRun[], columns: readonly SiteSeries[]): Shard => {
  let before = 0
  const started = runs.map(({ startedAt }) => {
    const seconds = secondsOf(startedAt)
    const step = seconds - before
    before = seconds
    return step
  })
  return {
    schema: 'benchmark.dashboard-shard/1',
    project: cleanName(project),
    rows: runs.length,
    id: runs
      .map(({ runId, startedAt }) => {
        const stamp = `${stampOf(secondsOf(startedAt))}-`
        return word(runId.startsWith(stamp) ? `~${runId.slice(stamp.length)}` : runId)
      })
      .join(' '),
    started,
    text: Object.fromEntries(Object.entries(TEXT_COLUMNS).map(([name, textOf]) => [name, coded(runs.map(textOf))])),
    commit: runs.map(({ commit }) => word((commit ?? '').slice(0, COMMIT_DIGITS))).join(' '),
    metrics: columns.map((series) => metricColumn(series, runs)),
  }
}

const metricColumn = (series: SiteSeries, runs: readonly SiteRun[]): Shard['metrics'][number] => {
  const key = columnKey(series)
  const found = runs.map(({ values }) => values.find((one) => columnKey(one.series) === key))
  const { metric, level, rank, unit, direction } = series
  return {
    ...{ key, metric, level, rank, unit, direction },
    value: found.map((one) => (one === undefined || one.value === null ? null : fourDigits(one.value))),
    why: Object.fromEntries(
      found.flatMap((one, row) =>
        one !== undefined && one.value === null ? [[String(row), one.reason ?? 'not_measured']] : [],
      ),
    ),
    n: same(found.map((one) => one?.n ?? 0)),
    of: same(found.map((one) => one?.nExpected ?? 0)),
  }
}

/** A value as tables and shards have it: the whole one is in the result itself. */
export const fourDigits = (value: number): number => Number(value.toPrecision(4))

// Ids have no spaces; of a database somebody edited they might.
const word = (text: string): string => cleanName(text).replaceAll(' ', '_') || '-'

const secondsOf = (iso: string): number => {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? 0 : Math.floor(ms / 1000)
}

const stampOf = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '')
    .toLowerCase()

const coded = (texts: readonly string[]): TextColumn => {
  const known = [...new Set(texts)].sort()
  const positions = new Map(known.map((text, at) => [text, at]))
  return { texts: known.map(cleanName), at: same(texts.map((text) => positions.get(text) ?? 0)) }
}

const same = (values: readonly number[]): readonly number[] | number => {
  const [first = 0] = values
  return values.every((value) => value === first) ? first : values
}
