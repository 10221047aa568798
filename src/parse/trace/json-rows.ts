import type { Findings } from '../findings.ts'
import { createJsonObjects, type JsonObject } from '../json-objects.ts'
import type { ColumnTable } from '../table-header.ts'
import { amountIn, type Row, saysNothing } from './rows.ts'

/** The objects of a JSON list or of JSON lines as rows. Their faults name the line an object begins in. */
export const jsonRows = <Key extends string>(
  text: string,
  columns: ColumnTable<Key>,
  findings: Findings,
): readonly Row<Key>[] => {
  const rows: Row<Key>[] = []
  const reader = createJsonObjects(findings, (entry, line) => rows.push(createRow(entry, columns, line, findings)))
  reader.block(Buffer.from(text), 1)
  reader.end()
  findings.finish()
  return rows
}

const createRow = <Key extends string>(
  entry: JsonObject,
  columns: ColumnTable<Key>,
  line: number,
  findings: Findings,
): Row<Key> => {
  const nameOf = (key: Key): string => columns[key].names.find((name) => name in entry) ?? columns[key].names[0] ?? key
  const fail: Row<Key>['fail'] = (key, message, hint) =>
    findings.add(`${nameOf(key)}: ${message}`, line, undefined, hint)
  const cell: Row<Key>['cell'] = (key) => {
    const value = entry[nameOf(key)]
    if (value === undefined || value === null) return null
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return saysNothing(text) ? null : text.trim()
  }
  for (const key of Object.keys(columns) as Key[])
    if (columns[key].required && !(nameOf(key) in entry))
      findings.add(`The entry that begins here has no ${nameOf(key)}.`, line)
  return { line, cell, fail, amount: amountIn(cell, fail) }
}
