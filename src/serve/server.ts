/** The server of `benchmark serve`: plain http on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServedProject } from '../app/serve/serve-ports.ts'
import { Problem } from '../core/problem.ts'
import { checkCaller } from './access.ts'
import { EVERYWHERE, type Exchange, sendError } from './answer.ts'
import { answer, createRoutes } from './routes.ts'
import { statusOf } from './refusal.ts'
import { readTarget } from './target.ts'

const HOSTS = ['127.0.0.1', '::1', 'localhost']

/** No person and no program on the same machine needs longer, or more. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
}
const MOST_CONNECTIONS = 100
/** Who does not read an answer for so long is not waited for. */
const READING_MS = 60_000
/** Open requests get this long when the server ends. */
const GRACE_MS = 1500

interface ServerOptions {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** What starting runs takes. */
  readonly token: string
  /** Told about every answer, when it has been sent. */
  readonly onAnswer: (line: AnsweredRequest) => void
  /** Told about bugs. */
  readonly onBug: (error: unknown) => void
}

export interface AnsweredRequest {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly milliseconds: number
}

export interface RunningServer {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Ends it: what is being answered has a moment left. */
  close(): Promise<void>
}

/** Listens. Throws `E_USAGE` for an address that is not of this machine alone, `E_BUSY` where the port is taken. */
export const startServer = async (project: ServedProject, options: ServerOptions): Promise<RunningServer> => {
  const host = options.host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (!HOSTS.includes(host)) throw notLoopback(options.host)
  const routes = createRoutes(project, options.token)
  let port = options.port

  const respond = async (exchange: Exchange): Promise<void> => {
    const { request, response } = exchange
    for (const [name, value] of Object.entries(EVERYWHERE)) response.setHeader(name, value)
    response.setTimeout(READING_MS)
    const forPrograms = request.url?.startsWith('/api/') === true
    try {
      checkCaller(request, port)
      await answer(routes, project, exchange, readTarget(request.url ?? ''))
    } catch (error) {
      // Whoever asked has gone, or half of the answer has: there is nobody to tell.
      if (response.headersSent || response.destroyed) return void response.destroy()
      if (statusOf(error) === 500 && !(error instanceof Problem)) options.onBug(error)
      sendError(exchange, error, forPrograms)
    }
  }
  const server = createServer(LIMITS, (request: IncomingMessage, response: ServerResponse) => {
    const started = performance.now()
    response.once('close', () =>
      options.onAnswer({
        ...{ method: request.method ?? '', url: request.url ?? '', status: response.statusCode },
        milliseconds: performance.now() - started,
      }),
    )
    void respond({ request, response })
  })
  server.maxConnections = MOST_CONNECTIONS
  await listen(server, host, port)
  port = (server.address() as AddressInfo).port
  return {
    ...{ host, port, url: `http://${host === '::1' ? '[::1]' : host}:${port}/` },
    close: () => close(server),
  }
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(listenProblem(cause, host, port)))
    server.listen({ host, port, exclusive: true }, () => {
      // `localhost` is what the machine says it is.
      const { address } = server.address() as AddressInfo
      if (/^127\.|^::1$/.test(address)) resolve()
      else {
        server.close()
        reject(notLoopback(`${host} (${address})`))
      }
    })
  })

const notLoopback = (host: string): Problem =>
  new Problem(
    'E_USAGE',
    `${host} is not of this machine alone: benchmark serve listens on 127.0.0.1, ::1 or localhost only.`,
    {
      hints: [
        'Starting a run executes commands, and a server others can reach would let them.',
        'From another machine: ssh -L 8137:127.0.0.1:8137 HOST, then open http://127.0.0.1:8137/ there.',
        'To show results to others: benchmark dashboard --output DIR --shared-only, on any static host.',
      ],
    },
  )

const listenProblem = (cause: Error, host: string, port: number): Problem => {
  const { code } = cause as { code?: string }
  if (code === 'EADDRINUSE')
    return new Problem('E_BUSY', `Port ${port} of ${host} is taken, perhaps by another benchmark serve.`, {
      hints: ['Take another one with --port; --port 0 takes any that is free.'],
      cause,
    })
  if (code === 'EACCES')
    return new Problem('E_USAGE', `Port ${port} needs rights this user does not have.`, {
      hints: ['Take one above 1023 with --port.'],
      cause,
    })
  return new Problem('E_USAGE', `${host} cannot be listened on: ${cause.message}`, {
    hints: ['Try --host 127.0.0.1.'],
    cause,
  })
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
