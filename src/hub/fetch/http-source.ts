import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { httpFailure, httpGet } from './http-request.ts'
import {
  oneLine,
  type OpenedSource,
  type OpenRequest,
  type Patience,
  type Source,
  SourceFailure,
  wrongSize,
} from './source.ts'

/** What is asked for: an address, and headers that may depend on the part that is wanted. */
export interface Prepared {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

/** How a kind of server wants to be asked. */
export interface Dialect {
  readonly name: string
  prepare(part: Readonly<Record<string, string>>): Promise<Prepared>
  /** Header that makes a part conditional on the same content: `If-Range`, or `If-Match` where only that is known. */
  readonly condition: 'If-Range' | 'If-Match'
  /** What the body of a refusal says, in words; null: nothing. */
  explain(body: string): string | null
  /** Whether the same should be asked again after such an answer (another region, say). */
  learn?(response: IncomingMessage): boolean
}

const EXPLANATION_BYTES = 8192
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504])
const STATUS: Readonly<Record<number, string>> = {
  401: 'it asks for credentials',
  403: 'access is denied',
  404: 'there is no such file',
  410: 'it was removed',
  429: 'it is asked too often',
}

/** A file of a web server: resumed with Range, taken as stored (no transfer encoding), never more than declared. */
export const httpSource = (given: string, patience: Pick<Patience, 'silentMs'>): Source => {
  const url = new URL(given)
  const { username, password } = url
  url.username = ''
  url.password = ''
  const login =
    username === '' && password === ''
      ? {}
      : {
          authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
        }
  const shown = new URL(url)
  // Queries hold signatures of links that were handed out; they are as good as passwords.
  if (shown.search !== '') shown.search = '?…'
  return dialectSource(
    {
      name: oneLine(decodeURI(shown.href)),
      prepare: (part) => Promise.resolve({ url, headers: { ...part, ...login } }),
      condition: 'If-Range',
      explain: () => null,
    },
    patience,
  )
}

/** A source over HTTP in a dialect of it. */
export const dialectSource = (dialect: Dialect, patience: Pick<Patience, 'silentMs'>): Source => ({
  name: dialect.name,
  open: (request) => ask(dialect, patience, request),
})

const ask = async (
  dialect: Dialect,
  patience: Pick<Patience, 'silentMs'>,
  request: OpenRequest,
  learned = false,
): Promise<OpenedSource> => {
  const { offset, validator, bytes, signal } = request
  const part: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'metagenome-benchmark-cli' }
  if (offset > 0) {
    part['range'] = `bytes=${offset}-${bytes - 1}`
    if (validator !== null) part[dialect.condition.toLowerCase()] = validator
  }
  const { url, headers } = await dialect.prepare(part)
  const response = await httpGet({ url, headers, signal, silentMs: patience.silentMs })
  const { statusCode = 0 } = response
  const afresh = (): Promise<OpenedSource> => {
    response.destroy()
    return ask(dialect, patience, { ...request, offset: 0, validator: null }, learned)
  }
  if (statusCode === 200) return whole(response, url, bytes)
  if (statusCode === 206 && offset > 0) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '') ?? []
    // Parts of something encoded are parts of something else.
    if (Number(from) !== offset || isEncoded(response)) return afresh()
    if (total !== undefined && total !== '*' && Number(total) !== bytes) throw discarded(response, Number(total), bytes)
    return { start: offset, validator: validatorOf(response), chunks: chunksOf(response, url) }
  }
  // The content changed, or the server cannot give this part.
  if (offset > 0 && (statusCode === 412 || statusCode === 416)) return afresh()
  if (!learned && dialect.learn?.(response) === true) {
    response.destroy()
    return ask(dialect, patience, request, true)
  }
  throw await refusal(dialect, response, statusCode)
}

const whole = (response: IncomingMessage, url: URL, bytes: number): OpenedSource => {
  const length = response.headers['content-length']
  const size = length === undefined ? null : Number(length)
  if (isEncoded(response)) {
    // Many servers label a .gz file as encoded: then what comes is the file, and as long as it should be.
    const isStoredSo = size === null ? url.pathname.endsWith('.gz') : size === bytes
    if (!isStoredSo) return { start: 0, validator: null, chunks: decoded(response, url) }
  } else if (size !== null && size !== bytes) throw discarded(response, size, bytes)
  return { start: 0, validator: validatorOf(response), chunks: chunksOf(response, url) }
}

const discarded = (response: IncomingMessage, actual: number, expected: number): SourceFailure => {
  response.destroy()
  return wrongSize(actual, expected)
}

const isEncoded = ({ headers }: IncomingMessage): boolean => {
  const encoding = headers['content-encoding']
  return encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity'
}

// Weak tags promise no equal bytes; a date is only as good as a second.
const validatorOf = ({ headers }: IncomingMessage): string | null => {
  const { etag } = headers
  return etag !== undefined && etag.startsWith('"') ? etag : (headers['last-modified'] ?? null)
}

const chunksOf = async function* (response: IncomingMessage, url: URL): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk as Uint8Array
  } catch (error) {
    throw httpFailure(error, url)
  } finally {
    response.destroy()
  }
}

const decoded = async function* (response: IncomingMessage, url: URL): AsyncGenerator<Uint8Array> {
  const encoding = oneLine(response.headers['content-encoding'] ?? '')
  if (!/^(?:x-)?gzip$/i.test(encoding)) {
    response.destroy()
    throw new SourceFailure(`it sends the file encoded (${encoding}) though asked not to`)
  }
  const gunzip = createGunzip()
  response.on('error', (error) => gunzip.destroy(error))
  response.pipe(gunzip)
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array
  } catch (error) {
    throw httpFailure(error, url)
  } finally {
    response.destroy()
    gunzip.destroy()
  }
}

const refusal = async (dialect: Dialect, response: IncomingMessage, status: number): Promise<SourceFailure> => {
  const body: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response) {
      body.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if (length > EXPLANATION_BYTES) break
    }
  } catch {
    // The status alone has to do.
  }
  response.destroy()
  const said = dialect.explain(Buffer.concat(body).toString('utf8'))
  const words = STATUS[status] ?? 'it refuses'
  return new SourceFailure(`${words} (status ${status}${said === null ? '' : `: ${oneLine(said)}`})`, AGAIN.has(status))
}
