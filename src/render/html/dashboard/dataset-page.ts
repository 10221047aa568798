import { boardBars, boardPareto, boardTables, prefixed, unrankedTable } from './board-parts.ts'
import type { BoardModel } from '../../../core/dashboard/board-model.ts'
import { datasetId, datasetText } from '../../../core/dataset-name.ts'
import type { BoxStripSpec } from '../charts/spec.ts'
import { type Block, facts, figure, links, type Section, table, text } from './blocks.ts'
import {
  candidateName,
  datasetPath,
  linkTo,
  type PlannedPage,
  plural,
  projectPath,
  seriesTitle,
  siteTabs,
  type Site,
  upFrom,
} from './site.ts'

const MOST_ROWS = 25

/** `datasets/<slug>.html`: who is best here, how hard it is, what it is. */
export const datasetPage = (site: Site, dataset: string): PlannedPage => {
  const path = datasetPath(site, dataset)
  const up = upFrom(path)
  const boards = site.model.boards.filter((board) => datasetId(board.dataset) === dataset)
  const registered = site.model.datasets.get(dataset) ?? null
  const projects = site.model.projects
    .filter(({ coverage }) =>
      coverage.some((cell) => cell.dataset === dataset || cell.dataset.startsWith(`${dataset} `)),
    )
    .map(({ project }) => project)
  return {
    path,
    inputs: [dataset, boards.map(site.digest), registered, projects],
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
              ...boardBars(site, board, 'overall'),
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
            blocks: [...spread(site, board, index), ...difficulty(board, index)],
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

/** What ranked candidates reach in each metric that is a share: where nobody is good, the dataset is hard. */
const spread = (site: Site, board: BoardModel, index: number): readonly Block[] => {
  const named = board.entries.flatMap((entry) =>
    entry.metrics
      .filter(({ unit, weight }) => unit === 'ratio' && weight > 0)
      .map((one) => ({ title: seriesTitle(one), label: candidateName(entry, true), value: one.value })),
  )
  const titles = [...new Set(named.map(({ title }) => title))].slice(0, 8)
  if (board.entries.length < 2 || titles.length === 0) return []
  const spec: BoxStripSpec = {
    kind: 'boxStrip',
    key: `spread-${String(index + 1)}`,
    title: `What ${plural(board.entries.length, 'ranked candidate')} reach on ${datasetText(board.dataset)}`,
    method: 'Mean over samples of each candidate, metric by metric; box: quartiles over candidates.',
    x: { label: 'value', unit: 'ratio', direction: 'none' },
    groups: titles.map((name) => ({
      name,
      values: named
        .filter(({ title }) => title === name)
        .map(({ label, value }) => ({ label, value: value ?? { missing: 'no value' } })),
    })),
  }
  return [figure(site.chart(spec), spec.key)]
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
