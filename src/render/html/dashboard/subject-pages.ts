import type { BoardEntry, BoardModel } from '../../../core/dashboard/board-model.ts'
import { findMetric } from '../../../core/metrics/registry.ts'
import { datasetText } from '../../../core/dashboard/shard.ts'
import type { DotIntervalSpec, HeatTableSpec } from '../charts/spec.ts'
import { type Block, facts, figure, links, type Section, table, text } from './blocks.ts'
import { boardBars, boardPareto, boardTables, unrankedTable } from './board-parts.ts'
import {
  boardTitle,
  candidateName,
  datasetPath,
  day,
  linkTo,
  metricPath,
  pipelinePath,
  type PlannedPage,
  plural,
  projectPath,
  seriesTitle,
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
    .map(({ project, regressions }) => ({
      project,
      regressions: regressions.filter((one) => one.pipeline === pipeline),
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
          id: 'projects',
          title: 'Projects',
          blocks: [
            links(
              projects.map(({ project, regressions }) =>
                linkTo(
                  `${up}${projectPath(site, project, 'index.html')}`,
                  project,
                  regressions.length === 0 ? null : plural(regressions.length, 'open regression'),
                ),
              ),
            ),
          ],
        },
      ],
      data: null,
    }),
  }
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
      'Of the versions and parameter sets of this pipeline the one with the best rank, metric by metric; mean over samples. Shaded by row.',
    rowLabel: 'Metric',
    columns: on.map(({ board }) => boardTitle(board)),
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
  return [figure(site.chart(spec, site.entities), 'strengths')]
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
          ? `${up}${datasetPath(site, board.dataset?.id ?? '')}`
          : `${up}${projectPath(site, project, 'run.html')}#id=${encodeURIComponent(run_id)}`,
      ),
  )

/** `datasets/<slug>.html`: who is best here, how hard it is, what it is. */
export const datasetPage = (site: Site, dataset: string): PlannedPage => {
  const path = datasetPath(site, dataset)
  const up = upFrom(path)
  const boards = site.model.boards.filter((board) => board.dataset?.id === dataset)
  const registered = site.model.datasets.get(dataset) ?? null
  const projects = site.model.projects
    .filter(({ coverage }) =>
      coverage.some((cell) => cell.dataset === dataset || cell.dataset.startsWith(`${dataset} `)),
    )
    .map(({ project }) => project)
  return {
    path,
    inputs: [dataset, boards, registered, projects],
    make: () => ({
      title: dataset,
      lead: `Dataset: results of ${plural(projects.length, 'project')} on ${plural(boards.length, 'leaderboard')}.`,
      crumbs: [
        { href: `${up}index.html`, text: 'Projects' },
        { href: null, text: `Dataset ${dataset}` },
      ],
      links: siteTabs(path),
      sections: [
        ...boards.flatMap((board, index): Section[] => [
          {
            id: `leaderboard-${board.category}`,
            title: `Who is best here: ${board.category}`,
            blocks: [
              ...boardBars(site, board, 'overall', `bars-${String(index + 1)}`),
              ...boardTables(site, board, 'overall', { up, most: MOST_ROWS, mine: null }).map((block) =>
                prefixed(block, board.category),
              ),
              ...boardPareto(site, board, `pareto-${String(index + 1)}`, null),
              ...unrankedTable(board, `not-ranked-${String(index + 1)}`),
            ],
          },
          {
            id: `difficulty-${board.category}`,
            title: `How hard it is: ${board.category}`,
            blocks: difficulty(board, index),
          },
        ]),
        {
          id: 'about',
          title: 'The dataset',
          blocks: [
            facts([
              {
                name: 'Version of the truth',
                value: boards.map(({ dataset: of }) => datasetText(of)).join(', ') || 'not told',
              },
              { name: 'How labels were made', value: registered?.labels ?? boards[0]?.dataset?.labels ?? 'not told' },
              { name: 'Licence', value: registered?.licence ?? 'not registered' },
              { name: 'Samples', value: registered === null ? 'not registered' : String(registered.samples) },
              {
                name: 'Registered',
                value:
                  registered === null ? 'no: nobody described it in the hub' : `version ${registered.dataset_version}`,
              },
            ]),
            links(projects.map((project) => linkTo(`${up}${projectPath(site, project, 'index.html')}`, project))),
          ],
        },
      ],
      data: null,
    }),
  }
}

// Two boards on one page must not share the ids of their tables.
const prefixed = (block: Block, prefix: string): Block =>
  block.table === null
    ? block
    : {
        ...block,
        table: {
          ...block.table,
          id: `${prefix}-${block.table.id}`,
          rows: block.table.rows.map((row) => ({ ...row, id: `${prefix}-${row.id}` })),
        },
      }

const difficulty = (board: BoardModel, index: number): readonly Block[] => {
  const withheld = { missing: `withheld: fewer than ${String(board.group_size)} contributors` }
  return [
    text(
      `Quartiles over contributors, each counted once. Numbers over fewer than ${String(board.group_size)} are withheld.`,
    ),
    table(
      `difficulty-${String(index + 1)}`,
      {
        caption: `What contributors reach: ${board.category}`,
        columns: [
          { key: 'metric', label: 'Metric', kind: 'text' },
          { key: 'first', label: 'First quartile', kind: 'number' },
          { key: 'median', label: 'Median', kind: 'number' },
          { key: 'third', label: 'Third quartile', kind: 'number' },
          { key: 'contributors', label: 'Contributors, at least', kind: 'number' },
        ],
        rows: board.community.map((one) => [
          seriesTitle(one),
          one.quartiles?.first ?? withheld,
          one.quartiles?.median ?? withheld,
          one.quartiles?.third ?? withheld,
          one.contributorsAtLeast ?? withheld,
        ]),
      },
      `difficulty-${String(index + 1)}`,
    ),
  ]
}

/** `metrics/<slug>.html`: what it is, then who has which values. */
export const metricPage = (site: Site, metric: string): PlannedPage => {
  const path = metricPath(site, metric)
  const up = upFrom(path)
  const definition = findMetric(metric)?.definition ?? null
  const values = site.model.boards.flatMap((board) =>
    [
      ...new Map(
        board.entries.flatMap((entry) =>
          entry.metrics.filter((one) => one.metric === metric).map((one) => [seriesTitle(one), one] as const),
        ),
      ).entries(),
    ].map(([title, of]) => ({
      board: boardTitle(board),
      dataset: board.dataset?.id ?? '',
      title,
      of,
      entries: board.entries
        .flatMap((entry) => {
          const found = entry.metrics.find((one) => seriesTitle(one) === title)
          return found?.value == null
            ? []
            : [{ name: candidateName(entry, true), pipeline: entry.pipeline, value: found.value, n: found.n }]
        })
        .sort(
          (left, right) =>
            (of.direction === 'lower' ? left.value - right.value : right.value - left.value) ||
            (left.name < right.name ? -1 : 1),
        )
        .slice(0, 15),
    })),
  )
  return {
    path,
    inputs: [metric, definition, values],
    make: () => ({
      title: definition?.title ?? metric,
      lead: definition?.definition ?? 'This program does not know the metric: it shows what the runs say of it.',
      crumbs: [
        { href: `${up}index.html`, text: 'Projects' },
        { href: null, text: `Metric ${metric}` },
      ],
      links: siteTabs(path),
      sections: [
        {
          id: 'definition',
          title: 'Definition',
          blocks: [
            facts([
              { name: 'Id', value: metric },
              ...(definition === null
                ? []
                : [
                    { name: 'Formula', value: definition.formula },
                    {
                      name: 'Direction',
                      value:
                        definition.direction === 'none'
                          ? 'descriptive: never ranked'
                          : `${definition.direction} is better`,
                    },
                    {
                      name: 'Range',
                      value: `${String(definition.range[0] ?? 'no lower bound')} to ${String(definition.range[1] ?? 'no upper bound')}`,
                    },
                    { name: 'Unit', value: definition.unit },
                    { name: 'Not defined', value: definition.undefinedWhen },
                    { name: 'Source', value: definition.source },
                    { name: 'Version of the formula', value: String(definition.version) },
                  ]),
            ]),
          ],
        },
        {
          id: 'values',
          title: 'Values',
          blocks:
            values.length === 0
              ? [text('No ranked candidate has a value of it.')]
              : values.slice(0, 12).flatMap(({ board, title, of, entries }, index): Block[] => {
                  const spec: DotIntervalSpec = {
                    kind: 'dotInterval',
                    key: `values-${String(index + 1)}`,
                    title: `${title}: ${board}`,
                    method: 'Mean over samples of the newest run of each candidate; the best 15.',
                    x: {
                      label: title,
                      unit: of.unit,
                      direction: of.direction === 'higher' || of.direction === 'lower' ? of.direction : 'none',
                    },
                    reference: null,
                    rows: entries.map(({ name, value, n }) => ({ label: name, value, note: plural(n, 'sample') })),
                  }
                  return [figure(site.chart(spec, site.entities), `values-${String(index + 1)}`)]
                }),
        },
        {
          id: 'datasets',
          title: 'Datasets',
          blocks: [
            links(
              [...new Set(values.map(({ dataset }) => dataset))].map((dataset) =>
                linkTo(`${up}${datasetPath(site, dataset)}`, dataset),
              ),
            ),
          ],
        },
      ],
      data: null,
    }),
  }
}
