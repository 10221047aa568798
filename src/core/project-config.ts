import type { Pipeline } from './pipeline.ts'
import type { Evaluation } from './plan.ts'
import type { Finding } from './problem.ts'
import type { PriceTable } from './recommendation/cost.ts'
import type { ScoringOptions } from './scoring-options.ts'

/** `.benchmark/config.yaml`, both shapes of the design normalised to this one; paths absolute. */
export interface ProjectConfig {
  /** The file it came from, or null when the project has none and defaults apply. */
  readonly file: string | null
  readonly project: {
    readonly name: string | null
    readonly type: string
    readonly owner: string | null
    readonly focus: string | null
  }
  readonly centralHub: { readonly url: string; readonly apiKey: string | null; readonly autoUpload: boolean } | null
  readonly local: {
    readonly cacheDir: string
    readonly resultsDir: string
    readonly maxParallel: number
  }
  /** Resolved against the catalogue; disabled or unknown names never get this far. */
  readonly pipelines: readonly Pipeline[]
  /** `input:` of the config: a sample sheet used when `run` gets no `--input`. */
  readonly input: string | null
  readonly dataset: string | null
  readonly truth: string | null
  readonly run: {
    readonly repeats: number
    readonly warmup: number
    readonly timeoutMs: number | null
    readonly maxLogBytes: number
  }
  readonly evaluation: Evaluation
  /** What computing costs (`evaluation.prices`); null where nobody said. */
  readonly prices: PriceTable | null
  /** Groups of leaderboards: pipeline to method class, dataset to read type. */
  readonly leaderboards: {
    readonly methodClasses: ReadonlyMap<string, string>
    readonly readTypes: ReadonlyMap<string, string>
  }
  /** What `evaluation.scoring` sets; the rest are defaults. */
  readonly scoring: Partial<ScoringOptions>
  readonly sharing: { readonly visibility: 'private' | 'community' | 'public' }
  /** Oddities that stop nothing, such as an API key taken from a variable that is not set. */
  readonly warnings: readonly Finding[]
}

/** The same without what is run and how it is judged. */
export type ProjectSettings = Omit<ProjectConfig, 'pipelines' | 'evaluation' | 'scoring'>
