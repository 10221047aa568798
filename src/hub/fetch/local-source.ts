import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { oneLine, type Source, SourceFailure, wrongSize } from './source.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EIO: 'the storage failed while reading',
  ESTALE: 'the network storage is not there any more',
}

const CHUNK_BYTES = 2 ** 20

/** A file of this machine or of mounted storage: an absolute path or a `file:` URL. */
export const localSource = (given: string): Source => {
  const path = given.startsWith('file:') ? pathOfUrl(given) : given
  return {
    name: oneLine(given),
    open: async ({ offset, validator, bytes }) => {
      try {
        // A pipe or device would be waited for, without an end.
        const { size, mtimeMs, ino, isFile } = await regular(path)
        if (!isFile) throw new SourceFailure('it is not a regular file')
        if (size !== bytes) throw wrongSize(size, bytes)
        const now = `${ino}-${size}-${mtimeMs}`
        const start = validator === null || validator === now ? offset : 0
        return { start, validator: now, chunks: chunksOf(path, start) }
      } catch (error) {
        throw failure(error)
      }
    },
  }
}

const regular = async (
  path: string,
): Promise<{ readonly size: number; readonly mtimeMs: number; readonly ino: number; readonly isFile: boolean }> => {
  const found = await stat(path)
  return { size: found.size, mtimeMs: found.mtimeMs, ino: found.ino, isFile: found.isFile() }
}

const chunksOf = async function* (path: string, start: number): AsyncGenerator<Uint8Array> {
  try {
    const handle = await open(path, constants.O_RDONLY)
    try {
      const buffer = new Uint8Array(CHUNK_BYTES)
      for (let at = start; ;) {
        const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, at)
        if (bytesRead === 0) return
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw failure(error)
  }
}

const failure = (error: unknown): SourceFailure => {
  if (error instanceof SourceFailure) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return new SourceFailure(REASONS[code] ?? oneLine(error instanceof Error ? error.message : String(error)))
}

const pathOfUrl = (url: string): string => {
  try {
    return fileURLToPath(url)
  } catch {
    throw new SourceFailure('it is not the URL of a file on this machine')
  }
}
