import type { RunPayload } from '../../generated/hub-run.ts'
import type { DatabaseDigests } from '../../core/databases.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { createLookup } from '../lookup.ts'
import type { Statements } from '../statements.ts'

/**
 * Integer keys of what repeats over runs, created when first met. Remembers them, so one is made for each transaction:
 * after a rolled back one its keys would point at nothing.
 */
export interface Interned {
  project(name: string): number
  folder(project: string, month: string): number
  task(payload: RunPayload): number
  comparability(payload: RunPayload): number
  environment(payload: RunPayload): number
  samples(payload: RunPayload): number
  signer(keyId: string): number
  /** In the order of the document, as the next two. */
  methods(payload: RunPayload): readonly number[]
  variants(payload: RunPayload): readonly VariantKeys[]
  series(payload: RunPayload): readonly number[]
}

/** A variant, and the databases it read; null: not told. */
interface VariantKeys {
  readonly variant: number
  readonly databases: number | null
}

const SAME = (column: string): string => `ifnull('=' || ${column}, '') = ifnull('=' || @${column}, '')`

export const createInterned = (statements: Statements, hub: number): Interned => {
  const shared = createLookup(statements)
  const insert = (sql: string, values: unknown): number => Number(statements(sql).run(values).lastInsertRowid)
  const keyOf = (select: string, add: string, values: Readonly<Record<string, string | number | null>>): number =>
    statements<{ key: number }>(select).get(values)?.key ?? insert(add, values)

  const project = remembering((name: string) =>
    keyOf(
      'SELECT key FROM hub_project WHERE hub_key = @hub AND name = @name',
      'INSERT INTO hub_project (hub_key, name) VALUES (@hub, @name)',
      { hub, name },
    ),
  )
  const folder = remembering((path: string) => {
    const [name = '', month = ''] = path.split('/')
    return keyOf(
      'SELECT key FROM hub_folder WHERE project_key = @project AND month = @month',
      'INSERT INTO hub_folder (project_key, month) VALUES (@project, @month)',
      { project: project(name), month },
    )
  })
  const task = remembering((json: string) => {
    const [type, dataset, version, labels] = JSON.parse(json) as [string, string | null, string | null, string | null]
    return keyOf(
      `SELECT key FROM hub_task WHERE benchmark_type = @type AND ${SAME('dataset')}
         AND ifnull('=' || dataset_version, '') = ifnull('=' || @version, '') AND ${SAME('labels')}`,
      'INSERT INTO hub_task (benchmark_type, dataset, dataset_version, labels) VALUES (@type, @dataset, @version, @labels)',
      { type, dataset, version, labels },
    )
  })
  const comparability = remembering((json: string) =>
    keyOf(
      'SELECT key FROM hub_comparability WHERE json = @json',
      'INSERT INTO hub_comparability (json) VALUES (@json)',
      { json },
    ),
  )
  const environment = remembering((json: string) => {
    const { machine_fingerprint: fingerprint } = JSON.parse(json) as RunPayload['environment']
    return keyOf(
      'SELECT key FROM hub_environment WHERE json = @json',
      'INSERT INTO hub_environment (json, machine_fingerprint) VALUES (@json, @fingerprint)',
      { json, fingerprint },
    )
  })
  const samples = remembering((json: string) => {
    const found = statements<{ key: number }>('SELECT key FROM hub_sample_list WHERE names = ?').get(json)
    if (found) return found.key
    const list = insert('INSERT INTO hub_sample_list (names) VALUES (?)', json)
    const add = statements('INSERT INTO hub_sample (list_key, number, name) VALUES (?, ?, ?)')
    for (const [number, name] of (JSON.parse(json) as string[]).entries()) add.run(list, number, name)
    return list
  })
  const signer = remembering((keyId: string) =>
    keyOf('SELECT key FROM hub_signer WHERE key_id = @keyId', 'INSERT INTO hub_signer (key_id) VALUES (@keyId)', {
      keyId,
    }),
  )
  const methods = remembering((json: string) =>
    (JSON.parse(json) as RunPayload['methods']).map(({ agent, cpu, memory }) =>
      keyOf(
        `SELECT key FROM hub_method WHERE agent = @agent AND ${SAME('cpu')} AND ${SAME('memory')}`,
        'INSERT INTO hub_method (agent, cpu, memory) VALUES (@agent, @cpu, @memory)',
        { agent, cpu, memory },
      ),
    ),
  )
  const variants = remembering((json: string) =>
    (JSON.parse(json) as RunPayload['pipelines']).map(({ name, params, version, databases }) => ({
      variant: shared.variant(name, params as Parameters, version),
      databases: shared.databases((databases as DatabaseDigests | undefined) ?? null),
    })),
  )
  const series = remembering((json: string) =>
    (JSON.parse(json) as RunPayload['series']).map((one) => shared.series(one)),
  )

  // Documents are canonical, so equal values have equal text.
  return {
    project,
    folder: (name, month) => folder(`${name}/${month}`),
    task: ({ benchmark_type: type, dataset }) =>
      task(JSON.stringify([type, dataset?.id ?? null, dataset?.version ?? null, dataset?.labels ?? null])),
    comparability: likeBefore(({ comparability: value }) => value, comparability),
    environment: likeBefore(({ environment: value }) => value, environment),
    samples: likeBefore(({ samples: value }) => value, samples),
    signer,
    methods: likeBefore(({ methods: value }) => value, methods),
    variants: likeBefore(({ pipelines }) => pipelines, variants),
    series: likeBefore(({ series: value }) => value, series),
  }
}

// Runs that follow each other are mostly alike in these parts, and comparing costs a fraction of writing them as text.
const likeBefore = <Result>(
  partOf: (payload: RunPayload) => unknown,
  find: (json: string) => Result,
): ((payload: RunPayload) => Result) => {
  let last: { readonly part: unknown; readonly result: Result } | null = null
  return (payload) => {
    const part = partOf(payload)
    if (last === null || !sameJson(last.part, part)) last = { part, result: find(JSON.stringify(part)) }
    return last.result
  }
}

/** Whether two values are written alike: the same keys in the same order, and the same in them. */
const sameJson = (left: unknown, right: unknown): boolean => {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left))
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameJson(item, right[at]))
  const [keys, others] = [Object.keys(left), Object.keys(right)]
  return (
    !Array.isArray(right) &&
    keys.length === others.length &&
    keys.every((key, at) => key === others[at] && sameJson(valueAt(left, key), valueAt(right, key)))
  )
}

const valueAt = (values: object, key: string): unknown => (values as Readonly<Record<string, unknown>>)[key]

const remembering = <Result>(find: (text: string) => Result): ((text: string) => Result) => {
  const known = new Map<string, Result>()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) {
      found = find(text)
      known.set(text, found)
    }
    return found
  }
}
