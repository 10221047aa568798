import type { BoardModel } from '../../../core/dashboard/board-model.ts'
import type { HistorySeriesModel, ProjectModel, ProjectTrend } from '../../../core/dashboard/project-model.ts'
import type { ShardFile } from '../../../app/dashboard/site-pages.ts'
import { shortDigests } from '../../../core/databases.ts'
import { paramsText } from '../../../core/dashboard/shard.ts'
import { datasetId } from '../../../core/dataset-name.ts'
import { formatMetric } from '../../format-number.ts'
import type { HeatTableSpec, TrendSpec } from '../charts/spec.ts'
import { alert, type Block, facts, figure, type Kpi, kpis, links, type Section, table, text } from './blocks.ts'
import { boardBars, boardPareto, boardTables, rankRange } from './board-parts.ts'
import {
  candidateName,
  datasetPath,
  day,
  historyTitle,
  linkTo,
  type PlannedPage,
  plural,
  projectPath,
  projectTabs,
  seriesTitle,
  significant,
  type Site,
  upFrom,
} from './site.ts'

/** `p/<project>/index.html`. */
export const overviewPage = (
  site: Site,
  project: ProjectModel,
  board: BoardModel | null,
  shards: readonly ShardFile[],
): PlannedPage => {
  const path = projectPath(site, project.project, 'index.html')
  const up = upFrom(path)
  return {
    path,
    inputs: [site.digest(project), site.digest(board), shards],
    make: () => ({
      title: project.project,
      lead: `${project.benchmark_types.join(', ')} · ${plural(project.sections.overview.totalRuns.all, 'run')} from ${day(project.first)} to ${day(project.newest)} (UTC)${project.is_local ? ' · with runs of this machine' : ''}`,
      crumbs: [
        { href: `${up}index.html`, text: 'Projects' },
        { href: null, text: project.project },
      ],
      links: projectTabs(site, project.project, path),
      sections: [
        { id: 'alerts', title: null, blocks: [alerts(site, project), kpiStrip(project)] },
        ...leaders(site, project, board, up),
        trendSection(site, project),
        coverageSection(site, project),
        recentSection(project),
        provenance(site, project, shards, up),
      ],
      data: null,
    }),
  }
}

const alerts = (_site: Site, { regressions }: ProjectModel): Block => {
  const [first] = regressions
  if (first === undefined) return alert('none', '● No open regression: no confirmed step for the worse is still there.')
  return alert('worse', `✖ ${plural(regressions.length, 'open regression')}: ${regressionText(first)}`, [
    linkTo('comparison.html#vsHistory', 'All changes of this project'),
  ])
}

/** One sentence about a shift. */
export const regressionText = (one: ProjectModel['regressions'][number]): string => {
  const change = one.is_relative
    ? `${one.shift > 0 ? '+' : ''}${significant(100 * one.shift, 3)} %`
    : `${formatMetric(one.before, one.series.unit)} → ${formatMetric(one.after, one.series.unit)}`
  return `${historyTitle(one)}, ${change} since ${one.version === null ? 'the run' : `version ${one.version}, run`} ${one.run_id} (${day(one.at)})`
}

const kpiStrip = ({ sections: { overview } }: ProjectModel): Block => {
  const { totalRuns, bestPipeline: best, avgPerformance: average, trend } = overview
  return kpis([
    {
      what: 'Runs (totalRuns)',
      value: String(totalRuns.all),
      isMissing: false,
      notes: [
        totalRuns.excluded.length === 0
          ? 'none excluded'
          : `${String(totalRuns.valid)} of them count; excluded: ${totalRuns.excluded.map(({ reason, runs }) => `${String(runs)} ${reason}`).join(', ')}`,
      ],
    },
    best.reason === null && 'pipeline' in best
      ? {
          what: 'Best pipeline (bestPipeline)',
          value: [best.pipeline, best.version].filter((part) => part !== null).join(' '),
          isMissing: false,
          notes: [
            paramsText(best.params) === '' ? 'no parameters' : paramsText(best.params),
            `rank ${rankRange(best.rank_low, best.rank_high) ?? String(best.rank)} of ${String(best.of)} for ${best.category} on ${best.dataset}`,
            best.tied_with.length === 0
              ? 'no other of this project can have its rank'
              : `not separable: ${best.tied_with
                  .slice(0, 3)
                  .map((one) => candidateName(one, false))
                  .join('; ')}${best.tied_with.length > 3 ? ` and ${String(best.tied_with.length - 3)} more` : ''}`,
            best.tied_with_best ? 'level with the best of the leaderboard' : 'the best of the leaderboard is better',
            ...(best.provisional ? ['provisional: fewer than five samples'] : []),
          ],
        }
      : missing('Best pipeline (bestPipeline)', best.reason),
    average.reason === null && 'ratio' in average
      ? {
          what: 'Against the baseline (avgPerformance)',
          value: `× ${significant(average.ratio)}`,
          isMissing: false,
          notes: [
            `${seriesTitle(average)} of ${average.pipeline}: geometric mean of ratios, above 1 is better`,
            `${String(average.datasets.length)} of ${plural(average.of_datasets, 'dataset')}`,
          ],
        }
      : missing('Against the baseline (avgPerformance)', average.reason),
    trend.reason === null && 'n' in trend ? trendKpi(trend) : missing('Trend over 90 days (trend)', trend.reason),
  ])
}

const trendKpi = (trend: ProjectTrend): Kpi => ({
  what: 'Trend over 90 days (trend)',
  value: trend.direction,
  isMissing: false,
  notes: [
    `${seriesTitle(trend.series)} of ${trend.pipeline} on ${trend.dataset}`,
    `${signed(trend.slope_per_90_days)} (95 % ${signed(trend.low)} to ${signed(trend.high)}) in 90 days, ${plural(trend.n, 'run')}`,
  ],
})

const signed = (value: number): string => `${value > 0 ? '+' : ''}${significant(value, 3)}`

const missing = (what: string, reason: string | null): Kpi => ({
  what,
  value: reason ?? 'not known',
  isMissing: true,
  notes: [],
})

const leaders = (site: Site, project: ProjectModel, board: BoardModel | null, up: string): readonly Section[] => {
  if (board === null || board.entries.length === 0)
    return [
      {
        id: 'leaderboard',
        title: 'Leaderboard',
        blocks: [
          text(
            'No result of this project can be ranked: required values are missing, or what it shared was measured on data without a name.',
          ),
        ],
      },
    ]
  const dataset = datasetId(board.dataset)
  return [
    {
      id: 'leaderboard',
      title: 'Leaderboard',
      blocks: [
        ...boardBars(site, board, 'overall'),
        ...boardTables(site, board, 'overall', { up, most: 10, mine: project.project }),
        links([
          linkTo('leaderboard/overall.html', 'Leaderboards by accuracy, speed, memory and cost'),
          linkTo(`${up}${datasetPath(site, dataset)}`, `Everything measured on ${dataset}`),
        ]),
      ],
    },
    {
      id: 'trade-off',
      title: 'Trade-off',
      blocks: orSay(
        boardPareto(site, board, 'trade-off-chart', project.project),
        'Fewer than two candidates have a wall time on one machine class.',
      ),
    },
  ]
}

const orSay = (blocks: readonly Block[], otherwise: string): readonly Block[] =>
  blocks.length > 0 ? blocks : [text(otherwise)]

/** A history as a chart, with its change points. Under one key wherever it stands: it is drawn once. */
export const historyChart = (site: Site, series: HistorySeriesModel): Block => {
  const key = `history-${site.digest(series.key).slice(0, 8)}`
  const spec: TrendSpec = {
    kind: 'trend',
    key,
    title: historyTitle(series),
    method:
      'One point a run (start of the run, UTC), with its 95 % interval where there is one. Steps: rank scan with binary segmentation, p ≤ 0.05, corrected over the series of the project.',
    y: { label: seriesTitle(series.series), unit: series.series.unit, direction: series.series.direction },
    series: [
      {
        name: series.pipeline,
        points: series.points.map(({ at, run_id, version, value, low, high }) => ({
          at,
          label: version === null ? run_id : `${version} (${run_id})`,
          ...{ value, low, high, ...segmentOf(series, at) },
        })),
      },
    ],
    changePoints: marksOf(series),
  }
  return figure(site.chart(spec), key)
}

/** Steps, and where the series starts anew. */
const marksOf = (series: HistorySeriesModel): TrendSpec['changePoints'] => {
  const steps = series.shifts.map((shift): TrendSpec['changePoints'][number] => ({
    at: shift.at,
    label: shift.version ?? shift.run_id,
    direction: shift.turn === 'better' || shift.turn === 'worse' ? shift.turn : 'none',
  }))
  const restarts = series.restarts.map((restart): TrendSpec['changePoints'][number] => ({
    ...{ at: restart.at, label: restartText(restart), direction: 'none', word: 'other database' },
  }))
  return [...steps, ...restarts]
    .filter(({ at }) => series.points.some((point) => point.at === at))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
}

type Restart = HistorySeriesModel['restarts'][number]

/** What made a history start anew. */
export const restartText = ({ database, before, after, run_id }: Restart): string =>
  `another database ${database} (${shortDigests(before)} → ${shortDigests(after)}) from ${run_id} on, judged anew from there`

/** Points on both sides of another database are not joined. */
const segmentOf = ({ restarts }: HistorySeriesModel, at: string): { readonly segment?: string } => {
  if (restarts.length === 0) return {}
  const last = restarts.filter((restart) => restart.at <= at).at(-1)
  return { segment: last === undefined ? 'before another database' : `since ${last.run_id}` }
}

const trendSection = (site: Site, { sections }: ProjectModel): Section => {
  const { series } = sections.comparison.vsHistory
  const { trend } = sections.overview
  const drawn = series.filter(({ points }) => points.length > 1)
  const title = trend.reason === null && 'n' in trend ? historyTitle(trend) : null
  const wanted = drawn.find((one) => historyTitle(one) === title) ?? drawn[0]
  return {
    id: 'trend',
    title: 'Trend',
    blocks:
      wanted === undefined
        ? [text('No pipeline has two comparable runs yet: a trend needs them.')]
        : [historyChart(site, wanted)],
  }
}

const MOST_CELLS = 400

const coverageSection = (site: Site, { coverage }: ProjectModel): Section => {
  const datasets = [...new Set(coverage.map(({ dataset }) => dataset))]
  const pipelines = [...new Set(coverage.map(({ pipeline }) => pipeline))]
  const shown = pipelines.slice(0, Math.max(1, Math.floor(MOST_CELLS / Math.max(1, datasets.length))))
  const spec: HeatTableSpec = {
    kind: 'heatTable',
    key: 'coverage-chart',
    title: 'Days since the newest result that counts',
    method: 'Counted back from the newest run of the project. A cell without a number says why there is no result.',
    rowLabel: 'Pipeline',
    columns: datasets,
    rows: shown.map((pipeline) => ({
      label: pipeline,
      axis: { label: 'Age', unit: 'days', direction: 'lower' as const },
      domain: [0, 90] as const,
      cells: datasets.map((dataset) => {
        const cell = coverage.find((one) => one.pipeline === pipeline && one.dataset === dataset)
        return cell?.age_days ?? { missing: cell?.reason ?? 'not run' }
      }),
    })),
  }
  const left = pipelines.length - shown.length
  return {
    id: 'coverage',
    title: 'Coverage',
    blocks: [
      figure(site.chart(spec), 'coverage'),
      ...(left > 0 ? [text(`${plural(left, 'pipeline')} more in the JSON file of this project.`, 'note')] : []),
    ],
  }
}

const recentSection = ({ recent }: ProjectModel): Section => ({
  id: 'recent',
  title: 'Recent runs',
  blocks: [
    table(
      'recent-runs',
      {
        caption: 'The newest runs, newest first',
        columns: [
          { key: 'run_id', label: 'Run', kind: 'text' },
          { key: 'started_at', label: 'Started (UTC)', kind: 'text' },
          { key: 'pipeline', label: 'Pipeline', kind: 'text' },
          { key: 'version', label: 'Version', kind: 'text' },
          { key: 'dataset', label: 'Dataset', kind: 'text' },
          { key: 'state', label: 'State', kind: 'text' },
          { key: 'metric', label: 'Metric', kind: 'text' },
          { key: 'value', label: 'Value', kind: 'number' },
        ],
        rows: recent.map((run) => [
          run.run_id,
          run.at.slice(0, 16).replace('T', ' '),
          run.pipeline,
          run.version ?? '–',
          run.dataset,
          run.state,
          run.metric === null ? '–' : columnTitle(run.metric),
          run.value ?? { missing: 'no value' },
        ]),
      },
      'recent-runs',
      recent.map(({ run_id }) => `run.html#id=${encodeURIComponent(run_id)}`),
    ),
    links([linkTo('runs.html', 'All runs of this project')]),
  ],
})

const provenance = (site: Site, project: ProjectModel, shards: readonly ShardFile[], up: string): Section => ({
  id: 'provenance',
  title: 'Provenance',
  blocks: [
    facts([
      { name: 'Owner', value: project.owner ?? 'not told' },
      { name: 'Homepage', value: project.homepage ?? 'not told', href: project.homepage },
      { name: 'Data', value: 'JSON of this page', href: `${up}api/v1/projects/${site.slug(project.project)}.json` },
      { name: 'To make it again', value: 'benchmark sync && benchmark dashboard --output DIR' },
    ]),
    links(
      shards
        .slice(0, 24)
        .map(({ month, table: file, rows }) => linkTo(`${up}${file}`, `Runs of ${month} (TSV)`, plural(rows, 'row'))),
    ),
  ],
})

/** `sensitivity (gene)` of `sensitivity@gene`. */
const columnTitle = (key: string): string => {
  const [metric = '', ...places] = key.split('@')
  return seriesTitle({ metric, level: places.length === 0 ? null : places.join(', '), rank: null })
}
