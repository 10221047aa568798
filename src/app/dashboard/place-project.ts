/** What a leaderboard says of a project that stands on it: made again when the board changes, not with every run. */
import type { BoardName } from '../../core/dashboard/board-model.ts'
import { communityPlaces } from '../../core/community/community-statistics.ts'
import type { BestPipeline, Maybe, ProjectModel, VsCommunity } from '../../core/dashboard/project-model.ts'
import { datasetText } from '../../core/dataset-name.ts'
import type { RankedEntry } from '../../core/ranking/rank-candidates.ts'
import { withSixDigits } from '../../core/ranking/six-digits.ts'
import type { PriceTable } from '../../core/recommendation/cost.ts'
import { adviseProject } from './advise-project.ts'
import type { RankedBoard } from './make-board.ts'

/** The parts of a project's sections that come from its board. */
export interface ProjectPlace {
  readonly board: ProjectModel['board']
  readonly bestPipeline: Maybe<BestPipeline>
  readonly vsCommunity: Maybe<VsCommunity>
  readonly recommendations: ProjectModel['sections']['recommendations']
}

interface PlaceRequest {
  readonly project: string
  /** Null: nothing of it is comparable with anything. */
  readonly ranked: RankedBoard | null
  readonly prices: PriceTable | null
}

export const placeProject = (request: PlaceRequest): ProjectPlace => {
  const { ranked, prices } = request
  const best = bestOf(request)
  const ranking = ranked?.field.ranking ?? null
  return withSixDigits<ProjectPlace>({
    board: ranked && { category: ranked.board.category, dataset: datasetText(ranked.board.dataset) },
    bestPipeline: best.model,
    vsCommunity: vsCommunity(request),
    recommendations:
      ranking === null
        ? { nextSteps: [], optimizations: [], costSavings: [] }
        : adviseProject(ranking, best.entry, prices, ranked?.board.as_of ?? ''),
  })
}

const bestOf = ({
  project,
  ranked,
}: PlaceRequest): { readonly model: Maybe<BestPipeline>; readonly entry: RankedEntry | null } => {
  const ranking = ranked?.field.ranking ?? null
  if (ranked === null || ranking === null) return { model: { reason: 'no run of it can be ranked' }, entry: null }
  const own = ranking.entries.filter(({ candidate }) => candidate.project === project)
  const [entry] = own
  if (!entry) return { model: { reason: 'none of its pipelines has all required values' }, entry: null }
  const shown = ranked.board.entries.find(({ key }) => key === entry.key)
  const isTied = (other: RankedEntry): boolean =>
    other.interval === null || entry.interval === null
      ? other.tiedWithBest && entry.tiedWithBest
      : other.interval.rankLow <= entry.interval.rankHigh
  const tied = own.filter((other) => other !== entry && isTied(other))
  return {
    entry,
    model: {
      reason: null,
      ...entry.candidate,
      ...{ category: ranked.board.category, dataset: datasetText(ranked.board.dataset) },
      ...{ rank: entry.rank, rank_low: shown?.rank_low ?? null, rank_high: shown?.rank_high ?? null },
      ...{ of: ranking.entries.length, score: entry.score, run_id: shown?.run_id ?? '' },
      tied_with: tied.map(({ candidate }): BoardName => candidate),
      tied_with_best: entry.tiedWithBest,
      provisional: entry.provisional,
    },
  }
}

const vsCommunity = ({ project, ranked }: PlaceRequest): Maybe<VsCommunity> => {
  const ranking = ranked?.field.ranking ?? null
  if (ranked === null || ranking === null) return { reason: 'nothing of it is comparable with others' }
  if (ranked.board.dataset === null) return { reason: 'its data has no name: nobody else can have results on it' }
  const rows = [...ranking.entries, ...ranking.unranked].flatMap((entry) => entry.rows)
  const mine = rows.filter(({ candidate }) => candidate.project === project)
  if (mine.length === 0) return { reason: 'none of its results stands on the leaderboard' }
  const k = ranked.board.group_size
  return {
    reason: null,
    ...{ dataset: datasetText(ranked.board.dataset), group_size: k, anonymous_counted: false },
    places: communityPlaces(ranking.board.metrics, mine, rows, { k }),
  }
}
