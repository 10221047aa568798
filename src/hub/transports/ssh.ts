/** A hub behind ssh: git's server programs at the other end of the user's own `ssh`, which need no program but ssh here. */
import { Problem } from '../../core/problem.ts'
import { type Child, startChild } from '../git/child.ts'
import { type Environment, inherited } from '../git/git-program.ts'
import { safeLine } from '../safe-text.ts'
import { refusedBy } from './advertisement.ts'
import { type Answer, type Channel, PushFailed, type Service } from './channel.ts'
import { FLUSH, framed, PacketReader } from './pkt-line.ts'
import { type HubLimits, TooLarge } from './transport.ts'

const ADVERTISEMENT_BYTES = 64 * 1024 * 1024
const SSH_FAILED = 255

interface SshOptions {
  readonly environment: Environment
  readonly limits: HubLimits
}

/** One connection: what the service offered, and what it goes on to say. */
interface Connection {
  readonly service: Service
  readonly offered: Buffer
  readonly child: Child
  readonly reader: PacketReader
  readonly count: { received: number; most: number }
}

/**
 * `url` as `hubPlace` writes it. What a service offers and one request to it share a connection. The next request makes another,
 * also where the protocol allows more: a server that runs on may remember where the head was.
 */
export const sshChannel = (url: string, { environment, limits }: SshOptions): Channel => {
  const { destination, folder } = addressOf(url)
  // Where nothing is under way: they wait for the request that usually follows.
  const waiting = new Map<Service, Connection>()

  const take = (service: Service): Connection | undefined => {
    const connection = waiting.get(service)
    waiting.delete(service)
    return connection
  }
  const connect = async (service: Service): Promise<Connection> => {
    take(service)?.child.kill()
    const child = startSsh(environment, limits, [...destination, `${service} ${quoted(folder)}`])
    const count = { received: 0, most: ADVERTISEMENT_BYTES }
    const reader = new PacketReader(heard(child, limits, count))
    const offered: Buffer[] = []
    try {
      for (let packet = await reader.next(); packet !== 'flush'; packet = await reader.next()) {
        if (packet === null) throw unreachable(url, await lastWords(child))
        if (typeof packet === 'string') continue
        if (packet.toString('latin1', 0, 4) === 'ERR ') throw refusedBy(packet.toString('utf8', 4))
        offered.push(packet)
      }
    } catch (error) {
      child.kill()
      throw error instanceof Silence ? unreachable(url, SILENT) : error
    }
    return { service, child, reader, count, offered: Buffer.concat([...offered.map(framed), FLUSH]) }
  }

  /** The rest of a connection's words, and what it means when they end otherwise than they should. */
  async function* words({ child, reader, service }: Connection): AsyncGenerator<Uint8Array> {
    const isPush = service === 'git-receive-pack'
    let ended = false
    try {
      yield* reader.rest()
      ended = true
    } catch (error) {
      if (!(error instanceof Silence)) throw error
      throw isPush ? new PushFailed('unknown', error.message, error) : unreachable(url, SILENT)
    } finally {
      if (!ended) child.kill()
    }
    const { failed } = await child.ended
    if (!failed) return
    const last = await lastWords(child)
    throw isPush ? new PushFailed('unknown', last.said) : unreachable(url, last)
  }

  return {
    discover: async (service) => {
      const connection = await connect(service)
      waiting.set(service, connection)
      return answerOf([connection.offered], () => connection.offered.length)
    },
    call: async (service, body, maxBytes) => {
      const known = take(service)
      const connection = known === undefined || known.child.hasEnded() ? await connect(service) : known
      const { child, count } = connection
      const before = count.received
      count.most = before + maxBytes
      await say(child, body, limits)
      return { chunks: words(connection), received: () => count.received - before }
    },
    close: () => {
      for (const service of [...waiting.keys()]) take(service)?.child.kill()
    },
  }
}

const answerOf = (parts: readonly Uint8Array[], received: () => number): Answer => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* await Promise.resolve(parts)
  }
  return { chunks: chunks(), received }
}

/** Nothing came, or went, for longer than we bear. */
class Silence extends Error {
  override readonly name = 'Silence'

  constructor() {
    super(SILENT.said)
  }
}

const SILENT = { said: 'it fell silent', isFromHub: false } as const

const within = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence()), ms)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** What the other side says, counted, as long as it says something. */
async function* heard(
  child: Child,
  { idleMs }: HubLimits,
  count: { received: number; readonly most: number },
): AsyncGenerator<Uint8Array> {
  const output = (child.stdout as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  for (;;) {
    const next = await within(output.next(), idleMs)
    if (next.done === true) return
    count.received += next.value.length
    if (count.received > count.most) throw new TooLarge(count.most)
    yield next.value
  }
}

// A child that has ended takes nothing, which is no failure here: its answer says why.
const say = async (child: Child, body: readonly Uint8Array[], { idleMs }: HubLimits): Promise<void> => {
  try {
    for (const part of body)
      await within(new Promise<void>((resolve) => void child.stdin.write(part, () => resolve())), idleMs)
    child.stdin.end()
  } catch {
    // Whoever reads the answer is told that it ended.
    child.kill()
  }
}

const startSsh = (environment: Environment, limits: HubLimits, args: readonly string[]): Child => {
  const given = environment['GIT_SSH_COMMAND'] ?? ''
  // No questions: a host that is not known yet, or a key with a pass phrase outside an agent, is an error.
  const quiet = ['BatchMode=yes', `ConnectTimeout=${Math.ceil(limits.connectMs / 1000)}`, 'ServerAliveInterval=15']
  const options = [...(given === '' ? quiet : []), 'SendEnv=GIT_PROTOCOL'].flatMap((each) => ['-o', each])
  // A command of the user's is one for a shell, as it is to git.
  const [program, first]: [string, string[]] = given === '' ? ['ssh', []] : ['sh', ['-c', `${given} "$@"`, given]]
  return startChild(program, [...first, ...options, ...args], {
    env: { ...inherited(environment), GIT_PROTOCOL: 'version=2' },
    timeoutMs: limits.totalMs,
    isGroup: true,
  })
}

/** Arguments of ssh that say where to, and the repository's folder there. */
const addressOf = (url: string): { readonly destination: readonly string[]; readonly folder: string } => {
  if (!url.startsWith('ssh://')) {
    const at = url.indexOf(':')
    return { destination: ['--', url.slice(0, at)], folder: url.slice(at + 1) }
  }
  const { username, hostname, port, pathname } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const user = username === '' ? '' : `${decodeURIComponent(username)}@`
  // `/~name/…` is somebody's home, as git has it.
  const folder = decodeURIComponent(pathname).replace(/^\/~/, '~')
  return { destination: [...(port === '' ? [] : ['-p', port]), '--', `${user}${host}`], folder }
}

// The other side's shell reads it.
const quoted = (text: string): string => `'${text.replaceAll(/['!]/g, (each) => `'\\${each}'`)}'`

interface LastWords {
  readonly said: string
  /** The way there is fine: what was started at the other end failed. */
  readonly isFromHub: boolean
}

const lastWords = async (child: Child): Promise<LastWords> => {
  child.stdin.end()
  const { stderr, timedOut, status } = await child.ended
  const said = stderr
    .split('\n')
    .filter(
      (line) =>
        !/^(?:warning:|hint:|\*\* |@+\s*$|Please make sure you have|and the repository exists)/i.test(line.trim()),
    )
    .join(' ')
  const otherwise = timedOut
    ? 'it took too long'
    : status === SSH_FAILED
      ? 'ssh says nothing'
      : 'the connection was cut'
  return { said: safeLine(said) ?? otherwise, isFromHub: status !== null && status !== 0 && status !== SSH_FAILED }
}

/** What people can do about what ssh and git say; everything else is the way there. */
const KNOWN: readonly (readonly [words: RegExp, hint: string])[] = [
  [
    /identification has changed|host key for .* has changed|host key mismatch/i,
    'The host has another key than it had: ask whoever keeps it, before you trust the new one.',
  ],
  [
    /host key verification failed|no .* host key is known/i,
    'The host is not known yet: connect to it once with `ssh`, and accept its key if it is the right one.',
  ],
  [
    /permission denied|too many authentication failures/i,
    'Give whoever keeps the host your public key; one with a pass phrase must be in an agent (ssh-add). Nothing is asked here.',
  ],
]

const unreachable = (url: string, { said, isFromHub }: LastWords): Problem => {
  if (/^spawn \S+ ENOENT$/.test(said))
    return new Problem('E_HUB', `The hub ${url} needs the program ssh, which is not on the PATH.`, {
      hints: ['Install an OpenSSH client, or use a hub behind https://.'],
    })
  const hint = KNOWN.find(([words]) => words.test(said))?.[1]
  return new Problem(
    hint === undefined && !isFromHub ? 'E_OFFLINE' : 'E_HUB',
    `The hub at ${url} cannot be reached: ${said}`,
    {
      hints: [
        hint ??
          (isFromHub
            ? 'Check the path, and whether you may use that repository.'
            : 'Check the network, and that `ssh` gets there. Nothing is lost.'),
      ],
    },
  )
}
