/** A hub's repository and a mirror of it, by the plumbing commands of the `git` on this machine: slow, plain and real. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type {
  CommitRequest,
  HubRepository,
  Oid,
  PushReport,
  TreeChange,
  TreeReader,
} from '../../src/app/hub/git-ports.ts'
import { Problem } from '../../src/core/problem.ts'

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_DEFAULT_HASH: 'sha1',
  LC_ALL: 'C',
}
const MAX_BUFFER = 1 << 30
const run = promisify(execFile)

/** Runs git in a repository; what it prints, without the last line feed. */
export const git = (dir: string, args: readonly string[], input?: string | Uint8Array, env: object = {}): string =>
  execFileSync('git', ['--git-dir', dir, ...args], {
    env: { ...ENVIRONMENT, ...env },
    maxBuffer: MAX_BUFFER,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input === undefined ? {} : { input }),
  })
    .toString('utf8')
    .replace(/\n$/, '')

/** An empty bare repository in a new temporary folder, with a space in its name. */
export const aBareRepository = (name = 'hub'): string => {
  const dir = join(mkdtempSync(join(tmpdir(), 'a hub-')), `${name}.git`)
  mkdirSync(dir, { recursive: true })
  git(dir, ['init', '--quiet', '--bare', '--initial-branch=main'])
  return dir
}

export const removeRepository = (dir: string): void => rmSync(join(dir, '..'), { recursive: true, force: true })

/** Reads trees of any repository. */
export const gitCliReader = (dir: string): TreeReader => {
  const entries = (text: string) =>
    text
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const [, mode = '', type = '', oid = '', name = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? []
        return { name, mode: mode.padStart(6, '0'), oid, isFolder: type === 'tree' }
      })
  const all = async (tree: Oid): Promise<readonly TreeChange[]> => {
    const { stdout } = await run('git', ['--git-dir', dir, 'ls-tree', '-r', '-z', tree], {
      env: ENVIRONMENT,
      maxBuffer: MAX_BUFFER,
    })
    return entries(stdout).map(({ name, mode, oid }) => ({ path: name, before: null, after: { oid, mode } }))
  }
  const between = async (before: Oid, after: Oid): Promise<readonly TreeChange[]> => {
    const args = ['--git-dir', dir, 'diff-tree', '-r', '-z', '--raw', '--no-renames', before, after]
    const { stdout } = await run('git', args, { env: ENVIRONMENT, maxBuffer: MAX_BUFFER })
    const parts = stdout.split('\0')
    const changes: TreeChange[] = []
    for (let index = 0; index + 1 < parts.length; index += 2) {
      const [, mode1 = '', mode2 = '', oid1 = '', oid2 = ''] =
        /^:(\d+) (\d+) (\w+) (\w+)/.exec(parts[index] ?? '') ?? []
      const side = (mode: string, oid: string) => (/^0+$/.test(mode) ? null : { mode, oid })
      changes.push({ path: parts[index + 1] ?? '', before: side(mode1, oid1), after: side(mode2, oid2) })
    }
    return changes
  }
  const reader: TreeReader = {
    commit: async (oid) => {
      try {
        const { stdout } = await run('git', ['--git-dir', dir, 'cat-file', 'commit', oid], { env: ENVIRONMENT })
        const [head = '', ...message] = stdout.split('\n\n')
        return {
          tree: /^tree (\w+)/m.exec(head)?.[1] ?? '',
          parents: [...head.matchAll(/^parent (\w+)/gm)].map(([, parent = '']) => parent),
          authoredAt: Number(/^author .* (\d+) [-+]\d+$/m.exec(head)?.[1] ?? 0),
          message: message.join('\n\n'),
        }
      } catch (error) {
        throw new Problem('E_HUB', `There is no commit ${oid}.`, { cause: error })
      }
    },
    list: async (tree, folder) => {
      try {
        const { stdout } = await run(
          'git',
          ['--git-dir', dir, 'ls-tree', '-z', folder === '' ? tree : `${tree}:${folder}`],
          {
            env: ENVIRONMENT,
            maxBuffer: MAX_BUFFER,
          },
        )
        return entries(stdout)
      } catch {
        return []
      }
    },
    async *diff(before, after) {
      yield* before === null ? await all(after) : await between(before, after)
    },
    file: async (tree, path, maxBytes = Infinity) => {
      try {
        const { stdout } = await run('git', ['--git-dir', dir, 'cat-file', 'blob', `${tree}:${path}`], {
          env: ENVIRONMENT,
          encoding: 'buffer',
          maxBuffer: MAX_BUFFER,
        })
        if (stdout.length > maxBytes) throw new Problem('E_HUB', `${path} is too large.`)
        return new Uint8Array(stdout)
      } catch (error) {
        if (error instanceof Problem) throw error
        return null
      }
    },
    async *blobs(wanted, maxBytes) {
      const child = spawn('git', ['--git-dir', dir, 'cat-file', '--batch'], { env: ENVIRONMENT })
      const output = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
      let rest = Buffer.alloc(0)
      const more = async (): Promise<void> => {
        const next = await output.next()
        if (next.done === true) throw new Problem('E_HUB', 'git ended early.')
        rest = Buffer.concat([rest, next.value])
      }
      const answer = async (want: { readonly oid: Oid; readonly path: string }) => {
        while (!rest.includes(10)) await more()
        const line = rest.indexOf(10)
        const [, type = '', digits = '0'] = rest.subarray(0, line).toString('utf8').split(' ')
        rest = rest.subarray(line + 1)
        if (type === 'missing') return { ...want, bytes: null, size: 0 }
        const size = Number(digits)
        while (rest.length < size + 1) await more()
        const bytes = type === 'blob' && size <= maxBytes(want.path) ? new Uint8Array(rest.subarray(0, size)) : null
        rest = rest.subarray(size + 1)
        return { ...want, bytes, size }
      }
      try {
        let batch: { readonly oid: Oid; readonly path: string }[] = []
        const answers = async function* () {
          child.stdin.write(batch.map(({ oid }) => `${oid}\n`).join(''))
          for (const want of batch) yield await answer(want)
          batch = []
        }
        for await (const want of wanted) {
          batch.push(want)
          if (batch.length >= 64) yield* answers()
        }
        yield* answers()
      } finally {
        child.kill()
      }
    },
  }
  return reader
}

interface GitCliHub extends HubRepository {
  readonly mirror: string
}

/** What a test may do at the moment of a push, in place of a server's or a network's mood. */
export interface PushMood {
  /** Runs before the push: somebody else was faster. */
  before?: () => void | Promise<void>
  /** Turns the report into another: a server that lies, a line that breaks. */
  report?: (report: PushReport) => PushReport
  /** The push never reaches the server. */
  lost?: boolean
  /** Asking for the head afterwards fails. */
  deaf?: boolean
}

/** A mirror of `remote` in a new temporary folder. `moods` are used up one push at a time. */
export const gitCliHub = (remote: string, moods: PushMood[] = []): GitCliHub => {
  const mirror = aBareRepository('mirror')
  let deaf = false
  const ref = (dir: string, name: string): Oid | null => {
    try {
      return git(dir, ['rev-parse', '--verify', '--quiet', name])
    } catch {
      return null
    }
  }
  const fetched = (): Oid | null => {
    const head = ref(remote, 'refs/heads/main')
    if (head !== null) git(mirror, ['fetch', '--quiet', '--no-tags', remote, '+refs/heads/main:refs/hub/fetched'])
    return head
  }
  return {
    ...gitCliReader(mirror),
    mirror,
    bundle: () => Promise.reject(new Error('no test of this hub asks for bundles')),
    url: remote,
    askAhead: () => Promise.resolve(),
    remoteHead: () => {
      if (deaf) {
        deaf = false
        return Promise.reject(new Problem('E_HUB', 'The hub does not answer.'))
      }
      return Promise.resolve({ head: ref(remote, 'refs/heads/main'), bytesReceived: 40 })
    },
    localHead: () => Promise.resolve(ref(mirror, 'refs/heads/main')),
    fetch: () => Promise.resolve({ head: fetched(), bytesReceived: 100 }),
    adopt: (head) => {
      git(mirror, ['update-ref', 'refs/heads/main', head])
      return Promise.resolve()
    },
    descends: (head, ancestor) => {
      try {
        git(mirror, ['merge-base', '--is-ancestor', ancestor, head])
        return Promise.resolve(true)
      } catch {
        return Promise.resolve(false)
      }
    },
    prepare: (request) => Promise.resolve(prepareCommit(mirror, request)),
    push: async (before, next, { rewrite = false } = {}) => {
      const mood = moods.shift() ?? {}
      await mood.before?.()
      deaf = mood.deaf ?? false
      const report = mood.lost
        ? ({ answer: 'unknown', message: 'The connection broke.', bytesSent: 500 } as const)
        : pushCommit(mirror, remote, before, next.commit, rewrite)
      return mood.report?.(report) ?? report
    },
    alone: (work) => work(),
    forget: () => {
      git(mirror, ['update-ref', '-d', 'refs/heads/main'])
      return Promise.resolve()
    },
    close: () => {
      removeRepository(mirror)
      return Promise.resolve()
    },
  }
}

const pushCommit = (mirror: string, remote: string, before: Oid | null, commit: Oid, rewrite: boolean): PushReport => {
  try {
    const lease = `--force-with-lease=refs/heads/main:${before ?? ''}`
    git(mirror, ['push', '--quiet', lease, remote, `${rewrite ? '+' : ''}${commit}:refs/heads/main`])
    return { answer: 'accepted', message: null, bytesSent: 500 }
  } catch {
    return { answer: 'refused', message: 'The server said no.', bytesSent: 500 }
  }
}

/** A commit by an index of its own: nothing is checked out. */
export const prepareCommit = (dir: string, request: CommitRequest): { commit: Oid; objects: readonly Oid[] } => {
  const base =
    request.baseTree === undefined && request.parent !== null ? `${request.parent}^{tree}` : (request.baseTree ?? null)
  const index = { GIT_INDEX_FILE: join(mkdtempSync(join(tmpdir(), 'index-')), 'index') }
  git(dir, base === null ? ['read-tree', '--empty'] : ['read-tree', base], undefined, index)
  const blobs = new Map<string, string>()
  const blob = (bytes: Uint8Array): string => {
    const key = Buffer.from(bytes).toString('latin1')
    const oid = blobs.get(key) ?? git(dir, ['hash-object', '-w', '--stdin'], bytes)
    blobs.set(key, oid)
    return oid
  }
  const lines = request.changes.map(({ path, bytes }) =>
    bytes === null ? `0 ${'0'.repeat(40)}\t${path}` : `100644 ${blob(bytes)}\t${path}`,
  )
  git(dir, ['update-index', '-z', '--index-info'], `${lines.join('\0')}${lines.length > 0 ? '\0' : ''}`, index)
  const tree = git(dir, ['write-tree'], undefined, index)
  rmSync(join(index.GIT_INDEX_FILE, '..'), { recursive: true, force: true })
  const { name, email } = request.author
  const who = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_AUTHOR_DATE: `@${request.at} +0000`,
    GIT_COMMITTER_DATE: `@${request.at} +0000`,
  }
  const parents = request.parent === null ? [] : ['-p', request.parent]
  const commit = git(dir, ['commit-tree', tree, ...parents], request.message, who)
  return { commit, objects: [commit] }
}
