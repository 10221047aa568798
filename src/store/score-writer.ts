import type { PipelineSummary, Resources } from '../core/run.ts'
import type { Score } from '../core/score.ts'
import type { Lookup } from './lookup.ts'
import { RESOURCE_COLUMNS, toResourceRow } from './resource-row.ts'
import type { Statements } from './statements.ts'

/** Writes the numbers of executions and runs, inside the caller's transaction. Each call replaces what was there. */
export interface ScoreWriter {
  scores(executionKey: number, scores: readonly Score[], sampleNumber: (name: string) => number): void
  resources(executionKey: number, resources: Resources | null): void
  summary(runKey: number, summary: readonly PipelineSummary[]): void
}

const INSERT_RESOURCE = `
  INSERT INTO resource (execution_key, ${RESOURCE_COLUMNS.join(', ')})
  VALUES (${['?', ...RESOURCE_COLUMNS.map(() => '?')].join(', ')})`

export const createScoreWriter = (statements: Statements, lookup: Lookup): ScoreWriter => ({
  scores: (executionKey, scores, sampleNumber) => {
    statements('DELETE FROM score WHERE execution_key = ?').run(executionKey)
    const insert = statements(
      'INSERT INTO score (execution_key, ordinal, series_key, sample, value, reason) VALUES (?, ?, ?, ?, ?, ?)',
    )
    for (const [ordinal, score] of scores.entries()) {
      const sample = score.sample === null ? null : sampleNumber(score.sample)
      insert.run(executionKey, ordinal, lookup.series(score), sample, score.value, score.reason)
    }
  },
  resources: (executionKey, resources) => {
    statements('DELETE FROM resource WHERE execution_key = ?').run(executionKey)
    if (resources !== null) statements(INSERT_RESOURCE).run(executionKey, ...toResourceRow(resources))
  },
  summary: (runKey, summary) => {
    statements('DELETE FROM summary WHERE run_key = ?').run(runKey)
    const insert = statements(`
      INSERT INTO summary (run_key, ordinal, variant_key, series_key, value, reason, n, n_expected, low, high,
        aggregation, interval)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    for (const [ordinal, entry] of summary.entries())
      insert.run(
        runKey,
        ordinal,
        lookup.variant(entry.pipeline, entry.params, entry.version),
        lookup.series(entry),
        entry.value,
        entry.reason,
        entry.n,
        entry.nExpected,
        finiteOrNull(entry.low),
        finiteOrNull(entry.high),
        entry.method.aggregation,
        entry.method.interval,
      )
  },
})

// An interval may be absent, so the table cannot tell a NaN, which SQLite stores as NULL, from an absent one.
const finiteOrNull = (bound: number | null): number | null => {
  if (bound !== null && !Number.isFinite(bound))
    throw new RangeError(`An interval ends at a finite number, not ${String(bound)}`)
  return bound
}
