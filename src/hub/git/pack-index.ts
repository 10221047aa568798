/** What an index of version 2 says is in its pack. */
import { readFile } from 'node:fs/promises'
import type { Oid } from '../../app/hub/git-ports.ts'

/** Names of the objects, in order; none where there are more than `most`. */
export const indexedOids = async (path: string, most = Infinity): Promise<readonly Oid[]> => {
  // Eight bytes, 256 counts of which the last is the number of objects, then their sorted names.
  const bytes = await readFile(path)
  const count = bytes.readUInt32BE(8 + 4 * 255)
  if (count > most) return []
  const names = bytes.subarray(8 + 4 * 256, 8 + 4 * 256 + 20 * count)
  return Array.from({ length: count }, (_, index) => names.toString('hex', 20 * index, 20 * index + 20))
}
