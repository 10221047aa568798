/** The leaderboards of a site: one for each benchmark type and dataset somebody has comparable results on. */
import { BENCHMARK_TYPES } from '../../core/benchmark-types.ts'
import type { BoardModel } from '../../core/dashboard/board-model.ts'
import { datasetId, datasetText } from '../../core/dataset-name.ts'
import type { CandidateRun, MeasuredDataset } from '../hub/rank-ports.ts'
import { hubProject, type RankDeps } from '../rank/rank-category.ts'
import { makeSiteBoard, type RankedBoard } from './make-board.ts'

/** A board that may or may not have to be made. */
export interface SiteBoard {
  readonly category: string
  readonly dataset: MeasuredDataset | null
  /** Of all results that could stand on it, and of what ranks them. */
  readonly inputs: string
  /** Project to number of candidates and newest start. */
  readonly projects: ReadonlyMap<string, { readonly candidates: number; readonly newest: string }>
  /** Made on first use. */
  readonly ranked: () => RankedBoard
}

interface BoardsRequest {
  readonly deps: RankDeps
  readonly groupSize: number
  readonly withOwn: boolean
  readonly localName: string
  readonly machineOf: (run: CandidateRun) => string | null
  readonly digest: (value: unknown) => string
}

/**
 * By category, then dataset. Data without a name is nobody else's: own results on it have a board of their own, shared ones
 * of different projects could be on anything.
 */
export const siteBoards = (request: BoardsRequest): readonly SiteBoard[] => {
  const { deps, withOwn } = request
  // Who asks for the hub alone gets boards without private results.
  const reads = withOwn ? deps.reads : { ...deps.reads, own: () => [] }
  const open = { ...deps, reads: namedReads(reads, request) }
  return BENCHMARK_TYPES.flatMap(({ id: category }): SiteBoard[] => {
    const trusts = ['owner'] as const
    const fields = deps.hub === null ? [] : open.reads.fields({ hub: deps.hub, benchmarkType: category, trusts })
    const own = open.reads.own({ benchmarkType: category })
    const byDataset = new Map<string, { dataset: MeasuredDataset | null; fields: number[] }>()
    for (const { dataset, key } of [...fields, ...own.map((run) => ({ dataset: run.dataset, key: null }))]) {
      if (dataset === null && key !== null) continue
      const known = byDataset.get(datasetId(dataset)) ?? { dataset, fields: [] }
      byDataset.set(datasetId(dataset), known)
      if (key !== null) known.fields.push(key)
    }
    return [...byDataset.values()]
      .sort((left, right) => (datasetId(left.dataset) < datasetId(right.dataset) ? -1 : 1))
      .map(({ dataset, fields: keys }) => {
        const shared = deps.hub === null ? [] : open.reads.newest({ hub: deps.hub, fields: keys, trusts })
        const runs = [...shared, ...own.filter((run) => datasetId(run.dataset) === datasetId(dataset))]
        return boardOf(request, open, category, dataset, runs)
      })
  })
}

const boardOf = (
  request: BoardsRequest,
  deps: RankDeps,
  category: string,
  dataset: MeasuredDataset | null,
  runs: readonly CandidateRun[],
): SiteBoard => {
  const { config, catalogue } = deps
  const projects = new Map<string, { candidates: number; newest: string }>()
  for (const { project, startedAt } of runs) {
    if (project === null) continue
    const known = projects.get(project) ?? { candidates: 0, newest: '' }
    projects.set(project, {
      candidates: known.candidates + 1,
      newest: startedAt > known.newest ? startedAt : known.newest,
    })
  }
  const byId = new Map(runs.map((run) => [run.runId, run]))
  let made: RankedBoard | null = null
  return {
    category,
    dataset,
    projects,
    inputs: request.digest([
      ...[category, datasetId(dataset), request.groupSize, config.evaluation.priority, config.prices],
      catalogue.benchmarks().get(category)?.document ?? null,
      // All of a run but its keys, which are this database's own.
      runs.map((run) => JSON.stringify({ ...run, runKey: null, variantKey: null })).sort(),
    ]),
    ranked: () =>
      (made ??= makeSiteBoard(deps, {
        ...{ category, dataset, groupSize: request.groupSize },
        machineOf: (runId) => {
          const run = byId.get(runId)
          return run === undefined ? null : request.machineOf(run)
        },
      })),
  }
}

// Own runs of a project without a name stand under one too. Every board of a category asks for the same again.
const namedReads = (reads: RankDeps['reads'], { deps, localName }: BoardsRequest): RankDeps['reads'] => ({
  ...reads,
  fields: askedOnce((request) => reads.fields(request)),
  newest: askedOnce((request) => reads.newest(request)),
  own: askedOnce((request) =>
    reads.own(request).map((run) => ({ ...run, project: hubProject(run.project, deps.config) ?? localName })),
  ),
})

const askedOnce = <Request, Answer>(ask: (request: Request) => Answer): ((request: Request) => Answer) => {
  const known = new Map<string, Answer>()
  return (request) => {
    const key = JSON.stringify(request)
    const answer = known.get(key) ?? ask(request)
    known.set(key, answer)
    return answer
  }
}

/** The board a project stands on: one that others can stand on, where it has most candidates, of equal ones the newest. */
export const mainBoard = (boards: readonly SiteBoard[], project: string): SiteBoard | null => {
  const own = boards.flatMap((board) => {
    const of = board.projects.get(project)
    return of === undefined ? [] : [{ board, of }]
  })
  const [first] = own.sort(
    (left, right) =>
      Number(left.board.dataset === null) - Number(right.board.dataset === null) ||
      right.of.candidates - left.of.candidates ||
      (left.of.newest < right.of.newest ? 1 : left.of.newest > right.of.newest ? -1 : 0) ||
      (nameOf(left.board) < nameOf(right.board) ? -1 : 1),
  )
  return first?.board ?? null
}

const nameOf = ({ category, dataset }: Pick<BoardModel, 'category' | 'dataset'>): string =>
  `${category} / ${datasetText(dataset)}`
