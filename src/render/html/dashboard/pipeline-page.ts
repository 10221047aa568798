import type { BoardEntry, BoardModel } from '../../../core/dashboard/board-model.ts'
import { datasetId } from '../../../core/dataset-name.ts'
import type { HistorySeriesModel } from '../../../core/dashboard/project-model.ts'
import type { HeatTableSpec } from '../charts/spec.ts'
import { type Block, figure, links, table, text } from './blocks.ts'
import { historyChart } from './overview-page.ts'
import {
  boardTitle,
  candidateName,
  datasetPath,
  day,
  linkTo,
  pipelinePath,
  type PlannedPage,
  plural,
  projectPath,
  seriesTitle,
  shortTitles,
  siteTabs,
  type Site,
  upFrom,
} from './site.ts'

const MOST_ROWS = 25

/** `pipelines/<slug>.html`: every version on every dataset. */
export const pipelinePage = (site: Site, pipeline: string): PlannedPage => {
  const path = pipelinePath(site, pipeline)
  const up = upFrom(path)
  const on = site.model.boards.flatMap((board) => {
    const entries = board.entries.filter((entry) => entry.pipeline === pipeline)
    return entries.length === 0 ? [] : [{ board, entries }]
  })
  const projects = site.model.projects
    .filter(({ coverage }) => coverage.some((cell) => cell.pipeline === pipeline))
    .map(({ project, regressions, sections }) => ({
      project,
      regressions: regressions.filter((one) => one.pipeline === pipeline),
      series: sections.comparison.vsHistory.series.filter(
        (one) => one.pipeline === pipeline && one.is_primary && one.points.length > 1,
      ),
    }))
  return {
    path,
    inputs: [pipeline, on.map(({ board, entries }) => [boardTitle(board), board.total, entries]), projects],
    make: () => ({
      title: pipeline,
      lead: `Pipeline: on ${plural(on.length, 'leaderboard')}, used by ${plural(projects.length, 'project')}.`,
      crumbs: [
        { href: `${up}index.html`, text: 'Projects' },
        { href: null, text: `Pipeline ${pipeline}` },
      ],
      links: siteTabs(path),
      sections: [
        { id: 'strengths', title: 'Strengths and weaknesses', blocks: strengths(site, on) },
        {
          id: 'versions',
          title: 'Versions',
          blocks:
            on.length === 0
              ? [text('No result of it can be ranked.')]
              : on.map(({ board, entries }, index) => versionTable(site, board, entries, index, up)),
        },
        {
          id: 'resources',
          title: 'Resources by process',
          // Decision 128.
          blocks: [
            text(
              'Runs are shared with the time and memory of whole executions: the leaderboards of speed and memory rank by them. Those of single processes stay in the traces where a run was made; its report shows them: benchmark report RUN.',
            ),
          ],
        },
        { id: 'trend', title: 'Trend', blocks: trends(site, projects) },
        {
          id: 'projects',
          title: 'Projects',
          blocks: [
            links(
              projects.flatMap(({ project, regressions }) => [
                linkTo(
                  `${up}${projectPath(site, project, 'index.html')}`,
                  project,
                  regressions.length === 0 ? null : plural(regressions.length, 'open regression'),
                ),
                linkTo(
                  `${up}${projectPath(site, project, 'runs.html')}#runs.q=${encodeURIComponent(pipeline)}`,
                  `Its runs in ${project}`,
                ),
              ]),
            ),
          ],
        },
      ],
      data: null,
    }),
  }
}

/** More figures than this say no more. */
const MOST_TRENDS = 4

/** Over time in each project that has a history of it, the first primary metric first. */
const trends = (
  site: Site,
  projects: readonly { readonly series: readonly HistorySeriesModel[] }[],
): readonly Block[] => {
  const drawn = projects.flatMap(({ series }) => series.slice(0, 1)).slice(0, MOST_TRENDS)
  return drawn.length === 0
    ? [text('No project has two comparable runs of it among the series whose points are kept.')]
    : drawn.map((one) => historyChart(site, one))
}

const strengths = (
  site: Site,
  on: readonly { board: BoardModel; entries: readonly BoardEntry[] }[],
): readonly Block[] => {
  if (on.length === 0)
    return [text('No result of it can be ranked: its data has no name, or required values are missing.')]
  const metrics = [
    ...new Map(
      on.flatMap(({ entries }) =>
        entries.flatMap((entry) =>
          entry.metrics.filter(({ weight }) => weight > 0).map((one) => [seriesTitle(one), one] as const),
        ),
      ),
    ).entries(),
  ].slice(0, 12)
  const spec: HeatTableSpec = {
    kind: 'heatTable',
    key: 'strengths-chart',
    title: 'Best value on each dataset',
    method:
      'Of the versions and parameter sets of this pipeline the one with the best rank, metric by metric; mean over samples. Each row is shaded by itself.',
    rowLabel: 'Metric',
    columns: shortTitles(on.map(({ board }) => boardTitle(board))),
    rows: metrics.map(([title, one]) => ({
      label: title,
      axis: {
        label: title,
        unit: one.unit,
        direction: one.direction === 'higher' || one.direction === 'lower' ? one.direction : 'none',
      },
      domain: null,
      cells: on.map(
        ({ entries }) =>
          entries[0]?.metrics.find((other) => seriesTitle(other) === title)?.value ?? { missing: 'not applicable' },
      ),
    })),
  }
  return [figure(site.chart(spec), 'strengths')]
}

const versionTable = (
  site: Site,
  board: BoardModel,
  entries: readonly BoardEntry[],
  index: number,
  up: string,
): Block =>
  table(
    `versions-${String(index + 1)}`,
    {
      caption: `${boardTitle(board)}: versions and parameter sets`,
      columns: [
        { key: 'candidate', label: 'Version and parameters', kind: 'text' },
        { key: 'rank', label: 'Rank', kind: 'number' },
        { key: 'of', label: 'Of', kind: 'number' },
        { key: 'score', label: 'Score', kind: 'number' },
        { key: 'wall', label: 'Wall time', unit: 'seconds', kind: 'number' },
        { key: 'memory', label: 'Peak memory', unit: 'bytes', kind: 'number' },
        { key: 'last_run', label: 'Last run', kind: 'text' },
      ],
      rows: entries
        .slice(0, MOST_ROWS)
        .map((entry) => [
          candidateName(entry, true),
          entry.rank,
          board.total,
          entry.score,
          entry.wall_seconds?.value ?? { missing: 'not measured' },
          entry.peak_rss_bytes?.value ?? { missing: 'not measured' },
          day(entry.newest),
        ]),
    },
    `versions-${String(index + 1)}`,
    entries
      .slice(0, MOST_ROWS)
      .map(({ project, run_id }) =>
        project === null
          ? `${up}${datasetPath(site, datasetId(board.dataset))}`
          : `${up}${projectPath(site, project, 'run.html')}#id=${encodeURIComponent(run_id)}`,
      ),
  )
