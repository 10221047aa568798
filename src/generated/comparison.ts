// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Two sides held against each other, sample by sample.
 */
export interface ComparisonDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.comparison/1'
  /**
   * Benchmark type.
   */
  benchmark_type: string
  reference: ComparisonReference
  baseline: ComparisonSide
  candidate: ComparisonSide
  /**
   * One word for what is shown; mixed: better and worse in important metrics.
   */
  verdict:
    | 'improved'
    | 'regressed'
    | 'equivalent'
    | 'changed-exact'
    | 'inconclusive'
    | 'new-failure'
    | 'fixed'
    | 'not-comparable'
    | 'mixed'
  gate: ComparisonGate
  /**
   * What was held against what.
   */
  pairs: ComparisonPair[]
  /**
   * One for each metric, level and rank of each pair.
   */
  changes: ComparisonChange[]
  /**
   * Changes that were judged and corrected for, but not asked for.
   */
  hidden_changes: number
  /**
   * Keys that differ and forbid something.
   */
  not_comparable: ComparisonKey[]
  /**
   * Keys that differ on purpose.
   */
  controlled: ComparisonKey[]
  /**
   * Databases that may differ without anybody knowing: a side does not tell which it read.
   */
  unchecked: UncheckedDatabase[]
  /**
   * What is not compared.
   */
  left_out: ComparisonLeftOut[]
  family: ComparisonFamily
  /**
   * Declared primary metrics, most important first.
   */
  primary_metrics: ComparisonPrimary[]
  /**
   * What limits the whole.
   *
   * Items: Warning.
   */
  warnings: string[]
}
/**
 * What the baseline was taken to be.
 */
export interface ComparisonReference {
  /**
   * Kind.
   */
  kind: 'run' | 'branch' | 'baseline' | 'pipeline' | 'project'
  /**
   * Name.
   */
  name: string
  /**
   * As it was asked for.
   */
  asked: string
}
/**
 * One side.
 */
export interface ComparisonSide {
  /**
   * The run; the newest, where there are several.
   */
  run_id: string
  /**
   * All runs of this side, in order of their ids.
   *
   * Items: Run id.
   */
  run_ids: string[]
  /**
   * What is known of them.
   */
  runs: ComparisonRun[]
}
/**
 * A run that stands on one side.
 */
export interface ComparisonRun {
  /**
   * Run id.
   */
  run_id: string
  /**
   * Where it is from: this machine, or a hub.
   */
  origin: 'here' | 'hub'
  /**
   * Project.
   */
  project: string | null
  /**
   * State.
   */
  state: 'planned' | 'running' | 'completed' | 'incomplete' | 'interrupted' | 'cancelled' | 'imported'
  /**
   * When it started, UTC; only the day where it is anonymous.
   */
  started_at: string
  /**
   * Label.
   */
  label: string | null
  /**
   * Branch it was made on.
   */
  branch: string | null
  /**
   * Commit it was made at.
   */
  commit: string | null
}
/**
 * The answer for CI. Only primary metrics and new failures can fail it.
 */
export interface ComparisonGate {
  /**
   * State; undecided: no primary metric could be judged.
   */
  state: 'passed' | 'failed' | 'undecided'
  /**
   * What fails it.
   */
  failures: ComparisonGateEntry[]
  /**
   * Primary metrics that are neither shown to differ nor to be as good as equal.
   */
  undecided: ComparisonGateEntry[]
  /**
   * What undecided primary metrics, or none at all, do to the gate (evaluation.gate.inconclusive).
   */
  inconclusive: 'pass' | 'fail'
}
/**
 * A change a gate is about.
 */
export interface ComparisonGateEntry {
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Taxonomic rank.
   */
  rank: string | null
  /**
   * Verdict.
   */
  verdict:
    | 'improved'
    | 'regressed'
    | 'equivalent'
    | 'changed-exact'
    | 'inconclusive'
    | 'new-failure'
    | 'fixed'
    | 'not-comparable'
}
/**
 * What was held against what.
 */
export interface ComparisonPair {
  baseline: ComparisonVariant
  candidate: ComparisonVariant
}
/**
 * A pipeline as it ran.
 */
export interface ComparisonVariant {
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Version; null: not known, or several.
   */
  version: string | null
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
}
/**
 * One metric of one pipeline at one level and rank.
 */
export interface ComparisonChange {
  /**
   * Pipeline of the candidate.
   */
  pipeline: string
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  versions: ComparisonVersions
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
  /**
   * Taxonomic rank.
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
  /**
   * Declared as important: corrected by Holm, and can fail a gate.
   */
  primary: boolean
  /**
   * Samples with a value on both sides.
   */
  n_common: number
  n_samples: ComparisonSamples
  /**
   * Mean over the common samples.
   */
  baseline: number | null
  /**
   * Mean over the common samples.
   */
  candidate: number | null
  /**
   * candidate - baseline; for a relative effect candidate / baseline - 1.
   */
  effect: number | null
  /**
   * Scale of effect, low, high and smallest_effect.
   */
  effect_scale: 'absolute' | 'relative'
  /**
   * Lower end of the interval.
   */
  low: number | null
  /**
   * Upper end.
   */
  high: number | null
  /**
   * p.
   */
  p: number | null
  /**
   * p after correction for the family.
   */
  p_adjusted: number | null
  /**
   * How it was corrected.
   */
  correction: 'holm' | 'benjamini-hochberg' | null
  /**
   * Verdict.
   */
  verdict:
    | 'improved'
    | 'regressed'
    | 'equivalent'
    | 'changed-exact'
    | 'inconclusive'
    | 'new-failure'
    | 'fixed'
    | 'not-comparable'
  /**
   * Side that is better by the effect.
   */
  better: 'baseline' | 'candidate' | null
  /**
   * What is worth adding.
   */
  note: string | null
  /**
   * Smallest effect that counts, floor included.
   */
  smallest_effect: number | null
  /**
   * Samples on which the candidate is better.
   */
  wins: number
  /**
   * Samples that are equal.
   */
  ties: number
  /**
   * Samples on which it is worse.
   */
  losses: number
  /**
   * (wins + ties / 2) / samples.
   */
  superiority: number | null
  /**
   * Matched-pairs rank-biserial correlation.
   */
  rank_biserial: number | null
  /**
   * Shift; null: too few samples.
   */
  hodges_lehmann: ComparisonShift | null
  /**
   * Shown or declared to be deterministic.
   */
  exact: boolean
  /**
   * Null: decided.
   */
  needed: ComparisonNeeded | null
  /**
   * Every common sample, where there are too few to summarise.
   */
  values: ComparisonValue[]
  statistic: ComparisonStatistic
  /**
   * Ladder of gates; empty for success_rate, which has none.
   */
  gates: ComparisonStep[]
}
/**
 * Versions of the pipeline; null: not known, or several.
 */
export interface ComparisonVersions {
  /**
   * Of the baseline.
   */
  baseline: string | null
  /**
   * Of the candidate.
   */
  candidate: string | null
}
/**
 * Samples a side was run on.
 */
export interface ComparisonSamples {
  /**
   * Of the baseline.
   */
  baseline: number
  /**
   * Of the candidate.
   */
  candidate: number
}
/**
 * Hodges-Lehmann shift.
 */
export interface ComparisonShift {
  /**
   * Middle of the pairwise means of the differences, on the scale of the effect.
   */
  shift: number
  /**
   * Lower end of its exact interval.
   */
  low: number | null
  /**
   * Upper end.
   */
  high: number | null
}
/**
 * How much data would decide.
 */
export interface ComparisonNeeded {
  /**
   * Unit.
   */
  what: 'samples' | 'repeats'
  /**
   * To show the smallest effect of interest in four of five cases.
   */
  for_smallest_effect: number | null
  /**
   * To show an effect as large as the one seen.
   */
  for_seen_effect: number | null
}
/**
 * Values of one sample.
 */
export interface ComparisonValue {
  /**
   * Sample; null: the whole dataset.
   */
  sample: string | null
  /**
   * In the baseline.
   */
  baseline: number
  /**
   * In the candidate.
   */
  candidate: number
}
/**
 * How the numbers were made.
 */
export interface ComparisonStatistic {
  /**
   * Method; none: nothing was tested.
   */
  method: string
  /**
   * Repeats of each side; null where samples are the unit.
   */
  n: number[] | null
  /**
   * Pairs; null where repeats are not paired.
   */
  m: number | null
  /**
   * Degrees of freedom.
   */
  df: number | null
  /**
   * Confidence of low to high.
   */
  level: number | null
  /**
   * What must hold for it to be right.
   */
  assumption: string | null
  /**
   * Seed of the random numbers.
   */
  seed: string | null
  /**
   * What limits it.
   *
   * Items: Warning.
   */
  warnings: string[]
}
/**
 * One rung of the ladder of gates.
 */
export interface ComparisonStep {
  /**
   * Gate.
   */
  gate: 'comparable' | 'enough-data' | 'significant' | 'large-enough' | 'above-floor' | 'equivalent' | 'exact'
  /**
   * Whether it was passed; null: could not be asked.
   */
  passed: boolean | null
  /**
   * Why.
   */
  detail: string
}
/**
 * A key in which the sides differ.
 */
export interface ComparisonKey {
  /**
   * Key.
   */
  key: string
  /**
   * In the baseline.
   */
  baseline: string
  /**
   * In the candidate.
   */
  candidate: string
  /**
   * What it forbids comparing.
   */
  forbids: 'scores' | 'resources' | 'pipeline'
  /**
   * Pipeline, where only one is concerned.
   */
  pipeline: string | null
  /**
   * Word of --controlled that allows it; null: nothing does.
   */
  controlled_by: string | null
}
/**
 * A database that could not be compared.
 */
export interface UncheckedDatabase {
  /**
   * Pipeline that reads it.
   */
  pipeline: string
  /**
   * Its name; null: not even that is known.
   */
  database: string | null
  /**
   * Digest in the baseline, none, or unknown.
   */
  baseline: string
  /**
   * Digest in the candidate, none, or unknown.
   */
  candidate: string
}
/**
 * Something that is not compared.
 */
export interface ComparisonLeftOut {
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Parameter set.
   */
  params: {
    [k: string]: string | number | boolean | undefined
  }
  /**
   * Metric; null: the whole pipeline.
   */
  metric: string | null
  /**
   * Why.
   */
  reason: 'only-in-baseline' | 'only-in-candidate' | 'descriptive'
}
/**
 * Tests of the whole comparison, quiet ones included.
 */
export interface ComparisonFamily {
  /**
   * Tests corrected by Holm.
   */
  primary: number
  /**
   * Tests corrected by Benjamini and Hochberg.
   */
  others: number
  /**
   * Chance of a false alarm among the primary ones.
   */
  alpha: number
}
/**
 * A declared primary metric.
 */
export interface ComparisonPrimary {
  /**
   * Metric.
   */
  metric: string
  /**
   * Match level.
   */
  level: string | null
}
