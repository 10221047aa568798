/** Objects through `git cat-file --batch`: one process for single reads, one for each stream. */
import type { Oid } from '../../app/hub/git-ports.ts'
import type { Child } from './child.ts'
import type { GitProgram } from './git-program.ts'
import type { ObjectType } from './object.ts'
import { DamagedObject, type ObjectSource, type ReadObject } from './object-source.ts'

/** Requests that are written ahead; answers wait in the pipe, so they cost no memory. */
const AHEAD = 64
/** What has just come is kept where it is little: asking for each of it alone takes longer than all the rest. */
const KEPT = { objectBytes: 64 * 1024, bytes: 8 * 1024 * 1024 }
const HEADER = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/

/** `where`: arguments and variables that say which repository. */
export const catFileSource = (
  git: GitProgram,
  where: { readonly args: readonly string[]; readonly variables?: Readonly<Record<string, string | undefined>> },
): ObjectSource => {
  const open = (): Batch => new Batch(git, where)
  let shared: Batch | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const kept = new Map<Oid, ReadObject>()

  /** One at a time: answers come in the order of the questions. */
  const inTurn = <T>(work: (batch: Batch) => Promise<T>): Promise<T> => {
    const done = turn.then(async () => {
      const batch = (shared ??= open())
      try {
        return await work(batch)
      } catch (error) {
        batch.stop()
        shared = null
        throw error
      }
    })
    turn = done.catch(() => undefined)
    return done
  }
  const stop = async (): Promise<void> => {
    await turn.catch(() => undefined)
    shared?.stop()
    shared = null
    kept.clear()
  }
  return {
    read: (oid, maxBytes = Infinity) => {
      const known = kept.get(oid)
      if (known !== undefined) return Promise.resolve(within(known, maxBytes))
      return inTurn((batch) => {
        batch.ask(oid)
        return batch.answer(oid, maxBytes)
      })
    },
    prime: async (oids) => {
      kept.clear()
      let bytes = 0
      await inTurn(async (batch) => {
        batch.ask(...oids)
        for (const oid of oids) {
          const object = await batch.answer(oid, KEPT.objectBytes)
          bytes += object?.bytes?.length ?? 0
          if (object !== null && object.bytes !== null && bytes <= KEPT.bytes) kept.set(oid, object)
        }
      })
    },
    async *stream(wanted, maxBytes) {
      let batch: Batch | null = null
      try {
        type Item = typeof wanted extends AsyncIterable<infer T> ? T : never
        const asked: { readonly item: Item; readonly known: ReadObject | undefined }[] = []
        const more = wanted[Symbol.asyncIterator]()
        for (let ended = false; !ended || asked.length > 0;) {
          while (!ended && asked.length < AHEAD) {
            const next = await more.next()
            if (next.done === true) ended = true
            else {
              const known = kept.get(next.value.oid)
              if (known === undefined) (batch ??= open()).ask(next.value.oid)
              asked.push({ item: next.value, known })
            }
          }
          const first = asked.shift()
          if (first === undefined) continue
          const { item, known } = first
          const most = maxBytes(item)
          yield { item, object: known ? within(known, most) : ((await batch?.answer(item.oid, most)) ?? null) }
        }
      } finally {
        batch?.stop()
      }
    },
    refresh: stop,
    close: stop,
  }
}

const within = (object: ReadObject, maxBytes: number): ReadObject =>
  object.size <= maxBytes ? object : { ...object, bytes: null }

class Batch {
  readonly #process: Child
  readonly #chunks: AsyncIterator<Uint8Array>
  #left: Buffer = Buffer.alloc(0)

  constructor(git: GitProgram, where: Parameters<typeof catFileSource>[1]) {
    this.#process = git.start(
      [...where.args, 'cat-file', '--batch'],
      where.variables === undefined ? {} : { variables: where.variables },
    )
    // A process that died shows as an answer that never comes.
    this.#chunks = this.#process.stdout[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  }

  ask(...oids: readonly Oid[]): void {
    this.#process.stdin.write(oids.map((oid) => `${oid}\n`).join(''))
  }

  async answer(oid: Oid, maxBytes: number): Promise<ReadObject | null> {
    const header = await this.#line(oid)
    if (header === `${oid} missing`) return null
    const [, name, type, digits] = HEADER.exec(header) ?? []
    if (name !== oid) throw new DamagedObject(oid)
    const size = Number(digits)
    const bytes = await this.#take(size, size <= maxBytes, oid)
    await this.#take(1, false, oid)
    return { type: type as ObjectType, size, bytes }
  }

  stop(): void {
    this.#process.abandon()
  }

  async #more(oid: Oid): Promise<Buffer> {
    const next = await this.#chunks.next()
    if (next.done === true) throw new DamagedObject(oid)
    return Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
  }

  async #line(oid: Oid): Promise<string> {
    for (let end = this.#left.indexOf(10); ; end = this.#left.indexOf(10)) {
      if (end >= 0) {
        const line = this.#left.toString('latin1', 0, end)
        this.#left = this.#left.subarray(end + 1)
        return line
      }
      this.#left = Buffer.concat([this.#left, await this.#more(oid)])
    }
  }

  async #take(size: number, keep: boolean, oid: Oid): Promise<Buffer | null> {
    const kept: Buffer[] = []
    for (let missing = size; missing > 0;) {
      if (this.#left.length === 0) this.#left = await this.#more(oid)
      const part = this.#left.subarray(0, missing)
      if (keep) kept.push(part)
      missing -= part.length
      this.#left = this.#left.subarray(part.length)
    }
    return keep ? Buffer.concat(kept) : null
  }
}
