/** Opens the database side of hubs: outbox, index and audit log. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createHubCatalogue, EMPTY_CATALOGUE, type HubCatalogue } from '../app/hub/hub-catalogue.ts'
import type { RegistryFile } from '../app/hub/store-ports.ts'
import { hubAddress } from './hub-address.ts'
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

/** What the hub of a project registers, as far as it was read; nobody is asked. */
export const readHubCatalogue = async (
  databaseFile: string,
  hub: string | null,
  root: string,
): Promise<HubCatalogue> => {
  if (hub === null || !existsSync(databaseFile)) return EMPTY_CATALOGUE
  const { createHubDocuments } = await import('../hub/documents/hub-documents.ts')
  const url = hubAddress(hub, root)
  const store = openHubStore(databaseFile, 'read')
  try {
    const files = store.index.registry(url, 'registry/')
    const registryFiles = (prefix: string): readonly RegistryFile[] =>
      files.filter(({ path }) => path.startsWith(prefix))
    return createHubCatalogue([{ url, registryFiles }], createHubDocuments())
  } finally {
    store.close()
  }
}
