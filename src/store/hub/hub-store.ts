import type { AuditLog, HubIndex, Outbox } from '../../app/hub/store-ports.ts'
import type { Connection } from '../open.ts'
import { prepareOnce } from '../statements.ts'
import { createAuditLog } from './audit-log.ts'
import { createHubIndex } from './hub-index.ts'
import { createOutbox } from './outbox.ts'

/** 64 MiB. */
const WAL_PAGES = 16_384

/** The database side of hubs over one connection. */
export interface HubStore {
  readonly outbox: Outbox
  readonly index: HubIndex
  readonly audit: AuditLog
  readonly close: () => void
}

/**
 * @param actor pseudonym under which things are logged: a key id, or `local`
 */
export const createHubStore = (db: Connection, actor?: string): HubStore => {
  // What is erased is overwritten: rows of erased runs and details of the log must not be readable in free pages.
  if (!db.readonly) db.pragma('secure_delete = ON')
  // Pages of indexes change in each step of a large sync; carried over into the database less often, most of that is once.
  if (!db.readonly) db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`)
  const statements = prepareOnce(db)
  return {
    outbox: createOutbox(db, statements),
    index: createHubIndex(db, statements),
    audit: createAuditLog(db, statements, actor),
    close: () => void db.close(),
  }
}
