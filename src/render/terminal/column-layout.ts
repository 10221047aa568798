import { plainLine } from '../plain-text.ts'

/** Columns of cells, made harmless and broken into lines that fit. */
export interface ColumnLayout {
  /** Heading first; a cell may hold several lines. */
  readonly rows: readonly (readonly string[])[]
  readonly columns: readonly { readonly width: number; readonly align: 'left' | 'right' }[]
}

/** Characters between two columns. */
export const GAP = 2
/** Words up to this length stay whole; a table that does not fit even so is left to the terminal to wrap. */
const LONGEST_WHOLE_WORD = 26
// A number with its unit and what may stand behind it, or a missing one: such columns are read by their right edge.
const NUMBER =
  /^(?:–.*|[<>]?[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: ?[A-Za-z%]{1,2})?(?: \d\d[smh])?(?: [[(].*)?)$/

/** Finds column widths whose sum stays within `width` where that is possible. */
export const layoutColumns = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): ColumnLayout => {
  const cells = [head, ...rows].map((row) => row.map(plainLine))
  const columns = head.map((_, column) => {
    const texts = cells.map((row) => row[column] ?? '')
    const numeric = isNumeric(texts.slice(1))
    const natural = texts.reduce((widest, text) => Math.max(widest, displayWidth(text)), 0)
    return { numeric, natural, narrowest: numeric ? natural : Math.min(LONGEST_WHOLE_WORD, longestWord(texts)) }
  })
  const widths = shrunk(columns, width - GAP * (head.length - 1))
  return {
    rows: cells.map((row) => row.map((cell, column) => wrapped(cell, widths[column] ?? 1))),
    columns: columns.map(({ numeric }, column) => ({ width: widths[column] ?? 1, align: numeric ? 'right' : 'left' })),
  }
}

/** Which side the cells of each column stand at: numbers at the right. */
export const alignments = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly ('left' | 'right')[] =>
  head.map((_, column) => (isNumeric(rows.map((row) => row[column] ?? '')) ? 'right' : 'left'))

const isNumeric = (cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell !== '')
  return filled.length > 0 && filled.every((cell) => NUMBER.test(cell))
}

const longestWord = (cells: readonly string[]): number =>
  cells.reduce((longest, cell) => wordsOf(cell).reduce((one, word) => Math.max(one, displayWidth(word)), longest), 1)

// A star in front belongs to the word it marks.
const wordsOf = (text: string): string[] => text.split(/(?<!^\*) /)

// Takes from the widest column that can still give, so that numbers and short words stay whole.
const shrunk = (columns: readonly { natural: number; narrowest: number }[], available: number): number[] => {
  const widths = columns.map(({ natural }) => natural)
  const give = (index: number): number => {
    const narrowest = columns[index]?.narrowest ?? 0
    return (widths[index] ?? 0) > narrowest ? (widths[index] ?? 0) : 0
  }
  let excess = widths.reduce((sum, one) => sum + one, 0) - available
  for (; excess > 0; excess--) {
    const widest = widths.map((_, index) => index).reduce((best, index) => (give(index) > give(best) ? index : best), 0)
    if (give(widest) === 0) break
    widths[widest] = give(widest) - 1
  }
  return widths
}

// Breaks between words where possible; counts cells of the screen, not characters.
const wrapped = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text
  const lines: string[] = []
  let line = ''
  for (const word of wordsOf(text).flatMap((one) => pieces(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (displayWidth(longer) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].join('\n')
}

const pieces = (word: string, width: number): string[] => {
  const parts = ['']
  for (const character of word) {
    const last = parts.length - 1
    if (displayWidth(`${parts[last] ?? ''}${character}`) > width && parts[last] !== '') parts.push(character)
    else parts[last] = `${parts[last] ?? ''}${character}`
  }
  return parts
}

// East Asian wide characters and pictures take two cells on screen.
export const displayWidth = (text: string): number => {
  if (ASCII.test(text)) return text.length
  let cells = 0
  for (const character of text) if (!COMBINING.test(character)) cells += WIDE.test(character) ? 2 : 1
  return cells
}
// Accents stand on the letter before them.
const COMBINING = /\p{Nonspacing_Mark}|\p{Enclosing_Mark}|\ufe0f/u
const ASCII = /^[ -~]*$/
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u
