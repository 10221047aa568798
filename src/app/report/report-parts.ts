import type { HistoryReport } from '../../core/history/history.ts'
import type { RunSeries } from '../../core/history/series-of-runs.ts'
import type { RunPlan } from '../../core/plan.ts'
import type { Run } from '../../core/run.ts'
import type { RunComparison } from '../compare/run-comparison.ts'
import type { CommunityComparison } from '../rank/compare-with-community.ts'
import type { PipelineAdvice } from '../rank/recommend-pipeline.ts'

/** A part of a report, or why it is not there and how to get it. */
export type Part<T> =
  | { readonly found: T; readonly missing: null }
  | { readonly found: null; readonly missing: string; readonly next: string | null }

/** The run's own series over the runs before it, oldest first, and what was found in them. */
export interface RunHistory {
  /** Runs of the series, by id: when they started and from which commit. */
  readonly runs: ReadonlyMap<string, Run>
  readonly series: readonly RunSeries[]
  readonly report: HistoryReport
}

/** What the tasks of one process of a workflow cost together. */
export interface ProcessUse {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Run['executions'][number]['params']
  readonly process: string
  readonly tasks: number
  readonly failed: number
  readonly cached: number
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  /** Largest of any task. */
  readonly peakRssBytes: number | null
  readonly readBytes: number | null
  readonly writtenBytes: number | null
}

/** Everything a report of a run is made of. */
export interface ReportParts {
  /** The newest time anything here speaks of, or what SOURCE_DATE_EPOCH says: the report has no clock. ISO, UTC. */
  readonly generatedAt: string
  readonly tool: { readonly name: string; readonly version: string }
  readonly run: Run
  readonly plan: RunPlan | null
  /** SHA-256 of the run's record in canonical JSON. */
  readonly recordDigest: string
  readonly comparison: Part<RunComparison>
  readonly community: Part<CommunityComparison>
  readonly history: Part<RunHistory>
  readonly processes: Part<readonly ProcessUse[]>
  readonly advice: Part<PipelineAdvice>
  /** What --compare-with said; null: chosen by the report. */
  readonly comparedWith: string | null
  /** Where the samples and the truth are, from the project on; outside of it only the name of the file. */
  readonly inputs: { readonly samplesheet: string | null; readonly truth: string | null }
  readonly warnings: readonly string[]
}
