/** Opens what histories and plans read of earlier runs: reads only. */
import type { HistoryReads } from '../app/history/history-ports.ts'

export const withHistory = async <T>(
  databaseFile: string,
  use: (reads: HistoryReads) => T | Promise<T>,
): Promise<T> => {
  const [{ openDatabaseForReading }, { createHistoryReads }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/history/history-reads.ts'),
  ])
  const db = openDatabaseForReading(databaseFile)
  try {
    return await use(createHistoryReads(db))
  } finally {
    db.close()
  }
}
