import { ASSEMBLY_METRICS } from '../metrics/assembly.ts'
import { makeScore } from '../metrics/make-score.ts'
import { known, missing, type Reason, type Score } from '../score.ts'
import { type AssemblyTruth, type MetricValue, type Reference, totalLength } from './assembly.ts'
import { contiguity } from './contiguity.ts'
import type { AssemblyEvidence } from './evidence.ts'
import { MAG_METRICS, magQuality } from './mag-quality.ts'
import type { AssemblyScoringOptions } from './scoring-options.ts'
import { reportDifferences } from './report-differences.ts'

/** Raised whenever the same input could give another number. */
const RULES_VERSION = 1

/** Everything that decides the scores of one prediction (one tool, one parameter set). */
export interface AssemblyScoringInput {
  readonly truth: AssemblyTruth
  /** Null or no entry = no sign that the tool ran. */
  readonly predictions: ReadonlyMap<string, AssemblyEvidence | null>
  readonly samples: readonly string[]
  readonly options: AssemblyScoringOptions
}

export interface AssemblyScoring {
  /** Per sample; every metric, with a reason where it has no value. */
  readonly scores: readonly Score[]
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/** The truth where there is none: what contigs are like can be said without. */
export const NO_TRUTH: AssemblyTruth = { samples: new Map(), anySample: null, sha256: 'none' }

/**
 * Scores assemblies, each sample on its own. What the contigs themselves say comes before what a report says of them;
 * values that need an alignment are those of the report.
 */
export const scoreAssemblies = ({ truth, predictions, samples, options }: AssemblyScoringInput): AssemblyScoring => {
  const scores: Score[] = []
  const warnings: string[] = []
  for (const sample of samples) {
    const evidence = predictions.get(sample) ?? null
    const reference = truth.samples.get(sample) ?? truth.anySample
    const computed = evidence === null ? [] : computedValues(evidence, reference, options)
    const values = new Map(computed)
    const difference = reportDifferences(sample, values, evidence?.report?.values ?? new Map())
    if (difference !== null) warnings.push(difference)
    for (const [metric, reported] of evidence?.report?.values ?? [])
      if ((values.get(metric)?.value ?? null) === null) values.set(metric, reported)
    const ratio = values.get('duplication_ratio') ?? missing(reasonOf('duplication_ratio', evidence, reference))
    values.set('duplication_excess', ratio.value === null ? ratio : known(Math.abs(ratio.value - 1)))
    for (const { id } of ASSEMBLY_METRICS)
      scores.push(makeScore(id, { sample }, values.get(id) ?? missing(reasonOf(id, evidence, reference))))
  }
  return { scores, comparability: comparability({ truth, predictions, samples, options }), warnings }
}

/**
 * What can be computed of the files themselves. Values of an alignment of the contigs to the reference belong here too:
 * both have the path of their FASTA.
 */
const computedValues = (
  { contigs, bins }: AssemblyEvidence,
  reference: Reference | null,
  { minContig }: AssemblyScoringOptions,
): readonly MetricValue[] => [
  ...(contigs === null
    ? []
    : contiguity(contigs.lengths, { minContig, referenceLength: reference && totalLength(reference.lengths) })),
  ...(bins === null ? [] : magQuality(bins.bins)),
]

/** Why a metric that nothing speaks of has no value. */
const reasonOf = (metric: string, evidence: AssemblyEvidence | null, reference: Reference | null): Reason => {
  if (evidence === null) return 'not_run'
  if (evidence.report !== null || evidence.contigs === null || MAG_METRICS.has(metric)) return 'no_prediction'
  return reference === null ? 'no_truth' : 'not_measured'
}

const comparability = (input: AssemblyScoringInput): Readonly<Record<string, string>> => {
  const evidence = [...input.predictions.values()].filter((one) => one !== null)
  const named = (names: readonly (string | undefined)[]): string =>
    [...new Set(names.filter((name) => name !== undefined))].sort().join(' and ') || 'none'
  return {
    benchmark_type: 'assembly-quality',
    scoring_rules: `assembly/${String(RULES_VERSION)}`,
    truth: input.truth.sha256,
    min_contig: evidence.some(({ contigs }) => contigs !== null) ? String(input.options.minContig) : 'as reported',
    quast_level: named(evidence.map(({ report }) => report?.level)),
    bin_estimates: named(evidence.map(({ bins }) => bins?.estimator)),
  }
}
