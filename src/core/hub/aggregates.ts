/** Distributions that are left of runs whose month expired: deterministic, and mergeable. */

/** Count, mean, sum of squared differences from the mean, and extremes. */
export interface Distribution {
  readonly n: number
  readonly mean: number
  readonly m2: number
  readonly minimum: number
  readonly maximum: number
}

export const emptyDistribution: Distribution = { n: 0, mean: 0, m2: 0, minimum: Infinity, maximum: -Infinity }

/** One value more (Welford 1962, doi:10.1080/00401706.1962.10490022). Order matters in the last digits. */
export const addValue = (to: Distribution, value: number): Distribution => {
  const n = to.n + 1
  const delta = value - to.mean
  const mean = to.mean + delta / n
  return {
    n,
    mean,
    m2: to.m2 + delta * (value - mean),
    minimum: Math.min(to.minimum, value),
    maximum: Math.max(to.maximum, value),
  }
}

/** Both together (Chan, Golub and LeVeque 1983, doi:10.1080/00031305.1983.10483115). */
export const mergeDistributions = (left: Distribution, right: Distribution): Distribution => {
  if (left.n === 0) return right
  if (right.n === 0) return left
  const n = left.n + right.n
  const delta = right.mean - left.mean
  return {
    n,
    mean: left.mean + (delta * right.n) / n,
    m2: left.m2 + right.m2 + (delta * delta * left.n * right.n) / n,
    minimum: Math.min(left.minimum, right.minimum),
    maximum: Math.max(left.maximum, right.maximum),
  }
}

/** Contributors that must stand behind anonymised values where a hub's policy does not say. */
export const DEFAULT_GROUP_SIZE = 5

type AggregateDimension = 'pipeline' | 'dataset' | 'metric'

/** What tells one row of an aggregate from another. */
export interface AggregateSeries {
  readonly benchmark_type: string
  readonly dataset: string | null
  readonly pipeline: string | null
  readonly version: string | null
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: 'higher' | 'lower' | 'none'
}

/** What a run brings to the aggregates of its month. */
export interface AggregateInput {
  readonly runId: string
  readonly contentSha256: string
  readonly isAnonymous: boolean
  /** Project; for anonymised runs the throw-away key of their month. */
  readonly contributor: string
  readonly values: readonly { readonly series: AggregateSeries; readonly value: number }[]
}

export interface FrozenAggregate {
  readonly by: AggregateDimension
  readonly name: string
  readonly month: string
  readonly runs: number
  readonly contributors: number
  /** Lines `run_id:content_sha256`, sorted, each with a line feed: what `inputs_root` is the SHA-256 of. */
  readonly inputs: string
  readonly rows: readonly (AggregateSeries & Distribution)[]
}

interface Share {
  distribution: Distribution
  /** Each run once, as they came. */
  readonly runs: AggregateInput[]
  readonly contributors: Set<string>
}

interface Row {
  readonly series: AggregateSeries
  readonly named: Share
  readonly anonymous: Share
}

export interface Freezer {
  add(input: AggregateInput): void
  freeze(): readonly FrozenAggregate[]
}

/** Gathers the runs of one month. Feed them sorted by (project, run id): the last digits of a mean depend on the order. */
export const createFreezer = (month: string, groupSize: number): Freezer => {
  const rows = new Map<string, Row>()
  const add = (input: AggregateInput): void => {
    for (const { series, value } of input.values) {
      const row = entry(rows, seriesKey(series), () => ({ series, named: share(), anonymous: share() }))
      const side = input.isAnonymous ? row.anonymous : row.named
      side.distribution = addValue(side.distribution, value)
      if (side.runs.at(-1) !== input) side.runs.push(input)
      side.contributors.add(input.contributor)
    }
  }
  /**
   * Aggregates in (dimension, name) order. Anonymised values of a row stay out while fewer than `groupSize`
   * contributors stand behind them: a distribution of one is that one.
   */
  const freeze = (): readonly FrozenAggregate[] => {
    const groups = new Map<string, { by: AggregateDimension; name: string; rows: Row[] }>()
    for (const [, row] of [...rows].sort(([left], [right]) => (left < right ? -1 : 1)))
      for (const by of DIMENSIONS) {
        const name = row.series[by]
        if (name !== null) entry(groups, `${by}\0${name}`, () => ({ by, name, rows: [] })).rows.push(row)
      }
    return [...groups]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, group]) => freezeGroup(group, month, groupSize))
      .filter((aggregate) => aggregate.rows.length > 0)
  }
  return { add, freeze }
}

const DIMENSIONS = ['dataset', 'metric', 'pipeline'] as const

const share = (): Share => ({ distribution: emptyDistribution, runs: [], contributors: new Set() })

const entry = <Value>(map: Map<string, Value>, key: string, make: () => Value): Value => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Orders rows, and tells them apart. */
const seriesKey = (series: AggregateSeries): string =>
  JSON.stringify([
    series.benchmark_type,
    series.dataset,
    series.pipeline,
    series.version,
    series.metric,
    series.level,
    series.rank,
    series.unit,
    series.direction,
  ])

const freezeGroup = (
  group: { readonly by: AggregateDimension; readonly name: string; readonly rows: readonly Row[] },
  month: string,
  groupSize: number,
): FrozenAggregate => {
  const runs = new Map<string, AggregateInput>()
  const rows: (AggregateSeries & Distribution)[] = []
  for (const row of group.rows) {
    const shares = row.anonymous.contributors.size >= groupSize ? [row.named, row.anonymous] : [row.named]
    const distribution = shares.reduce((sum, part) => mergeDistributions(sum, part.distribution), emptyDistribution)
    if (distribution.n === 0) continue
    rows.push({ ...row.series, ...distribution })
    for (const part of shares) for (const input of part.runs) runs.set(input.runId, input)
  }
  const inputs = [...runs.values()].map(({ runId, contentSha256 }) => `${runId}:${contentSha256}\n`)
  return {
    by: group.by,
    name: group.name,
    month,
    runs: runs.size,
    contributors: new Set([...runs.values()].map(({ contributor }) => contributor)).size,
    inputs: inputs.sort().join(''),
    rows,
  }
}

/** Rows of two aggregates of the same key and month, of runs that have nothing in common. */
export const mergeRows = (
  left: readonly (AggregateSeries & Distribution)[],
  right: readonly (AggregateSeries & Distribution)[],
): readonly (AggregateSeries & Distribution)[] => {
  const merged = new Map(left.map((row) => [seriesKey(row), row]))
  for (const row of right) {
    const known = merged.get(seriesKey(row))
    merged.set(seriesKey(row), known === undefined ? row : { ...row, ...mergeDistributions(known, row) })
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** The value's path component: what can be kept of it, and six digits of its hash. */
export const aggregateKey = (name: string, sha256: (text: string) => string): string => {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80)
  return `${slug === '' ? 'x' : slug}-${sha256(name).slice(0, 6)}`
}
