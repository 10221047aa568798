import type { Statements } from '../statements.ts'

type Value = string | number | null | Uint8Array

/** Rows that are collected first and written together: a call into SQLite costs as much as several rows. */
export interface BulkInsert {
  /** Values of the rows, column by column; a new row is pushed whole, so that none needs an array of its own. */
  readonly values: Value[]
  /** How many rows are waiting. */
  readonly size: number
  /** Takes back what was added after the first `size` rows. */
  shrinkTo(size: number): void
  /** Writes what is waiting, inside the caller's transaction. */
  flush(): void
}

const ROWS_AT_ONCE = [256, 16, 1]

/** `rowsAtOnce`: how many go into one statement, most first and one last. */
export const createBulkInsert = (
  statements: Statements,
  table: string,
  columns: readonly string[],
  rowsAtOnce: readonly number[] = ROWS_AT_ONCE,
): BulkInsert => {
  const width = columns.length
  const place = `(${columns.map(() => '?').join(', ')})`
  // Whoever meets a failure gives the transaction up. SQLite need not be able to take back one statement: before it writes the
  // rows of one it would copy every page they touch, into a file when there are many.
  const insert = (rows: number): string =>
    `INSERT OR ROLLBACK INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => place).join(', ')}`
  const waiting: Value[] = []
  return {
    values: waiting,
    get size() {
      return waiting.length / width
    },
    shrinkTo: (size) => {
      waiting.length = size * width
    },
    flush: () => {
      let from = 0
      for (const rows of rowsAtOnce) {
        if (from + rows * width > waiting.length) continue
        const statement = statements(insert(rows))
        for (; from + rows * width <= waiting.length; from += rows * width)
          statement.run(...waiting.slice(from, from + rows * width))
      }
      waiting.length = 0
    },
  }
}
