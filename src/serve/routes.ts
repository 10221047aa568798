/** What is answered, and with what. */
import type { ServedProject } from '../app/serve/serve-ports.ts'
import { checkToken } from './access.ts'
import { type Exchange, sendFile, sendJson, sendText } from './answer.ts'
import { Refusal } from './refusal.ts'
import { checkContentType, readRunWish } from './run-body.ts'
import { openFile } from './static-file.ts'
import { decodePart, type Parameter, readQuery, type Target } from './target.ts'

interface Asked {
  readonly exchange: Exchange
  readonly query: URLSearchParams
  /** What stands in the brackets of the path. */
  readonly part: string
}

interface Route {
  readonly method: 'GET' | 'POST'
  /** With at most one group. */
  readonly path: RegExp
  readonly answer: (asked: Asked) => Promise<void>
}

/** The live routes over a project. */
export const createRoutes = (project: ServedProject, token: string): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v1\/benchmark\/status\/([^/]+)$/,
    answer: async ({ exchange, query, part }) => {
      readQuery(query, {})
      sendJson(exchange, 200, await project.status(part))
    },
  },
  {
    method: 'GET',
    path: /^\/api\/v1\/benchmark\/compare$/,
    answer: async ({ exchange, query }) => {
      const asked = readQuery(query, { project_a: REQUIRED, project_b: REQUIRED, metric: {} })
      const { project_a: projectA = '', project_b: projectB = '', metric = null } = asked
      sendJson(exchange, 200, await project.compare({ projectA, projectB, metric }))
    },
  },
  {
    method: 'GET',
    // What ends in .json is a file of the dashboard.
    path: /^\/api\/v1\/leaderboard\/([^/]+(?<!\.json))$/,
    answer: async ({ exchange, query, part }) => {
      const { limit = '10' } = readQuery(query, { limit: LIMIT })
      sendJson(exchange, 200, await project.leaderboard(part, Number(limit)))
    },
  },
  {
    method: 'GET',
    path: /^\/api\/v1\/openapi\.json$/,
    answer: async ({ exchange, query }) => {
      readQuery(query, {})
      sendJson(exchange, 200, await project.openApi())
    },
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/benchmark\/run$/,
    answer: async ({ exchange, query }) => {
      checkToken(exchange.request, token)
      checkContentType(exchange.request)
      readQuery(query, {})
      const wish = await readRunWish(exchange.request)
      const { runId, document, finished } = await project.startRun(wish)
      const headers = { location: `/api/v1/benchmark/status/${runId}` }
      if (wish.async_mode !== false) return sendJson(exchange, 202, document, headers)
      // It may take days: that nobody reads meanwhile is no fault.
      exchange.response.setTimeout(0)
      sendJson(exchange, 200, await finished(), headers)
    },
  },
]

const REQUIRED: Parameter = { required: true }
const LIMIT: Parameter = {
  check: (value) => (/^\d{1,9}$/.test(value) ? null : 'must be a whole number; 0 shows all.'),
}

/** Answers with a live route, else with a file of the dashboard. */
export const answer = async (
  routes: readonly Route[],
  { site }: Pick<ServedProject, 'site'>,
  exchange: Exchange,
  { path, query }: Target,
): Promise<void> => {
  const { method = '' } = exchange.request
  const there = routes.flatMap((route) => {
    const [whole, part = ''] = route.path.exec(path) ?? []
    return whole === undefined ? [] : [{ route, part }]
  })
  const isRead = method === 'GET' || method === 'HEAD'
  const chosen = there.find(({ route }) => route.method === (isRead ? 'GET' : method))
  if (chosen !== undefined) return chosen.route.answer({ exchange, query, part: decodePart(chosen.part) })
  if (there.length > 0 || !isRead)
    throw notAllowed(
      method,
      there.some(({ route }) => route.method === 'POST'),
    )
  return answerFile(site, exchange, path)
}

const notAllowed = (method: string, isPost: boolean): Refusal => {
  const allow = isPost ? 'POST' : 'GET, HEAD'
  return new Refusal(405, `${method} is not for this address; ${allow} is.`, { headers: { allow } })
}

const answerFile = async (site: ServedProject['site'], exchange: Exchange, path: string): Promise<void> => {
  // The browser asks for it by itself, and pages have none.
  if (path === '/favicon.ico') return void exchange.response.writeHead(204).end()
  const steps = path.slice(1).split('/').map(decodePart)
  const isFolder = steps.at(-1) === ''
  const name = `${steps.join('/')}${isFolder ? 'index.html' : ''}`
  const forPrograms = name.startsWith('api/')
  // Style and scripts belong to the page that was just asked for.
  if (forPrograms || /\.(?:html|xml|tsv)$/.test(name)) await site.renew()
  const file = steps.some((step) => step.includes('/')) ? null : await openFile(site.folder, name)
  if (file !== null) return sendFile(exchange, file, forPrograms ? 'no-store' : 'no-cache')
  const index = isFolder ? null : await openFile(site.folder, `${name}/index.html`)
  if (index !== null) {
    await index.handle.close()
    return sendText(exchange, 301, 'text/plain', `${path}/\n`, { location: `${path}/` })
  }
  throw new Refusal(404, forPrograms ? 'There is no such answer.' : 'There is no such page.', {
    hints: [forPrograms ? 'GET /api/v1/openapi.json describes what there is.' : 'The dashboard begins at /.'],
  })
}
