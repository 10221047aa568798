// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Everything a report of a run shows.
 */
export interface ReportDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.report/1'
  /**
   * The time the report speaks of: of the newest data in it, or SOURCE_DATE_EPOCH.
   */
  generated_at: string
  tool: ReportTool
  /**
   * Title.
   */
  title: string
  run: ReportedRun
  verdict: ReportVerdict
  /**
   * Primary metrics, runtime and memory of every pipeline.
   */
  key_numbers: ReportedMetric[]
  /**
   * Every metric with a value, and every important one.
   */
  metrics: ReportedMetric[]
  /**
   * Further metrics that no pipeline has a value of, counted by reason.
   */
  metrics_without_value: {
    [k: string]: number | undefined
  }
  comparison: ReportComparison
  /**
   * Metrics of the samples.
   */
  sample_metrics: ReportedSeries[]
  /**
   * Samples by pipeline; null where there are too many for one table.
   */
  samples: ReportedSample[] | null
  /**
   * Distribution over samples.
   */
  spreads: ReportedSpread[]
  resources: ReportResources
  /**
   * Quality against cost; null where one of them is missing.
   */
  trade_off: ReportTradeOff | null
  recommendations: AdviceSection
  /**
   * What a reader has to know.
   */
  warnings: string[]
  /**
   * Where the numbers are from.
   */
  provenance: ReportFact[]
  /**
   * Commands that repeat the run and the report.
   */
  reproduce: string[]
}
/**
 * What made it.
 */
export interface ReportTool {
  /**
   * Name.
   */
  name: string
  /**
   * Version.
   */
  version: string
}
/**
 * What was run.
 */
export interface ReportedRun {
  /**
   * Run.
   */
  run_id: string
  /**
   * Its label.
   */
  label: string | null
  /**
   * Project.
   */
  project: string | null
  /**
   * Benchmark type.
   */
  benchmark_type: string
  /**
   * Its title.
   */
  benchmark_title: string
  /**
   * State of the run.
   */
  state: string
  /**
   * Start, UTC.
   */
  started_at: string
  /**
   * End, UTC.
   */
  finished_at: string | null
  /**
   * Branch.
   */
  branch: string | null
  /**
   * Commit.
   */
  commit: string | null
  /**
   * Tags.
   */
  tags: string[]
  /**
   * Dataset and version.
   */
  dataset: string | null
  /**
   * Number of samples.
   */
  samples: number
  /**
   * What was run, in plan order.
   */
  pipelines: ReportedVariant[]
  /**
   * Number of executions by state, warm-ups left out.
   */
  executions: {
    [k: string]: number | undefined
  }
}
/**
 * A pipeline with its parameters.
 */
export interface ReportedVariant {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  params: Parameters
}
/**
 * One point of a parameter sweep: name to value.
 */
export interface Parameters {
  [k: string]: string | number | boolean | undefined
}
/**
 * The answer in one sentence.
 */
export interface ReportVerdict {
  /**
   * Which answer.
   */
  state: 'better' | 'worse' | 'mixed' | 'same' | 'undecided' | 'not_comparable' | 'failed' | 'nothing_to_compare'
  /**
   * The answer.
   */
  sentence: string
  /**
   * What it rests on, a sentence each.
   */
  details: string[]
  /**
   * What to do next.
   */
  next: string | null
}
/**
 * A metric of a pipeline over the samples.
 */
export interface ReportedMetric {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  params: Parameters
  /**
   * Metric.
   */
  metric: string
  /**
   * Its title.
   */
  title: string
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
   * How samples became one number.
   */
  aggregation: string
  /**
   * Declared as important.
   */
  is_primary: boolean
  /**
   * Value.
   */
  value: number | null
  /**
   * Why there is none.
   */
  reason: string | null
  /**
   * Lower end of the 95 % interval.
   */
  low: number | null
  /**
   * Upper end of the 95 % interval.
   */
  high: number | null
  /**
   * How the interval was made.
   */
  interval: string | null
  /**
   * Samples (of resources: executions) with a value.
   */
  n: number
  /**
   * How many there should be.
   */
  n_expected: number
  /**
   * Difference to the baseline; null: not compared.
   */
  change: ReportedChange | null
}
/**
 * Difference to the baseline.
 */
export interface ReportedChange {
  /**
   * Value of the baseline on the common samples.
   */
  baseline: number | null
  /**
   * Candidate minus baseline, or as a share of it.
   */
  effect: number | null
  /**
   * How the effect is written.
   */
  scale: 'absolute' | 'relative'
  /**
   * Lower end of its interval.
   */
  low: number | null
  /**
   * Upper end of its interval.
   */
  high: number | null
  /**
   * p value, corrected for all tests of its family.
   */
  p_adjusted: number | null
  /**
   * Samples on both sides.
   */
  n_common: number
  /**
   * What was found.
   */
  verdict: string
  /**
   * What else to know.
   */
  note: string | null
}
/**
 * Against what is known.
 */
export interface ReportComparison {
  vs_baseline: BaselineSection
  vs_community: CommunitySection
  vs_history: HistorySection
}
/**
 * Against a baseline.
 */
export interface BaselineSection {
  /**
   * Why there is no answer; null where there is one.
   */
  missing: string | null
  /**
   * How to get one.
   */
  next: string | null
  /**
   * The answer.
   */
  result: ComparisonDocument | null
}
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
/**
 * Among comparable runs of others.
 */
export interface CommunitySection {
  /**
   * Why there is no answer; null where there is one.
   */
  missing: string | null
  /**
   * How to get one.
   */
  next: string | null
  /**
   * The answer.
   */
  result: CommunityDocument | null
}
/**
 * A run among the community's comparable ones.
 */
export interface CommunityDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.community/1'
  /**
   * Hub.
   */
  hub: string
  /**
   * When it was read last.
   */
  synced_at: string | null
  /**
   * The run.
   */
  run_id: string
  /**
   * Benchmark type.
   */
  category: string
  /**
   * Dataset.
   */
  dataset: string
  /**
   * Fewest contributors behind any number.
   */
  group_size: number
  /**
   * How comparable runs do.
   */
  statistics: CommunityStatistic[]
  /**
   * Place of the run.
   */
  places: CommunityPlace[]
  /**
   * Place of its best pipeline by score; null: none is ranked.
   */
  rank: CommunityRank | null
}
/**
 * A metric over contributors.
 */
export interface CommunityStatistic {
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
   * Dataset.
   */
  dataset: string
  /**
   * Runs.
   */
  n: number | null
  /**
   * Contributors, rounded down.
   */
  contributors_at_least: number | null
  /**
   * Quartiles over contributors.
   */
  quartiles: CommunityQuartiles | null
  /**
   * Why it is not told.
   */
  withheld: 'fewer_than_k' | 'no_values' | null
  basis: CommunityBasis
}
/**
 * Quartiles.
 */
export interface CommunityQuartiles {
  /**
   * A quarter is below.
   */
  first: number
  /**
   * Half is below.
   */
  median: number
  /**
   * Three quarters are below.
   */
  third: number
}
/**
 * How a number was made.
 */
export interface CommunityBasis {
  /**
   * Method.
   */
  method: string
  /**
   * Draws, permutations or values it rests on.
   */
  n: number
  /**
   * Samples it rests on.
   */
  m: number
  /**
   * Degrees of freedom.
   */
  df: number | null
  /**
   * Confidence or significance level.
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
   * Items: Code.
   */
  warnings: string[]
}
/**
 * Place in one metric.
 */
export interface CommunityPlace {
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
   * Dataset.
   */
  dataset: string
  /**
   * Own mean.
   */
  value: number
  /**
   * Place.
   */
  place: number | null
  /**
   * Of how many.
   */
  of: number | null
  /**
   * Percent of the others that are worse.
   */
  percentile: number | null
  /**
   * Why it is not told.
   */
  withheld: 'fewer_than_k' | 'no_values' | null
}
/**
 * Place by score.
 */
export interface CommunityRank {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
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
   * Score.
   */
  score: number
  /**
   * Place.
   */
  rank: number | null
  /**
   * Of how many.
   */
  of: number | null
  /**
   * Percent of the others that score lower.
   */
  percentile: number | null
  /**
   * Why it is not told.
   */
  withheld: 'fewer_than_k' | 'no_values' | null
  basis: CommunityBasis
}
/**
 * Against earlier runs of this project.
 */
export interface HistorySection {
  /**
   * Why there is no answer; null where there is one.
   */
  missing: string | null
  /**
   * How to get one.
   */
  next: string | null
  /**
   * The answer.
   */
  result: HistoryResult | null
}
/**
 * Series over runs.
 */
export interface HistoryResult {
  /**
   * Runs looked at.
   */
  runs: number
  /**
   * Series that could be judged.
   */
  judged: number
  /**
   * Primary metrics, runtime and memory of the pipelines of this run.
   */
  series: ReportedHistory[]
}
/**
 * A metric of a pipeline over earlier runs.
 */
export interface ReportedHistory {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Pipeline.
   */
  pipeline: string
  /**
   * Its version.
   */
  version: string | null
  params: Parameters
  /**
   * Metric.
   */
  metric: string
  /**
   * Its title.
   */
  title: string
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
   * Whether it moved.
   */
  state: 'confirmed' | 'watch' | 'quiet' | 'unjudged'
  /**
   * Why, in words.
   */
  reasons: string[]
  /**
   * Runs, oldest first.
   */
  points: ReportedHistoryPoint[]
  /**
   * Steps that were found.
   */
  shifts: ReportedShift[]
}
/**
 * A run.
 */
export interface ReportedHistoryPoint {
  /**
   * Run.
   */
  run_id: string
  /**
   * Start, UTC.
   */
  at: string
  /**
   * Commit.
   */
  commit: string | null
  /**
   * Mean of its repeats; null: it has none.
   */
  value: number | null
  /**
   * Lower end of the 95 % interval.
   */
  low: number | null
  /**
   * Upper end of the 95 % interval.
   */
  high: number | null
}
/**
 * A step between two levels.
 */
export interface ReportedShift {
  /**
   * First run at the new level.
   */
  run_id: string
  /**
   * Level before.
   */
  before: number
  /**
   * Level after.
   */
  after: number
  /**
   * Which way.
   */
  turn: 'better' | 'worse' | 'other'
  /**
   * The series is still away from where it was.
   */
  is_current: boolean
  /**
   * It passes the correction over all series.
   */
  is_confirmed: boolean
}
/**
 * A metric.
 */
export interface ReportedSeries {
  /**
   * Metric.
   */
  metric: string
  /**
   * Its title.
   */
  title: string
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
}
/**
 * A sample as one pipeline did it.
 */
export interface ReportedSample {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Sample.
   */
  sample: string
  /**
   * Executions behind it.
   */
  repeats: number
  /**
   * How they ended.
   */
  state: string
  /**
   * Why, where they did not succeed.
   */
  reason: string | null
  /**
   * Mean runtime.
   */
  wall_seconds: number | null
  /**
   * Largest memory.
   */
  peak_rss_bytes: number | null
  /**
   * In the order of sample_metrics.
   */
  scores: ReportedScore[]
}
/**
 * A score of a primary metric, mean of the repeats.
 */
export interface ReportedScore {
  /**
   * Value.
   */
  value: number | null
  /**
   * Why there is none.
   */
  reason: string | null
}
/**
 * Distribution of a metric over the samples of a pipeline.
 */
export interface ReportedSpread {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Metric.
   */
  metric: string
  /**
   * Its title.
   */
  title: string
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
   * Samples with a value.
   */
  n: number
  /**
   * Samples without.
   */
  missing: number
  /**
   * Lowest.
   */
  lowest: number | null
  /**
   * First quartile.
   */
  first_quartile: number | null
  /**
   * Median.
   */
  median: number | null
  /**
   * Third quartile.
   */
  third_quartile: number | null
  /**
   * Highest.
   */
  highest: number | null
}
/**
 * What it cost.
 */
export interface ReportResources {
  /**
   * By pipeline.
   */
  pipelines: ReportedUse[]
  /**
   * By process of a workflow.
   */
  processes: ReportedProcess[]
  /**
   * Why there are none.
   */
  processes_missing: string | null
}
/**
 * What a pipeline used.
 */
export interface ReportedUse {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Executions, warm-ups left out.
   */
  executions: number
  /**
   * Failed.
   */
  failed: number
  /**
   * Taken from an earlier run.
   */
  cached: number
  /**
   * Needed more than one attempt.
   */
  retried: number
  /**
   * Disturbed by other work of the machine.
   */
  noisy: number
  /**
   * Median runtime of an execution.
   */
  wall_seconds: number | null
  /**
   * Median processor time.
   */
  cpu_seconds: number | null
  /**
   * Median of the memory peaks.
   */
  peak_rss_bytes: number | null
  /**
   * Largest memory peak.
   */
  largest_rss_bytes: number | null
  /**
   * Median of bytes asked to read.
   */
  read_bytes: number | null
  /**
   * Median of bytes asked to write.
   */
  written_bytes: number | null
  /**
   * Runtime of all executions together.
   */
  total_wall_seconds: number | null
  /**
   * Instrument.
   */
  method: string | null
}
/**
 * A process of a workflow, from its trace.
 */
export interface ReportedProcess {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Process.
   */
  process: string
  /**
   * Tasks.
   */
  tasks: number
  /**
   * Failed tasks.
   */
  failed: number
  /**
   * Tasks taken from an earlier run.
   */
  cached: number
  /**
   * Time of all tasks together.
   */
  wall_seconds: number | null
  /**
   * Processor time of all tasks together.
   */
  cpu_seconds: number | null
  /**
   * Largest memory of a task.
   */
  peak_rss_bytes: number | null
  /**
   * Bytes asked to read.
   */
  read_bytes: number | null
  /**
   * Bytes asked to write.
   */
  written_bytes: number | null
}
/**
 * Quality against cost.
 */
export interface ReportTradeOff {
  x: TradeOffCost
  y: TradeOffQuality
  /**
   * Candidates.
   */
  points: ReportedPoint[]
}
/**
 * Cost.
 */
export interface TradeOffCost {
  /**
   * Metric.
   */
  metric: string
  /**
   * Its title.
   */
  title: string
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
}
/**
 * Quality.
 */
export interface TradeOffQuality {
  /**
   * Metric.
   */
  metric: string
  /**
   * Its title.
   */
  title: string
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
}
/**
 * A candidate of the trade-off.
 */
export interface ReportedPoint {
  /**
   * Pipeline, version and parameters as shown.
   */
  name: string
  /**
   * Cost.
   */
  x: number | null
  /**
   * Quality.
   */
  y: number | null
  /**
   * No other candidate is better in both.
   */
  is_on_front: boolean
}
/**
 * What follows.
 */
export interface AdviceSection {
  /**
   * Why there is no answer; null where there is one.
   */
  missing: string | null
  /**
   * How to get one.
   */
  next: string | null
  /**
   * The answer.
   */
  result: RecommendationDocument | null
}
/**
 * Which pipeline to take, and what stands behind it.
 */
export interface RecommendationDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.recommendation/1'
  /**
   * Benchmark type.
   */
  category: string
  /**
   * Hub the shared runs are from; null: own runs only.
   */
  hub: string | null
  /**
   * When it was read last.
   */
  synced_at: string | null
  /**
   * What everybody was measured on.
   *
   * Items: Id and version.
   */
  datasets: string[]
  /**
   * The choice; null: the data cannot say.
   */
  recommended: RecommendationChoice | null
  /**
   * Why there is none.
   *
   * Items: Code.
   */
  why: string[]
  /**
   * Who would be first.
   */
  leading: RecommendationChoice | null
  /**
   * What decided.
   */
  decided_by: string | null
  /**
   * What to expect of the first.
   */
  expected_metrics: RecommendationMetric[]
  /**
   * Its advantages over the runner-up.
   */
  reasons: RecommendationDifference[]
  /**
   * What is given up.
   */
  concessions: RecommendationDifference[]
  /**
   * How much it rests on.
   */
  evidence: RecommendationEvidence | null
  /**
   * The next one.
   */
  runner_up: RecommendationChoice | null
  /**
   * Who constraints keep out.
   */
  excluded: RecommendationExclusion[]
  /**
   * What would change it.
   */
  changes: RecommendationChange[]
  /**
   * The pipeline in use.
   */
  current: RecommendationCandidate | null
  /**
   * What to do next.
   */
  next_steps: RecommendationStep[]
  /**
   * Better parameters of the pipeline in use.
   */
  optimizations: RecommendationOptimization[]
  /**
   * What switching would save.
   */
  cost_savings: RecommendationCostSaving[]
  /**
   * Prices that were taken.
   */
  prices: RecommendationPrices | null
  /**
   * What a reader should know.
   *
   * Items: Code or sentence.
   */
  warnings: string[]
}
/**
 * One candidate.
 */
export interface RecommendationChoice {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
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
   * Place.
   */
  rank: number
  /**
   * Best place (95 %).
   */
  rank_low: number | null
  /**
   * Worst place (95 %).
   */
  rank_high: number | null
  /**
   * Score.
   */
  score: number
  /**
   * Share of similar weightings under which it is first.
   */
  near_weights_first: number
  /**
   * Share of all weightings.
   */
  any_weights_first: number
  use: RecommendationUse
  /**
   * Cost of one sample, in the currency of the prices.
   */
  cost: number | null
}
/**
 * Mean use for one sample.
 */
export interface RecommendationUse {
  /**
   * Wall time in hours.
   */
  wall_hours: number | null
  /**
   * Processor hours.
   */
  cpu_hours: number | null
  /**
   * Memory times time.
   */
  memory_gb_hours: number | null
  /**
   * Samples.
   */
  samples: number
}
/**
 * What to expect (a summary).
 */
export interface RecommendationMetric {
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
   * Mean over samples.
   */
  value: number | null
  /**
   * Why there is none.
   */
  reason: string | null
  /**
   * Unit.
   */
  unit: string
  /**
   * Which way is better.
   */
  direction: 'higher' | 'lower' | 'none'
  /**
   * Samples with a value.
   */
  n: number
  /**
   * Samples it applies to.
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
  method: RecommendationBasis
}
/**
 * How a number was made.
 */
export interface RecommendationBasis {
  /**
   * Method.
   */
  method: string
  /**
   * Draws, permutations or values it rests on.
   */
  n: number
  /**
   * Samples it rests on.
   */
  m: number
  /**
   * Degrees of freedom.
   */
  df: number | null
  /**
   * Confidence or significance level.
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
   * Items: Code.
   */
  warnings: string[]
}
/**
 * What one metric adds to a lead.
 */
export interface RecommendationDifference {
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
   * Share of the score.
   */
  weight: number
  /**
   * Its mean.
   */
  of_candidate: number | null
  /**
   * The other's mean.
   */
  of_other: number | null
  /**
   * Part of the lead.
   */
  contribution: number
}
/**
 * How much it rests on.
 */
export interface RecommendationEvidence {
  /**
   * Samples.
   */
  samples: number
  /**
   * Datasets.
   */
  datasets: number
  /**
   * Runs.
   */
  runs: number
  /**
   * Share of expected values.
   */
  coverage: number
  /**
   * Where its runs are from.
   */
  trust: RecommendationTrust[]
  /**
   * Oldest value.
   */
  oldest: string
  /**
   * Newest value.
   */
  newest: string
  /**
   * Days since the newest.
   */
  age_days: number
  /**
   * Fewer than five samples.
   */
  provisional: boolean
  /**
   * Candidates ranked.
   */
  ranked: number
  /**
   * Of them not separable from the best.
   */
  tied: number
  /**
   * How the numbers were made.
   */
  bases: RecommendationBasis[]
}
/**
 * Runs of one kind of source.
 */
export interface RecommendationTrust {
  /**
   * local, owner, unknown-owner or revoked.
   */
  trust: string
  /**
   * Runs.
   */
  runs: number
}
/**
 * Who a constraint keeps out.
 */
export interface RecommendationExclusion {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
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
   * Limit that is not met.
   */
  constraint: string
  /**
   * The limit.
   */
  limit: number
  /**
   * What it has; null: nothing was measured.
   */
  value: number | null
}
/**
 * What would change the choice; keys that do not apply are null.
 */
export interface RecommendationChange {
  /**
   * Kind.
   */
  kind: 'weight' | 'constraint' | 'missing_values' | 'more_samples'
  rival: RecommendationCandidate
  /**
   * Metric of a weight.
   */
  metric: string | null
  /**
   * Its match level.
   */
  level: string | null
  /**
   * Weight now.
   */
  from: number | null
  /**
   * Weight then.
   */
  to: number | null
  /**
   * Constraint.
   */
  constraint: string | null
  /**
   * Its limit.
   */
  limit: number | null
  /**
   * What the rival has.
   */
  value: number | null
  /**
   * Score of the rival, or the best it could have.
   */
  score: number | null
  /**
   * Missing values.
   */
  missing: number | null
  /**
   * Samples now.
   */
  samples: number | null
  /**
   * Samples needed.
   */
  needed: number | null
}
/**
 * A pipeline as one project ran it.
 */
export interface RecommendationCandidate {
  /**
   * Project; null: not told.
   */
  project: string | null
  /**
   * Pipeline.
   */
  pipeline: string
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
}
/**
 * Something worth doing.
 */
export interface RecommendationStep {
  /**
   * Code.
   */
  code: string
  /**
   * In words.
   */
  message: string
  /**
   * Facts.
   */
  evidence: {
    [k: string]: string | number | null | undefined
  }
}
/**
 * Better parameters of the pipeline in use.
 */
export interface RecommendationOptimization {
  /**
   * Why.
   */
  kind: 'dominates' | 'equivalent_and_cheaper'
  from: RecommendationCandidate
  to: RecommendationCandidate
  /**
   * Metric by metric.
   */
  differences: RecommendationDifference[]
  /**
   * What it saves.
   */
  saving: RecommendationSaving | null
  /**
   * Shown to be as good in.
   *
   * Items: Metric.
   */
  equivalent_in: string[]
  /**
   * Not shown in.
   *
   * Items: Metric.
   */
  not_shown_in: string[]
  basis: RecommendationBasis
}
/**
 * What one sample costs before and after.
 */
export interface RecommendationSaving {
  before: RecommendationUse
  after: RecommendationUse
  /**
   * Before.
   */
  cost_before: number | null
  /**
   * After.
   */
  cost_after: number | null
  /**
   * Share saved.
   */
  share: number
  /**
   * Lower end of the 95 % interval of the share over samples.
   */
  low: number | null
  /**
   * Upper end of it.
   */
  high: number | null
  /**
   * Why there is no interval; null where there is one.
   */
  no_interval: 'too_few_samples' | 'not_measured_by_sample' | 'too_variable' | null
}
/**
 * What switching would save.
 */
export interface RecommendationCostSaving {
  from: RecommendationCandidate
  to: RecommendationCandidate
  saving: RecommendationSaving
  /**
   * Score of the other minus that of the present one.
   */
  score_difference: number
  /**
   * What is known of its quality.
   */
  quality: 'equivalent' | 'not_separable' | 'better'
  /**
   * Samples.
   */
  samples: number
  /**
   * As good in.
   *
   * Items: Metric.
   */
  equivalent_in: string[]
  /**
   * Not shown in.
   *
   * Items: Metric.
   */
  not_shown_in: string[]
}
/**
 * Prices that were taken.
 */
export interface RecommendationPrices {
  /**
   * Processor hour.
   */
  cpu_hour: number
  /**
   * Gigabyte hour.
   */
  memory_gb_hour: number
  /**
   * Currency.
   */
  currency: string
  /**
   * Day.
   */
  date: string
  /**
   * Where from.
   */
  source: string
}
/**
 * A fact.
 */
export interface ReportFact {
  /**
   * Name.
   */
  what: string
  /**
   * Value.
   */
  value: string
}
