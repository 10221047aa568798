/** A hub in a folder: git's own server programs, one process a request, spoken to as over http. */
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../core/problem.ts'
import type { GitProgram } from '../git/git-program.ts'
import { safeLine } from '../safe-text.ts'
import { type Answer, type Channel, PushFailed, type Service } from './channel.ts'
import { type HubLimits, TooLarge } from './transport.ts'

interface PathOptions {
  readonly git: GitProgram
  readonly limits: HubLimits
  /** Runs the hub's own hooks as this user: whoever may write to that folder then decides what runs here. */
  readonly runHooks: boolean
}

/** A bare repository, or a work tree's. */
export const pathChannel = (folder: string, { git, limits, runHooks }: PathOptions): Channel => {
  // Ownership is no protection here: the user named the folder, and of its configuration nothing that runs is heard.
  const settings = [
    'safe.directory=*',
    'receive.fsckObjects=true',
    // Somebody has to tidy a hub that no server looks after.
    'gc.auto=6700',
    ...(runHooks ? [`core.hooksPath=${join(gitDirOf(folder), 'hooks')}`] : []),
  ]
  const start = (service: Service, args: readonly string[], body: readonly Uint8Array[], maxBytes: number): Answer => {
    const child = git.start([service.slice('git-'.length), '--stateless-rpc', ...args, folder], {
      settings,
      variables: { GIT_PROTOCOL: 'version=2' },
      timeoutMs: limits.totalMs,
    })
    for (const part of body) child.stdin.write(part)
    child.stdin.end()
    let received = 0
    async function* chunks(): AsyncGenerator<Uint8Array> {
      let ended = false
      try {
        const output: AsyncIterable<Uint8Array> = child.stdout
        for await (const chunk of output) {
          received += chunk.length
          if (received > maxBytes) throw new TooLarge(maxBytes)
          yield chunk
        }
        ended = true
      } finally {
        if (!ended) child.kill()
      }
      const { failed, stderr, timedOut } = await child.ended
      if (!failed) return
      const said = safeLine(stderr)
      if (service === 'git-receive-pack' && body.length > 0)
        throw new PushFailed('unknown', said ?? (timedOut ? 'It took too long.' : 'It ended early.'))
      throw unusable(folder, said)
    }
    return { chunks: chunks(), received: () => received }
  }
  let checked: Promise<void> | null = null
  const harmless = (): Promise<void> =>
    (checked ??= runHooks ? Promise.resolve() : refusePrograms(folder, git, limits.totalMs))
  return {
    discover: async (service) => {
      await harmless()
      return start(service, ['--advertise-refs'], [], limits.fetchBytes)
    },
    call: async (service, body, maxBytes) => {
      await harmless()
      return start(service, [], body, maxBytes)
    },
  }
}

/**
 * Settings with which git itself runs a program while it serves or tidies a repository, and which no setting of ours takes back:
 * they add up. Newer versions of git know the first two; an older one does not obey them, and is refused them all the same.
 */
const RUNS_PROGRAMS = /^(?:hook\..*|gc\.recentobjectshook)$/i

/** Throws `E_HUB` when the folder's own configuration, with all it includes, names programs. */
const refusePrograms = async (folder: string, git: GitProgram, timeoutMs: number): Promise<void> => {
  const { failed, stdout, stderr } = await git.run(
    ['--git-dir', gitDirOf(folder), 'config', '--includes', '--name-only', '--null', '--list'],
    { settings: ['safe.directory=*'], timeoutMs },
  )
  // What cannot be read to its end, or is too long to be read, may name anything.
  if (failed) throw unusable(folder, safeLine(stderr))
  const found = [...new Set(stdout.split('\0').filter((name) => RUNS_PROGRAMS.test(name)))]
  if (found.length === 0) return
  const names = safeLine(found.join(', ')) ?? 'of a name that cannot be shown'
  throw new Problem('E_HUB', `The settings of git in ${folder} name programs that git would run here: ${names}.`, {
    hints: [
      'Whoever may write to that folder could run anything as you, so the hub is not opened.',
      `Take them out of ${join(gitDirOf(folder), 'config')}, or trust that folder: BENCHMARK_HUB_TRUST_HOOKS=1`,
    ],
  })
}

const gitDirOf = (folder: string): string => {
  const real = existsSync(folder) ? realpathSync(folder) : folder
  return existsSync(join(real, '.git')) ? join(real, '.git') : real
}

const unusable = (folder: string, said: string | null): Problem =>
  // A share that is not mounted is like a network that is down.
  new Problem(
    existsSync(folder) ? 'E_HUB' : 'E_OFFLINE',
    `The folder is no hub that git can open: ${folder}.${said === null ? '' : ` ${said}`}`,
    {
      hints: ['Make one with `git init --bare --initial-branch=main <folder>`.'],
    },
  )
