/** The body of `POST /api/v1/benchmark/run`. */
import type { IncomingMessage } from 'node:http'
import type { RunWish } from '../app/serve/serve-ports.ts'
import type { Finding } from '../core/problem.ts'
import { Refusal } from './refusal.ts'
import { refuseIf, unknown } from './target.ts'

const MOST_BYTES = 1_000_000
/** As in schemas/run-request.schema.json. */
const MOST_REPEATS = 10_000

/** What a value must be, in words and as a test. */
type Kind = readonly [words: string, is: (value: unknown) => boolean]

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '' && !value.includes('\0')
const isCount = (value: unknown): boolean =>
  Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MOST_REPEATS
const TEXT: Kind = ['a text', isText]
const TEXTS: Kind = ['a list of texts', (value) => Array.isArray(value) && value.every(isText)]
const SOME_TEXTS: Kind = ['a list of one or more texts', (value) => TEXTS[1](value) && (value as unknown[]).length > 0]
const COUNT: Kind = [`a whole number from 1 to ${MOST_REPEATS}`, isCount]
const YES_OR_NO: Kind = ['true or false', (value) => typeof value === 'boolean']

const KEYS: Readonly<Record<keyof RunWish, Kind>> = {
  project_id: TEXT,
  input_data: TEXT,
  pipelines: SOME_TEXTS,
  async_mode: YES_OR_NO,
  truth: TEXT,
  dataset: TEXT,
  samples: SOME_TEXTS,
  repeats: COUNT,
  label: TEXT,
  tags: TEXTS,
}

/** Refuses what is no JSON before a byte of it is read: forms of foreign pages cannot send that type unasked. */
export const checkContentType = (request: IncomingMessage): void => {
  const type = request.headers['content-type'] ?? ''
  if (/^application\/json *(?:; *charset="?utf-8"? *)?$/i.test(type)) return
  throw new Refusal(415, 'The body must be sent as `Content-Type: application/json`.', {
    headers: { 'accept-post': 'application/json' },
  })
}

/** Reads and checks a body. Throws with everything that is wrong with it. */
export const readRunWish = async (request: IncomingMessage): Promise<RunWish> => {
  const value = parse(await readBytes(request))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(400, 'The body must be a JSON object.', { hints: [`Its keys: ${Object.keys(KEYS).join(', ')}.`] })
  const findings: Finding[] = []
  for (const [key, given] of Object.entries(value)) {
    const kind = Object.hasOwn(KEYS, key) ? KEYS[key as keyof RunWish] : undefined
    if (kind === undefined) findings.push(unknown(`There is no key "${key}".`, key, Object.keys(KEYS)))
    else if (!kind[1](given)) findings.push({ message: `"${key}" must be ${kind[0]}.` })
  }
  refuseIf(findings, 'The body is not right.')
  return value
}

const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw tooLarge()
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_BYTES) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const tooLarge = (): Refusal =>
  new Refusal(413, `The body is larger than ${MOST_BYTES} bytes.`, {
    hints: ['Name files by their paths: samples and truth are read where the server is.'],
  })

const parse = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch (cause) {
    throw new Refusal(400, `The body is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
