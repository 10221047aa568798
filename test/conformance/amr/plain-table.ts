import type { AmrCall } from '../../../src/core/amr/call.ts'

/** The fields of a call that a record of a report decides. */
export type ExpectedCall = Partial<AmrCall>

/** Takes the calls out of a report without our parsers. */
export type ReadPlainly = (text: string) => readonly ExpectedCall[]

/** The cells of a row by the names of their columns. */
export type Row = Readonly<Record<string, string>>

/** What our documentation calls missing. */
export const cell = (text: string | undefined): string | null => {
  const value = (text ?? '')
    .replace(/^"(.*)"$/, '$1')
    .replaceAll('""', '"')
    .trim()
  return /^(?:|-|\.|NA|N\/A|n\/a|nan|NaN|None|null)$/.test(value) ? null : value
}
export const num = (text: string | undefined): number | null => {
  const value = cell(text)
  return value === null ? null : Number(value)
}
export const most100 = (text: string | undefined): number | null => {
  const value = num(text)
  return value === null ? null : Math.min(100, value)
}
export const list = (text: string | undefined, separator: string): string[] => [
  ...new Set(
    (cell(text) ?? '')
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
]
export const word = (text: string | undefined): string | null => cell(text)?.split(' ')[0] ?? null
export const place = (
  from: string | undefined,
  to: string | undefined,
): { start: number | null; stop: number | null } => {
  const ends = [num(from), num(to)].filter((end) => end !== null).sort((left, right) => left - right)
  return { start: ends.length === 2 ? (ends[0] ?? null) : null, stop: ends.length === 2 ? (ends[1] ?? null) : null }
}
export const strand = (text: string | undefined): '+' | '-' | null => (text === '+' || text === '-' ? text : null)

export const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '')

/** Rows of a table by the names of its columns. */
export const rows = (text: string): Row[] => {
  const [header = '', ...body] = lines(text).filter((line) => !line.startsWith('# argNorm'))
  const names = header.split('\t')
  return body.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}
export const table =
  (call: (row: Row) => ExpectedCall) =>
  (text: string): ExpectedCall[] =>
    rows(text).map(call)
export const bare =
  (call: (cells: readonly string[]) => ExpectedCall) =>
  (text: string): ExpectedCall[] =>
    lines(text).map((line) => call(line.split('\t')))
