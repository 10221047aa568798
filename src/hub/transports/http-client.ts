/** Single http requests with bounds on bytes and time. Redirects are answers like others: nothing is followed. */
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { Agent as SecureAgent, request as requestSecurely, type RequestOptions } from 'node:https'
import { connect } from 'node:tls'
import type { Environment } from '../git/git-program.ts'
import { authorities, proxyFor, tunnel } from './proxy.ts'
import { type HubLimits, TooLarge } from './transport.ts'

interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: readonly Uint8Array[]
  readonly maxBytes: number
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Body bytes as they come; throws when they stop, or are more than allowed. */
  readonly chunks: AsyncIterable<Uint8Array>
  readonly received: () => number
}

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>

/** A client with the proxy and certificate settings of an environment. Rejects when no answer comes. */
export const createHttpClient = (environment: Environment, limits: HubLimits): HttpClient => {
  // One connection for the requests of a command: making one takes longer than most answers.
  let [plain, secure]: (Agent | undefined)[] = []
  const agentFor = (url: URL): Agent =>
    url.protocol === 'https:'
      ? (secure ??= new SecureAgent({ keepAlive: true }))
      : (plain ??= new Agent({ keepAlive: true }))
  return async ({ method, url, headers, body = [], maxBytes }) => {
    const options = await connection(url, environment, limits, agentFor(url))
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestSecurely : request
      const asked = send(url, {
        ...options,
        method,
        headers: {
          'user-agent': 'git/2.39 (benchmark-hub)',
          'accept-encoding': 'identity',
          ...headers,
          ...(method === 'POST' ? { 'content-length': body.reduce((sum, part) => sum + part.length, 0) } : {}),
        },
      })
      const fail = (why: string): void => void asked.destroy(new Error(why))
      const total = setTimeout(() => fail('it took too long'), limits.totalMs)
      const connecting = setTimeout(() => fail('no connection was made in time'), limits.connectMs)
      asked.once('socket', (socket) => {
        const connected = (): void => {
          clearTimeout(connecting)
          asked.setTimeout(limits.idleMs, () => fail('it fell silent'))
        }
        if (asked.reusedSocket || (!socket.connecting && url.protocol === 'http:')) connected()
        else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
      })
      asked.once('close', () => {
        clearTimeout(total)
        clearTimeout(connecting)
      })
      asked.once('error', reject)
      asked.once('response', (answer) => {
        clearTimeout(connecting)
        resolve(answered(answer, maxBytes))
      })
      for (const part of body) asked.write(part)
      asked.end()
    })
  }
}

const answered = (answer: IncomingMessage, maxBytes: number): HttpAnswer => {
  let received = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      received += chunk.length
      if (received > maxBytes) throw new TooLarge(maxBytes)
      yield chunk
    }
    if (!answer.complete) throw new Error('the connection was cut')
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, chunks: chunks(), received: () => received }
}

const connection = async (
  url: URL,
  environment: Environment,
  limits: HubLimits,
  agent: Agent,
): Promise<RequestOptions> => {
  if (url.protocol === 'http:') return { agent } // loopback only: no proxy, no certificates
  const ca = authorities(environment)
  const trusted = ca === undefined ? {} : { ca }
  const proxy = proxyFor(url, environment)
  if (proxy === null) return { agent, ...trusted }
  const socket = await tunnel(proxy, url, limits.connectMs)
  // An agent would make a connection of its own.
  return { ...trusted, createConnection: () => connect({ ...trusted, socket, servername: url.hostname }) }
}
