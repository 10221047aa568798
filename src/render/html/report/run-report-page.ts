import { cleanMessage } from '../../../core/clean-text.ts'
import type { ReportDocument } from '../../../generated/report.ts'
import { formatTime } from '../../format-number.ts'
import { bindEntities } from '../charts/entities.ts'
import type { ChartSpec, DataTable } from '../charts/spec.ts'
import type { DrawChart } from '../charts/chart.ts'
import { figureView } from '../page/figure-view.ts'
import type { Pages } from '../page/pages.ts'
import { tableView } from '../page/table-view.ts'
import { adviceView } from './advice-view.ts'
import {
  changeCharts,
  historyCharts,
  metricHeat,
  resourceCharts,
  sampleCharts,
  tradeOffChart,
} from './charts-of-run.ts'
import { keyNumbersView } from './key-numbers.ts'
import {
  changeTable,
  communityTable,
  historyTable,
  metricTable,
  processTable,
  sampleTable,
  spreadTable,
  useTable,
} from './tables.ts'
import { headerWordsOf, reasonWords, verdictWords } from './words.ts'

/** What drawing and writing needs. */
export interface PageTools {
  readonly pages: Pages
  readonly chart: DrawChart
}

/** The report of a run as one HTML file. */
export const runReportPage = (given: ReportDocument, { pages, chart }: PageTools): string => {
  const document = clean(given) as ReportDocument
  const { run, verdict, comparison, recommendations } = document
  const file = `report-${run.run_id.replaceAll(/[^a-z0-9-]+/gi, '-')}`
  const entities = bindEntities([
    ...run.pipelines.map(({ name }) => name),
    ...run.pipelines.map(({ pipeline }) => pipeline),
  ])
  const figure = (spec: ChartSpec) => figureView(chart(spec, entities), file)
  const figures = (specs: readonly (ChartSpec | null)[]) =>
    specs.flatMap((spec) => (spec === null ? [] : [figure(spec)]))
  const table = (id: string, of: DataTable | null) => (of === null ? null : tableView(id, of, `${file}-${id}`))
  const { sign, word, tone } = verdictWords(verdict.state)
  return pages.singleFile(
    'run',
    {
      title: `${document.title}: ${word}`,
      description: verdict.sentence,
      links: SECTIONS,
      footer: `Run ${run.run_id}, report of ${formatTime(document.generated_at)} UTC by ${document.tool.name} ${document.tool.version}.`,
    },
    {
      title: document.title,
      run,
      lead: leadOf(document),
      verdict: { ...verdict, sign, word, tone },
      keyNumbers: keyNumbersView(document),
      metricFigures: figures([metricHeat(document)]),
      metricTable: table('all-metrics', metricTable(document)),
      withoutValue: withoutValueText(document),
      baseline: {
        ...comparison.vs_baseline,
        against:
          comparison.vs_baseline.result === null
            ? null
            : comparison.vs_baseline.result.baseline.runs.map(headerWordsOf).join('; '),
        notComparable: (comparison.vs_baseline.result?.not_comparable ?? []).map(differenceWords),
        figures: figures(changeCharts(document)),
        table: table('comparisons', changeTable(document)),
      },
      community: {
        ...comparison.vs_community,
        sentence: communitySentence(document),
        table: table('community', communityTable(document)),
      },
      history: {
        ...comparison.vs_history,
        sentence: historySentence(document),
        figures: figures(historyCharts(document, 4)),
        table: table('history', historyTable(document)),
      },
      sampleFigures: figures(sampleCharts(document, 2)),
      sampleTable: table('samples-table', sampleTable(document)) ?? table('samples-table', spreadTable(document)),
      resourceFigures: figures(resourceCharts(document)),
      useTable: table('use', useTable(document)),
      processTable: table('processes', processTable(document)),
      processesMissing: document.resources.processes_missing,
      tradeOff: figures([tradeOffChart(document)]),
      advice: { ...recommendations, view: recommendations.result && adviceView(recommendations.result, run.project) },
      warnings: document.warnings,
      provenance: document.provenance,
      reproduce: document.reproduce.join('\n'),
    },
  )
}

const SECTIONS = [
  { href: '#verdict', text: 'Verdict' },
  { href: '#numbers', text: 'Key numbers' },
  { href: '#metrics', text: 'Metrics' },
  { href: '#comparison', text: 'Comparison' },
  { href: '#samples', text: 'Samples' },
  { href: '#resources', text: 'Resources' },
  { href: '#trade-off', text: 'Trade-off' },
  { href: '#recommendations', text: 'Recommendations' },
  { href: '#warnings', text: 'Warnings' },
  { href: '#provenance', text: 'Provenance' },
  { href: '#downloads', text: 'Downloads' },
] as const

/** Every text as it may be shown. */
const clean = (part: unknown): unknown => {
  if (typeof part === 'string') return cleanMessage(part)
  if (Array.isArray(part)) return part.map(clean)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [cleanMessage(key), clean(value)]))
}

type Difference = NonNullable<ReportDocument['comparison']['vs_baseline']['result']>['not_comparable'][number]

const differenceWords = ({ key, baseline, candidate, forbids }: Difference): string =>
  baseline === candidate
    ? `${key}: ${candidate ?? 'not known'} on both sides, so that ${forbids} cannot be compared.`
    : `${key} differs (${baseline ?? 'not known'}, here ${candidate ?? 'not known'}), so that ${forbids} cannot be compared.`

const leadOf = ({ run }: ReportDocument): string =>
  [
    run.benchmark_title,
    `${String(run.samples)} ${run.samples === 1 ? 'sample' : 'samples'}`,
    run.dataset === null ? '' : `dataset ${run.dataset}`,
    `${formatTime(run.started_at)} UTC`,
    run.branch === null ? '' : `branch ${run.branch}${run.commit === null ? '' : ` at ${run.commit.slice(0, 10)}`}`,
    `run ${run.run_id}${run.label === null ? '' : ` "${run.label}"`}`,
    `${run.state}: ${Object.entries(run.executions)
      .map(([state, count]) => `${String(count)} ${state.replaceAll('_', ' ')}`)
      .join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join(' · ')

const withoutValueText = ({ metrics_without_value: counts }: ReportDocument): string | null => {
  const parts = Object.entries(counts).map(([reason, count]) => `${String(count)} ${reasonWords(reason)}`)
  return parts.length === 0 ? null : `Metrics that no pipeline has a value of are left out: ${parts.join(', ')}.`
}

const communitySentence = ({ comparison: { vs_community: of } }: ReportDocument): string | null => {
  if (of.result === null) return null
  const { rank, group_size: groupSize, dataset, hub } = of.result
  const place =
    rank === null
      ? 'None of its pipelines can be ranked by the score of the leaderboard.'
      : rank.rank === null
        ? `Its place by score is withheld: fewer than ${String(groupSize)} others have comparable results.`
        : `By the score of the leaderboard it is ${String(rank.rank)} of ${String(rank.of ?? 0)}, better than ${(rank.percentile ?? 0).toFixed(0)} % of the others.`
  return `${place} Comparable are results of other projects on ${dataset} with the same truth and scoring, from ${hub}.`
}

const historySentence = ({ comparison: { vs_history: of } }: ReportDocument): string | null => {
  if (of.result === null) return null
  const { series, runs } = of.result
  const count = (state: string): number => series.filter((one) => one.state === state).length
  const parts = [
    [count('confirmed'), 'moved'],
    [count('watch'), 'to be watched'],
    [count('quiet'), 'steady'],
    [count('unjudged'), 'not judged'],
  ] as const
  return `${String(runs)} runs; of ${String(series.length)} series ${parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${String(number)} ${what}`)
    .join(', ')}.`
}
