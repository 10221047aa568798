import Table from 'cli-table3'
import { plainLine } from '../plain-text.ts'

const GAP = 2
/** Words up to this length stay whole; a table that does not fit even so is left to the terminal to wrap. */
const LONGEST_WHOLE_WORD = 26
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}
// A number with its unit and what may stand behind it, or a missing one: such columns are read by their right edge.
const NUMBER = /^(?:–.*|[<>]?[+-]?\d+(?:\.\d+)?(?: ?[A-Za-z%]{1,2})?(?: \d\d[smh])?(?: [[(].*)?)$/

/** Columns under their headings, at most `width` characters wide where that is possible. Cells are made harmless. */
export const textTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string => {
  const cells = [head, ...rows].map((row) => row.map(plainLine))
  const columns = head.map((_, column) => {
    const texts = cells.map((row) => row[column] ?? '')
    const numeric = isNumeric(texts.slice(1))
    const natural = Math.max(...texts.map(displayWidth))
    return { numeric, natural, narrowest: numeric ? natural : Math.min(LONGEST_WHOLE_WORD, longestWord(texts)) }
  })
  const widths = shrunk(columns, width - GAP * (head.length - 1))
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colWidths: widths.map((columnWidth) => columnWidth + GAP),
    colAligns: columns.map(({ numeric }) => (numeric ? 'right' : 'left')),
  })
  table.push(...cells.map((row) => row.map((cell, column) => wrapped(cell, widths[column] ?? 1))))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const isNumeric = (cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell !== '')
  return filled.length > 0 && filled.every((cell) => NUMBER.test(cell))
}

const longestWord = (cells: readonly string[]): number =>
  Math.max(1, ...cells.flatMap((cell) => cell.split(' ').map(displayWidth)))

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

// cli-table3 wraps by characters and cuts off what is wide on screen, so lines are broken here.
const wrapped = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
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
const displayWidth = (text: string): number => {
  let cells = 0
  for (const character of text) cells += WIDE.test(character) ? 2 : 1
  return cells
}
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u
