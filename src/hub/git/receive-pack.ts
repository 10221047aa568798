/** Takes a pack into a repository as it arrives. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Oid } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import { storageFailure } from '../storage-problem.ts'
import { atomicFs } from './atomic-files.ts'
import type { GitProgram } from './git-program.ts'
import { requireBounded } from './pack-bounds.ts'

const HEADER = 12
const TRAILER = 20
/** What is written to disk at once. */
const PIECE_BYTES = 256 * 1024
/** Git needs seconds for a hundred thousand runs. */
const INDEX_MS = 30 * 60_000

interface Arrived {
  readonly objects: number
  readonly checksum: Oid
}

interface Places {
  /** Where it arrives when we index it ourselves. */
  readonly path: string
  readonly whole: string
  readonly index: string
}

/**
 * Writes a pack to disk, checks it and makes its index, and only then gives it its name; returns the path of the index. Null: a
 * pack without objects, which leaves nothing.
 * Throws `E_HUB` for one that is cut or wrong.
 */
export const receivePack = async (
  gitDir: string,
  program: GitProgram | null,
  pack: AsyncIterable<Uint8Array>,
): Promise<string | null> => {
  const folder = join(gitDir, 'objects', 'pack')
  await mkdir(folder, { recursive: true })
  const beside = (end: string): string => join(folder, `${name}${end}`)
  const name = `incoming-${process.pid}-${randomBytes(6).toString('hex')}`
  const places = { path: beside('.pack'), whole: beside('-whole.pack'), index: beside('-whole.idx') }
  try {
    const final =
      program === null ? await indexAlone(gitDir, places, pack) : await indexWithGit(program, gitDir, places, pack)
    if (final === null) return null
    const index = join(folder, `pack-${final}.idx`)
    // Readers look for the index first, so it comes last.
    await rename(places.whole, join(folder, `pack-${final}.pack`))
    await rename(places.index, index)
    return index
  } finally {
    const left = [...Object.values(places), beside('.idx')]
    await Promise.all(left.map((each) => rm(each, { force: true })))
  }
}

const write = async (path: string, pack: AsyncIterable<Uint8Array>): Promise<Arrived> => {
  const hash = createHash('sha1')
  let held: Buffer = Buffer.alloc(0)
  let header: Buffer = Buffer.alloc(0)
  const file = await open(path, 'wx', 0o444)
  try {
    for await (const chunk of inLargePieces(pack)) {
      await file.writeFile(chunk)
      if (header.length < HEADER) header = Buffer.concat([header, chunk.subarray(0, HEADER - header.length)])
      // The last twenty bytes are the checksum of the others.
      held = Buffer.concat([held, chunk])
      if (held.length > TRAILER) hash.update(held.subarray(0, -TRAILER))
      held = Buffer.from(held.subarray(Math.max(0, held.length - TRAILER)))
    }
    await file.sync()
  } finally {
    await file.close()
  }
  const isPack = header.length === HEADER && header.toString('latin1', 0, 4) === 'PACK'
  const checksum = held.toString('hex')
  if (!isPack || hash.digest('hex') !== checksum) throw broken('it arrived incomplete')
  return { objects: header.readUInt32BE(8), checksum }
}

async function* inLargePieces(pack: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of pack) {
    parts.push(chunk)
    length += chunk.length
    if (length < PIECE_BYTES) continue
    yield Buffer.concat(parts)
    parts = []
    length = 0
  }
  yield Buffer.concat(parts)
}

/**
 * Git indexes while it arrives, and adds the bases that a thin pack leaves out, so its name is another one; the answer is
 * that. Null: it has no objects.
 */
const indexWithGit = async (
  program: GitProgram,
  gitDir: string,
  { whole, index }: Places,
  pack: AsyncIterable<Uint8Array>,
): Promise<Oid | null> => {
  let header: Buffer = Buffer.alloc(0)
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const piece of inLargePieces(pack)) {
      if (header.length < HEADER) header = Buffer.concat([header, piece.subarray(0, HEADER - header.length)])
      yield piece
    }
  }
  const flags = ['index-pack', '--stdin', '--fix-thin', '-o', index, whole]
  const run = await program.run([`--git-dir=${gitDir}`, ...flags], { input: watched(), timeoutMs: INDEX_MS })
  const name = /^(?:pack|keep)\t([0-9a-f]{40})$/m.exec(run.stdout)?.[1]
  if (run.failed || name === undefined)
    throw storageFailure(gitDir, broken('it is cut, or cannot be read', new Error(run.stderr)), run.stderr)
  return header.readUInt32BE(8) === 0 ? null : name
}

// isomorphic-git leaves out objects it cannot make sense of, and says nothing; and it knows no bounds.
const indexAlone = async (
  gitDir: string,
  { path, whole, index }: Places,
  pack: AsyncIterable<Uint8Array>,
): Promise<Oid | null> => {
  const { objects, checksum } = await write(path, pack)
  if (objects === 0) return null
  await requireBounded(path).catch((error: unknown) => {
    throw error instanceof Problem ? error : broken('its objects cannot be read', error)
  })
  const filepath = join('objects', 'pack', basename(path))
  // Large, and needed only where there is no git program.
  const { default: git } = await import('isomorphic-git')
  const { oids } = await git
    .indexPack({ fs: atomicFs, dir: gitDir, gitdir: gitDir, filepath, cache: {} })
    .catch((error: unknown) => {
      const own = storageFailure(gitDir, error)
      throw own === error ? broken('its objects cannot be read', error) : own
    })
  if (oids.length !== objects) throw broken(`only ${oids.length} of its ${objects} objects can be read`)
  await rename(path.replace(/pack$/, 'idx'), index)
  await rename(path, whole)
  return checksum
}

const broken = (why: string, cause?: unknown): Problem =>
  new Problem('E_HUB', `The hub's answer cannot be used: ${why}.`, {
    hints: ['Try again. If it stays so, the hub is damaged: `git fsck` where it is kept says more.'],
    cause,
  })
