/** Where own results stand among everybody else's, without saying anything about fewer than k people. */
import { communityRank, type CommunityRank } from '../../core/community/community-rank.ts'
import {
  communityPlaces,
  type CommunityPlace,
  communityStatistics,
  type CommunityStatistic,
} from '../../core/community/community-statistics.ts'
import { Problem } from '../../core/problem.ts'
import { atTellingRanks, datasetsSeen, makeBoard, metricsOfDefinition } from '../../core/ranking/board.ts'
import type { MetricSeries } from '../../core/ranking/observation.ts'
import { rankCandidates } from '../../core/ranking/rank-candidates.ts'
import type { Trust } from '../hub/store-ports.ts'
import { datasetText } from '../../core/dataset-name.ts'
import { agreesWith, scoringKey } from './choose-field.ts'
import type { CandidateRun } from '../hub/rank-ports.ts'
import { builtInDefinition, hubProject, type RankDeps } from './rank-category.ts'

/** Which run is compared. */
export interface CommunityRequest {
  readonly runId: string
  readonly benchmarkType: string
}

/** A run among the community's comparable ones. */
export interface CommunityComparison {
  readonly hub: string
  readonly syncedAt: string | null
  readonly runId: string
  readonly category: string
  readonly dataset: string
  /** Fewest contributors behind any number. */
  readonly groupSize: number
  /** How comparable runs do, metric by metric. */
  readonly statistics: readonly CommunityStatistic[]
  /** Place of the run in each metric. */
  readonly places: readonly CommunityPlace[]
  /** Place of its best pipeline by the score of the leaderboard; null: none of them is ranked. */
  readonly rank: CommunityRank | null
}

interface CommunityDeps extends RankDeps {
  /** The hub's policy. */
  readonly groupSize: number
}

const NAMED: readonly Trust[] = ['owner']
const MINE = 'mine'
const COSTS: readonly MetricSeries[] = ['wall_seconds', 'peak_rss_bytes'].map((metric) => ({
  metric,
  level: null,
  rank: null,
}))

/** Compares a run of this machine with the community. Throws `E_CONFIG` without a hub, `E_INPUT` for a run that has no results. */
export const compareWithCommunity = (deps: CommunityDeps, request: CommunityRequest): CommunityComparison => {
  const { reads, hub, groupSize } = deps
  if (hub === null)
    throw new Problem('E_CONFIG', 'There is no community to compare with: this project has no hub.', {
      hints: ['Set central_hub.url in .benchmark/config.yaml, then run `benchmark sync`.'],
    })
  const mine = ownPlaces(reads.ofRun(request.runId), deps)
  const [first] = mine
  if (!first)
    throw new Problem('E_INPUT', `Run ${request.runId} has no finished executions to compare.`, {
      hints: ['See `benchmark show`.'],
    })
  const category = request.benchmarkType
  const way = scoringKey(first.comparability)
  const fields = reads
    .fields({ hub, benchmarkType: category, trusts: [...NAMED, 'anonymous'] })
    .filter(({ dataset }) => JSON.stringify(dataset) === JSON.stringify(first.dataset))
    .map(({ key }) => key)
  const shared = reads.sharedAs(hub)
  const isOthers = ({ runId }: CandidateRun): boolean => !shared.has(runId) && runId !== request.runId
  const named = reads
    .newest({ hub, fields, trusts: NAMED })
    .filter((run) => isOthers(run) && run.project !== first.project && scoringKey(run.comparability) === way)
  const anonymous = oneMonth(reads.anonymous({ hub, fields }).filter(isOthers)).filter(({ comparability }) =>
    agreesWith(comparability, way),
  )
  const definition = deps.catalogue.benchmarks().get(category)?.document ?? builtInDefinition(category)
  const all = [...mine, ...named, ...anonymous]
  const declared = atTellingRanks(metricsOfDefinition(definition, deps.config.evaluation.priority), reads.series(mine))
  const extra = COSTS.filter(({ metric }) => declared.every((one) => one.metric !== metric)).map((series) => ({
    ...series,
    weight: 0,
    required: false,
  }))
  const metrics = [...declared, ...extra]
  const rows = reads.observations(all, metrics, ({ dataset }) => datasetText(dataset))
  const [own, others] = [rows.filter(isMine), rows.filter((row) => !isMine(row))]
  const board = makeBoard({ metrics, datasets: datasetsSeen(own) })
  const policy = { k: groupSize }
  const projects = new Set(named.map(({ contributor }) => contributor))
  return {
    hub,
    syncedAt: deps.syncedAt,
    runId: request.runId,
    category,
    dataset: datasetText(first.dataset),
    groupSize,
    statistics: communityStatistics(board.metrics, others, policy),
    places: communityPlaces(board.metrics, own, others, policy),
    // Anonymous results have other names for their samples: they count in statistics only.
    rank: communityRank(
      rankCandidates({
        board: makeBoard({ metrics: declared, datasets: board.datasets }),
        draws: 1,
        rows: [...own, ...others.filter(({ contributor }) => projects.has(contributor))],
      }),
      [MINE],
      policy,
    ),
  }
}

const isMine = ({ contributor }: { readonly contributor: string }): boolean => contributor === MINE

const ownPlaces = (runs: readonly CandidateRun[], { config }: RankDeps): readonly CandidateRun[] =>
  runs.map((run) => ({ ...run, contributor: MINE, project: hubProject(run.project, config) }))

/**
 * Anonymous contributors have a new key each month, so that one person could count for many: only the month with the
 * most of them is taken (of equal ones the newest).
 */
const oneMonth = (runs: readonly CandidateRun[]): readonly CandidateRun[] => {
  const keys = new Map<string, Set<string>>()
  for (const { month, contributor } of runs)
    keys.set(month ?? '', (keys.get(month ?? '') ?? new Set()).add(contributor))
  const [largest] = [...keys].sort(
    ([left, of], [right, others]) => others.size - of.size || (left < right ? 1 : left > right ? -1 : 0),
  )
  return largest ? runs.filter(({ month }) => month === largest[0]) : []
}
