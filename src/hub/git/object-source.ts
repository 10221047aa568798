/** Reading objects of one repository, with a git program or without. */
import type { Oid } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import type { GitObject, ObjectType } from './object.ts'

/** An object as it was read; without bytes when it is larger than wanted. */
export interface ReadObject {
  readonly type: ObjectType
  readonly size: number
  readonly bytes: Buffer | null
}

/** Objects of one repository. What is there and cannot be read is a {@link DamagedObject}. */
export interface ObjectSource {
  /** Null: there is no such object. */
  read(oid: Oid, maxBytes?: number): Promise<ReadObject | null>
  /** Many objects in the order asked for, in bulk; at most a few are held in memory. */
  stream<T extends { readonly oid: Oid }>(
    wanted: AsyncIterable<T>,
    maxBytes: (item: T) => number,
  ): AsyncIterable<{ readonly item: T; readonly object: ReadObject | null }>
  /** Keeps these at hand, as far as they are small: most of what has just come is read next. */
  prime(oids: readonly Oid[]): Promise<void>
  /** Forgets what is remembered of packs, after some went; new ones are found by themselves. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** An object that is there but unreadable: the mirror has to be made again. */
export class DamagedObject extends Problem {
  override readonly name = 'DamagedObject'

  constructor(oid: Oid, cause?: unknown) {
    super('E_HUB', `The local copy of the hub is damaged (object ${oid}).`, {
      hints: ['Run `benchmark sync`: the copy is made again. Nothing of yours is kept only there.'],
      cause,
    })
  }
}

export const missingObject = (what: string, oid: Oid): Problem =>
  new Problem('E_HUB', `The ${what} ${oid} is not in this copy of the hub.`, {
    hints: ['Run `benchmark sync` to fetch it again.'],
  })

/** An object of one type with all its bytes; throws `E_HUB` when it is missing, of another type or too large. */
export const requireObject = async (
  source: ObjectSource,
  type: ObjectType,
  oid: Oid,
  maxBytes: number,
): Promise<GitObject> => {
  const object = await source.read(oid, maxBytes)
  if (object === null) throw missingObject(type, oid)
  if (object.type !== type)
    throw new Problem('E_HUB', `The hub has a ${object.type} where a ${type} should be: ${oid}.`)
  if (object.bytes === null)
    throw new Problem('E_HUB', `The ${type} ${oid} of the hub has ${object.size} bytes; at most ${maxBytes} are read.`)
  return { type, bytes: object.bytes }
}
