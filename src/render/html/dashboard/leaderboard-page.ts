import { groupSections, partsOf } from './board-groups.ts'
import { boardBars, boardRanks, boardTables, unrankedTable } from './board-parts.ts'
import { projectFrame } from './project-frame.ts'
import { type BoardModel, byCategory, CATEGORIES, type Category } from '../../../core/dashboard/board-model.ts'
import { datasetId } from '../../../core/dataset-name.ts'
import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { type Block, heading, links, text } from './blocks.ts'
import {
  boardTitle,
  candidateName,
  CATEGORY_TITLES,
  day,
  linkTo,
  type PlannedPage,
  plural,
  projectPath,
  type Site,
  upFrom,
} from './site.ts'

const MOST_ON_BOARD = 15

/** `p/<project>/leaderboard/<category>.html`. */
export const leaderboardPages = (site: Site, project: ProjectModel, board: BoardModel | null): readonly PlannedPage[] =>
  CATEGORIES.map((category): PlannedPage => {
    const parts = board === null ? null : partsOf(site, board)
    const path = projectPath(site, project.project, `leaderboard/${category}.html`)
    return {
      path,
      inputs: [
        ...[project.project, site.digest(board), [...(parts?.classes ?? [])]],
        parts?.byReads.map(([type, of]) => [type, site.digest(of)]) ?? null,
      ],
      make: () => ({
        ...projectFrame(site, project, path, `Leaderboard, ${CATEGORY_TITLES[category].toLowerCase()}`),
        lead:
          board === null
            ? 'No result of this project can be compared with others.'
            : `${boardTitle(board)}: ${plural(board.total, 'ranked candidate')}, newest result of ${day(board.as_of)}.`,
        sections: [
          {
            id: 'categories',
            title: null,
            blocks: [
              links(
                CATEGORIES.map((one) =>
                  linkTo(`${one}.html`, CATEGORY_TITLES[one], one === category ? 'this page' : null),
                ),
              ),
            ],
          },
          {
            id: 'ranking',
            title: 'Ranking',
            blocks:
              board === null
                ? [text('Give the dataset a name and version, so that results on it can meet.')]
                : rankingBlocks(site, board, category, project, upFrom(path)),
          },
          ...(board === null || parts === null
            ? []
            : groupSections(site, board, category, project, parts, upFrom(path))),
          ...(board === null || board.unranked.length === 0
            ? []
            : [{ id: 'unranked', title: 'Below the line', blocks: unrankedTable(board, 'not-ranked') }]),
        ],
      }),
    }
  })

const rankingBlocks = (
  site: Site,
  board: BoardModel,
  category: Category,
  { project }: ProjectModel,
  up: string,
): readonly Block[] => {
  if (byCategory(board, category).length === 0 || board.entries.length === 0)
    return [
      text(
        category === 'cost'
          ? 'There are no costs: no price table is configured (prices: in the configuration), or processor time and memory were not measured.'
          : 'Nobody has a value of this category on this leaderboard.',
      ),
    ]
  const prices =
    category === 'cost' && board.prices !== null
      ? [
          text(
            `Prices of ${board.prices.date} (${board.prices.source}): ${String(board.prices.cpu_hour)} ${board.prices.currency} a processor hour, ${String(board.prices.memory_gb_hour)} a GB hour.`,
          ),
        ]
      : []
  return [
    ...prices,
    ...boardBars(site, board, category),
    ...(category === 'overall' ? [...boardRanks(site, board), heading('All candidates')] : []),
    ...boardTables(site, board, category, { up, most: MOST_ON_BOARD, mine: project }),
    links([
      linkTo(
        `${up}api/v1/leaderboard/${board.category}/${site.slug(datasetId(board.dataset))}.json`,
        'This leaderboard as JSON',
      ),
    ]),
  ]
}

export const bestName = ({ sections }: ProjectModel): string => {
  const { bestPipeline: best } = sections.overview
  return best.reason === null && 'pipeline' in best ? candidateName(best, false) : (best.reason ?? 'not known')
}
