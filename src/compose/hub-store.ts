/** Opens the database side of hubs: outbox, index and audit log. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createHubStore, type HubStore } from '../store/hub/hub-store.ts'
import { openDatabase, openDatabaseForReading } from '../store/open.ts'

export type { HubStore } from '../store/hub/hub-store.ts'

/** A project without a database reads as one in which nothing happened yet; writing makes the database. */
export const openHubStore = (databaseFile: string, access: 'read' | 'write'): HubStore => {
  if (access === 'read') return createHubStore(openDatabaseForReading(databaseFile))
  mkdirSync(dirname(databaseFile), { recursive: true })
  const warn = (text: string): void => void process.stderr.write(`Warning: ${text}\n`)
  return createHubStore(openDatabase(databaseFile, { warn }))
}
