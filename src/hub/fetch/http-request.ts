import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { oneLine, SourceFailure } from './source.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 10
/** May follow to another place: they say which part is wanted, never who asks. */
const CARRIED = new Set(['accept-encoding', 'range', 'if-range', 'user-agent'])

export interface HttpRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly silentMs: number
}

/** GET, following redirects between http and https; credentials are for the first place only. */
export const httpGet = async (request: HttpRequest): Promise<IncomingMessage> => {
  let { url, headers } = request
  for (let hops = 0; ; hops++) {
    const response = await send({ ...request, url, headers })
    const { statusCode = 0 } = response
    const { location } = response.headers
    if (!REDIRECTS.has(statusCode) || location === undefined) return response
    response.destroy()
    if (hops === MAX_REDIRECTS) throw new SourceFailure('it leads from one address to the next without an end')
    url = next(location, url)
    headers = Object.fromEntries(Object.entries(headers).filter(([name]) => CARRIED.has(name.toLowerCase())))
  }
}

const next = (location: string, from: URL): URL => {
  if (!URL.canParse(location, from.href)) throw new SourceFailure('it leads to an address that is none')
  const url = new URL(location, from)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SourceFailure(`it leads to ${oneLine(url.protocol)}, which is not followed`)
  url.username = ''
  url.password = ''
  return url
}

const send = ({ url, headers, signal, silentMs }: HttpRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestSecure : requestPlain
    let received: IncomingMessage | undefined
    const sent = request(url, { headers, signal, timeout: silentMs }, (response) => {
      received = response
      resolve(response)
    })
    sent.on('timeout', () =>
      (received ?? sent).destroy(new SourceFailure(`nothing came for ${Math.round(silentMs / 1000)} seconds`, true)),
    )
    sent.on('error', (error) => reject(httpFailure(error, url)))
    sent.end()
  })

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'nothing answers there',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'there is no network',
}
/** Nothing changes by asking again at once. */
const FINAL = new Set(['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'])

/** A failed request in the user's words. */
export const httpFailure = (error: unknown, url: URL): Error => {
  if (error instanceof SourceFailure) return error
  if (!(error instanceof Error) || error.name === 'AbortError') return error as Error
  // Several addresses of one host were tried.
  const first = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error
  const code = (first as NodeJS.ErrnoException).code ?? ''
  const isTrust = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(code)
  const reason = isTrust ? `its certificate is not trusted (${code})` : (REASONS[code] ?? oneLine(first.message))
  return new SourceFailure(`${reason} (${oneLine(url.host)})`, !isTrust && !FINAL.has(code))
}
