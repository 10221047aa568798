import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { writeWhole } from './atomic-files.ts'
import type { NamedObject } from './object.ts'

const deflated = promisify(deflate)
const inflated = promisify(inflate)
const AT_ONCE = 16

/** Writes objects into a repository. One that is already there and broken is replaced. */
export const writeLoose = async (gitDir: string, objects: readonly NamedObject[]): Promise<void> => {
  const left = [...objects]
  const worker = async (): Promise<void> => {
    for (let object = left.pop(); object !== undefined; object = left.pop()) await writeOne(gitDir, object)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, objects.length) }, worker))
}

const writeOne = async (gitDir: string, { oid, type, bytes }: NamedObject): Promise<void> => {
  const path = join(gitDir, 'objects', oid.slice(0, 2), oid.slice(2))
  const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes])
  if (await holds(path, whole)) return
  await writeWhole(path, await deflated(whole))
}

const holds = async (path: string, whole: Buffer): Promise<boolean> => {
  try {
    return whole.equals(await inflated(await readFile(path), { maxOutputLength: whole.length }))
  } catch {
    return false
  }
}
