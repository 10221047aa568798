import type { RegistryFile } from '../../app/hub/store-ports.ts'
import { findHub } from '../hub/hub-rows.ts'
import type { Connection } from '../open.ts'
import { prepareOnce } from '../statements.ts'

/** What rankings need to know of a hub besides its runs; a hub nobody has read has none of it. */
export interface ReadRegistry {
  registry(url: string, prefix: string): readonly RegistryFile[]
  syncedAt(url: string): string | null
}

/** Loads nothing that writes. */
export const createRegistryReads = (db: Connection): ReadRegistry => {
  const statements = prepareOnce(db)
  return {
    registry: (url, prefix) =>
      statements<RegistryFile>(`
        SELECT path, bytes FROM hub JOIN hub_registry AS registry ON registry.hub_key = hub.key
        WHERE hub.url = @url AND substr(path, 1, length(@prefix)) = @prefix ORDER BY path`).all({ url, prefix }),
    syncedAt: (url) => findHub(statements, url)?.synced_at ?? null,
  }
}
