import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** What a server does instead of answering as it should. `service`: only to requests of it. */
interface Mischief {
  readonly service?: 'git-upload-pack' | 'git-receive-pack'
  readonly method?: 'GET' | 'POST'
  /** Only to URLs with this in them. */
  readonly path?: string
  /** Answers with this status and text. */
  readonly status?: number
  readonly text?: string
  readonly location?: string
  /** Takes the request and says nothing. */
  readonly hang?: boolean
  /** Hands the request to git, then cuts the connection. */
  readonly cut?: boolean
  /** Says everything, and does not end. */
  readonly linger?: boolean
  /** Sends bytes without end. */
  readonly endless?: boolean
  /** Sends the first bytes of the real answer only. */
  readonly truncateAt?: number
}

export interface GitServer {
  /** URL of a repository; the folder of all of them is {@link root}. */
  url(name: string): string
  readonly root: string
  mischief: Mischief | null
  /** Protocol version 2 is not spoken. */
  isOld: boolean
  /** Needed for everything when set: `user:token`. */
  login: string | null
  /** Every request; `connection`: the port it came from. */
  readonly requests: {
    readonly method: string
    readonly url: string
    readonly authorization: string | undefined
    readonly connection: number | undefined
  }[]
  close(): Promise<void>
}

/** An empty bare repository whose branch will be `main`. */
export const initBare = (dir: string): string => {
  mkdirSync(dir, { recursive: true })
  git(dir, 'init', '--quiet', '--bare', '--initial-branch=main', '.')
  git(dir, 'config', 'http.receivepack', 'true')
  return dir
}

/** Runs git without anybody's configuration. */
export const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    },
  }).trim()

/** `git http-backend` behind a small server on loopback. */
export const startGitServer = async (
  root: string,
  tls?: { readonly key: string; readonly cert: string },
): Promise<GitServer> => {
  mkdirSync(root, { recursive: true })
  const requests: GitServer['requests'] = []
  const listener = (request: IncomingMessage, response: ServerResponse): void => handle(request, response)
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  const state: GitServer = {
    url: (name) =>
      `${tls === undefined ? 'http://127.0.0.1' : 'https://hub.example'}:${(server.address() as AddressInfo).port}/${name}`,
    root,
    mischief: null,
    isOld: false,
    login: null,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
      connection: request.socket.remotePort,
    })
    const isService = ({ service, method, path }: Mischief): boolean =>
      (path === undefined || (request.url ?? '').includes(path)) &&
      (service === undefined || (request.url ?? '').includes(service)) &&
      (method === undefined || method === request.method)
    const bad = state.mischief !== null && isService(state.mischief) ? state.mischief : null
    const expected = state.login === null ? null : `Basic ${Buffer.from(state.login).toString('base64')}`
    if (expected !== null && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="hub"' }).end()
      return
    }
    if (bad?.hang === true) return
    if (bad?.endless === true) return endless(response, url)
    if (bad?.status !== undefined) {
      const location = bad.location === undefined ? {} : { location: bad.location }
      response.writeHead(bad.status, { 'content-type': 'text/plain', ...location }).end(bad.text ?? '')
      return
    }
    cgi(state, request, response, url, bad)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return state
}

const endless = (response: ServerResponse, url: URL): void => {
  const service = url.searchParams.get('service')
  const type = service === null ? 'application/x-git-upload-pack-result' : `application/x-${service}-advertisement`
  response.writeHead(200, { 'content-type': type })
  const line = Buffer.from(`fff0${'x'.repeat(0xffec)}`)
  const more = (): void => {
    while (!response.destroyed && response.write(line));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}

const cgi = (
  state: GitServer,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  bad: Mischief | null,
): void => {
  const child = spawn('git', ['-c', 'safe.directory=*', 'http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_PROJECT_ROOT: state.root,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'somebody',
      REMOTE_ADDR: '127.0.0.1',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: request.headers['content-length'] ?? '',
      ...(state.isOld ? {} : { GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.on('error', () => undefined)
  request.pipe(child.stdin)
  const parts: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => parts.push(chunk))
  child.on('close', () => {
    const all = Buffer.concat(parts)
    const end = all.indexOf('\r\n\r\n')
    const headers = new Map(
      all
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]),
    )
    if (bad?.cut === true) return void response.destroy()
    const status = Number((headers.get('Status') ?? '200').slice(0, 3))
    const body = all.subarray(end + 4)
    headers.delete('Status')
    response.writeHead(status, Object.fromEntries(headers))
    if (bad?.linger === true) response.write(body)
    else if (bad?.truncateAt === undefined) response.end(body)
    else response.write(body.subarray(0, bad.truncateAt), () => response.destroy())
  })
}
