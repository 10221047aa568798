/** Who may ask: decision 138 says against what each of these checks stands. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Refuses requests that were sent to another name (a name of a stranger that was pointed here), and those that pages of
 * other origins make without being asked for by a person.
 */
export const checkCaller = (request: IncomingMessage, port: number): void => {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  // Of several the first would count here, and perhaps the last for whoever sent them on.
  const [host = '', ...others] = request.headersDistinct['host'] ?? []
  if (others.length > 0 || !hostsOf(port).includes(host.toLowerCase()))
    throw new Refusal(421, 'This server answers under its own loopback address and port only.', {
      hints: [
        `Ask http://127.0.0.1:${port}/.`,
        `Through a tunnel both ends need the same port: ssh -L ${port}:127.0.0.1:${port} HOST`,
      ],
    })
  // A link somebody followed may come from anywhere; what a page loads or sends by itself must be our own page.
  const isFollowed = mode === 'navigate' && (request.method === 'GET' || request.method === 'HEAD')
  if ((site === 'cross-site' || site === 'same-site') && !isFollowed) throw foreign()
  const { origin } = request.headers
  if (origin !== undefined && !hostsOf(port).some((own) => origin === `http://${own}`)) throw foreign()
}

const hostsOf = (port: number): readonly string[] =>
  LOOPBACK.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])])

const foreign = (): Refusal =>
  new Refusal(403, 'Pages of other sites may not use this server.', {
    hints: ['Ask from the dashboard itself or from a program.'],
  })

/** Refuses who does not know the token. How long that takes says nothing of it. */
export const checkToken = (request: IncomingMessage, token: string): void => {
  const [, given] = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? []
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return
  const message =
    given === undefined ? 'Starting runs takes the token of this server.' : 'This is not the token of this server.'
  throw new Refusal(401, message, {
    hints: ['`benchmark serve` printed it when it started. Send it as `Authorization: Bearer TOKEN`.'],
    headers: { 'www-authenticate': 'Bearer realm="benchmark serve"' },
  })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
