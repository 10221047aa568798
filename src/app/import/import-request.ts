import type { VocabularyReference } from '../../core/names/gene-vocabulary.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { AmrScoringOptions } from '../../core/scoring-options.ts'
import type { MeasurementRequest } from './import-measurements.ts'
import type { OutputPattern } from './import-pipeline.ts'
import type { Aligner, Clock, ConfigSource, Files, GitContext, OutputReader, RunStore } from '../ports.ts'

/** What the user asked for; paths are absolute. */
export interface ImportRequest {
  readonly dir: string
  readonly pipeline: string
  readonly truth?: string
  /** Sample sheet; only its samples matter. */
  readonly input?: string
  readonly benchmarkType?: string
  readonly version?: string
  /** What the outputs were made with, to tell them apart in results. */
  readonly params: Parameters
  /** Outputs to read instead of those the pipeline declares. */
  readonly outputs: readonly OutputPattern[]
  readonly measurements: MeasurementRequest
  readonly label?: string
  readonly tags: readonly string[]
  readonly scoring: Partial<AmrScoringOptions>
  /** Import again what is there already. */
  readonly force: boolean
}

export interface ImportDeps {
  readonly config: ConfigSource
  readonly store: RunStore
  readonly files: Files
  readonly reader: OutputReader
  readonly aligner: Aligner
  readonly clock: Clock
  readonly git: GitContext
  readonly randomBytes: (length: number) => Uint8Array
  readonly sha256Text: (text: string) => string
  /** The project's vocabulary of gene names as it stands. */
  readonly vocabulary: () => VocabularyReference | undefined
}
