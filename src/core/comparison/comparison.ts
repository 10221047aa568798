import type { Parameters } from '../pipeline.ts'
import type { Execution } from '../run.ts'
import type { Direction } from '../score.ts'
import type { EffectOptions } from './effect-rule.ts'

/** What a comparison says of one metric of one pipeline. See docs/statistics.md. */
export type Verdict =
  | 'improved'
  | 'regressed'
  | 'equivalent'
  | 'changed-exact'
  | 'inconclusive'
  | 'new-failure'
  | 'fixed'
  | 'not-comparable'

/** A run as one side of a comparison sees it. */
export interface ComparedRun {
  readonly runId: string
  readonly executions: readonly Execution[]
  /** What scores must share: key -> value. */
  readonly comparability: Readonly<Record<string, string>>
  /** What times must share: the machine's fingerprint; null = not known. */
  readonly machine: string | null
}

/** A declared primary metric. `rank`: null or left out = the most telling one there is. */
export interface PrimaryMetric {
  readonly metric: string
  readonly level: string | null
  readonly rank?: string | null
}

/** Which pipeline and parameter set of the baseline is held against which of the candidate. */
export interface PipelineMatch {
  readonly baseline: { readonly pipeline: string; readonly params: Parameters }
  readonly candidate: { readonly pipeline: string; readonly params: Parameters }
}

/** What was held against what, with the versions that ran; null where a version is unknown or there are several. */
export interface ComparedPair {
  readonly baseline: PipelineMatch['baseline'] & { readonly version: string | null }
  readonly candidate: PipelineMatch['candidate'] & { readonly version: string | null }
}

export interface ComparisonOptions extends EffectOptions {
  /** Chance of a false alarm in the whole family of primary metrics; default 0.05. */
  readonly alpha?: number
  /** What differs on purpose: `database`, `machine`, `vocabulary`. */
  readonly controlled?: readonly string[]
  /** What primary metrics that are not decided do to the gate; default: they pass. */
  readonly inconclusive?: 'pass' | 'fail'
  /**
   * Pairs to compare; default: each pipeline and parameter set with itself, and where just one parameter set of a
   * pipeline is left over on each side, these with each other.
   */
  readonly matches?: readonly PipelineMatch[]
  /** Both sides are of the same runs, whose repeats were complete blocks: a block is then a pair. */
  readonly isInterleaved?: boolean
  /** Metric ids known to be deterministic. */
  readonly assumeExact?: readonly string[]
  /** Earlier repeats on the same machine class and dataset, by metric id: groups to borrow a spread from. */
  readonly storedRepeats?: Readonly<Record<string, readonly (readonly number[])[]>>
  /** Repeats were added after somebody had looked at the result. */
  readonly isExtended?: boolean
}

/** Two sides, each of one or more runs, and what is important about them. */
export interface ComparisonInput {
  readonly baseline: readonly ComparedRun[]
  readonly candidate: readonly ComparedRun[]
  readonly primaryMetrics: readonly PrimaryMetric[]
  readonly options?: ComparisonOptions
}

/** How a number was obtained, so that anybody can do it again. */
export interface Statistic {
  /** For example `sign_flip_exact`; `none` when nothing was tested. */
  readonly method: string
  /** Repeats of each side; null where samples are the unit. */
  readonly n: readonly [number, number] | null
  /** Pairs (samples or blocks); null where repeats are not paired. */
  readonly m: number | null
  readonly df: number | null
  /** Confidence of `low`..`high`. */
  readonly level: number | null
  /** What must hold for it to be right. */
  readonly assumption: string | null
  /** Seed of the random numbers, as a decimal number; null when there were none. */
  readonly seed: string | null
  readonly warnings: readonly string[]
}

/** One rung of the ladder `--explain` prints: what was asked, and the answer. */
export interface GateStep {
  readonly gate: 'comparable' | 'enough-data' | 'significant' | 'large-enough' | 'above-floor' | 'equivalent' | 'exact'
  /** Null: could not be asked. */
  readonly isPassed: boolean | null
  readonly detail: string
}

/** How much more data would decide. Null = cannot be said. */
export interface Needed {
  readonly what: 'samples' | 'repeats'
  /** To show the smallest effect of interest in four of five cases. */
  readonly forSmallestEffect: number | null
  /** To show a difference as large as the one seen. */
  readonly forSeenEffect: number | null
}

/** One metric of one pipeline at one level and rank, on both sides. Numbers are rounded to six digits. */
export interface Change {
  readonly pipeline: string
  readonly params: Parameters
  readonly versions: { readonly baseline: string | null; readonly candidate: string | null }
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly unit: string
  readonly direction: Direction
  readonly isPrimary: boolean
  /** Samples with a value on both sides, and those each side was run on. */
  readonly nCommon: number
  readonly nSamples: { readonly baseline: number; readonly candidate: number }
  /** Means over the common samples (geometric ones for a relative effect). */
  readonly baseline: number | null
  readonly candidate: number | null
  /** candidate - baseline, or for `relative` candidate / baseline - 1. */
  readonly effect: number | null
  readonly effectScale: 'absolute' | 'relative'
  readonly low: number | null
  readonly high: number | null
  readonly p: number | null
  readonly pAdjusted: number | null
  readonly correction: 'holm' | 'benjamini-hochberg' | null
  readonly verdict: Verdict
  /** Which side is better by the effect; null when neither is, or nobody can say. */
  readonly better: 'baseline' | 'candidate' | null
  readonly note: string | null
  /** Smallest effect that counts, floor included, on the scale of `effect`. */
  readonly smallestEffect: number | null
  /** Samples on which the candidate is better, equal, worse. */
  readonly wins: number
  readonly ties: number
  readonly losses: number
  /** (wins + ties / 2) / samples. */
  readonly superiority: number | null
  readonly rankBiserial: number | null
  /** Middle of the pairwise means of the differences, on the scale of `effect`. */
  readonly hodgesLehmann: { readonly shift: number; readonly low: number | null; readonly high: number | null } | null
  /** Repeats show, or somebody declared, that the metric is deterministic. */
  readonly isExact: boolean
  readonly needed: Needed | null
  /** Value of every common sample where there are too few to summarise. */
  readonly values: readonly { readonly sample: string | null; readonly baseline: number; readonly candidate: number }[]
  readonly statistic: Statistic
  readonly gates: readonly GateStep[]
}

/** A key in which the sides differ. */
export interface DifferingKey {
  readonly key: string
  readonly baseline: string
  readonly candidate: string
  /** What it forbids comparing; a pipeline's name where only that pipeline is concerned. */
  readonly forbids: 'scores' | 'resources' | 'pipeline'
  readonly pipeline: string | null
  /** The word of `controlled` that allows it; null = nothing does. */
  readonly controlledBy: string | null
}

/** A database nobody can compare, because a side does not tell which it read. */
export interface UncheckedDatabase {
  readonly pipeline: string
  /** Null: not even the names are known. */
  readonly database: string | null
  /** Digest, `none` or `unknown`. */
  readonly baseline: string
  readonly candidate: string
}

/** What the comparison leaves out, and why. */
export interface LeftOut {
  readonly pipeline: string
  readonly params: Parameters
  readonly metric: string | null
  readonly reason: 'only-in-baseline' | 'only-in-candidate' | 'descriptive'
}

/** Something a gate of CI stops at. */
export type GateFailure = Pick<Change, 'pipeline' | 'params' | 'metric' | 'level' | 'rank' | 'verdict'>

/** The answer for CI. Only declared primary metrics and new failures can fail it. */
export interface Gate {
  readonly state: 'passed' | 'failed' | 'undecided'
  readonly failures: readonly GateFailure[]
  /** Primary metrics that are neither shown to differ nor shown to be as good as equal. */
  readonly undecided: readonly GateFailure[]
  /** What undecided primary metrics do to it; `fail` also fails it where none is declared. */
  readonly inconclusive: 'pass' | 'fail'
}

export interface Comparison {
  readonly baseline: readonly string[]
  readonly candidate: readonly string[]
  readonly verdict: Verdict | 'mixed'
  readonly pairs: readonly ComparedPair[]
  readonly changes: readonly Change[]
  readonly notComparable: readonly DifferingKey[]
  /** Differing keys that were declared to differ on purpose. */
  readonly controlled: readonly DifferingKey[]
  /** What may differ without anybody knowing. */
  readonly unchecked: readonly UncheckedDatabase[]
  readonly leftOut: readonly LeftOut[]
  /** Tests of this report: primary ones (corrected by Holm) and all others (Benjamini-Hochberg). */
  readonly family: { readonly primary: number; readonly others: number; readonly alpha: number }
  readonly gate: Gate
  readonly warnings: readonly string[]
}

/** A number with six significant digits: more would be noise. */
export const sixDigits = (value: number): number => Number(value.toPrecision(6))
