/** A cell and where it begins; lines and columns count from 1. */
export interface Cell {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Rows of a CSV file, or the place where its quoting breaks. */
export type CsvRows =
  | { readonly rows: readonly (readonly Cell[])[] }
  | { readonly message: string; readonly line: number; readonly column: number }

/**
 * Splits CSV (RFC 4180: quoted cells, doubled quotes, LF, CRLF or CR) and keeps the place of every cell, which is why
 * this is not left to a library. Blank lines are skipped; blanks around unquoted cells are dropped.
 */
export const readCsv = (text: string): CsvRows => {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let at = 0
  let line = 1
  let lineStart = 0
  const newline = (): void => {
    at += text.startsWith('\r\n', at) ? 2 : 1
    line++
    lineStart = at
  }
  while (at <= text.length) {
    const place = { line, column: at - lineStart + 1 }
    let value = ''
    if (text.charAt(at) === '"') {
      for (at++; text.charAt(at) !== '"' || text.charAt(at + 1) === '"';) {
        if (at >= text.length) return { message: 'A quoted cell is never closed.', ...place }
        const character = text.charAt(at)
        value += character
        if (character === '\n' || (character === '\r' && text.charAt(at + 1) !== '\n')) newline()
        else at += character === '"' ? 2 : 1
      }
      at++
      if (!isEnd(text, at))
        return { message: 'Text follows a closing quotation mark.', line, column: at - lineStart + 1 }
    } else {
      const start = at
      while (!isEnd(text, at)) at++
      value = text.slice(start, at).trim()
    }
    row.push({ text: value, ...place })
    if (text.charAt(at) === ',') {
      at++
      continue
    }
    if (row.some((cell) => cell.text !== '')) rows.push(row)
    row = []
    if (at >= text.length) break
    newline()
  }
  return { rows }
}

const isEnd = (text: string, at: number): boolean => at >= text.length || ',\r\n'.includes(text.charAt(at))
