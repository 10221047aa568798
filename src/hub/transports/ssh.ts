/** A hub behind ssh: forges speak only the stateful protocol there, so the system's git does it. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Oid } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import type { Environment, GitProgram } from '../git/git-program.ts'
import { isOid, MAIN } from '../git/object.ts'
import { packOf } from '../git/pack-writer.ts'
import { storageFailure } from '../storage-problem.ts'
import { safeLine } from '../safe-text.ts'
import { isRace } from './race.ts'
import { type HubLimits, TooLarge, type Transport } from './transport.ts'

/** Commits that are fetched besides, step by step, to find one that was read before. */
const DEEPER = [100, 1000, 10_000] as const

/** Where a fetched head stands until it is adopted. */
const ARRIVED = 'refs/hub/main'

interface SshOptions {
  readonly git: GitProgram
  readonly environment: Environment
  readonly limits: HubLimits
}

/** Byte counts are those of packs and heads: what ssh adds cannot be seen from here. */
export const sshTransport = (url: string, { git, environment, limits }: SshOptions): Transport => {
  const run = (args: readonly string[]) =>
    git.run(args, {
      timeoutMs: limits.totalMs,
      variables: {
        GIT_ALLOW_PROTOCOL: 'ssh',
        GIT_PROTOCOL: 'version=2',
        // No questions: a host that is not known yet, or a key with a pass phrase outside an agent, is an error.
        GIT_SSH_COMMAND:
          environment['GIT_SSH_COMMAND'] ??
          `ssh -o BatchMode=yes -o ConnectTimeout=${Math.ceil(limits.connectMs / 1000)} -o ServerAliveInterval=15`,
      },
    })
  const head = async (): Promise<{ readonly head: Oid | null; readonly bytesReceived: number }> => {
    const { failed, stdout, stderr } = await run(['ls-remote', '--quiet', '--', url, MAIN])
    if (failed) throw unreachable(url, stderr)
    const line = stdout.split('\n').find((each) => each.endsWith(`\t${MAIN}`)) ?? ''
    const oid = line.split('\t')[0] ?? ''
    return { head: isOid(oid) ? oid : null, bytesReceived: Buffer.byteLength(stdout) }
  }
  return {
    head,
    fetch: async (mirror, have) => {
      const before = await packs(mirror.dir)
      const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--update-shallow']
      const { failed, stderr } = await run([
        `--git-dir=${mirror.dir}`,
        'fetch',
        ...flags,
        ...(have === null ? ['--depth=1'] : []),
        '--',
        url,
        `+${MAIN}:${ARRIVED}`,
      ])
      if (failed) {
        // An empty hub is a failure to git, and one that only its words tell from others: ask instead.
        const asked = await head()
        if (asked.head === null) return asked
        throw storageFailure(mirror.dir, unreachable(url, stderr), stderr)
      }
      await mirror.source.refresh()
      const { stdout } = await git.run([`--git-dir=${mirror.dir}`, 'rev-parse', '--verify', ARRIVED])
      const arrived = stdout.trim()
      if (!isOid(arrived)) throw unreachable(url, 'no head came')
      let received = `${arrived}\t${MAIN}\n`.length
      for (const [name, bytes] of await packs(mirror.dir)) if (!before.has(name)) received += bytes
      if (received > limits.fetchBytes) throw new TooLarge(limits.fetchBytes)
      return { head: arrived, bytesReceived: received }
    },
    history: async (mirror, head, since) => {
      for (const commits of DEEPER) {
        const { failed, stderr } = await run([
          `--git-dir=${mirror.dir}`,
          ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'],
          ...[`--deepen=${commits}`, '--', url, `+${MAIN}:${ARRIVED}`],
        ])
        if (failed) throw unreachable(url, stderr)
        await mirror.source.refresh()
        const { failed: isMissing } = await git.run([
          ...[`--git-dir=${mirror.dir}`, 'merge-base', '--is-ancestor', since, head],
        ])
        if (!isMissing) return
      }
    },
    push: async (mirror, { before, commit, ref, objects }) => {
      const { stdout, stderr, failed, timedOut } = await run([
        `--git-dir=${mirror.dir}`,
        'push',
        '--porcelain',
        '--no-verify',
        '--no-signed',
        '--recurse-submodules=no',
        ref === MAIN ? `--force-with-lease=${MAIN}:${before ?? ''}` : '--force',
        '--',
        url,
        `${commit}:${ref}`,
      ])
      let bytesSent = 0
      for await (const part of packOf(objects.length, objects)) bytesSent += part.length
      const line = stdout.split('\n').find((each) => each.includes(`:${ref}\t`))
      if (!failed && line !== undefined) return { answer: 'accepted', message: safeLine(remarks(stderr)), bytesSent }
      const message = safeLine(`${line?.split('\t').at(-1) ?? ''} ${remarks(stderr)}`)
      // Rejected before anything went out (`!` with a lease that is stale), or by the server.
      if (line?.startsWith('!') !== true || timedOut) return { answer: 'unknown', message, bytesSent }
      return { answer: isRace(message) ? 'moved' : 'refused', message, bytesSent }
    },
  }
}

// What the other side said itself; everything else is the way there.
const REFUSED = /permission denied|not found|does not appear|host key verification/i

const remarks = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => !line.startsWith('warning:') && !line.startsWith('hint:'))
    .join(' ')

const packs = async (dir: string): Promise<ReadonlyMap<string, number>> => {
  const folder = join(dir, 'objects', 'pack')
  const names = (await readdir(folder)).filter((name) => /^pack-[0-9a-f]{40}\.pack$/.test(name))
  return new Map(await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)))
}

const unreachable = (url: string, stderr: string): Problem =>
  new Problem(
    REFUSED.test(stderr) ? 'E_HUB' : 'E_OFFLINE',
    `The hub at ${url} cannot be reached: ${safeLine(remarks(stderr)) ?? 'ssh says nothing'}`,
    {
      hints: [
        'Nothing is asked here: connect once with `ssh` to accept the host’s key, and put keys with a pass phrase into an agent.',
      ],
    },
  )
