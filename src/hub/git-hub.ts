/** The git layer of hubs, as the rest of the program uses it. */
import { delimiter, resolve } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { CommitRequest, HubRepository, Oid, TreeReader } from '../app/hub/git-ports.ts'
import type { Credentials } from '../app/hub/trust-ports.ts'
import { Problem } from '../core/problem.ts'
import { catFileSource } from './git/cat-file.ts'
import { consolidate } from './git/consolidate.ts'
import { createGitProgram, type Environment } from './git/git-program.ts'
import { alone } from './git/lock.ts'
import { createMirror, type Mirror } from './git/mirror.ts'
import { isOid, MAIN, type NamedObject } from './git/object.ts'
import { DamagedObject, type ObjectSource } from './git/object-source.ts'
import { packOf } from './git/pack-writer.ts'
import { createTreeReader } from './git/tree-reader.ts'
import { isReadable, treesOf } from './git/trees.ts'
import { makeCommit } from './git/write-commit.ts'
import { storageFailure } from './storage-problem.ts'
import { offersIn } from './transports/advertisement.ts'
import { chooseTransport, hubPlace } from './transports/choose.ts'
import { DEFAULT_LIMITS, type HubLimits } from './transports/transport.ts'

const LOCK_WAIT_MS = 60_000

interface HubRepositoryOptions {
  readonly url: string
  /** A folder of this hub alone, on a local disk; it is made. The lock stands beside it. */
  readonly mirrorDir: string
  readonly environment: Environment
  readonly credentials: Credentials
  readonly limits?: Partial<HubLimits>
}

/** A hub through this machine's mirror of it. Throws `E_HUB` for URLs that cannot be hubs. Nothing is touched yet. */
export const createHubRepository = (options: HubRepositoryOptions): HubRepository => {
  const { environment, credentials, mirrorDir } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const place = hubPlace(options.url)
  const git = createGitProgram(environment)
  const mirror = createMirror(mirrorDir, place.url, git)
  const transport = chooseTransport(place, { git, environment, credentials, limits, offers: offersIn(mirror) })
  const source = watched(mirror)
  const prepared = new Map<Oid, readonly NamedObject[]>()

  const localHead = async (): Promise<Oid | null> => {
    const head = mirror.head()
    if (head === null) return null
    // Starting git stops everything for some milliseconds; what was asked of the hub just before goes out first.
    await sent()
    return (await isReadable(source, head)) ? head : null
  }
  let ahead: ReturnType<HubRepository['remoteHead']> | null = null
  const startAfresh = async (): Promise<void> => {
    await mirror.remove()
    await mirror.ensure()
  }
  const fetchInto = async (progress: (receivedBytes: number) => void, told?: Oid) => {
    await mirror.ensure()
    const have = await localHead()
    if (have === null) await startAfresh()
    const report = await transport.fetch(mirror, have, progress, told)
    const isWhole = report.head === null || (await isReadable(source, report.head))
    return { report, isWhole }
  }

  /** Failures of the disk the mirror is on, told as such. */
  const onDisk =
    <Values extends unknown[], Result>(act: (...values: Values) => Promise<Result>) =>
    (...values: Values): Promise<Result> =>
      act(...values).catch((error: unknown) => {
        throw storageFailure(mirrorDir, error)
      })

  return {
    url: place.url,
    ...createTreeReader(source),
    remoteHead: async (purpose) => {
      const asked = purpose === 'push' ? ahead : null
      if (asked === null) return transport.head(purpose)
      ahead = null
      const found = await asked
      // A hub that was empty then may not be any more, and that it became so would be an alarm.
      return found.head === null ? transport.head(purpose) : found
    },
    askAhead: async () => {
      ahead ??= transport.head('push')
      // Whoever takes the answer is told; perhaps nobody does.
      ahead.catch(() => undefined)
      await sent()
    },
    localHead,
    fetch: onDisk(async (progress: (receivedBytes: number) => void = () => undefined, told?: Oid) => {
      const first = await fetchInto(progress, told)
      if (first.isWhole) {
        await consolidate(mirror)
        return first.report
      }
      await startAfresh()
      const again = await fetchInto(progress)
      if (!again.isWhole)
        throw new Problem('E_HUB', 'What the hub sent as its head cannot be read.', {
          hints: ['The hub is damaged: `git fsck` where it is kept says more.'],
        })
      const bytesReceived = first.report.bytesReceived + again.report.bytesReceived
      return { ...again.report, bytesReceived }
    }),
    adopt: onDisk(async (head: Oid) => {
      await mirror.ensure()
      if (!(await isReadable(source, head)))
        throw new Problem('E_HUB', `The commit ${head} is not in the local copy of the hub, so it cannot be its head.`)
      await mirror.moveHead(head)
    }),
    descends: onDisk(async (head: Oid, ancestor: Oid) => {
      const known = await descends(source, head, ancestor)
      if (known !== null) return known
      // The mirror was made again since the ancestor was read: what is between them is asked for.
      await transport.history(mirror, head, ancestor)
      return (await descends(source, head, ancestor)) ?? false
    }),
    prepare: onDisk(async (request: CommitRequest) => {
      await mirror.ensure()
      const { commit, objects } = await makeCommit(treesOf(source), request)
      await mirror.write(objects)
      prepared.clear() // one is under way at a time; the others are on disk
      prepared.set(commit, objects)
      return { commit, objects: objects.map(({ oid }) => oid) }
    }),
    push: async (before, { commit, objects }, { rewrite = false, branch } = {}) => {
      if (!rewrite && branch === undefined) await requireChild(source, commit, before)
      const known = prepared.get(commit) ?? (await readAll(source, objects))
      const ref = branch === undefined ? MAIN : `refs/heads/${branch}`
      const report = await transport.push({ before, commit, ref, objects: known })
      if (report.answer === 'accepted') prepared.delete(commit)
      const message = report.message === null ? null : credentials.redact(report.message)
      return { ...report, message }
    },
    bundle: async (base, { commit, objects }, branch) => {
      const known = prepared.get(commit) ?? (await readAll(source, objects))
      const needs = base === null ? '' : `-${base}\n`
      const parts: Buffer[] = [Buffer.from(`# v2 git bundle\n${needs}${commit} refs/heads/${branch}\n\n`)]
      for await (const part of packOf(known.length, known)) parts.push(part)
      return Buffer.concat(parts)
    },
    alone: (work, waitMs = LOCK_WAIT_MS) => alone(`${mirrorDir}.lock`, work, waitMs),
    forget: onDisk(() => mirror.remove()),
    close: () => {
      transport.close()
      return source.close()
    },
  }
}

/** Two turns of the event loop: one makes a connection to a near server, one says what waits for it. */
const sent = async (): Promise<void> => {
  await turn()
  await turn()
}

/** A source that remembers on disk that something in it cannot be read. */
const watched = (mirror: Mirror): ObjectSource => {
  const note = async (error: unknown): Promise<never> => {
    if (error instanceof DamagedObject) await mirror.markDamaged()
    throw error
  }
  return {
    ...mirror.source,
    read: (oid, maxBytes) => mirror.source.read(oid, maxBytes).catch(note),
    async *stream(wanted, maxBytes) {
      try {
        yield* mirror.source.stream(wanted, maxBytes)
      } catch (error) {
        await note(error)
      }
    },
  }
}

/** Whether a commit stands in the history of another; null: the history is cut off before that can be told. */
const descends = async (source: ObjectSource, head: Oid, ancestor: Oid): Promise<boolean | null> => {
  const trees = treesOf(source)
  let isCut = false
  const seen = new Set<Oid>([head])
  for (const next of seen) {
    if (next === ancestor) return true
    // A commit at the end of what was fetched still names its parents.
    if ((await source.read(next)) === null) isCut = true
    else for (const parent of (await trees.commit(next)).parents) seen.add(parent)
  }
  return isCut ? null : false
}

const requireChild = async (source: ObjectSource, commit: Oid, before: Oid | null): Promise<void> => {
  const { parents } = await treesOf(source).commit(commit)
  if (before === null ? parents.length > 0 : !parents.includes(before))
    throw new Error(`The commit ${commit} does not go on from ${before ?? 'nothing'}: pushing it would lose history.`)
}

const readAll = (source: ObjectSource, oids: readonly Oid[]): Promise<readonly NamedObject[]> =>
  Promise.all(
    oids.map(async (oid) => {
      const object = await source.read(oid)
      if (object === null || object.bytes === null) throw new DamagedObject(oid)
      return { oid, type: object.type, bytes: object.bytes }
    }),
  )

/** Any local repository, read without checking anything out; for `hub check`. */
export interface CheckedRepository extends TreeReader {
  /** The commit a revision names, or null. Forty zeros, as hooks get for "nothing", are null. */
  resolve(revision: string): Promise<Oid | null>
  close(): Promise<void>
}

/**
 * Opens a work tree's or bare repository. In a `pre-receive` hook the objects that are about to be taken in are seen too.
 * Throws `E_HUB` without a git program.
 */
export const openRepositoryForCheck = (dir: string, environment: Environment): CheckedRepository => {
  const git = createGitProgram(environment)
  if (git === null) throw new Problem('E_HUB', 'Checking a repository needs the program git, which is not on the PATH.')
  const variables = quarantineOf(environment)
  const args = ['-c', 'safe.directory=*', '-C', dir]
  const source = catFileSource(git, { args, variables })
  return {
    ...createTreeReader(source),
    resolve: async (revision) => {
      const asked = [...args, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
      const oid = (await git.run(asked, { variables })).stdout.trim()
      return isOid(oid) ? oid : null
    },
    close: () => source.close(),
  }
}

const quarantineOf = (environment: Environment): Environment => {
  const names = ['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH']
  const whole = (list: string): string =>
    list
      .split(delimiter)
      .map((path) => resolve(path))
      .join(delimiter)
  return Object.fromEntries(
    names.map((name) => {
      const list = environment[name]
      return [name, list === undefined ? undefined : whole(list)]
    }),
  )
}
