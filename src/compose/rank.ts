/** Wiring of leaderboards, recommendations and the community: reads only, asks no network. */
import { existsSync } from 'node:fs'
import type { CommunityComparison } from '../app/rank/compare-with-community.ts'
import type { RankDeps, RankedField } from '../app/rank/rank-category.ts'
import type { LeaderboardRequest } from '../app/rank/leaderboard.ts'
import type { PipelineAdvice, RecommendationWish } from '../app/rank/recommend-pipeline.ts'
import type { HubCatalogue } from '../app/hub/hub-catalogue.ts'
import type { ConfigSource, RunStore } from '../app/ports.ts'
import { policyPath } from '../core/hub/layout.ts'
import { hubAddress } from './hub-address.ts'
import { clock } from './parts.ts'

/** What the wiring takes from the project around it. */
interface RankContext {
  readonly root: string
  readonly config: () => Promise<ConfigSource>
  readonly store: () => Promise<RunStore>
}

/** Decisions from what was measured here and read from the hub. `hub`: another one than the project's. */
export interface Rankings {
  leaderboard(request: LeaderboardRequest & { readonly hub?: string }): Promise<RankedField>
  /** `asOf`: the day ages are counted to, ISO 8601; default: now. */
  recommend(wish: RecommendationWish & { readonly hub?: string; readonly asOf?: string }): Promise<PipelineAdvice>
  /** `run`: id, label, `latest`, …; `datasets`: only a run on one of these. */
  withCommunity(request: {
    readonly run: string
    readonly datasets?: readonly string[]
    readonly hub?: string
  }): Promise<CommunityComparison>
}

const DEFAULT_GROUP = 5

export const createRankings = ({ root, config, store }: RankContext, databaseFile: string): Rankings => {
  const opened = async <T>(given: string | undefined, use: (deps: RankDeps, groupSize: number) => T | Promise<T>) => {
    const [
      { openDatabaseForReading },
      { createRankingReads },
      { createRegistryReads },
      { createHubCatalogue },
      documents,
      source,
    ] = await Promise.all([
      import('../store/open.ts'),
      import('../store/rank/ranking-reads.ts'),
      import('../store/rank/hub-registry.ts'),
      import('../app/hub/hub-catalogue.ts'),
      import('../hub/documents/hub-documents.ts'),
      config(),
    ])
    const settings = source.load()
    const wanted = given ?? settings.centralHub?.url ?? null
    const hub = wanted === null ? null : hubAddress(wanted, given === undefined ? root : process.cwd())
    const db = openDatabaseForReading(databaseFile)
    try {
      const index = createRegistryReads(db)
      const parser = documents.createHubDocuments()
      const catalogue: HubCatalogue = createHubCatalogue(
        hub === null || !existsSync(databaseFile)
          ? []
          : [{ url: hub, registryFiles: (prefix) => index.registry(hub, prefix) }],
        parser,
      )
      const policy = hub === null ? undefined : index.registry(hub, policyPath('anonymisation'))[0]
      const groupSize = policy && parser.anonymisation(policy.bytes).document?.group_size
      const syncedAt = hub === null ? null : index.syncedAt(hub)
      return await use(
        { reads: createRankingReads(db), catalogue, config: settings, hub, syncedAt },
        groupSize ?? DEFAULT_GROUP,
      )
    } finally {
      db.close()
    }
  }
  return {
    leaderboard: async ({ hub, ...request }) => {
      const { leaderboard } = await import('../app/rank/leaderboard.ts')
      return opened(hub, (deps) => leaderboard(deps, request))
    },
    recommend: async ({ hub, asOf, ...wish }) => {
      const { recommendPipeline } = await import('../app/rank/recommend-pipeline.ts')
      const day = asOf === undefined ? clock : { now: () => new Date(asOf) }
      return opened(hub, (deps) => recommendPipeline({ ...deps, clock: day }, wish))
    },
    withCommunity: async ({ hub, run, datasets = [] }) => {
      const [{ compareWithCommunity }, { candidateRun }] = await Promise.all([
        import('../app/rank/compare-with-community.ts'),
        import('../app/compare/choose-runs.ts'),
      ])
      const runs = await store()
      const runId = datasets.length === 0 ? runs.resolve(run) : candidateRun(runs, run, datasets).runId
      const { benchmarkType } = runs.header(runId)
      return opened(hub, (deps, groupSize) => compareWithCommunity({ ...deps, groupSize }, { runId, benchmarkType }))
    },
  }
}
