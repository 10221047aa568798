/** Wiring of `benchmark serve`. Each answer opens the project anew: configuration and results are those of now. */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { knownBenchmarkType } from '../app/known-benchmark-type.ts'
import type { RunRequest } from '../app/plan-run.ts'
import type { RunWish, ServedProject, StartedRun } from '../app/serve/serve-ports.ts'
import { openProject, type Project } from '../compose.ts'
import type { BoardModel } from '../core/dashboard/board-model.ts'
import { nearest, Problem } from '../core/problem.ts'
import { packageFile } from '../package-files.ts'
import type { Listening } from '../render/json/serve-documents.ts'
import type { AnsweredRequest } from '../serve/server.ts'
import { hubAddress } from './hub-address.ts'
import { clock, packageVersion } from './parts.ts'
import { databaseOf, servedSite } from './served-site.ts'

interface ServeOptions {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly onAnswer: (answered: AnsweredRequest) => void
  /** Remarks for who started the server. */
  readonly tell: (text: string) => void
}

/** A project that is being served. */
export interface Serving extends Listening {
  /** Ends it. Runs it started go on. */
  close(): Promise<void>
}

const TOKEN_BYTES = 32

/** Serves a project on loopback. `root`: its folder, absolute. */
export const serveProject = async (root: string, options: ServeOptions): Promise<Serving> => {
  const { startServer } = await import('../serve/server.ts')
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const site = servedSite(root, options.tell)
  const server = await startServer(servedProject(root, site), {
    ...{ host: options.host, port: options.port, token, onAnswer: options.onAnswer },
    onBug: (error) =>
      options.tell(
        `This is a bug in benchmark: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  })
  return {
    ...{ url: server.url, host: server.host, port: server.port, token, project: root },
    close: async () => {
      site.stop()
      await server.close()
    },
  }
}

const servedProject = (root: string, site: ServedProject['site']): ServedProject => {
  const within = async <Answer>(ask: (project: Project) => Promise<Answer>): Promise<Answer> => {
    const project = openProject(root)
    try {
      return await ask(project)
    } finally {
      await project.close()
    }
  }
  const startOne = inTurn((wish: RunWish) => within((project) => startRun(project, wish)))
  return {
    site,
    status: (reference) =>
      within(async (project) => {
        const { toStatusDocument } = await import('../render/json/status-document.ts')
        return toStatusDocument(await project.status(reference))
      }),
    leaderboard: (category, limit) =>
      within(async (project) => {
        refuseUnknownCategory(category)
        const [rankings, { toLeaderboardDocument }] = await Promise.all([
          project.rankings(),
          import('../render/json/rank/leaderboard-document.ts'),
        ])
        return toLeaderboardDocument(
          await rankings.leaderboard({ category, datasets: [], includeUnknown: false }),
          limit,
        )
      }),
    compare: async (wish) => {
      const compareOnce = async (): Promise<object> => {
        await site.renewFully()
        return within((project) => comparePairOf(project, site.folder, wish))
      }
      try {
        return await compareOnce()
      } catch (error) {
        if (!mayBeOvertaken(error)) throw error
        return compareOnce()
      }
    },
    startRun: async (wish) => {
      const { runId, document, ended } = await startOne(wish)
      return { runId, document, finished: () => ended.then(() => within((project) => runDocument(project, runId))) }
    },
    openApi: async () => {
      // What it says of files is right where there are any.
      await site.renew().catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
      })
      const { liveOpenApi } = await import('../render/json/live-openapi.ts')
      const schema = (name: string): unknown => readJson(packageFile(`schemas/${name}.schema.json`))
      const file = join(site.folder, 'api', 'v1', 'openapi.json')
      return liveOpenApi(existsSync(file) ? readJson(file) : null, schema, packageVersion())
    },
  }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** To a command an unknown category is a mistake in its use; in an address it is what is not there. */
const refuseUnknownCategory = (category: string): void => {
  try {
    knownBenchmarkType(category)
  } catch (error) {
    throw error instanceof Problem ? new Problem('E_NOT_FOUND', error.message, { hints: error.hints }) : error
  }
}

/** Runs may have been removed, and the site written by somebody else, between two looks. */
const mayBeOvertaken = (error: unknown): boolean =>
  ['E_NO_BASE', 'E_NOT_FOUND', 'ENOENT'].includes(String((error as { code?: unknown }).code))

/** One after the other. */
const inTurn = <Wish, Answer>(act: (wish: Wish) => Promise<Answer>): ((wish: Wish) => Promise<Answer>) => {
  let before: Promise<unknown> = Promise.resolve()
  return (wish) => {
    const answer = before.then(() => act(wish))
    before = answer.catch(() => undefined)
    return answer
  }
}

const comparePairOf = async (
  project: Project,
  folder: string,
  wish: Parameters<ServedProject['compare']>[0],
): Promise<object> => {
  const [{ openDatabaseForReading }, { createDashboardReads }, { compareProjects }, source] = await Promise.all([
    import('../store/open.ts'),
    import('../store/dashboard/dashboard-reads.ts'),
    import('../app/dashboard/compare-projects.ts'),
    project.config(),
  ])
  const url = source.load().centralHub?.url
  const hub = url === undefined ? null : hubAddress(url, project.root)
  const db = openDatabaseForReading(databaseOf(project.root))
  try {
    const reads = createDashboardReads(db, { hub, withOwn: true })
    const compared = ({ trust, run_id: runId }: BoardModel['entries'][number]) =>
      reads.compared(trust === 'local' ? 'own' : 'hub', runId)
    return compareProjects({ boards: boardsOf(folder), compared }, wish)
  } finally {
    db.close()
  }
}

/** The leaderboards of a written site. */
const boardsOf = (folder: string): readonly BoardModel[] => {
  const boards = join(folder, 'api', 'v1', 'leaderboard')
  if (!existsSync(boards)) return []
  return readdirSync(boards, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(boards, name)).map((file) => join(boards, name, file)))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readJson(file) as BoardModel)
}

interface OpenRun extends Pick<StartedRun, 'runId' | 'document'> {
  readonly ended: Promise<void>
}

/** How long a runner may take until it works on its run. */
const STARTING_MS = 30_000
const LOOK_MS = 100

/** Stores a run and starts it; resolves when its runner works on it, so that the next one is refused in time. */
const startRun = async (project: Project, wish: RunWish): Promise<OpenRun> => {
  await refuseOtherProject(project, wish.project_id)
  const [runId, { toRunStartedDocument }] = await Promise.all([
    project.createRun(toRunRequest(project.root, wish)),
    import('../render/json/serve-documents.ts'),
  ])
  const { ended } = await project.detachRun(runId)
  let hasEnded = false
  void ended.then(() => (hasEnded = true))
  const store = await project.store('write')
  const giveUpAt = clock.monotonic() + STARTING_MS
  const isWaiting = (): boolean => store.header(runId).state === 'planned' && !hasEnded
  while (isWaiting() && clock.monotonic() < giveUpAt) await clock.sleep(LOOK_MS)
  const { state } = store.header(runId)
  if (state === 'planned' && hasEnded)
    throw new Problem('E_EXECUTOR', `Run ${runId} was stored, but its runner ended before it began.`, {
      hints: [
        `${join((await project.plan(runId)).resultsDir, 'logs', 'runner.log')} says why.`,
        `benchmark run --resume ${runId}`,
      ],
    })
  return { runId, document: toRunStartedDocument(runId, state), ended }
}

const refuseOtherProject = async (project: Project, asked: string | undefined): Promise<void> => {
  if (asked === undefined) return
  const { name } = (await project.config()).load().project
  if (asked === name) return
  throw new Problem('E_NOT_FOUND', `This server has no project "${asked}".`, {
    hints: [
      name === null ? 'Its project has no name: leave out project_id.' : `It is of the project "${name}".`,
      ...(name !== null && nearest(asked, [name]).length > 0 ? [`Did you mean "${name}"?`] : []),
    ].slice(-1),
  })
}

// exactOptionalPropertyTypes: what was not asked for must be absent, not undefined.
const toRunRequest = (root: string, wish: RunWish): RunRequest => {
  const { input_data: sheet, truth, dataset, pipelines, samples, repeats, label, tags } = wish
  const input = sheet === undefined ? undefined : resolve(root, sheet)
  // Planning names it as seen from the project, which is not where who asks is.
  if (input !== undefined && !existsSync(input))
    throw new Problem('E_INPUT', `There is no sample sheet ${input}.`, {
      hints: ["input_data is a path on the server's machine, absolute or relative to the project."],
    })
  const request = {
    ...{ input, dataset, pipelines, samples, repeats, label, tags },
    truth: truth === undefined ? undefined : resolve(root, truth),
  }
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined))
}

const runDocument = async (project: Project, runId: string): Promise<object> => {
  const [{ toRunDocument }, store] = await Promise.all([import('../documents/run-document.ts'), project.store()])
  return toRunDocument(store.run(runId))
}
