import type { Connection } from '../open.ts'
import type { Statements } from '../statements.ts'
import { rewriteBlock } from './document-blocks.ts'

/** Columns of a run that point at what runs share, and the tables they point into. */
const SHARED = {
  task_key: 'hub_task',
  comparability_key: 'hub_comparability',
  environment_key: 'hub_environment',
  samples_key: 'hub_sample_list',
  signer_key: 'hub_signer',
  folder_key: 'hub_folder',
} as const
type SharedColumn = keyof typeof SHARED
const SHARED_COLUMNS = Object.keys(SHARED) as SharedColumn[]

/**
 * Removes runs inside the caller's transaction, and whatever only they used: no document, parameter, machine or sample
 * name of theirs stays.
 */
export const removeRuns = (statements: Statements, keys: readonly number[]): void => {
  const blocks = new Set<number>()
  const shared = new Map<SharedColumn, Set<number>>(SHARED_COLUMNS.map((column) => [column, new Set()]))
  const variants = new Set<number>()
  const databases = new Set<number>()
  const methods = new Set<number>()
  const series = new Set<number>()
  const all = (sql: string, key: number, into: Set<number>): void => {
    for (const { found } of statements<{ found: number }>(sql).all(key)) into.add(found)
  }
  for (const key of keys) {
    const row = statements<Record<SharedColumn | 'block_key', number>>(
      `SELECT block_key, ${SHARED_COLUMNS.join(', ')} FROM hub_run WHERE key = ?`,
    ).get(key)
    if (!row) continue
    blocks.add(row.block_key)
    for (const column of SHARED_COLUMNS) shared.get(column)?.add(row[column])
    all('SELECT variant_key AS found FROM hub_run_variant WHERE run_key = ?', key, variants)
    all(
      'SELECT DISTINCT databases_key AS found FROM hub_run_variant WHERE run_key = ? AND databases_key IS NOT NULL',
      key,
      databases,
    )
    all('SELECT method_key AS found FROM hub_execution WHERE run_key = ? AND method_key IS NOT NULL', key, methods)
    all('SELECT DISTINCT series_key AS found FROM hub_score WHERE run_key = ?', key, series)
    all('SELECT DISTINCT series_key AS found FROM hub_summary WHERE run_key = ?', key, series)
    statements('DELETE FROM hub_run WHERE key = ?').run(key)
  }
  for (const block of blocks) rewriteBlock(statements, block)
  for (const column of SHARED_COLUMNS)
    for (const key of shared.get(column) ?? [])
      statements(`
        DELETE FROM ${SHARED[column]} WHERE key = @key AND NOT EXISTS (SELECT 1 FROM hub_run WHERE ${column} = @key)`).run(
        { key },
      )
  statements(
    'DELETE FROM hub_project WHERE NOT EXISTS (SELECT 1 FROM hub_folder WHERE project_key = hub_project.key)',
  ).run()
  const sweep = (table: string, found: ReadonlySet<number>, users: readonly (readonly [string, string])[]): void => {
    const unused = users.map(([user, column]) => `NOT EXISTS (SELECT 1 FROM ${user} WHERE ${column} = @key)`)
    for (const key of found)
      statements(`DELETE FROM ${table} WHERE key = @key AND ${unused.join(' AND ')}`).run({ key })
  }
  sweep('hub_method', methods, [['hub_execution', 'method_key']])
  sweep('variant', variants, [
    ['execution', 'variant_key'],
    ['summary', 'variant_key'],
    ['hub_run_variant', 'variant_key'],
  ])
  sweep('database_set', databases, [
    ['execution', 'databases_key'],
    ['hub_run_variant', 'databases_key'],
  ])
  // The big table last: it is asked only for series that nothing smaller uses, and stops at the first score it finds.
  sweep('series', series, [
    ['summary', 'series_key'],
    ['hub_summary', 'series_key'],
    ['score', 'series_key'],
    ['hub_score', 'series_key'],
  ])
}

/**
 * After something was erased: what was deleted leaves the files too. Its cells were overwritten (`secure_delete`); here
 * the log that still holds old pages is emptied and free pages are given back. Both can wait when others are reading.
 */
export const reclaim = (db: Connection): void => {
  if (db.pragma('auto_vacuum', { simple: true }) === 2) db.pragma('incremental_vacuum')
  db.pragma('wal_checkpoint(TRUNCATE)')
}
