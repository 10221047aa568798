/** Looks at JSON before it is parsed, so that nobody's document can cost more than its size allows. */

/** What a document may have at most. */
export interface JsonLimits {
  readonly bytes: number
  /** Keys of all objects together. */
  readonly keys: number
  /** Bytes between the quotation marks of one text. */
  readonly textBytes: number
  /** Items of one list. */
  readonly items: number
}

const DEPTH = 16
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** What is too big, in one sentence, or null. Whether it is JSON at all is not looked at. */
export const jsonGuard = (bytes: Uint8Array, limits: JsonLimits): string | null => {
  if (bytes.length > limits.bytes) return `It has ${bytes.length} bytes; at most ${limits.bytes} are read.`
  const commas = new Uint32Array(DEPTH + 1)
  let depth = 0
  let keys = 0
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE: {
        const start = at + 1
        for (at = start; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++
        if (at - start > limits.textBytes) return `A text in it is longer than ${limits.textBytes} bytes.`
        break
      }
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++depth > DEPTH) return `It is nested deeper than ${DEPTH} levels.`
        commas[depth] = 0
        break
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth = Math.max(0, depth - 1)
        break
      case COLON:
        if (++keys > limits.keys) return `It has more than ${limits.keys} keys.`
        break
      case COMMA: {
        const count = (commas[depth] ?? 0) + 1
        if (count >= limits.items) return `A list or object in it has more than ${limits.items} items.`
        commas[depth] = count
        break
      }
      default:
    }
  }
  return null
}
