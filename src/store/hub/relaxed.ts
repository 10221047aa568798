import type { Connection } from '../open.ts'

/**
 * Makes transactions that do not wait for the disk. Whatever ends, however it ends, finds them whole; a power cut may take the
 * last of them back, all together. The next ordinary transaction makes them last: it waits for everything before it. Without a
 * write-ahead log that would not hold, so there they wait like any other.
 */
export const relaxing = (
  db: Connection,
): (<Values extends unknown[], Result>(
  transaction: (...values: Values) => Result,
) => (...values: Values) => Result) => {
  const isLogged = !db.readonly && db.pragma('journal_mode', { simple: true }) === 'wal'
  return (transaction) =>
    isLogged
      ? (...values) => {
          db.pragma('synchronous = NORMAL')
          try {
            return transaction(...values)
          } finally {
            db.pragma('synchronous = FULL')
          }
        }
      : transaction
}
