import { createHash } from 'node:crypto'
import { canonicalJson } from '../core/canonical-json.ts'
import type { DatabaseDigests } from '../core/databases.ts'
import type { Parameters } from '../core/pipeline.ts'
import type { Score } from '../core/score.ts'
import type { Statements } from './statements.ts'

/** What makes two scores points of one series. */
type SeriesIdentity = Pick<Score, 'metric' | 'level' | 'rank' | 'unit' | 'direction'>

/** Integer keys of texts that repeat over thousands of rows; created when first met, inside the caller's transaction. */
export interface Lookup {
  series(identity: SeriesIdentity): number
  variant(pipeline: string, params: Parameters, version: string | null): number
  environment(environment: Readonly<Record<string, unknown>>): number
  /** Null for databases nobody knows. */
  databases(digests: DatabaseDigests | null): number | null
}

export const createLookup = (statements: Statements): Lookup => {
  // Keys are not remembered between calls: after a rolled back transaction they would point at nothing.
  const keyOf = (select: string, insert: string, values: Readonly<Record<string, string | null>>): number => {
    const found = statements<{ key: number }>(select).get(values)
    return found?.key ?? Number(statements(insert).run(values).lastInsertRowid)
  }
  return {
    series: ({ metric, level, rank, unit, direction }) =>
      keyOf(
        `SELECT key FROM series
         WHERE metric = @metric AND ifnull('=' || level, '') = ifnull('=' || @level, '')
           AND ifnull('=' || rank, '') = ifnull('=' || @rank, '') AND unit = @unit AND direction = @direction`,
        'INSERT INTO series (metric, level, rank, unit, direction) VALUES (@metric, @level, @rank, @unit, @direction)',
        { metric, level, rank, unit, direction },
      ),
    variant: (pipeline, params, version) =>
      keyOf(
        `SELECT key FROM variant
         WHERE pipeline = @pipeline AND params = @params AND ifnull('=' || version, '') = ifnull('=' || @version, '')`,
        'INSERT INTO variant (pipeline, params, version) VALUES (@pipeline, @params, @version)',
        { pipeline, params: canonicalJson(params), version },
      ),
    environment: (environment) => {
      const json = canonicalJson(environment)
      return keyOf(
        'SELECT key FROM environment WHERE sha256 = @sha256 AND json = @json',
        'INSERT INTO environment (sha256, json) VALUES (@sha256, @json)',
        { sha256: createHash('sha256').update(json).digest('hex'), json },
      )
    },
    databases: (digests) =>
      digests === null
        ? null
        : keyOf('SELECT key FROM database_set WHERE json = @json', 'INSERT INTO database_set (json) VALUES (@json)', {
            json: canonicalJson(digests),
          }),
  }
}
