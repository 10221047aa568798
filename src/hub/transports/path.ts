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
  return {
    discover: (service) => Promise.resolve(start(service, ['--advertise-refs'], [], limits.fetchBytes)),
    call: (service, body, maxBytes) => Promise.resolve(start(service, [], body, maxBytes)),
  }
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
