/** One leaderboard from what this machine has and what its hub had when it was last read. */
import { findBenchmarkType } from '../../core/benchmark-types.ts'
import { suggestHubName } from '../../core/hub/names.ts'
import { Problem } from '../../core/problem.ts'
import type { ProjectConfig } from '../../core/project-config.ts'
import {
  atTellingRanks,
  type DeclaredMetric,
  datasetsSeen,
  makeBoard,
  metricsOfDefinition,
  type RankingDefinition,
} from '../../core/ranking/board.ts'
import type { HardConstraint } from '../../core/ranking/hard-constraints.ts'
import { byCodeUnits, candidateKey, type MetricSeries, seriesKey } from '../../core/ranking/observation.ts'
import { rankCandidates, type Ranking } from '../../core/ranking/rank-candidates.ts'
import type { HubCatalogue } from '../hub/hub-catalogue.ts'
import type { Trust } from '../hub/store-ports.ts'
import { knownBenchmarkType } from '../known-benchmark-type.ts'
import { datasetText } from '../../core/dataset-name.ts'
import { chooseDatasets, scoredAlike } from './choose-field.ts'
import { type MixedDatabase, mixedDatabases } from './mixed-databases.ts'
import type { CandidateRun, RankingReads } from '../hub/rank-ports.ts'

/** What rankings need. */
export interface RankDeps {
  readonly reads: RankingReads
  readonly catalogue: HubCatalogue
  readonly config: ProjectConfig
  /** Address of the hub as the database has it; null: only own runs. */
  readonly hub: string | null
  /** When the hub was read last; null: never. */
  readonly syncedAt: string | null
}

/** Which leaderboard. */
export interface RankRequest {
  /** A benchmark type. */
  readonly category: string
  /**
   * Datasets asked for; none: the definition's, the project's, or the one most projects used. `unnamed`: own runs on data
   * without a name.
   */
  readonly datasets: readonly string[] | 'unnamed'
  /** Also runs whose signer does not own the project. */
  readonly includeUnknown: boolean
  readonly constraints: (benchmarkType: string, level: string | null) => readonly HardConstraint[]
  /** Series read beside those of the board: costs. */
  readonly alsoRead?: readonly MetricSeries[]
}

/** A run that stands on no board with the others, and why. */
interface NotComparable {
  readonly run: CandidateRun
  readonly reason: 'scored_differently'
}

/** A leaderboard with where it comes from. */
export interface RankedField {
  readonly category: string
  readonly hub: string | null
  readonly syncedAt: string | null
  /** Names of its datasets. */
  readonly datasets: readonly string[]
  /** The runs behind it. */
  readonly runs: readonly CandidateRun[]
  readonly notComparable: readonly NotComparable[]
  /** Version of the hub's definition of the benchmark; null: this program's own. */
  readonly definition: number | null
  /** Whose weights count. */
  readonly weightsFrom: 'configuration' | 'definition'
  readonly metrics: readonly DeclaredMetric[]
  /** What stands in one row and is not of one and the same. */
  readonly mixedDatabases: readonly MixedDatabase[]
  /** Null where nobody has comparable results. */
  readonly ranking: Ranking | null
}

const COUNTED: readonly Trust[] = ['owner']
const ALL_NAMED: readonly Trust[] = ['owner', 'unknown-owner', 'revoked']

/** Reads the newest comparable runs and ranks them. Throws `E_USAGE` for an unknown type, `E_NOT_FOUND` for a dataset without results. */
export const rankCategory = (deps: RankDeps, request: RankRequest): RankedField => {
  const { reads, hub, config } = deps
  const category = knownBenchmarkType(request.category)
  const trusts = request.includeUnknown ? ALL_NAMED : COUNTED
  const registered = deps.catalogue.benchmarks().get(category)?.document ?? null
  const definition: RankingDefinition = registered ?? builtInDefinition(category)
  const own = reads
    .own({ benchmarkType: category })
    .map((run) => ({ ...run, project: hubProject(run.project, config) }))
  const asked = request.datasets === 'unnamed' ? null : request.datasets
  const fields = hub === null || asked === null ? [] : reads.fields({ hub, benchmarkType: category, trusts })
  const wanted =
    asked === null
      ? [null]
      : chooseDatasets(
          { datasets: asked, defined: registered?.datasets ?? [], configured: config.dataset },
          fields,
          own,
        )
  requireResults(asked ?? [], wanted, fields, own)
  const isWanted = ({ dataset }: Pick<CandidateRun, 'dataset'>): boolean =>
    wanted.some((one) => JSON.stringify(one) === JSON.stringify(dataset))
  const shared =
    hub === null ? [] : reads.newest({ hub, fields: fields.filter(isWanted).map(({ key }) => key), trusts })
  const { alike, others } = scoredAlike(newestEach([...own.filter(isWanted), ...shared]))
  const constraints = request.constraints(category, definition.match_level)
  const present = reads.series(alike)
  const metrics = atTellingRanks(metricsOfDefinition(definition, config.evaluation.priority), present)
  const limits = atTellingRanks(constraints, present)
  const nameOf = ({ dataset }: CandidateRun): string => datasetText(dataset)
  const rows = reads.observations(alike, unique([...metrics, ...limits, ...(request.alsoRead ?? [])]), nameOf)
  refuseEmptyWeights(metrics, rows, category, config.evaluation.priority)
  const datasets = datasetsSeen(rows)
  return {
    category,
    hub,
    syncedAt: deps.syncedAt,
    datasets: wanted.map(datasetText),
    runs: alike,
    notComparable: others.map((run) => ({ run, reason: 'scored_differently' })),
    mixedDatabases: mixedDatabases(alike, reads.databases(alike)),
    definition: registered?.version ?? null,
    weightsFrom: Object.keys(config.evaluation.priority).length > 0 ? 'configuration' : 'definition',
    metrics,
    ranking:
      datasets.length === 0
        ? null
        : rankCandidates({
            board: makeBoard({ metrics, datasets }),
            rows,
            constraints: limits,
            trusted: ['local', ...trusts],
            draws: drawsFor(alike.length),
          }),
  }
}

/** Weights of metrics nobody has a value of would put everybody first. */
const refuseEmptyWeights = (
  metrics: readonly DeclaredMetric[],
  rows: readonly (MetricSeries & { readonly value: number | null })[],
  category: string,
  priority: ProjectConfig['evaluation']['priority'],
): void => {
  if (Object.keys(priority).length === 0 || rows.length === 0) return
  const valued = new Set(rows.flatMap((row) => (row.value === null ? [] : [seriesKey(row)])))
  const weighed = metrics.filter(({ weight = 0 }) => weight > 0)
  if (weighed.some((one) => valued.has(seriesKey(one)))) return
  const names = (of: readonly MetricSeries[]): string => [...new Set(of.map(({ metric }) => metric))].join(', ')
  throw new Problem('E_CONFIG', `Nothing can be ranked: no result of ${category} has a value of ${names(weighed)}.`, {
    hints: [
      `evaluation.priority counts nothing else. Count metrics that have values, for example ${names(metrics.filter((one) => valued.has(seriesKey(one))))}.`,
      'Without evaluation.priority the metrics of the benchmark type count.',
    ],
  })
}

const MOST_DRAWS = 2000
const FEWEST_DRAWS = 400
const WORK = 120_000

/** All draws for up to 60 candidates, then fewer, so that a large field is still quick; scores and order need none. */
const drawsFor = (candidates: number): number =>
  Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, Math.floor(WORK / Math.max(1, candidates))))

/** What this program ranks a type by where no hub defines it: its primary metrics, alike. */
export const builtInDefinition = (category: string): RankingDefinition => {
  const type = findBenchmarkType(category)
  return {
    primary_metrics: type?.primaryMetrics ?? [],
    anchors: [],
    match_level: type?.defaultLevel ?? null,
    weights: {},
  }
}

// The name a project has in its hub, so that shared and own runs of it meet.
export const hubProject = (project: string | null, config: ProjectConfig): string | null => {
  const name = project ?? config.project.name
  return name === null ? null : (suggestHubName(name) ?? name)
}

/** Of own and shared runs of one candidate on one dataset the newest; a run that was shared is the one it was. */
const newestEach = (runs: readonly CandidateRun[]): readonly CandidateRun[] => {
  const newest = new Map<string, CandidateRun>()
  for (const run of runs) {
    const key = JSON.stringify([candidateKey(run), run.dataset])
    const known = newest.get(key)
    if (!known || isPreferred(run, known)) newest.set(key, run)
  }
  return [...newest.values()].sort((left, right) =>
    byCodeUnits(candidateKey(left) + left.runId, candidateKey(right) + right.runId),
  )
}

const TRUST_ORDER = ['owner', 'local', 'unknown-owner', 'revoked', 'anonymous']

const isPreferred = (run: CandidateRun, known: CandidateRun): boolean => {
  // A stranger's newer run does not take the place of the owner's.
  const [own, other] = [isOwners(run), isOwners(known)]
  if (own !== other) return own
  const order = byCodeUnits(run.startedAt, known.startedAt) || byCodeUnits(run.runId, known.runId)
  return order !== 0 ? order > 0 : TRUST_ORDER.indexOf(run.trust) < TRUST_ORDER.indexOf(known.trust)
}

const isOwners = ({ trust }: CandidateRun): boolean => trust === 'owner' || trust === 'local'

const unique = (series: readonly MetricSeries[]): readonly MetricSeries[] => [
  ...new Map(
    series.map(({ metric, level, rank }) => [seriesKey({ metric, level, rank }), { metric, level, rank }]),
  ).values(),
]

const requireResults = (
  asked: readonly string[],
  found: readonly (CandidateRun['dataset'] | null)[],
  fields: readonly { readonly dataset: CandidateRun['dataset'] }[],
  own: readonly CandidateRun[],
): void => {
  const missing = asked.filter((id) => found.every((dataset) => dataset?.id !== id))
  if (missing.length === 0) return
  const known = [...new Set([...fields, ...own].flatMap(({ dataset }) => (dataset === null ? [] : [dataset.id])))]
  throw new Problem('E_NOT_FOUND', `There are no results on ${missing.join(', ')}.`, {
    hints: [
      known.length === 0
        ? 'Run a benchmark on it, or read the hub: `benchmark sync`.'
        : `Results are on: ${known.sort(byCodeUnits).join(', ')}.`,
    ],
  })
}
