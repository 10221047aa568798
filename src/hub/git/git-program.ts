/** The `git` on the PATH, run so that no configuration, hook or prompt of anybody has a say in it. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { type Child, type ChildEnd, startChild } from './child.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What is given on of the user's environment: where programs, keys and temporary files are. */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'USERPROFILE',
  'SSH_AUTH_SOCK',
]

/** Settings that win over every file, a hostile repository's included. */
const SETTINGS = [
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.askPass=', 'credential.helper=', 'gc.auto=0'],
  // Run by `receive-pack` and `upload-pack` for repositories with alternates, as a shell command.
  'core.alternateRefsCommand=true',
  'protocol.ext.allow=never',
  'fetch.unpackLimit=1',
  'pack.writeReverseIndex=false',
]

interface RunOptions {
  readonly cwd?: string
  /** Standard input; nothing by default. */
  readonly input?: AsyncIterable<Uint8Array>
  readonly variables?: Environment
  /** Settings after ours, which they override. */
  readonly settings?: readonly string[]
  readonly timeoutMs?: number
}

export interface GitProgram {
  /** Starts git with exactly these arguments. Never throws for a failure of git: look at its end. */
  start(args: readonly string[], options?: Omit<RunOptions, 'input'>): Child
  /** Runs it to the end. Throws only what reading the input throws; git has been killed then. */
  run(args: readonly string[], options?: RunOptions): Promise<ChildEnd & { readonly stdout: string }>
}

/** Path of `git`, or null when the PATH has none. */
export const findGit = (environment: Environment): string | null => {
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue // a relative entry would run whatever the working folder holds
    for (const name of process.platform === 'win32' ? ['git.exe'] : ['git']) {
      const path = join(folder, name)
      if (isProgram(path)) return path
    }
  }
  return null
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** What programs we start see of an environment. */
export const inherited = (environment: Environment): Record<string, string> => {
  const given: Record<string, string> = {}
  for (const name of INHERITED) if (environment[name] !== undefined) given[name] = environment[name]
  return given
}

/** Environment of every git we start, made from nothing. */
const gitEnvironment = (environment: Environment, more: Environment = {}): Record<string, string> => {
  const made: Record<string, string> = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    // For one object: what a server says of its size is no reason to ask the system for it.
    GIT_ALLOC_LIMIT: String(1024 * 1024 * 1024),
    LC_ALL: 'C',
  }
  Object.assign(made, inherited(environment))
  for (const [name, value] of Object.entries(more)) if (value !== undefined) made[name] = value
  return made
}

/** The git program of an environment, or null when there is none. */
export const createGitProgram = (environment: Environment): GitProgram | null => {
  const path = findGit(environment)
  if (path === null) return null
  const argv = (args: readonly string[], settings: readonly string[] = []): string[] => [
    ...[...SETTINGS, ...settings].flatMap((setting) => ['-c', setting]),
    ...args,
  ]
  const start: GitProgram['start'] = (args, { cwd, timeoutMs, settings, variables } = {}) =>
    startChild(path, argv(args, settings), {
      env: gitEnvironment(environment, variables),
      ...(cwd === undefined ? {} : { cwd }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
  return {
    start,
    run: async (args, { input, ...options } = {}) => {
      const child = start(args, options)
      const output = text(child)
      try {
        for await (const chunk of input ?? []) await write(child, chunk)
      } catch (error) {
        child.kill()
        await child.ended
        throw error
      }
      child.stdin.end()
      const [end, stdout] = await Promise.all([child.ended, output])
      return { ...end, stdout, failed: end.failed || stdout.length > MOST_OUTPUT }
    },
  }
}

const MOST_OUTPUT = 16 * 1024 * 1024

const text = (child: Child): Promise<string> =>
  new Promise((resolve) => {
    const parts: Buffer[] = []
    let length = 0
    child.stdout.on('data', (chunk: Buffer) => {
      if (length <= MOST_OUTPUT) parts.push(chunk)
      length += chunk.length
    })
    child.stdout.once('close', () => resolve(Buffer.concat(parts).toString('utf8').trimEnd()))
  })

// A child that reads no more is no failure here: its end says why.
const write = (child: Child, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    child.stdin.write(chunk, () => resolve())
  })
