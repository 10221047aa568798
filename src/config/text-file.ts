import { readFileSync, statSync } from 'node:fs'
import type { Finding, SourceLocation } from '../core/problem.ts'

/** Hand-written files are small. A big one is something else under the wrong name. */
const MAX_BYTES = 4 * 1024 * 1024

/** A text file, or why it cannot be used. A byte order mark is dropped. */
export type TextFile = { readonly text: string } | { readonly finding: Finding }

/** Reads a UTF-8 file; `shownAs` is the name messages use. */
export const readTextFile = (path: string, shownAs: string): TextFile => {
  let bytes: Buffer
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) return problem(shownAs, 'This is a folder, not a file.')
    if (stats.size > MAX_BYTES)
      return problem(shownAs, `The file is too big (${stats.size} bytes) to be what it should be.`)
    bytes = readFileSync(path)
  } catch (error) {
    const { code } = error as { code?: string }
    const reason = code === 'ENOENT' ? 'There is no such file.' : `The file cannot be read (${code ?? String(error)}).`
    return problem(shownAs, reason)
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return problem(shownAs, 'The file is UTF-16.', { line: 1, column: 1 }, 'save it as UTF-8')
  const text = decode(bytes)
  if (text !== null) return { text }
  return problem(shownAs, 'The file is not UTF-8 here.', firstInvalid(bytes), 'save it as UTF-8')
}

const problem = (
  file: string,
  message: string,
  place: Omit<SourceLocation, 'file'> = {},
  hint?: string,
): { finding: Finding } => ({
  finding: { message, location: { file, ...place }, ...(hint === undefined ? {} : { hint }) },
})

const decode = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// A line feed never occurs inside a multi-byte character, so lines can be tried one by one.
const firstInvalid = (bytes: Buffer): { line: number; column: number } => {
  let start = 0
  for (let line = 1; ; line++) {
    const next = bytes.indexOf(0x0a, start)
    const row = bytes.subarray(start, next < 0 ? bytes.length : next)
    if (decode(row) === null) return { line, column: validPrefix(row) + 1 }
    if (next < 0) return { line, column: 1 }
    start = next + 1
  }
}

const validPrefix = (row: Buffer): number => {
  for (let length = row.length - 1; length > 0; length--) {
    const text = decode(row.subarray(0, length))
    if (text !== null) return text.length
  }
  return 0
}
