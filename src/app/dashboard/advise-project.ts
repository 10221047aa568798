/** What a project could do next, from the board it stands on. */
import type { Card, ProjectModel } from '../../core/dashboard/project-model.ts'
import { paramsText } from '../../core/dashboard/shard.ts'
import type { Candidate } from '../../core/ranking/observation.ts'
import type { RankedEntry, Ranking } from '../../core/ranking/rank-candidates.ts'
import type { PriceTable } from '../../core/recommendation/cost.ts'
import { costSavingsOf } from '../../core/recommendation/cost-savings.ts'
import { nextStepsOf } from '../../core/recommendation/next-steps.ts'
import { optimizationsOf } from '../../core/recommendation/optimizations.ts'
import { recommend } from '../../core/recommendation/recommend.ts'
import { intervalWords, type Saving } from '../../core/recommendation/saving.ts'

const MOST = 10

/** `current`: the best ranked candidate of the project; null where none of its own is ranked. */
export const adviseProject = (
  ranking: Ranking,
  current: RankedEntry | null,
  prices: PriceTable | null,
  asOf: string,
): ProjectModel['sections']['recommendations'] => {
  const recommendation = recommend({ ranking, prices, asOf })
  const optimizations = current === null ? [] : optimizationsOf(ranking, current, prices)
  const savings = current === null ? [] : costSavingsOf(ranking, current, prices).savings
  const samples = ranking.table.samples.length
  const confidence = `${plural(samples, 'sample')}, ${plural(ranking.entries.length, 'ranked candidate')}${samples < 5 ? '; provisional: fewer than five samples' : ''}`
  const assumption = prices
    ? `Prices of ${prices.date} (${prices.source}).`
    : 'No price table: shares are of processor hours, else of wall time.'
  return {
    nextSteps: nextStepsOf({ ranking, recommendation, current, optimizations }).map(({ code, message, evidence }) => ({
      action: message,
      evidence: facts(evidence),
      effect: null,
      assumptions: 'The results of this leaderboard.',
      confidence,
      verify: VERIFY[code] ?? 'benchmark leaderboard --explain',
      saved: null,
      candidate: null,
    })),
    optimizations: surestFirst(optimizations).map((one): Card => ({
      action: `${one.kind === 'dominates' ? 'Take other parameters: nowhere worse and somewhere better' : 'Take other parameters: as good and cheaper'}: ${nameOf(one.to)}`,
      evidence: one.differences
        .map(({ metric, ofCandidate, ofOther, unit }) => `${metric} ${shown(ofOther)} → ${shown(ofCandidate)} ${unit}`)
        .join('; '),
      ...effectOf(one.saving),
      assumptions: assumption,
      confidence: `${confidence}; equivalent in ${listOr(one.equivalentIn)}, not shown in ${listOr(one.notShownIn)}`,
      verify: `benchmark run with these parameters, then benchmark compare`,
      candidate: one.to,
    })),
    costSavings: surestFirst(savings).map((one): Card => ({
      action: `Switch to ${nameOf(one.to)}`,
      evidence: `Score ${one.scoreDifference >= 0 ? '+' : ''}${shown(one.scoreDifference)} on ${plural(one.samples, 'sample')}: ${QUALITY[one.quality]}`,
      ...effectOf(one.saving),
      assumptions: assumption,
      confidence: `${confidence}; equivalent in ${listOr(one.equivalentIn)}, not shown in ${listOr(one.notShownIn)}`,
      verify: 'benchmark recommend, then benchmark run with both pipelines and benchmark compare',
      candidate: one.to,
    })),
  }
}

/** What saves most even if chance favoured it comes first, then what has no interval, by its share. */
const surestFirst = <T extends { readonly saving: Saving | null }>(of: readonly T[]): readonly T[] => {
  const [sure, unsure] = [
    of.filter(({ saving }) => saving?.interval != null),
    of.filter(({ saving }) => saving?.interval == null),
  ]
  return [
    ...sure.sort((left, right) => (right.saving?.interval?.low ?? 0) - (left.saving?.interval?.low ?? 0)),
    ...unsure.sort((left, right) => (right.saving?.share ?? 0) - (left.saving?.share ?? 0)),
  ].slice(0, MOST)
}

const effectOf = (saving: Saving | null): Pick<Card, 'effect' | 'saved'> => {
  if (saving === null) return { effect: null, saved: null }
  const { share, interval, noInterval } = saving
  return {
    effect: `${percent(share)} saved for each sample (${intervalWords(interval, noInterval)})`,
    saved: { share, low: interval?.low ?? null, high: interval?.high ?? null },
  }
}

const QUALITY = {
  equivalent: 'shown to be as good',
  not_separable: 'these samples cannot tell them apart',
  better: 'the higher score on these samples, no more than that',
}

const VERIFY: Readonly<Record<string, string>> = {
  share_results: 'benchmark sync, then benchmark leaderboard',
  complete_results: 'benchmark run on the samples that are missing',
  look_at_failures: 'benchmark show latest, then the logs of the executions that failed',
  review_constraints: 'benchmark recommend with another limit',
  add_samples: 'benchmark run with more samples, then benchmark leaderboard --explain',
  take_recommended: 'benchmark run with both pipelines, then benchmark compare',
  try_parameters: 'benchmark run with both parameter sets, then benchmark compare',
  measure_again: 'benchmark run with the current version',
}

const nameOf = ({ project, pipeline, version, params }: Candidate): string =>
  [
    pipeline,
    version,
    paramsText(params) === '' ? null : `(${paramsText(params)})`,
    project === null ? null : `of ${project}`,
  ]
    .filter((part) => part !== null)
    .join(' ')

const facts = (evidence: Readonly<Record<string, string | number | null>>): string =>
  Object.entries(evidence)
    .map(
      ([name, value]) =>
        `${name.replaceAll('_', ' ')} ${typeof value === 'number' ? shown(value) : (value ?? 'not known')}`,
    )
    .join('; ')

const shown = (value: number | null): string => (value === null ? 'not known' : String(Number(value.toPrecision(4))))
const percent = (share: number): string => `${String(Number((share * 100).toPrecision(3)))} %`
const plural = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`
/** `f1_score@gene` as people write it: f1_score (gene). */
const words = (series: string): string =>
  series.replace(/@(.+)$/, (_all, place: string) => ` (${place.replace('@', ', ')})`)
const listOr = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.map(words).join(', '))
