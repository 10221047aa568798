/** Objects without a git program, through isomorphic-git. */
import git from 'isomorphic-git'
import { atomicFs } from './atomic-files.ts'
import type { ObjectType } from './object.ts'
import { DamagedObject, type ObjectSource, type ReadObject } from './object-source.ts'

/** One cache for the whole life of the source: without it every read parses every index again. */
export const plainSource = (gitDir: string): ObjectSource => {
  let cache = {}
  const read = async (oid: string, maxBytes = Infinity): Promise<ReadObject | null> => {
    try {
      const found = await git.readObject({ fs: atomicFs, gitdir: gitDir, oid, format: 'content', cache })
      const bytes = Buffer.from(found.object as Uint8Array)
      return { type: found.type as ObjectType, size: bytes.length, bytes: bytes.length <= maxBytes ? bytes : null }
    } catch (error) {
      if ((error as { code?: unknown }).code === 'NotFoundError') return null
      throw new DamagedObject(oid, error)
    }
  }
  const forget = (): Promise<void> => {
    cache = {}
    return Promise.resolve()
  }
  return {
    read,
    async *stream(wanted, maxBytes) {
      for await (const item of wanted) yield { item, object: await read(item.oid, maxBytes(item)) }
    },
    refresh: forget,
    close: forget,
  }
}
