// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Position in series, position in samples (null: what the execution is of), then the value or the reason why there is none.
 *
 * @minItems 3
 * @maxItems 3
 */
export type SharedScore = [series: number, sample: number | null, value: number | string]

/**
 * A shared run, as it stands in a hub: canonical JSON (RFC 8785) and one line feed, signed over everything but `sig`.
 */
export interface HubRunDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.hub-run/1'
  /**
   * Id of the run; a random one where anonymised.
   */
  run_id: string
  /**
   * Project it belongs to, or community.
   */
  project_id: string
  /**
   * Who may see it.
   */
  visibility: 'community' | 'public'
  payload: RunPayload
  /**
   * SHA-256 of the canonical payload.
   */
  content_sha256: string
  prov: Provenance
  signer: Signer
  /**
   * Signature, base64url.
   */
  sig: string
}
/**
 * The run.
 */
export interface RunPayload {
  /**
   * For example amr-detection.
   */
  benchmark_type: string
  /**
   * How the run ended.
   */
  state: 'completed' | 'incomplete' | 'interrupted' | 'cancelled' | 'imported'
  /**
   * UTC; only the day where anonymised.
   */
  started_at: string
  /**
   * UTC; null where it has not ended or is anonymised.
   */
  finished_at: string | null
  /**
   * Name given by the user.
   */
  label: string | null
  /**
   * Tags given by the user.
   *
   * @maxItems 64
   */
  tags: string[]
  /**
   * Branch of the project.
   */
  branch: string | null
  /**
   * Commit of the project.
   */
  commit: string | null
  /**
   * The dataset, when it has an id.
   */
  dataset: SharedDataset | null
  /**
   * What two runs must share for their numbers to be compared.
   */
  comparability: {
    [k: string]: string | undefined
  }
  /**
   * Declared important metrics, most important first.
   *
   * @maxItems 32
   */
  primary_metrics: SharedMetricChoice[]
  environment: SharedEnvironment
  /**
   * Each pipeline at one version with one parameter set.
   *
   * @minItems 1
   * @maxItems 1000
   */
  pipelines: [SharedPipeline, ...SharedPipeline[]]
  /**
   * Ids of the samples; numbered pseudonyms where anonymised.
   *
   * @maxItems 20000
   */
  samples: string[]
  /**
   * Instruments that measured resources.
   *
   * @maxItems 64
   */
  methods: SharedMethod[]
  /**
   * What each score is of.
   *
   * @maxItems 5000
   */
  series: SharedSeries[]
  /**
   * Every execution but warm-ups.
   *
   * @maxItems 20000
   */
  executions: SharedExecution[]
  /**
   * Scores over samples, for each pipeline and series.
   *
   * @maxItems 20000
   */
  summary: SharedSummary[]
  /**
   * Present where single scores were too many to share: what stands in their place.
   */
  condensed: CondensedScores | null
  /**
   * Outputs by name and content; they never travel themselves.
   *
   * @maxItems 2000
   */
  artifacts: SharedArtifact[]
}
/**
 * A dataset by name.
 */
export interface SharedDataset {
  /**
   * Its id.
   */
  id: string
  /**
   * Its version.
   */
  version: string
  /**
   * How its labels were made.
   */
  labels: string | null
}
/**
 * A metric at a match level.
 */
export interface SharedMetricChoice {
  /**
   * Its id.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
}
/**
 * Machine and software, what matters for times.
 */
export interface SharedEnvironment {
  /**
   * Operating system.
   */
  os: string | null
  /**
   * Kernel.
   */
  kernel: string | null
  /**
   * Processor architecture.
   */
  architecture: string | null
  /**
   * Processor; only its family where anonymised.
   */
  cpu_model: string | null
  /**
   * Processors that could be used; a power of two where anonymised.
   */
  cpus: number | null
  /**
   * Main memory in bytes; a power of two where anonymised.
   */
  memory_bytes: number | null
  /**
   * Graphics processor.
   */
  gpu: string | null
  /**
   * Digest of what two machines must share for times to be compared; null where anonymised.
   */
  machine_fingerprint: string | null
  /**
   * File system of the results.
   */
  file_system: string | null
  /**
   * Container runtime.
   */
  container: string | null
}
/**
 * A pipeline at one version with one parameter set.
 */
export interface SharedPipeline {
  /**
   * Its name.
   */
  name: string
  /**
   * Its version.
   */
  version: string | null
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Databases it read: name to SHA-256 of the content, null where that could not be taken. Left out: not known.
   */
  databases?: {
    [k: string]: string | null | undefined
  }
}
/**
 * An instrument.
 */
export interface SharedMethod {
  /**
   * Instrument.
   */
  agent: string
  /**
   * How CPU time was obtained.
   */
  cpu: string | null
  /**
   * How memory was obtained.
   */
  memory: string | null
}
/**
 * A metric at a level or rank.
 */
export interface SharedSeries {
  /**
   * Id of the metric.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
  /**
   * Taxonomic rank, or null.
   */
  rank: string | null
  /**
   * Unit.
   */
  unit: string
  /**
   * Which way is better.
   */
  direction: 'higher' | 'lower' | 'none'
}
/**
 * One pipeline on one sample (or the whole dataset), once.
 */
export interface SharedExecution {
  /**
   * Position in pipelines.
   */
  pipeline: number
  /**
   * Position in samples; null for the whole dataset.
   */
  sample: number | null
  /**
   * Number of the repeat, from 1.
   */
  repeat: number
  /**
   * How it ended.
   */
  state:
    | 'succeeded'
    | 'cached'
    | 'failed'
    | 'start_failed'
    | 'timed_out'
    | 'memory_exceeded'
    | 'oom_killed'
    | 'cancelled'
    | 'lost'
    | 'skipped'
    | 'imported'
  /**
   * Exit status.
   */
  exit_code: number | null
  /**
   * Position in methods; null where nothing was measured.
   */
  method: number | null
  /**
   * Whether something else disturbed the measurement; null where nobody looked.
   */
  noisy: boolean | null
  /**
   * Scores and resources.
   *
   * @maxItems 20000
   */
  scores: SharedScore[]
}
/**
 * A score over samples.
 */
export interface SharedSummary {
  /**
   * Position in pipelines.
   */
  pipeline: number
  /**
   * Position in series.
   */
  series: number
  /**
   * Value, or null.
   */
  value: number | null
  /**
   * Why there is none.
   */
  reason: string | null
  /**
   * Samples with a value.
   */
  n: number
  /**
   * Samples there should have been.
   */
  n_expected: number
  /**
   * Lower end of the 95 % interval.
   */
  low: number | null
  /**
   * Upper end.
   */
  high: number | null
  /**
   * How they became one number.
   */
  aggregation: 'macro' | 'micro' | 'median' | 'total'
  /**
   * How the interval was made.
   */
  interval: string | null
}
/**
 * Quantiles in place of single scores.
 */
export interface CondensedScores {
  /**
   * Of the canonical JSON of all executions as they would have been shared.
   */
  sha256: string | null
  /**
   * How many executions there were.
   */
  executions: number
  /**
   * For each pipeline and series.
   *
   * @maxItems 20000
   */
  quantiles: ScoreQuantiles[]
}
/**
 * Distribution of one series of one pipeline over samples.
 */
export interface ScoreQuantiles {
  /**
   * Position in pipelines.
   */
  pipeline: number
  /**
   * Position in series.
   */
  series: number
  /**
   * Values.
   */
  n: number
  /**
   * Quantiles 5, 25, 50, 75 and 95 %; only the median where n < 20.
   *
   * @minItems 1
   * @maxItems 5
   */
  values:
    | [number]
    | [number, number]
    | [number, number, number]
    | [number, number, number, number]
    | [number, number, number, number, number]
}
/**
 * An output file.
 */
export interface SharedArtifact {
  /**
   * Its path inside the outputs.
   */
  name: string
  /**
   * Its size.
   */
  bytes: number
  /**
   * Its digest.
   */
  sha256: string
}
/**
 * Where the document comes from.
 */
export interface Provenance {
  /**
   * Version of the program that wrote it.
   */
  tool_version: string
  /**
   * Version of the rules that chose what is shared.
   */
  policy_version: number
  /**
   * Whether names were taken out.
   */
  anonymised: boolean
}
/**
 * Who signed.
 */
export interface Signer {
  /**
   * Algorithm.
   */
  alg: 'ed25519'
  /**
   * Id of the public key: base32 of the first bytes of its SHA-256.
   */
  key_id: string
}
