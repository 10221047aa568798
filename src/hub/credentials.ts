/** Tokens of this user, each for one origin; in memory, in a header, in one file only its owner may read, and nowhere else. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Credentials } from '../app/hub/trust-ports.ts'
import { Problem } from '../core/problem.ts'
import { configHome } from './config-home.ts'
import { type Environment, findGit } from './git/git-program.ts'
import { parseUrl } from './transports/parse-url.ts'

const FILE = 'credentials.json'
const SCHEMA = 'benchmark.credentials/1'
const HELPER_TIMEOUT_MS = 10_000
/** Shorter values would be hidden in half of all words. */
const SHORTEST_HIDDEN = 6

interface CredentialsOptions {
  readonly environment: Environment
  /** URL of the project's hub: BENCHMARK_HUB_TOKEN and `apiKey` are for its origin. Without it, for the first one asked for. */
  readonly hubUrl?: string
  /** `hub.api_key` of the configuration, variables resolved. */
  readonly apiKey?: string | null
  /** The user named the hub just now: it is not only what some project's configuration says. */
  readonly isNamed?: boolean
}

/**
 * Looks in BENCHMARK_HUB_TOKEN, the configuration, `git credential fill` (only with BENCHMARK_HUB_GIT_CREDENTIALS=1) and the
 * credentials file, in this order. Hubs in folders and behind ssh have none. The first two go only where the user of this machine
 * said that tokens may go: a configuration may come from anybody, and names both the hub and the variable.
 */
export const createCredentials = ({
  environment,
  hubUrl,
  apiKey = null,
  isNamed = false,
}: CredentialsOptions): Credentials => {
  const file = join(configHome(environment), FILE)
  const hidden = new Set<string>()
  let boundTo = hubUrl === undefined ? null : originOf(hubUrl)

  const live = (user: string, token: string): void => {
    const basic = Buffer.from(`${user}:${token}`).toString('base64')
    for (const form of [token, encodeURIComponent(token), basic]) if (form.length >= SHORTEST_HIDDEN) hidden.add(form)
  }
  const given = (): { readonly token: string; readonly source: string } | null => {
    const named = environment['BENCHMARK_HUB_TOKEN']
    if (named !== undefined && named !== '') return { token: named, source: 'BENCHMARK_HUB_TOKEN' }
    return apiKey === null || apiKey === '' ? null : { token: apiKey, source: 'api_key of the configuration' }
  }
  // What runs for a project's own repository has its secrets from there, too.
  const mayGo = (origin: string): boolean => {
    if (isNamed || /^(?:true|1)$/i.test(environment['CI'] ?? '')) return true
    const { hosts, tokens } = readFile(file)
    return hosts.includes(origin) || Object.hasOwn(tokens, origin)
  }
  const look = async (origin: string, url: URL) => {
    const own = given()
    if (own !== null) boundTo ??= origin
    if (own !== null && boundTo === origin && mayGo(origin)) return { ...own, user: userOf(url) }
    const helped = await askGit(environment, url)
    if (helped !== null) return { ...helped, source: 'git credential' }
    const token = readFile(file).tokens[origin]
    return token === undefined ? null : { token, user: userOf(url), source: file }
  }
  const own = given()
  if (own !== null) live('token', own.token)
  return {
    find: async (asked) => {
      const url = parseUrl(asked)
      const origin = originOf(asked)
      if (url === null || origin === null) return null
      const found = await look(origin, url)
      if (found === null) return null
      if (!/^[\x21-\x7e]+$/.test(found.token))
        throw new Problem('E_HUB', `The token from ${found.source} has characters that no token has.`, {
          hints: ['It may have been pasted with a line break or a space.'],
        })
      live(found.user, found.token)
      return found
    },
    store: (asked, token) => {
      const origin = originOf(asked)
      if (origin === null)
        throw new Problem('E_HUB', 'Only hubs behind https:// have tokens.', {
          hints: ['A hub in a folder needs the right to write there, one behind ssh a key.'],
        })
      live('token', token)
      const { hosts, tokens } = readFile(file)
      writeFile(file, { hosts, tokens: { ...tokens, [origin]: token } })
    },
    remove: (asked) => {
      const origin = originOf(asked) ?? ''
      const { hosts, tokens } = readFile(file)
      const { [origin]: removed, ...left } = tokens
      if (removed === undefined && !hosts.includes(origin)) return false
      writeFile(file, { hosts: hosts.filter((each) => each !== origin), tokens: left })
      return true
    },
    confirm: (asked) => {
      const origin = originOf(asked)
      if (origin === null) return
      const { hosts, tokens } = readFile(file)
      if (!hosts.includes(origin)) writeFile(file, { hosts: [...hosts, origin], tokens })
    },
    withheld: (asked) => {
      const origin = originOf(asked)
      const own = given()
      return own !== null && origin !== null && (boundTo ?? origin) === origin && !mayGo(origin) ? own.source : null
    },
    redact: (text) => {
      let safe = text
      // Longest first: one may be part of another.
      for (const value of [...hidden].sort((left, right) => right.length - left.length))
        safe = safe.replaceAll(value, '***')
      return safe.replaceAll(/(\/\/)[^\s/@:]+(?::[^\s/@]*)?@/g, '$1***@')
    },
  }
}

/** Scheme, host and port of an http(s) URL; null for every other. */
const originOf = (url: string): string | null => {
  const parsed = parseUrl(url)
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? parsed.origin : null
}

// Forges do not look at the name, but some want it to be a certain one.
const userOf = ({ hostname }: URL): string => {
  if (hostname === 'github.com' || hostname.endsWith('.github.com')) return 'x-access-token'
  if (hostname === 'gitlab.com' || hostname.startsWith('gitlab.')) return 'oauth2'
  if (hostname === 'bitbucket.org') return 'x-token-auth'
  return 'token'
}

/** The user's own helpers, with the user's own configuration: that is why it has to be asked for. Never a prompt. */
const askGit = async (
  environment: Environment,
  url: URL,
): Promise<{ readonly token: string; readonly user: string } | null> => {
  const git = environment['BENCHMARK_HUB_GIT_CREDENTIALS'] === '1' ? findGit(environment) : null
  if (git === null) return null
  const { execa } = await import('execa')
  const { failed, stdout } = await execa(git, ['-c', 'core.askPass=', 'credential', 'fill'], {
    input: `protocol=${url.protocol.slice(0, -1)}\nhost=${url.host}\npath=${url.pathname.slice(1)}\n\n`,
    env: { ...environment, GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', SSH_ASKPASS: '', GCM_INTERACTIVE: 'never' },
    extendEnv: false,
    reject: false,
    timeout: HELPER_TIMEOUT_MS,
    stderr: 'ignore',
  })
  if (failed) return null
  const said = new Map(
    stdout.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  const token = said.get('password')
  return token === undefined || token === '' ? null : { token, user: said.get('username') ?? userOf(url) }
}

interface Kept {
  /** Origins that tokens of the environment and of configurations may go to. */
  readonly hosts: readonly string[]
  readonly tokens: Readonly<Record<string, string>>
}

const readFile = (file: string): Kept => {
  let text: string
  try {
    requirePrivate(file)
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { hosts: [], tokens: {} }
    if (error instanceof Problem) throw error
    throw unreadable(file, error)
  }
  try {
    const { schema, tokens, hosts = [] } = JSON.parse(text) as Record<string, unknown>
    const entries = Object.entries(tokens as Record<string, unknown>)
    const areTexts = (values: readonly unknown[]): boolean => values.every((each) => typeof each === 'string')
    if (schema !== SCHEMA || !areTexts(entries.map(([, token]) => token)) || !areTexts(hosts as unknown[]))
      throw new Error('not this schema')
    return { hosts: hosts as string[], tokens: Object.fromEntries(entries) as Record<string, string> }
  } catch {
    throw unreadable(file) // without a cause: it would quote what is in there
  }
}

// Windows has no such bits; a profile's folder is its owner's there.
const requirePrivate = (file: string): void => {
  const { mode } = statSync(file)
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  throw new Problem('E_HUB', `Others may read the file with your tokens: ${file}.`, {
    hints: [`Run \`chmod 600 '${file.replaceAll("'", `'\\''`)}'\`, and replace tokens that others may have seen.`],
  })
}

const unreadable = (file: string, cause?: unknown): Problem =>
  new Problem('E_HUB', `The file with your tokens cannot be read: ${file}.`, {
    hints: ['Correct or remove it, then run `benchmark auth --token -` again.'],
    ...(cause === undefined ? {} : { cause }),
  })

const writeFile = (file: string, { hosts, tokens }: Kept): void => {
  const folder = dirname(file)
  const beside = `${file}.${process.pid}.tmp`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(beside, { force: true })
    const descriptor = openSync(beside, 'wx', 0o600)
    try {
      writeSync(descriptor, `${JSON.stringify({ schema: SCHEMA, tokens, hosts }, null, 2)}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw new Problem('E_HUB', `The file with your tokens cannot be written: ${file}.`, { cause: error })
  }
}
