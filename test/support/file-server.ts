import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll } from 'vitest'

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const BLOCK_BYTES = 2 ** 20

/** Bytes that are the same everywhere and compress badly; beyond a mebibyte they repeat. */
export const bytesOf = (length: number, seed = 'seed'): Buffer => {
  const parts: Buffer[] = []
  const first = Math.min(length, BLOCK_BYTES)
  for (let at = 0, block = Buffer.from(seed); at < first; at += 32)
    parts.push((block = createHash('sha256').update(block).digest()))
  const start = Buffer.concat(parts).subarray(0, first)
  return length === first ? start : Buffer.alloc(length, start)
}

/** How a file is served; everything off is a well-behaved server. */
export interface Served {
  data: Buffer
  etag?: string | null
  noRanges?: boolean
  noLength?: boolean
  /** The connection is cut after so many bytes of a body, for each request in turn. */
  cuts?: number[]
  /** Content-Length that is a lie. */
  length?: number
  encoding?: 'gzip' | 'labelled' | 'br'
  status?: number
  redirect?: string
  /** Says nothing after the headers. */
  silent?: boolean
  /** Bytes a millisecond, about. */
  slow?: number
}

export interface FileServer {
  readonly url: string
  readonly files: Map<string, Served>
  readonly requests: {
    path: string
    range: string | null
    ifRange: string | null
    headers: IncomingMessage['headers']
  }[]
  readonly bodyBytes: () => number
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

/** A web server on loopback, closed after the test file. `check`: null, or the status and body to refuse with. */
export const fileServer = async (
  check: (
    request: IncomingMessage,
    port: number,
  ) => { status: number; body: string; headers?: Record<string, string> } | null = () => null,
): Promise<FileServer> => {
  const files = new Map<string, Served>()
  const requests: FileServer['requests'] = []
  let sent = 0
  let port = 0
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*/, ''))
    const { range = null } = request.headers
    const ifRange = String(request.headers['if-range'] ?? '') || null
    requests.push({ path, range, ifRange, headers: request.headers })
    const refusal = check(request, port)
    const served = files.get(path)
    if (refusal !== null) return void response.writeHead(refusal.status, refusal.headers).end(refusal.body)
    if (served === undefined) return void response.writeHead(404).end('no such thing')
    void answer(served, request, response, (bytes) => (sent += bytes))
  })
  port = await listen(server)
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${port}`, files, requests, bodyBytes: () => sent }
}

const answer = async (
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
  count: (bytes: number) => void,
): Promise<void> => {
  if (served.status !== undefined) return void response.writeHead(served.status).end('refused')
  if (served.redirect !== undefined) return void response.writeHead(302, { location: served.redirect }).end()
  const etag = served.etag === undefined ? `"${sha256(served.data).slice(0, 12)}"` : served.etag
  const headers: Record<string, string | number> = etag === null ? {} : { etag }
  let body = served.data
  if (served.encoding === 'gzip' || served.encoding === 'br') body = gzipSync(served.data)
  if (served.encoding !== undefined) headers['content-encoding'] = served.encoding === 'br' ? 'br' : 'gzip'
  let status = 200
  const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? []
  const { 'if-range': ifRange, 'if-match': ifMatch } = request.headers
  if (from !== undefined && ifMatch !== undefined && ifMatch !== etag) return void response.writeHead(412).end()
  if (from !== undefined && served.noRanges !== true && (ifRange === undefined || ifRange === etag)) {
    if (Number(from) >= body.length)
      return void response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end()
    status = 206
    headers['content-range'] = `bytes ${from}-${body.length - 1}/${body.length}`
    body = body.subarray(Number(from))
  }
  if (served.noLength !== true) headers['content-length'] = served.length ?? body.length
  response.writeHead(status, headers)
  response.flushHeaders()
  if (served.silent === true) return
  const cut = served.cuts?.shift()
  const end = Math.min(cut ?? body.length, body.length)
  for (let at = 0; at < end && !response.destroyed;) {
    const step = Math.min(end - at, served.slow === undefined ? 65536 : served.slow * 10)
    count(step)
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off('drain', go)
        response.off('close', go)
        resolve()
      }
      if (response.write(body.subarray(at, at + step))) return resolve()
      response.on('drain', go)
      response.on('close', go)
    })
    at += step
    if (served.slow !== undefined) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  if (cut !== undefined) setTimeout(() => response.destroy(), 20)
  else response.end()
}

/** Checks AWS signatures (version 4) as the documentation of S3 describes them, independently of any client. */
export const signatureCheck =
  (keys: Readonly<Record<string, string>>, region: string) =>
  (request: IncomingMessage): { status: number; body: string; headers?: Record<string, string> } | null => {
    const refuse = (code: string, message: string) => ({
      status: 403,
      body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    })
    const path = request.url ?? ''
    const [, id = '', scope = '', names = '', signature = ''] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        request.headers.authorization ?? '',
      ) ?? []
    if (id === '') return path.startsWith('/public/') ? null : refuse('AccessDenied', 'Access Denied')
    const secret = keys[id]
    if (secret === undefined) return refuse('InvalidAccessKeyId', 'The key does not exist')
    const [day = '', scopeRegion] = scope.split('/')
    if (scopeRegion !== region)
      return {
        status: 400,
        headers: { 'x-amz-bucket-region': region },
        body: `<Error><Code>AuthorizationHeaderMalformed</Code><Message>expecting ${region}</Message></Error>`,
      }
    const header = (name: string): string => String(request.headers[name] ?? '').trim()
    const canonical = [
      request.method,
      path.split('?')[0],
      path.split('?')[1] ?? '',
      ...names.split(';').map((name) => `${name}:${header(name)}`),
      '',
      names,
      header('x-amz-content-sha256'),
    ].join('\n')
    const toSign = ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n')
    const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()
    const signingKey = ['s3', 'aws4_request'].reduce<Buffer>(hmac, hmac(hmac(`AWS4${secret}`, day), region))
    if (hmac(signingKey, toSign).toString('hex') !== signature)
      return refuse('SignatureDoesNotMatch', 'The signature does not match')
    return names.split(';').includes('host') ? null : refuse('AccessDenied', 'host is not signed')
  }
