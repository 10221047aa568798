import type { Statement } from 'better-sqlite3'
import type { Connection } from './open.ts'

/** Prepares each SQL text once for a connection, on first use: a `list` pays only for the statements it runs. */
export type Statements = <Row = unknown>(sql: string) => Statement<unknown[], Row>

export const prepareOnce = (db: Connection): Statements => {
  const prepared = new Map<string, Statement>()
  return <Row>(sql: string) => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = db.prepare(sql)
      prepared.set(sql, statement)
    }
    return statement as Statement<unknown[], Row>
  }
}
