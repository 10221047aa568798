import type { BoardModel, Category } from '../../../core/dashboard/board-model.ts'
import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { datasetId, datasetText } from '../../../core/dataset-name.ts'
import { type Block, heading, links, type Section, text } from './blocks.ts'
import { boardTables, prefixed } from './board-parts.ts'
import { datasetPath, linkTo, type Site } from './site.ts'

const MOST_GROUPS = 8
const MOST_IN_GROUP = 5

/** What the groups of a project's leaderboard are made of: a class of each pipeline on it, a board of each type of reads. */
export interface BoardParts {
  readonly classes: ReadonlyMap<string, string>
  readonly byReads: readonly (readonly [string, BoardModel])[]
}

/** Groups of a board; none of methods where all are of one class, none of reads where only its own dataset has a type. */
export const partsOf = ({ model }: Site, board: BoardModel): BoardParts => {
  const pipelines = [...new Set(board.entries.map(({ pipeline }) => pipeline))].sort()
  const classes = new Map(
    pipelines.flatMap((pipeline) => {
      const known = model.groups.methodClasses.get(pipeline)
      return known === undefined ? [] : [[pipeline, known] as const]
    }),
  )
  const byReads = new Map<string, BoardModel>()
  for (const other of model.boards) {
    const type = other.dataset === null ? undefined : model.groups.readTypes.get(other.dataset.id)
    if (type === undefined || other.category !== board.category || other.entries.length === 0) continue
    const known = byReads.get(type)
    if (known === undefined || other === board || (known !== board && other.total > known.total))
      byReads.set(type, other)
  }
  return { classes, byReads: [...byReads].sort(([left], [right]) => (left < right ? -1 : 1)) }
}

/** The leaderboard once more for each class of methods, and the largest one on each type of reads. */
export const groupSections = (
  site: Site,
  board: BoardModel,
  category: Category,
  { project }: ProjectModel,
  { classes, byReads }: BoardParts,
  up: string,
): readonly Section[] => {
  const options = { up, most: MOST_IN_GROUP, mine: project }
  const names = [...new Set(classes.values())].sort()
  const inGroup = (of: BoardModel, group: string, prefix: string): readonly Block[] => {
    const blocks = boardTables(site, of, category, { ...options, group }).map((block) => prefixed(block, prefix))
    return blocks.length === 0 ? [text('Nobody in it has a value of this category.')] : blocks
  }
  const byMethod = names.slice(0, MOST_GROUPS).flatMap((name, index): Block[] => {
    const entries = board.entries.filter(({ pipeline }) => classes.get(pipeline) === name)
    return [heading(name), ...inGroup({ ...board, entries }, name, `method-${String(index + 1)}`)]
  })
  return [
    ...(names.length === 0
      ? []
      : [
          {
            id: 'by-method',
            title: 'By method class',
            blocks: [
              text(
                'Scores and rank intervals are those of the whole leaderboard; times, memory and cost are ranked inside the class. Pipelines nobody gave a class stand above alone.',
                'note',
              ),
              ...byMethod,
            ],
          },
        ]),
    ...(byReads.length === 0
      ? []
      : [
          {
            id: 'by-reads',
            title: 'By read type',
            blocks: byReads
              .slice(0, MOST_GROUPS)
              .flatMap(([type, of], index): Block[] => [
                heading(type),
                ...inGroup(of, type, `reads-${String(index + 1)}`),
                links([
                  linkTo(
                    `${up}${datasetPath(site, datasetId(of.dataset))}`,
                    `Everything measured on ${datasetText(of.dataset)}`,
                  ),
                ]),
              ]),
          },
        ]),
  ]
}
