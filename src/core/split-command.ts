/** A command line that cannot be split, and where in the text (from 0) it goes wrong. */
export interface SplitFailure {
  readonly message: string
  readonly hint: string
  readonly offset: number
}

// Meaningful to a shell only. Without one they would silently become arguments.
const SHELL_ONLY = new Set(['|', '&', ';', '<', '>', '`'])
const BLANK = /\s/

/**
 * Splits a command line into words the way a shell would, without being one: blanks separate, `'…'` and `"…"` group,
 * `\` takes the next character literally (inside `"…"` only before `"` and `\`). Nothing is expanded. Characters that
 * would need a shell are refused unless quoted.
 */
export const splitCommand = (
  text: string,
): { readonly words: readonly string[] } | { readonly failure: SplitFailure } => {
  const words: string[] = []
  let word: string | null = null
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (BLANK.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(text, at)
      if (quoted === null) return failure(at, `${character} is never closed.`, 'close the quotation mark')
      word = (word ?? '') + quoted.value
      at = quoted.end
    } else if (character === '\\') {
      if (at + 1 === text.length) return failure(at, 'The command ends in a lone \\.', 'remove it, or quote it')
      word = (word ?? '') + text.charAt(++at)
    } else if (SHELL_ONLY.has(character) || text.startsWith('$(', at)) {
      const sign = character === '$' ? '$(' : character
      return failure(at, `"${sign}" means something to a shell only, and this command runs without one.`, hintFor(sign))
    } else word = (word ?? '') + character
  }
  if (word !== null) words.push(word)
  if (words.length === 0) return failure(0, 'The command is empty.', 'write the program and its arguments')
  return { words }
}

const readQuoted = (text: string, start: number): { value: string; end: number } | null => {
  const mark = text.charAt(start)
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === mark) return { value, end: at }
    const next = text.charAt(at + 1)
    if (mark === '"' && character === '\\' && (next === '"' || next === '\\')) {
      value += next
      at++
    } else value += character
  }
  return null
}

const hintFor = (sign: string): string =>
  sign === '>'
    ? 'to keep the standard output write `stdout: FILE`; or say `shell: bash`; or quote it'
    : 'say `shell: bash`, or quote it'

const failure = (offset: number, message: string, hint: string): { failure: SplitFailure } => ({
  failure: { message, hint, offset },
})

const PLAIN_WORD = /^[\w@%+=:,./{}-]+$/

/** A word as one would type it into a shell: quoted only where needed. */
const quoteWord = (word: string): string => (PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** An argv as one would type it; for showing, `splitCommand` reads it back. */
export const formatCommand = (argv: readonly string[]): string => argv.map(quoteWord).join(' ')
