import type { Parameters } from '../../../core/pipeline.ts'
import { intervalWords } from '../../../core/recommendation/saving.ts'
import type { RecommendationDocument } from '../../../generated/recommendation.ts'
import { formatMetric, formatSeconds } from '../../format-number.ts'
import { countText, paramsText, pipelineText, shareText } from '../../rank/candidate-text.ts'
import { metricTitle } from '../../report/metric-rows.ts'
import { inSentence } from '../../report/variant.ts'
import { noRecommendationWords } from '../../rank/no-recommendation-words.ts'
import { seriesWords } from './words.ts'

/** A recommendation as its template wants it: sentences, each with what it rests on. */
export interface AdviceView {
  readonly sentence: string
  readonly expected: readonly { readonly what: string; readonly value: string; readonly n: string }[]
  readonly why: readonly string[]
  readonly concessions: readonly string[]
  readonly evidence: string | null
  readonly nextSteps: readonly string[]
  readonly optimizations: readonly { readonly title: string; readonly lines: readonly string[] }[]
  readonly costSavings: readonly { readonly title: string; readonly lines: readonly string[] }[]
  readonly prices: string | null
}

type Candidate = Pick<NonNullable<RecommendationDocument['current']>, 'project' | 'pipeline' | 'version' | 'params'>

const DECIDED: Readonly<Record<string, string>> = {
  score: 'shown to be the best by its score',
  cost: 'level with the best, and the cheapest of them',
  weight_share: 'level with the best, and first for most ways of weighting',
  only_candidate: 'the only one that can be ranked',
}

const QUALITY: Readonly<Record<string, string>> = {
  equivalent: 'shown to be as good',
  better: 'scores higher',
  not_separable: 'not told apart by these samples',
}

/** Sentences of a recommendation document. `own`: the project of the report, which goes without saying. */
export const adviceView = (of: RecommendationDocument, own: string | null): AdviceView => ({
  sentence: sentenceOf(of, own),
  expected: of.expected_metrics.map((one) => ({
    what: seriesWords({ ...one, title: metricTitle(one.metric) }),
    value:
      one.value === null
        ? `no value (${(one.reason ?? 'not measured').replaceAll('_', ' ')})`
        : `${formatMetric(one.value, one.unit)}${one.low === null || one.high === null ? '' : ` (${formatMetric(one.low, one.unit)} to ${formatMetric(one.high, one.unit)})`}`,
    n: `${String(one.n)} of ${countText(one.n_expected, 'sample')}`,
  })),
  why: of.reasons.map(differenceText),
  concessions: of.concessions.map(differenceText),
  evidence: evidenceText(of),
  nextSteps: of.next_steps.map(({ message }) => message),
  optimizations: of.optimizations.map((one) => ({
    title: `${candidateName(one.to, own)} in place of ${candidateName(one.from, own)}`,
    lines: [
      one.kind === 'dominates' ? 'Nowhere worse and somewhere better.' : 'As good, and cheaper.',
      ...one.differences.slice(0, 4).map(differenceText),
      ...(one.saving === null ? [] : [savingText(one.saving, of)]),
      ...sureText(one),
    ],
  })),
  costSavings: of.cost_savings.map((one) => ({
    title: `${candidateName(one.to, own)} in place of ${candidateName(one.from, own)}`,
    lines: [
      savingText(one.saving, of),
      `Quality: ${QUALITY[one.quality] ?? one.quality}, on ${countText(one.samples, 'sample')}.`,
      ...sureText(one),
    ],
  })),
  prices: of.prices === null ? null : `Prices of ${of.prices.date}, ${of.prices.source}, in ${of.prices.currency}.`,
})

const candidateName = (candidate: Candidate, own: string | null): string => {
  const params = paramsText({ params: candidate.params as Parameters })
  const project = candidate.project === null || candidate.project === own ? '' : ` of ${candidate.project}`
  return `${pipelineText(candidate)}${params === '' ? '' : ` (${params})`}${project}`
}

const sentenceOf = (of: RecommendationDocument, own: string | null): string => {
  const on = of.datasets.length === 0 ? '' : ` on ${of.datasets.join(', ')}`
  if (of.recommended !== null)
    return `Recommended for ${of.category}${on}: ${candidateName(of.recommended, own)}, ${DECIDED[of.decided_by ?? ''] ?? 'by its score'}.`
  const leading = of.leading === null ? '' : ` ${candidateName(of.leading, own)} would come first.`
  return `No recommendation for ${of.category}${on}: ${noRecommendationWords(of.why)}.${leading}`
}

const differenceText = (one: RecommendationDocument['reasons'][number]): string => {
  const show = (value: number | null): string => (value === null ? 'no value' : formatMetric(value, one.unit))
  return `${seriesWords({ ...one, title: inSentence(metricTitle(one.metric)) })}: ${show(one.of_candidate)} against ${show(one.of_other)}`
}

const daysText = ({ oldest, newest }: { readonly oldest: string; readonly newest: string }): string => {
  const [first, last] = [oldest.slice(0, 10), newest.slice(0, 10)]
  return first === last ? first : `${first} to ${last}`
}

const evidenceText = ({ evidence }: RecommendationDocument): string | null => {
  if (evidence === null) return null
  const trust = evidence.trust
    .map(({ trust: state, runs }) => `${String(runs)} ${state.replaceAll('-', ' ')}`)
    .join(', ')
  const provisional = evidence.provisional ? ' Provisional: fewer than five samples say little about others.' : ''
  return `Rests on ${countText(evidence.samples, 'sample')}, ${countText(evidence.runs, 'run')} (${trust}), results of ${daysText(evidence)}.${provisional}`
}

const savingText = (
  {
    share,
    before,
    after,
    cost_before: costBefore,
    cost_after: costAfter,
    low,
    high,
    no_interval: why,
  }: RecommendationDocument['cost_savings'][number]['saving'],
  { prices }: RecommendationDocument,
): string => {
  const amount = share >= 0 ? `${shareText(share)} less` : `${shareText(-share)} more`
  const interval = low === null || high === null ? null : { low, high }
  const sure = share >= 0 ? `, ${intervalWords(interval, why)}` : ''
  if (prices !== null && costBefore !== null && costAfter !== null)
    return `${amount}${sure}: ${costBefore.toPrecision(3)} to ${costAfter.toPrecision(3)} ${prices.currency} a sample.`
  if (before.cpu_hours !== null && after.cpu_hours !== null)
    return `${amount} processor time${sure}: ${formatSeconds(before.cpu_hours * 3600)} to ${formatSeconds(after.cpu_hours * 3600)} a sample.`
  return `${amount}${sure}.`
}

const sureText = (one: {
  readonly equivalent_in: readonly string[]
  readonly not_shown_in: readonly string[]
}): string[] => [
  ...(one.equivalent_in.length === 0 ? [] : [`Shown to be as good in ${one.equivalent_in.map(keyWords).join(', ')}.`]),
  ...(one.not_shown_in.length === 0
    ? []
    : [`Not shown to be as good in ${one.not_shown_in.map(keyWords).join(', ')}.`]),
]

/** `sensitivity (gene)` of `sensitivity@gene`. */
const keyWords = (key: string): string => {
  const [metric = '', ...at] = key.split('@')
  const words = inSentence(metricTitle(metric))
  return at.length === 0 ? words : `${words} (${at.join(', ').replaceAll('_', ' ')})`
}
