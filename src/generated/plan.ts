// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * plan.json of a run's results folder: the frozen plan, everything a resume needs.
 */
export interface PlanDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.plan/1'
  /**
   * Id of the run.
   */
  run_id: string
  /**
   * UTC.
   */
  created_at: string
  /**
   * Project.
   */
  project: string | null
  /**
   * Benchmark type.
   */
  benchmark_type: string
  /**
   * Label.
   */
  label: string | null
  /**
   * Tags.
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
   * Seed of everything drawn at random.
   */
  seed: number
  /**
   * Order of executions.
   */
  order: 'blocks' | 'sequential' | 'random'
  /**
   * What the run is for.
   */
  mode: 'measure' | 'throughput' | 'ci'
  /**
   * Executions at the same time.
   */
  max_parallel: number
  /**
   * Measured repeats.
   */
  repeats: number
  /**
   * Warm-ups.
   */
  warmup: number
  /**
   * Whether earlier outputs may be reused.
   */
  use_cache: boolean
  /**
   * Interval of resource sampling, or null for the default.
   */
  sample_interval_ms: number | null
  /**
   * Pipelines.
   */
  pipelines: PlannedPipeline[]
  /**
   * Samples.
   */
  samples: PlannedSample[]
  /**
   * Dataset, or null.
   */
  dataset: null | PlannedDataset
  /**
   * Sample sheet.
   */
  samplesheet: string
  /**
   * Truth, or null.
   */
  truth: null | PlannedTruth
  /**
   * Everything that changes a score besides truth and prediction.
   */
  scoring: {
    [k: string]: unknown | undefined
  }
  evaluation: PlannedEvaluation
  limits: PlannedLimits
  /**
   * Folder of the run.
   */
  results_dir: string
  /**
   * In the order they start.
   */
  executions: PlannedExecution[]
  /**
   * What a reader of the numbers should know.
   */
  warnings: string[]
}
/**
 * A pipeline as it was declared when the run was planned.
 */
export interface PlannedPipeline {
  /**
   * Name.
   */
  name: string
  /**
   * Version, or null.
   */
  version: string | null
  /**
   * Command line before placeholders are filled in.
   */
  command: ArgvCommand | ShellCommand
  /**
   * Files it writes.
   */
  outputs: PlannedOutput[]
  [k: string]: unknown | undefined
}
/**
 * A list of words.
 */
export interface ArgvCommand {
  /**
   * Run without a shell.
   */
  kind: 'argv'
  /**
   * Program and arguments.
   */
  words: string[]
}
/**
 * A shell script.
 */
export interface ShellCommand {
  /**
   * Run by a shell.
   */
  kind: 'shell'
  /**
   * The shell.
   */
  shell: string
  /**
   * Its script.
   */
  script: string
}
/**
 * A file the pipeline writes.
 */
export interface PlannedOutput {
  /**
   * Parser id, or auto.
   */
  format: string
  /**
   * Relative to the output folder.
   */
  path: string
  /**
   * Our field to the file's column.
   */
  columns?: {
    [k: string]: string | undefined
  }
  /**
   * Whether it may be missing.
   */
  optional?: boolean
}
/**
 * A sample.
 */
export interface PlannedSample {
  /**
   * Sample id.
   */
  id: string
  /**
   * Group.
   */
  group: string | null
  files: PlannedSampleFiles
}
/**
 * Absolute paths.
 */
export interface PlannedSampleFiles {
  /**
   * Reads, first file.
   */
  reads1: string | null
  /**
   * Reads, second file.
   */
  reads2: string | null
  /**
   * Sequences.
   */
  fasta: string | null
}
/**
 * A dataset.
 */
export interface PlannedDataset {
  /**
   * Dataset id.
   */
  id: string
  /**
   * Its version.
   */
  version: string
  /**
   * How its truth was made.
   */
  labels: string | null
}
/**
 * A truth file.
 */
export interface PlannedTruth {
  /**
   * File.
   */
  path: string
  /**
   * Its digest.
   */
  sha256: string
}
/**
 * How good is good enough.
 */
export interface PlannedEvaluation {
  /**
   * Metrics to show.
   */
  metrics: MetricChoice[]
  /**
   * Metric to weight.
   */
  priority: {
    [k: string]: number | undefined
  }
  /**
   * The primary metric, or null.
   */
  primary: null | MetricChoice
  constraints: PlannedConstraints
  gate?: PlannedGate
}
/**
 * A metric at a level.
 */
export interface MetricChoice {
  /**
   * Metric id.
   */
  metric: string
  /**
   * Match level, or null.
   */
  level: string | null
}
/**
 * Limits.
 */
export interface PlannedConstraints {
  /**
   * Longest acceptable time.
   */
  max_runtime_seconds: number | null
  /**
   * Largest acceptable memory.
   */
  max_memory_bytes: number | null
  /**
   * Metric to smallest acceptable mean.
   */
  minimums: {
    [k: string]: number | undefined
  }
  /**
   * Metric to largest acceptable mean.
   */
  maximums: {
    [k: string]: number | undefined
  }
}
/**
 * What a comparison does to CI; left out: what is undecided passes.
 */
export interface PlannedGate {
  /**
   * What is done about primary metrics that could not be decided.
   */
  inconclusive: 'pass' | 'fail'
}
/**
 * Limits of an execution.
 */
export interface PlannedLimits {
  /**
   * Time limit of an execution.
   */
  timeout_ms: number | null
  /**
   * Memory limit of an execution.
   */
  memory_bytes: number | null
  /**
   * Largest log kept.
   */
  log_bytes: number
}
/**
 * One entry of the matrix.
 */
export interface PlannedExecution {
  /**
   * Position, from 1.
   */
  id: number
  /**
   * Entry of pipelines, from 0.
   */
  pipeline_index: number
  /**
   * Name of the pipeline.
   */
  pipeline: string
  params: Parameters
  /**
   * Sample id, or null for the whole dataset.
   */
  sample: string | null
  /**
   * Number of the repeat.
   */
  repeat: number
  /**
   * Whether it is a warm-up.
   */
  warmup: boolean
  /**
   * Why it can never run, or null.
   */
  skip: string | null
}
/**
 * Parameter set.
 */
export interface Parameters {
  [k: string]: string | number | boolean | undefined
}
