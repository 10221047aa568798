/** Two projects held against each other as on the pages of a dashboard, asked for by name. */
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import type { BoardEntry, BoardModel } from '../../core/dashboard/board-model.ts'
import { nearest, Problem } from '../../core/problem.ts'
import { showMetric } from '../list-metrics.ts'
import type { PairWish } from '../serve/serve-ports.ts'
import { comparePair, type Pair, pairsOf } from './site-pairs.ts'
import type { PairModel } from './site-pages.ts'

/** The leaderboards of a site, and executions of the runs behind their entries; null where they are not kept. */
interface ComparedSite {
  readonly boards: readonly BoardModel[]
  readonly compared: (entry: BoardEntry) => ComparedRun | null
}

/**
 * The best of two projects on a dataset both have results on; `a` is the one that was named first. Throws `E_NOT_FOUND`
 * for a project or metric nobody knows, `E_NO_BASE` where the two have nothing in common.
 */
export const compareProjects = ({ boards, compared }: ComparedSite, wish: PairWish): PairModel => {
  const { projectA, projectB } = wish
  const metric = wish.metric === null ? null : metricText(wish.metric)
  if (projectA === projectB)
    throw new Problem('E_USAGE', 'project_a and project_b are the same project.', {
      hints: ['`benchmark compare --with` holds runs of one project against each other.'],
    })
  const names = new Set(
    boards.flatMap(({ entries, unranked }) => [...entries, ...unranked].flatMap(({ project }) => project ?? [])),
  )
  for (const name of [projectA, projectB]) refuseUnknown(name, names)
  const pair = pairFor(boards, projectA, projectB)
  if (pair === null)
    throw new Problem('E_NO_BASE', `${projectA} and ${projectB} have no ranked results on the same dataset.`, {
      hints: ['GET /api/v1/leaderboard/{category} says who has no place, and why.'],
    })
  const model = comparePair(pair, compared, metric === null ? [] : [metric])
  if (model === null)
    throw new Problem(
      'E_NO_BASE',
      `The executions behind the newest results of ${projectA} or ${projectB} are not kept.`,
    )
  if (metric !== null && model.changes.length === 0)
    throw new Problem('E_NOT_FOUND', `${projectA} and ${projectB} have no values of ${metric} on common samples.`, {
      hints: ['Leave out `metric` to see every metric they have.'],
    })
  return model
}

/** As the pages have it; they hold the first five of each leaderboard against each other, and others are asked for too. */
const pairFor = (boards: readonly BoardModel[], projectA: string, projectB: string): Pair | null => {
  const isOfBoth = ({ a, b }: Pair): boolean =>
    [a.project, b.project].every((project) => project === projectA || project === projectB)
  const both = boards.map((board) => ({
    ...board,
    entries: board.entries.filter(({ project }) => project === projectA || project === projectB),
  }))
  const pair = pairsOf(boards).find(isOfBoth) ?? pairsOf(both).find(isOfBoth)
  if (pair === undefined) return null
  return pair.a.project === projectA ? pair : { ...pair, a: pair.b, b: pair.a }
}

const refuseUnknown = (name: string, names: ReadonlySet<string>): void => {
  if (names.has(name)) return
  throw new Problem('E_NOT_FOUND', `There is no project named "${name}" among the results here.`, {
    hints: [
      ...nearest(name, names).map((near) => `Did you mean "${near}"?`),
      'Those of a hub are known after `benchmark sync`.',
    ],
  })
}

/** `amr_gene_recall` and `sensitivity:gene` are the same. */
const metricText = (asked: string): string => {
  const [name = '', ...levels] = asked.split(':')
  const { definition, level } = showMetric(name)
  return [definition.id, ...(levels.length === 0 && level ? [level] : levels)].join(':')
}
