/** Files that are there whole or not at all. */
import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import * as nodeFs from 'node:fs'
import { dirname } from 'node:path'

/** Writes beside the place, to disk, then renames; makes the folder when it is missing. */
export const writeWhole = async (path: string, contents: string | Uint8Array): Promise<void> => {
  const beside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
  const write = async (): Promise<void> => {
    const file = await open(beside, 'wx', 0o644)
    try {
      await file.writeFile(contents)
      await file.sync()
    } finally {
      await file.close()
    }
  }
  try {
    await write().catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      await mkdir(dirname(path), { recursive: true })
      await write()
    })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** The file system isomorphic-git works on: its own `writeFile` writes in place, and a cut leaves half an object. */
export const atomicFs = {
  promises: {
    ...nodeFs.promises,
    writeFile: (path: string, contents: string | Uint8Array) => writeWhole(path, contents),
  },
}
