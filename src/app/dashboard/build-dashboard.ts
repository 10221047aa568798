/** `benchmark dashboard`: what this machine has, and what its hub had when it was last read, as a folder of pages. */
import type { BoardModel } from '../../core/dashboard/board-model.ts'
import { columnKey, metricColumns } from '../../core/dashboard/columns.ts'
import type { ProjectModel } from '../../core/dashboard/project-model.ts'
import { toShard } from '../../core/dashboard/shard.ts'
import { datasetId } from '../../core/dataset-name.ts'
import { byTime, type SiteRun, type SiteSeries } from '../../core/dashboard/site-run.ts'
import { runsTsv } from '../../core/dashboard/tsv.ts'
import { Problem } from '../../core/problem.ts'
import type { RunFolder, SiteReport } from '../hub/dashboard-ports.ts'
import { hubProject, type RankDeps } from '../rank/rank-category.ts'
import type { DashboardDeps, DashboardRequest, Digest, ReadRuns } from './dashboard-deps.ts'
import { type SiteBoard, siteBoards } from './site-boards.ts'
import { throughSite, toJson } from './through-site.ts'
import type { PairModel, ShardFile, SiteModel } from './site-pages.ts'
import { comparePair, pairsOf } from './site-pairs.ts'
import { projectModel } from './site-project.ts'

/** Results without a project's name stand under this one. */
const LOCAL = 'this-project'

/** A written site. */
export interface DashboardReport extends SiteReport {
  readonly projects: number
  readonly runs: number
  readonly pages: number
  /** Whether private runs of this machine are in it. */
  readonly hasOwn: boolean
  readonly hub: string | null
}

/** Builds the site. Throws `E_INPUT` when there is not a single run. */
export const buildDashboard = (request: DashboardRequest): DashboardReport => {
  const { rank, reads, pages, sha256 } = request
  const digest = (value: unknown): string => sha256(`${pages.digest} ${JSON.stringify(value)}`).slice(0, 32)
  const folders = reads.folders()
  if (folders.length === 0)
    throw new Problem('E_INPUT', 'There are no runs to show.', {
      hints: ['Run `benchmark run`, or read the hub with `benchmark sync`.'],
    })
  const deps: DashboardDeps = { ...request, site: request.openSite() }
  const { site } = deps
  const projects = byProject(folders, rank)
  const origins = new Map<string, RunFolder['origin']>()
  const boards = siteBoards({
    ...{ deps: rank, groupSize: deps.groupSize, withOwn: deps.withOwn, localName: LOCAL, digest },
    machineOf: ({ origin, runId }) => {
      origins.set(runId, origin)
      return reads.machine(origin, runId)
    },
  })
  pages.distinguish(projects.map(([project]) => project))
  pages.distinguish([...boards.map(({ dataset }) => datasetId(dataset)), ...rank.catalogue.datasets().keys()])
  const shards = new Map<string, readonly ShardFile[]>()
  const models: ProjectModel[] = []
  const baselines = reads.baselines()
  for (const [project, own] of projects) {
    const runsOf = runReader(deps, project)
    shards.set(project, writeShards(deps, project, own, runsOf, digest))
    models.push(projectModel(deps, { project, folders: own, runsOf, boards, digest, baselines }))
  }
  const boardModels = boards
    .map((board) => boardModel(deps, board))
    .filter(({ entries, unranked }) => entries.length + unranked.length > 0)
  const facts = reads.facts()
  const hasOwn = folders.some(({ origin }) => origin === 'own')
  const model: SiteModel = {
    projects: models,
    boards: boardModels,
    datasets: new Map([...rank.catalogue.datasets()].map(([id, { document }]) => [id, document])),
    pairs: pairModels(deps, boardModels, origins, digest),
    groups: deps.groups,
    shards,
    facts: {
      hub: facts?.url ?? null,
      head: facts?.head ?? null,
      syncedAt: facts?.syncedAt ?? null,
      anonymousAtLeast: Math.floor((facts?.anonymousRuns ?? 0) / deps.groupSize) * deps.groupSize,
      quarantined: facts?.quarantined ?? 0,
      ...{ groupSize: deps.groupSize, hasOwn, version: deps.version },
    },
  }
  let count = 0
  for (const file of pages.files(model)) {
    site.write(file)
    if (file.path.endsWith('.html')) count++
  }
  const runs = folders.reduce((sum, folder) => sum + folder.runs, 0)
  return { ...site.finish(), projects: models.length, runs, pages: count, hasOwn, hub: facts?.url ?? null }
}

const byProject = (
  folders: readonly RunFolder[],
  { config }: RankDeps,
): readonly (readonly [string, RunFolder[]])[] => {
  const projects = new Map<string, RunFolder[]>()
  for (const folder of folders) {
    const name = (folder.origin === 'hub' ? folder.project : hubProject(folder.project, config)) ?? LOCAL
    projects.set(name, [...(projects.get(name) ?? []), folder])
  }
  return [...projects].sort(([left], [right]) => (left < right ? -1 : 1))
}

/** Runs of a folder, read once; own ones under the name the project has in its hub. */
const runReader = ({ reads }: DashboardDeps, project: string): ReadRuns => {
  const known = new Map<RunFolder, readonly SiteRun[]>()
  return (folder) => {
    const runs = known.get(folder) ?? reads.runs(folder).map((run) => ({ ...run, project }))
    known.set(folder, runs)
    return runs
  }
}

/** Rows of a file of runs: enough that a hundred thousand runs are not a thousand files. */
const SHARD_ROWS = 1000
const MOST_BYTES = 1_000_000
/** Twice as much as the densest benchmark type takes, without what each run says for itself. */
const ROW_BYTES = 400

/**
 * Months of a project put together from the oldest on, until a file has enough rows: what is full never changes again.
 * Shared and own runs are in different files.
 */
const shardsOf = (folders: readonly RunFolder[]): readonly { readonly name: string; readonly of: RunFolder[] }[] =>
  (['hub', 'own'] as const).flatMap((origin) => {
    const shards: { of: RunFolder[]; rows: number }[] = []
    for (const folder of folders
      .filter((one) => one.origin === origin)
      .sort((left, right) => (left.month < right.month ? -1 : 1))) {
      const last = shards.at(-1)
      if (last === undefined || last.rows >= SHARD_ROWS) shards.push({ of: [folder], rows: folder.rows })
      else {
        last.of.push(folder)
        last.rows += folder.rows
      }
    }
    return shards.map(({ of }) => {
      const [first, last] = [of[0]?.month ?? '', of.at(-1)?.month ?? '']
      return { name: `${first === last ? first : `${first}-to-${last}`}${origin === 'own' ? '-own' : ''}`, of }
    })
  })

const sumOf = (folders: readonly RunFolder[], of: 'rows' | 'runs' | 'textBytes'): number =>
  folders.reduce((sum, folder) => sum + folder[of], 0)

/** What is too much for one file, in pieces from the oldest row on. */
const partsOf = (shard: { readonly name: string; readonly of: RunFolder[] }) => {
  const rows = sumOf(shard.of, 'rows')
  const texts = sumOf(shard.of, 'textBytes') / Math.max(1, sumOf(shard.of, 'runs'))
  const most = Math.max(1, Math.floor(MOST_BYTES / (ROW_BYTES + texts)))
  const count = Math.max(1, Math.ceil(rows / most))
  return Array.from({ length: count }, (_, part) => ({
    of: shard.of,
    name: count === 1 ? shard.name : `${shard.name}-part-${String(part + 1).padStart(3, '0')}`,
    from: part * most,
    to: part === count - 1 ? Infinity : (part + 1) * most,
  }))
}

/** One script and one table for each of them, newest first; what did not change is not even read. */
const writeShards = (
  { site, pages }: DashboardDeps,
  project: string,
  folders: readonly RunFolder[],
  runsOf: ReadRuns,
  digest: Digest,
): readonly ShardFile[] => {
  const slug = pages.slug(project)
  const files = shardsOf(folders).flatMap((shard) => {
    let whole: readonly SiteRun[] | null = null
    return partsOf(shard).map(({ name, of, from, to }) => {
      const inputs = digest([project, name, of.map((folder) => folder.digest)])
      const runs = (): readonly SiteRun[] => (whole ??= of.flatMap(runsOf).sort(byTime)).slice(from, to)
      const script = site.write({
        ...{ path: `data/${slug}/${name}.js`, inputs, hashed: true },
        text: () => pages.shardScript(`${slug}/${name}`, toShard(project, runs(), columnsOf(runs()))),
      })
      const table = site.write({
        ...{ path: `data/${slug}/${name}.tsv`, inputs },
        text: () => runsTsv(runs(), columnsOf(runs())),
      })
      const [rows, ofAll] = [sumOf(of, 'rows'), sumOf(of, 'runs')]
      return { month: name, script, table, rows: Math.min(to, rows) - from, runs: from === 0 ? ofAll : 0 }
    })
  })
  return files.sort((left, right) => (left.month < right.month ? 1 : -1))
}

/** Metrics of all benchmark types among the runs, each once. */
const columnsOf = (runs: readonly SiteRun[]): readonly SiteSeries[] => {
  const columns = [...new Set(runs.map(({ benchmarkType }) => benchmarkType))].sort().flatMap((type) =>
    metricColumns(
      type,
      runs.filter(({ benchmarkType }) => benchmarkType === type),
    ),
  )
  return [...new Map(columns.map((series) => [columnKey(series), series])).values()]
}

const boardModel = ({ site, pages }: DashboardDeps, board: SiteBoard): BoardModel => {
  const path = `api/v1/leaderboard/${board.category}/${pages.slug(datasetId(board.dataset))}.json`
  return JSON.parse(throughSite(site, path, board.inputs, () => toJson(board.ranked().board))) as BoardModel
}

const pairModels = (
  { reads, site, pages }: DashboardDeps,
  boards: readonly BoardModel[],
  origins: ReadonlyMap<string, RunFolder['origin']>,
  digest: Digest,
): readonly PairModel[] =>
  pairsOf(boards).flatMap((pair): PairModel[] => {
    const { a, b, board } = pair
    const path = `api/v1/compare/${pages.slug(a.project)}/${pages.slug(b.project)}.json`
    const inputs = digest([board.category, board.dataset, [a, b].map(({ run_id, key }) => [run_id, key])])
    const originOf = (runId: string, trust: string): RunFolder['origin'] =>
      origins.get(runId) ?? (trust === 'local' ? 'own' : 'hub')
    const earlier = site.earlier(path)
    const known = earlier?.inputs === inputs ? earlier.text : null
    const model =
      known === null
        ? comparePair(pair, ({ run_id, trust }) => reads.compared(originOf(run_id, trust), run_id))
        : (JSON.parse(known) as PairModel)
    if (model === null) return []
    site.write({ path, inputs, text: () => known ?? toJson(model) })
    return [model]
  })
