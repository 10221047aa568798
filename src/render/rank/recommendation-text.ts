import type { PipelineAdvice } from '../../app/rank/recommend-pipeline.ts'
import type { PossibleChange } from '../../core/recommendation/changes.ts'
import type { WeightedDifference } from '../../core/recommendation/differences.ts'
import type { Choice, Recommendation } from '../../core/recommendation/recommend.ts'
import { intervalWords } from '../../core/recommendation/saving.ts'
import { formatMetric, formatRatio, formatSeconds } from '../format-number.ts'
import { inertProse } from '../markdown/inert-text.ts'
import { isForPrograms, renderTable, type Table, type TableOptions } from '../table/table.ts'
import { candidateText, countText, seriesText, shareText } from './candidate-text.ts'
import { limitText, mixedText } from './leaderboard-text.ts'
import { noRecommendationWords } from './no-recommendation-words.ts'

/** How a recommendation is written. */
export interface RecommendationTextOptions extends TableOptions {
  /** Also how the numbers were made. */
  readonly explain: boolean
}

/** A recommendation as people read it; as CSV its expected metrics. */
export const renderRecommendation = (advice: PipelineAdvice, options: RecommendationTextOptions): string => {
  const { recommendation: of } = advice
  if (isForPrograms(options)) return renderTable(valuesOf(of), options)
  const metrics = of.expectedMetrics.map((one) => [
    seriesText(one),
    one.value === null ? '–' : formatMetric(one.value, one.unit),
    one.low === null || one.high === null
      ? 'too few samples'
      : `${formatMetric(one.low, one.unit)} to ${formatMetric(one.high, one.unit)}`,
    `${String(one.n)}/${String(one.nExpected)}`,
  ])
  const head = ['metric', 'expected', '95 % interval', 'samples']
  const isMarkdown = options.format === 'markdown'
  const prose = isMarkdown ? inertProse : (text: string): string => text
  const list = listWith(prose)
  return [
    prose(verdict(advice)),
    metrics.length === 0 ? '' : renderTable({ head, rows: metrics }, options),
    list(
      of.runnerUp === null ? 'Why' : `Why, against ${candidateText(of.runnerUp.candidate)}`,
      of.reasons.map(differenceText),
    ),
    list('What is given up', of.concessions.map(differenceText)),
    prose(evidenceText(of)),
    prose(mixedText(advice.field)),
    list('What would change it', of.changes.map(changeText)),
    list(
      'Kept out by the limits',
      of.excluded.map(
        ({ candidate, constraint, limit, value }) =>
          `${candidateText(candidate)}: ${constraint} ${limitText(constraint, limit)}, ${value === null ? 'not measured' : `has ${limitText(constraint, value)}`}`,
      ),
    ),
    list('Better parameters', optimizationLines(advice)),
    list('Savings', savingLines(advice)),
    list(
      'Next',
      advice.nextSteps.map(({ message }) => message),
    ),
    options.explain ? prose(explanation(of)) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const listWith =
  (prose: (text: string) => string) =>
  (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : [prose(`${title}:`), ...lines.map((line) => `- ${prose(line)}`)].join('\n')

const verdict = ({ field, recommendation: of }: PipelineAdvice): string => {
  const on = field.datasets.length === 0 ? '' : ` on ${field.datasets.join(', ')}`
  if (of.recommended !== null)
    return `Recommended for ${field.category}${on}: ${candidateText(of.recommended.candidate)}\n${decidedText(of, of.recommended)}`
  const leading = of.leading === null ? '' : `\n${candidateText(of.leading.candidate)} would come first.`
  return `No recommendation for ${field.category}${on}: ${noRecommendationWords(of.why)}.${leading}`
}

const decidedText = ({ decidedBy, evidence }: Recommendation, choice: Choice): string => {
  const score = `Score ${formatRatio(choice.score)} of 1`
  const among = evidence === null ? '' : ` among ${countText(evidence.ranked, 'candidate')}`
  switch (decidedBy) {
    case 'score':
      return `${score}: shown to be the best${among}.`
    case 'cost':
      return `${score}: level with the best${among}, and the cheapest of them.`
    case 'weight_share':
      return `${score}: level with the best${among}, and first for most ways of weighting.`
    default:
      return `${score}: the only one that can be ranked.`
  }
}

const differenceText = ({ ofCandidate, ofOther, unit, ...one }: WeightedDifference): string => {
  const show = (value: number | null): string => (value === null ? 'no value' : formatMetric(value, unit))
  return `${seriesText(one)}: ${show(ofCandidate)} against ${show(ofOther)}`
}

const evidenceText = ({ evidence }: Recommendation): string => {
  if (evidence === null) return ''
  const trust = evidence.trust
    .map(({ trust: state, runs }) => `${String(runs)} ${state.replaceAll('-', ' ')}`)
    .join(', ')
  const lines = [
    `It rests on ${countText(evidence.samples, 'sample')} of ${countText(evidence.datasets, 'dataset')}, ${countText(evidence.runs, 'run')} (${trust}), the newest ${countText(evidence.ageDays, 'day')} old.`,
  ]
  if (evidence.provisional) lines.push('Provisional: fewer than five samples say little about others.')
  return lines.join('\n')
}

const changeText = (change: PossibleChange): string => {
  const rival = candidateText(change.rival)
  switch (change.kind) {
    case 'weight':
      return `${rival} would be level if ${seriesText(change)} counted ${shareText(change.to)} instead of ${shareText(change.from)}`
    case 'constraint':
      return `${rival} scores higher (${formatRatio(change.score)}) without ${change.constraint} ${limitText(change.constraint, change.limit)}`
    case 'missing_values':
      return `${rival} lacks ${countText(change.missing, 'value')} and could reach ${formatRatio(change.best)}`
    case 'more_samples':
      return `about ${String(change.needed)} samples (now ${String(change.samples)}) would tell it from ${rival}`
  }
}

const optimizationLines = ({ optimizations }: PipelineAdvice): readonly string[] =>
  optimizations.map(
    ({ kind, to, saving }) =>
      `${candidateText(to)}: ${kind === 'dominates' ? 'nowhere worse and somewhere better' : 'as good'}${saving === null ? '' : `, ${saving.share >= 0 ? `${shareText(saving.share)} cheaper, ${intervalWords(saving.interval, saving.noInterval)}` : `${shareText(-saving.share)} dearer`}`}`,
  )

const savingLines = ({ costSavings, recommendation: { prices } }: PipelineAdvice): readonly string[] => {
  if (costSavings === null) return []
  const quality = {
    equivalent: 'shown to be as good',
    better: 'scores higher',
    not_separable: 'not told apart by these samples',
  }
  const lines = costSavings.savings.map(({ to, saving, quality: known }) => {
    const money =
      prices !== null && saving.costBefore !== null && saving.costAfter !== null
        ? ` (${saving.costBefore.toPrecision(3)} to ${saving.costAfter.toPrecision(3)} ${prices.currency} for a sample)`
        : saving.before.cpuHours !== null && saving.after.cpuHours !== null
          ? ` (${formatSeconds(saving.before.cpuHours * 3600)} to ${formatSeconds(saving.after.cpuHours * 3600)} of processor time for a sample)`
          : ''
    return `${candidateText(to)}: ${shareText(saving.share)} less, ${intervalWords(saving.interval, saving.noInterval)}${money}, ${quality[known]}`
  })
  if (lines.length > 0 && prices !== null) lines.push(`Prices of ${prices.date}, ${prices.source}.`)
  return lines
}

const explanation = ({ evidence, warnings }: Recommendation): string =>
  [
    'How it was made: limits first, then the score on fixed scales; of those not told apart from the best the one that is first for most weightings, then the cheapest.',
    ...(evidence?.bases ?? []).map(
      ({ method, n, m, level, assumption, seed }) =>
        `  ${method}, n = ${String(n)}, ${countText(m, 'sample')}${level === null ? '' : `, level ${String(level)}`}${assumption === null ? '' : `, assumes ${assumption}`}${seed === null ? '' : `, seed ${seed}`}`,
    ),
    ...(warnings.length === 0 ? [] : [`  noted: ${warnings.join(', ')}`]),
  ].join('\n')

const valuesOf = ({ recommended, leading, expectedMetrics }: Recommendation): Table => {
  const choice = (recommended ?? leading)?.candidate
  const number = (value: number | null): string => (value === null ? '' : String(Number(value.toPrecision(6))))
  return {
    head: [
      'recommended',
      'project',
      'pipeline',
      'version',
      'params',
      'metric',
      'level',
      'rank',
      'unit',
      'value',
      'low',
      'high',
      'n',
      'n_expected',
    ],
    rows: expectedMetrics.map((one) => [
      String(recommended !== null),
      choice?.project ?? '',
      choice?.pipeline ?? '',
      choice?.version ?? '',
      choice ? JSON.stringify(choice.params) : '',
      one.metric,
      one.level ?? '',
      one.rank ?? '',
      one.unit,
      ...[one.value, one.low, one.high, one.n, one.nExpected].map(number),
    ]),
  }
}
