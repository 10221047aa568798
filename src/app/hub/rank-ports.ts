/** What ranking reads of the database: newest runs, and only the values a board needs. */
import type { DatabaseDigests } from '../../core/databases.ts'
import type { MetricSeries, Observation } from '../../core/ranking/observation.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Trust } from './store-ports.ts'

/** What a run was measured against; null: no dataset with a name. */
export interface MeasuredDataset {
  readonly id: string
  readonly version: string
  readonly labels: string | null
}

/** Runs of a hub that were measured against the same; `places` counts project and variant pairs. */
export interface HubField {
  readonly key: number
  readonly dataset: MeasuredDataset | null
  readonly places: number
  readonly projects: number
}

/** One pipeline at one version with one parameter set in one run, which is the newest of its kind. */
export interface CandidateRun {
  readonly origin: 'own' | 'hub'
  /** Keys of the run and the variant in the database. */
  readonly runKey: number
  readonly variantKey: number
  readonly runId: string
  readonly project: string | null
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  readonly dataset: MeasuredDataset | null
  readonly comparability: Readonly<Record<string, string>>
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly trust: Trust | 'local'
  /** Who stands behind it: a project, or the key of an anonymous contributor. */
  readonly contributor: string
  /** Month of the hub it lies in; null for own ones. */
  readonly month: string | null
  /** Digest of everything it holds, as the hub knows it; null for own ones. */
  readonly content: string | null
}

/** Reads for rankings. Each call sees one state of the database. */
export interface RankingReads {
  /** Fields of a benchmark type with runs of this trust, in no particular order. */
  fields(request: { hub: string; benchmarkType: string; trusts: readonly Trust[] }): readonly HubField[]
  /** The newest run of each project and variant in these fields. */
  newest(request: { hub: string; fields: readonly number[]; trusts: readonly Trust[] }): readonly CandidateRun[]
  /** The newest anonymous run of each contributor, month and variant in these fields. */
  anonymous(request: { hub: string; fields: readonly number[] }): readonly CandidateRun[]
  /** The newest finished run of each variant, dataset and way of scoring on this machine. */
  own(request: { benchmarkType: string }): readonly CandidateRun[]
  /** Everything one run of this machine measured; empty where it has no finished executions or is not known. */
  ofRun(runId: string): readonly CandidateRun[]
  /** What each of these runs read with its variant, in the same order; none where nobody knows. */
  databases(runs: readonly CandidateRun[]): readonly (readonly DatabaseDigests[])[]
  /** Series that these runs summarise. */
  series(runs: readonly CandidateRun[]): readonly MetricSeries[]
  /** Values of these series in these runs, and whether executions succeeded. `datasetOf` names what a row counts for. */
  observations(
    runs: readonly CandidateRun[],
    series: readonly MetricSeries[],
    datasetOf: (run: CandidateRun) => string,
  ): readonly Observation[]
  /** Ids under which runs of this machine stand in a hub, whatever they are called here. */
  sharedAs(hub: string): ReadonlySet<string>
}
