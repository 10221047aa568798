/** Lines of git's protocols: four hexadecimal digits of length, then the bytes. */
import { Problem } from '../../core/problem.ts'

export const FLUSH = Buffer.from('0000')
export const DELIMITER = Buffer.from('0001')

export const pktLine = (text: string | Buffer): Buffer => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes])
}

/** A line's bytes, or which of the marks between lines came. */
export type Packet = Buffer | 'flush' | 'delimiter' | 'end'

const MARKS = { flush: FLUSH, delimiter: DELIMITER, end: Buffer.from('0002') }

/** A line as it was sent. */
export const framed = (packet: Packet): Buffer => (typeof packet === 'string' ? MARKS[packet] : pktLine(packet))

/** Reads lines, then whatever follows them, from chunks. */
export class PacketReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #left: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Null when nothing follows; throws `E_HUB` when a line is cut or is none. */
  async next(): Promise<Packet | null> {
    const digits = await this.#take(4)
    if (digits === null) return null
    const text = digits.toString('latin1')
    if (!/^[0-9a-f]{4}$/i.test(text)) throw notGit()
    const length = parseInt(text, 16)
    if (length === 0) return 'flush'
    if (length === 1) return 'delimiter'
    if (length === 2) return 'end'
    if (length < 4) throw notGit()
    const line = await this.#take(length - 4)
    if (line === null) throw cut()
    return line
  }

  /** The next line as text without its line feed; marks as they are. */
  async text(): Promise<string | null | { readonly mark: 'flush' | 'delimiter' | 'end' }> {
    const packet = await this.next()
    if (packet === null) return null
    return typeof packet === 'string' ? { mark: packet } : packet.toString('utf8').replace(/\n$/, '')
  }

  /** What has arrived after the last line, and all that follows. */
  async *rest(): AsyncGenerator<Buffer> {
    if (this.#left.length > 0) yield this.#left
    this.#left = Buffer.alloc(0)
    for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next())
      yield Buffer.from(next.value)
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #take(size: number): Promise<Buffer | null> {
    const parts: Buffer[] = [this.#left]
    let have = this.#left.length
    while (have < size) {
      const next = await this.#chunks.next()
      if (next.done === true) {
        if (have === 0) return null
        throw cut()
      }
      parts.push(Buffer.from(next.value))
      have += next.value.length
    }
    const all = parts.length === 1 ? this.#left : Buffer.concat(parts)
    this.#left = all.subarray(size)
    return all.subarray(0, size)
  }
}

const notGit = (): Problem =>
  new Problem('E_HUB', 'What answered is not a git server.', { hints: ['Check the URL of the hub.'] })

const cut = (): Problem =>
  new Problem('E_OFFLINE', 'The hub broke off in the middle of its answer.', { hints: ['Try again.'] })
