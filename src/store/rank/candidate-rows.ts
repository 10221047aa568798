import type { CandidateRun } from '../../app/hub/rank-ports.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { TRUSTS } from '../hub/run-rows.ts'

/** A candidate of a hub as the tables have it. */
export interface HubCandidateRow {
  readonly run_key: number
  readonly variant_key: number
  readonly id: string
  readonly trust: number
  readonly started_at: string
  readonly finished_at: string | null
  readonly project: string
  readonly pipeline: string
  readonly version: string | null
  readonly params: string
  readonly dataset: string | null
  readonly dataset_version: string | null
  readonly labels: string | null
  readonly comparability: string
  readonly key_id: string
  readonly month: string
  readonly content: string
}

export const toHubCandidate = (row: HubCandidateRow): CandidateRun => {
  const trust = TRUSTS[row.trust] ?? 'unknown-owner'
  return {
    origin: 'hub',
    runKey: row.run_key,
    variantKey: row.variant_key,
    runId: row.id,
    project: row.project,
    pipeline: row.pipeline,
    version: row.version,
    params: JSON.parse(row.params) as Parameters,
    dataset: row.dataset === null ? null : { id: row.dataset, version: row.dataset_version ?? '', labels: row.labels },
    comparability: JSON.parse(row.comparability) as CandidateRun['comparability'],
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    trust,
    contributor: trust === 'anonymous' ? `key:${row.key_id}` : `project:${row.project}`,
    month: row.month,
    content: row.content,
  }
}
