import { createHash } from 'node:crypto'
import type { DatabaseDigests } from '../../core/databases.ts'
import type { SiteRun, SiteSeries } from '../../core/dashboard/site-run.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Statements } from '../statements.ts'

/** A pipeline at one version with one parameter set. */
interface Variant {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

/** Everything that repeats over runs, read once: a run is then a few look-ups. */
export interface SiteDictionaries {
  readonly variant: (key: number) => Variant
  readonly series: (key: number) => SiteSeries
  readonly task: (key: number) => Pick<SiteRun, 'benchmarkType' | 'dataset'>
  readonly machine: (key: number) => Pick<SiteRun, 'machine' | 'fingerprint'>
  readonly comparability: (key: number) => SiteRun['comparability']
  /** What was read under a key; null for none. */
  readonly databases: (key: number | null) => SiteRun['databases']
  /** Of the names of a list of samples. */
  readonly samples: (key: number) => string
}

export const createSiteDictionaries = (statements: Statements): SiteDictionaries => ({
  databases: orNull(
    remembering((key) => {
      const row = found<{ json: string }>(statements, 'SELECT json FROM database_set WHERE key = ?', key)
      const digests = Object.entries(JSON.parse(row.json) as DatabaseDigests)
      return Object.fromEntries(digests.map(([name, digest]) => [name, digest ?? 'unknown']))
    }),
  ),
  variant: remembering((key) => {
    const row = found<Omit<Variant, 'params'> & { params: string }>(
      statements,
      'SELECT pipeline, version, params FROM variant WHERE key = ?',
      key,
    )
    return { pipeline: row.pipeline, version: row.version, params: JSON.parse(row.params) as Parameters }
  }),
  series: remembering((key) =>
    found<SiteSeries>(statements, 'SELECT metric, level, rank, unit, direction FROM series WHERE key = ?', key),
  ),
  task: remembering((key) => {
    const row = found<{ type: string; dataset: string | null; version: string | null; labels: string | null }>(
      statements,
      'SELECT benchmark_type AS type, dataset, dataset_version AS version, labels FROM hub_task WHERE key = ?',
      key,
    )
    const { type: benchmarkType, dataset: id, version, labels } = row
    return { benchmarkType, dataset: id === null ? null : { id, version: version ?? '', labels } }
  }),
  machine: remembering((key) => {
    const row = found<{ json: string }>(statements, 'SELECT json FROM hub_environment WHERE key = ?', key)
    return machineOf(row.json)
  }),
  comparability: remembering((key) => {
    const row = found<{ json: string }>(statements, 'SELECT json FROM hub_comparability WHERE key = ?', key)
    return JSON.parse(row.json) as SiteRun['comparability']
  }),
  samples: remembering((key) => {
    const row = found<{ names: string }>(statements, 'SELECT names FROM hub_sample_list WHERE key = ?', key)
    return shortDigest(row.names)
  }),
})

const orNull =
  <Value>(of: (key: number) => Value) =>
  (key: number | null): Value | null =>
    key === null ? null : of(key)

/** Processor, processors and memory, and what times must share, of an environment as the database has it. */
export const machineOf = (json: string): Pick<SiteRun, 'machine' | 'fingerprint'> => {
  const of = JSON.parse(json) as Readonly<Record<string, unknown>>
  // Own environments tell more than shared ones, one step deeper.
  const part = (outer: string, inner: string): unknown => {
    const value = of[outer]
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[inner] : undefined
  }
  return {
    machine: machineText(
      of['cpu_model'] ?? part('cpu', 'model'),
      of['cpus'] ?? part('cpu', 'allowed'),
      of['memory_bytes'] ?? part('memory', 'ram_bytes'),
    ),
    fingerprint: textOf(of['machine_fingerprint']),
  }
}

const machineText = (model: unknown, cpus: unknown, bytes: unknown): string | null => {
  const parts = [
    textOf(model),
    typeof cpus === 'number' ? `${String(cpus)} CPUs` : null,
    typeof bytes === 'number' ? `${String(Math.round(bytes / 1e9))} GB` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** One text for one way of scoring one list of samples. */
export const settingText = (comparability: SiteRun['comparability'], samples: string): string =>
  JSON.stringify([Object.entries(comparability).sort(([left], [right]) => (left < right ? -1 : 1)), samples])

export const shortDigest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

// The caller says what the columns of its query are.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
const found = <Row>(statements: Statements, sql: string, key: number): Row => {
  const row = statements<Row>(sql).get(key)
  if (row === undefined) throw new Error(`No row ${String(key)}: ${sql}`)
  return row
}

const remembering = <Value>(read: (key: number) => Value): ((key: number) => Value) => {
  const known = new Map<number, Value>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = read(key)
      known.set(key, value)
    }
    return value
  }
}
