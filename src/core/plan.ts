import type { Parameters, Pipeline } from './pipeline.ts'
import type { Sample } from './sample.ts'
import type { ScoringOptions } from './scoring-options.ts'

/** One entry of the matrix, in the order it will be started. */
export interface PlannedExecution {
  readonly id: number
  /** Which entry of `RunPlan.pipelines` (a name can stand there twice, with other settings). */
  readonly pipelineIndex: number
  readonly pipeline: string
  readonly params: Parameters
  readonly sample: string | null
  readonly repeat: number
  readonly warmup: boolean
  /** Why it can never run, or null. */
  readonly skip: string | null
}

/** `150GB`-like limits resolved to numbers. Null = no limit. */
export interface RunLimits {
  readonly timeoutMs: number | null
  readonly memoryBytes: number | null
  readonly logBytes: number
}

/** How good is good enough, from `evaluation:`. */
export interface Evaluation {
  /** Metric ids to show; empty = the type's defaults. */
  readonly metrics: readonly { readonly metric: string; readonly level: string | null }[]
  readonly priority: Readonly<Record<string, number>>
  readonly primary: { readonly metric: string; readonly level: string | null } | null
  readonly constraints: {
    readonly maxRuntimeSeconds: number | null
    readonly maxMemoryBytes: number | null
    /** metric id -> smallest acceptable mean. */
    readonly minimums: Readonly<Record<string, number>>
    /** metric id -> largest acceptable mean. */
    readonly maximums: Readonly<Record<string, number>>
  }
  /** What a comparison does to CI; left out: what is undecided passes. */
  readonly gate?: GateRule
}

/** What is done about primary metrics a comparison could not decide. */
interface GateRule {
  readonly inconclusive: 'pass' | 'fail'
}

/** The frozen description of a run: everything `--resume` needs. Stored as JSON beside the results and in the database. */
export interface RunPlan {
  readonly runId: string
  readonly createdAt: string
  readonly project: string | null
  readonly benchmarkType: string
  readonly label: string | null
  readonly tags: readonly string[]
  readonly branch: string | null
  readonly commit: string | null
  readonly seed: number
  readonly order: 'blocks' | 'sequential' | 'random'
  readonly mode: 'measure' | 'throughput' | 'ci'
  readonly maxParallel: number
  readonly repeats: number
  readonly warmup: number
  readonly useCache: boolean
  readonly sampleIntervalMs: number | null
  readonly pipelines: readonly Pipeline[]
  readonly samples: readonly Sample[]
  readonly dataset: { readonly id: string; readonly version: string; readonly labels: string | null } | null
  readonly samplesheet: string
  readonly truth: { readonly path: string; readonly sha256: string } | null
  readonly scoring: ScoringOptions
  readonly evaluation: Evaluation
  readonly limits: RunLimits
  readonly resultsDir: string
  readonly executions: readonly PlannedExecution[]
  readonly warnings: readonly string[]
}
