import type { Comparison } from '../../core/comparison/comparison.ts'
import type { RunState } from '../../core/run.ts'

/** What is compared, with what, and what of it is to be shown. */
export interface CompareRequest {
  /** Run id, its beginning, a label, `latest` (the default), … */
  readonly run?: string
  /** As `parseReference` reads it, but for `community` and `history`, which have answers of their own. */
  readonly with: string
  /** `sensitivity` or `sensitivity:gene`; empty or left out: all. */
  readonly metrics?: readonly string[]
  /** Match levels and taxonomic ranks. */
  readonly levels?: readonly string[]
  readonly pipelines?: readonly string[]
  /** Only runs on these datasets are taken, on both sides. */
  readonly datasets?: readonly string[]
  /** What differs on purpose: `database`, `machine`, `vocabulary`. */
  readonly controlled?: readonly string[]
  /** Hub of `project:`; default: the project's. */
  readonly hub?: string
}

/** A run that stands on one side, in short. */
export interface ComparedHeader {
  readonly runId: string
  /** Of this machine, or read from a hub. */
  readonly origin: 'here' | 'hub'
  readonly project: string | null
  readonly state: RunState
  readonly startedAt: string
  readonly label: string | null
  readonly branch: string | null
  readonly commit: string | null
}

/** What the baseline was taken to be. */
export interface TakenReference {
  readonly kind: 'run' | 'branch' | 'baseline' | 'pipeline' | 'project'
  readonly name: string
  /** As it was asked for. */
  readonly asked: string
}

/** A comparison of stored runs: the whole answer, of which the surfaces show parts. */
export interface RunComparison {
  readonly benchmarkType: string
  readonly reference: TakenReference
  readonly baseline: readonly ComparedHeader[]
  readonly candidate: readonly ComparedHeader[]
  /** Judged as a whole; `changes` and `verdict` are of what was asked for. */
  readonly comparison: Comparison
  /** What was said to differ on purpose. */
  readonly controlled: readonly string[]
  /** Changes that were judged and corrected for, but not asked for. */
  readonly hiddenChanges: number
  /** Declared primary metrics, most important first. */
  readonly primaryMetrics: readonly { readonly metric: string; readonly level: string | null }[]
  /** Of the choice of runs; those of the numbers are in the comparison. */
  readonly warnings: readonly string[]
}
