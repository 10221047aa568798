import { ABUNDANCE_PSEUDO_COUNT } from '../metrics/amr.ts'
import { makeScore } from '../metrics/make-score.ts'
import { vocabularyKey } from '../names/gene-vocabulary.ts'
import type { NameTables } from '../names/gene-identity.ts'
import { missing, type Reason, type Score } from '../score.ts'
import { AMR_LEVELS, type AmrLevel, type AmrScoringOptions } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'
import { filterCalls, qualityRules } from './filter-calls.ts'
import { aliasKey, nameTables } from './name-tables.ts'
import { LEVEL_METRICS } from './level-metrics.ts'
import { levelScorer } from './level-scorer.ts'
import { bestOfEachLocus } from './locus-policy.ts'
import type { AmrCurve, AmrMatch, AmrScoring, AmrScoringInput } from './scoring.ts'
import type { AmrTruth } from './truth.ts'
import { universeKind } from './universe.ts'

/** Raised whenever the same input could give another number. */
const RULES_VERSION = 1

/**
 * Scores the calls of one prediction against the truth of an amr-detection dataset, each sample on its own and each
 * level on its own. Every sample and level has every metric of the level: a sample without any sign
 * that the tool ran is `not_run`, one the truth does not know `no_truth`, a level the truth or the tool says nothing
 * about `not_applicable` or `no_prediction`. The order of calls, genes and samples changes no number.
 */
export const scoreAmr = (input: AmrScoringInput): AmrScoring => {
  const { truth, options } = input
  const warnings = new Set<string>()
  const warn = (warning: string): void => void warnings.add(warning)
  const samples = input.samples ?? [...truth.samples.keys()]
  const calls = countingCalls(input, warn)
  for (const sample of input.predictions.keys())
    if (!truth.samples.has(sample)) warn(`The truth says nothing about sample ${sample}: it is not scored (no_truth).`)

  const scores: Score[] = []
  const matches: AmrMatch[] = []
  const curves: AmrCurve[] = []
  const tables = (level: AmrLevel): NameTables => nameTables(options, level, input.vocabulary ?? null)
  const levels = AMR_LEVELS.filter((level) => options.levels.includes(level))
  const scorers = levels.map((level) => ({
    level,
    scorer: levelScorer(level, { truth, calls, options, tables, warn }),
  }))
  for (const sample of samples)
    for (const { level, scorer } of scorers) {
      const of = { sample, level }
      const called = calls.get(sample)
      const reason = whyNot(sample, truth, called, scorer.unavailable)
      if (reason !== null || called === undefined) {
        for (const metric of LEVEL_METRICS[level]) scores.push(makeScore(metric, of, missing(reason ?? 'not_run')))
        continue
      }
      const scored = scorer.score(sample, called)
      for (const [metric, quantity] of scored.quantities) scores.push(makeScore(metric, of, quantity))
      // One by one: a report may hold more than a call takes arguments.
      for (const match of scored.matches) matches.push(match)
      if (scored.curve) curves.push(scored.curve)
    }

  return {
    scores,
    curves,
    matches,
    universes: scorers.map(({ scorer }) => scorer.universe),
    comparability: comparability(truth, options),
    universeKey: scorers.map(({ scorer }) => scorer.universeText).join(''),
    warnings: [...warnings],
  }
}

const whyNot = (
  sample: string,
  truth: AmrTruth,
  calls: readonly AmrCall[] | undefined,
  unavailable: Reason | null,
): Reason | null => {
  if (!truth.samples.has(sample)) return 'no_truth'
  return calls === undefined ? 'not_run' : unavailable
}

/** The calls that count, of every sample the truth knows and the tool ran on. */
const countingCalls = (
  { truth, predictions, options }: AmrScoringInput,
  warn: (warning: string) => void,
): ReadonlyMap<string, readonly AmrCall[]> => {
  const calls = new Map<string, readonly AmrCall[]>()
  let withoutIdentity = 0
  let withoutCoverage = 0
  for (const [sample, all] of predictions) {
    if (all === null || !truth.samples.has(sample)) continue
    const filtered = filterCalls(all, options)
    withoutIdentity += filtered.withoutIdentity
    withoutCoverage += filtered.withoutCoverage
    calls.set(sample, options.locusPolicy === 'best' ? bestOfEachLocus(filtered.calls) : filtered.calls)
  }
  if (withoutIdentity > 0) warn(`${String(withoutIdentity)} calls state no identity and passed the identity filter.`)
  if (withoutCoverage > 0) warn(`${String(withoutCoverage)} calls state no coverage and passed the coverage filter.`)
  return calls
}

const comparability = (truth: AmrTruth, options: AmrScoringOptions): Readonly<Record<string, string>> => {
  return {
    benchmark_type: 'amr-detection',
    scoring_rules: `amr/${String(RULES_VERSION)}`,
    truth: truth.sha256,
    primary_level: options.primaryLevel,
    universe:
      options.universe.kind === 'list' ? `list:${options.universe.name}` : universeKind(options.universe, truth),
    locus_policy: options.locusPolicy,
    min_identity: String(options.minIdentity ?? 'none'),
    min_coverage: String(options.minCoverage ?? 'none'),
    variation_types: [...options.variationTypes].sort().join(','),
    quality_rules: qualityRules(options),
    aliases: aliasKey(options),
    vocabulary: vocabularyKey(options.vocabulary),
    abundance_pseudo_count: String(ABUNDANCE_PSEUDO_COUNT),
  }
}
