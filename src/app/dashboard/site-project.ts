/** The model of one project, of what its runs say and what its leaderboard says; either is taken over where it is still right. */
import type { Baseline } from '../../core/baseline.ts'
import type { ProjectModel } from '../../core/dashboard/project-model.ts'
import { byTime } from '../../core/dashboard/site-run.ts'
import type { HubProjectDocument } from '../../generated/hub-project.ts'
import type { RunFolder } from '../hub/dashboard-ports.ts'
import type { DashboardDeps, Digest, ReadRuns } from './dashboard-deps.ts'
import { makeProject, type ProjectFacts } from './make-project.ts'
import { placeProject, type ProjectPlace } from './place-project.ts'
import { mainBoard, type SiteBoard } from './site-boards.ts'
import { throughSite, toJson } from './through-site.ts'

interface SiteProject {
  readonly project: string
  readonly folders: readonly RunFolder[]
  readonly runsOf: ReadRuns
  readonly boards: readonly SiteBoard[]
  readonly baselines: readonly Baseline[]
  readonly digest: Digest
}

/**
 * `api/v1/projects/<project>.json`. A new run of one project changes the board of many, and their place on it, but not
 * what their own runs say: the digests of the two parts stand side by side in the manifest.
 */
export const projectModel = (deps: DashboardDeps, of: SiteProject): ProjectModel => {
  const { site, pages, rank } = deps
  const { project, folders, digest } = of
  const path = `api/v1/projects/${pages.slug(project)}.json`
  const earlier = site.earlier(path)
  const [earlierFacts, earlierPlace] = earlier?.inputs.split('.') ?? []
  const before = (): ProjectModel => JSON.parse(earlier?.text ?? '') as ProjectModel

  const board = mainBoard(of.boards, project)
  const placeInputs = digest(['place', project, board?.inputs ?? null])
  const place =
    placeInputs === earlierPlace
      ? placeOf(before())
      : placeProject({ project, ranked: board?.ranked() ?? null, prices: rank.config.prices })

  const registered = deps.registered.get(project)
  const isLocal = folders.some(({ origin }) => origin === 'own')
  const baselines = isLocal ? of.baselines : []
  const best = 'pipeline' in place.bestPipeline ? place.bestPipeline.pipeline : null
  const factsInputs = digest([
    ...['facts', project, folders.map(({ origin, month, digest: content }) => [origin, month, content])],
    ...[registered ?? null, place.board, best, baselines],
  ])
  const make = (): string => {
    const facts =
      factsInputs === earlierFacts
        ? factsOf(before())
        : makeProject({
            ...{ project, runs: folders.flatMap(of.runsOf).sort(byTime), baselines },
            ...{ best, onBoard: place.board?.dataset ?? null },
            compared: ({ origin, runId }) => deps.reads.compared(origin, runId),
            sha256: deps.sha256,
          })
    return toJson(joined(facts, place, { project, registered, isLocal }))
  }
  return JSON.parse(throughSite(site, path, `${factsInputs}.${placeInputs}`, make)) as ProjectModel
}

const joined = (
  facts: ProjectFacts,
  place: ProjectPlace,
  of: { project: string; registered: HubProjectDocument | undefined; isLocal: boolean },
): ProjectModel => ({
  schema: 'benchmark.dashboard-project/1',
  ...{ project: of.project, benchmark_types: facts.benchmark_types },
  ...{ owner: of.registered?.owner ?? null, homepage: of.registered?.homepage ?? null, is_local: of.isLocal },
  ...{ first: facts.first, newest: facts.newest, board: place.board },
  sections: {
    overview: {
      totalRuns: facts.totalRuns,
      bestPipeline: place.bestPipeline,
      avgPerformance: facts.avgPerformance,
      trend: facts.trend,
    },
    comparison: { vsBaseline: facts.vsBaseline, vsCommunity: place.vsCommunity, vsHistory: facts.vsHistory },
    recommendations: place.recommendations,
  },
  ...{ regressions: facts.regressions, coverage: facts.coverage, recent: facts.recent },
})

const placeOf = ({ board, sections }: ProjectModel): ProjectPlace => ({
  board,
  bestPipeline: sections.overview.bestPipeline,
  vsCommunity: sections.comparison.vsCommunity,
  recommendations: sections.recommendations,
})

const factsOf = ({ sections: { overview, comparison }, ...model }: ProjectModel): ProjectFacts => ({
  ...model,
  ...overview,
  ...comparison,
})
