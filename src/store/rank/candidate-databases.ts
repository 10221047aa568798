import type { CandidateRun } from '../../app/hub/rank-ports.ts'
import type { DatabaseDigests } from '../../core/databases.ts'
import type { Statements } from '../statements.ts'

/** What each candidate read, in the order given; none where nobody knows, several where a database changed half way. */
export const candidateDatabases = (
  statements: Statements,
  runs: readonly CandidateRun[],
): readonly (readonly DatabaseDigests[])[] =>
  runs.map(({ origin, runKey, variantKey }) =>
    statements<{ json: string }>(origin === 'own' ? OWN : HUB)
      .all(runKey, variantKey)
      .map(({ json }) => JSON.parse(json) as DatabaseDigests),
  )

const OWN = `
  SELECT DISTINCT database_set.json FROM execution JOIN database_set ON database_set.key = execution.databases_key
  WHERE execution.run_key = ? AND execution.variant_key = ? AND execution.warmup = 0`

const HUB = `
  SELECT DISTINCT database_set.json FROM hub_run_variant AS part
    JOIN database_set ON database_set.key = part.databases_key
  WHERE part.run_key = ? AND part.variant_key = ?`
