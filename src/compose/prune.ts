/** Wiring of `prune`: what the project is made of, and what may go of it. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Records } from '../app/prune/notes.ts'
import type { PruneRequest } from '../app/prune/prune-project.ts'
import type { PruneResult } from '../app/prune/prune-result.ts'
import type { Files, RunFolders, RunStore } from '../app/ports.ts'
import type { ProjectSettings } from '../core/project-config.ts'
import type { HubStore } from './hub-store.ts'
import { hubAddress } from './hub-address.ts'
import { clock } from './parts.ts'

/** The parts of the project that it takes from. */
interface PrunedProject {
  readonly root: string
  readonly files: () => Promise<Files>
  readonly runFolders: () => Promise<RunFolders>
  readonly store: (access: 'read') => Promise<RunStore>
  hubStore(access: 'read'): Promise<HubStore>
}

interface PruneContext {
  readonly settings: () => Promise<ProjectSettings>
  readonly databaseFile: string
  readonly onClose: (close: () => void) => void
}

export const pruneStored = async (
  project: PrunedProject,
  context: PruneContext,
  request: PruneRequest,
): Promise<PruneResult> => {
  const [{ pruneProject }, { createDisk }, { createMirrorFolder }, config, files, folders, store, hubs] =
    await Promise.all([
      import('../app/prune/prune-project.ts'),
      import('../exec/disk.ts'),
      import('../hub/git/mirror-folder.ts'),
      context.settings(),
      project.files(),
      project.runFolders(),
      project.store('read'),
      project.hubStore('read'),
    ])
  const own = config.centralHub === null ? null : hubAddress(config.centralHub.url, project.root)
  const needsHub = (url: string, since: number): boolean => {
    const { queued, inflight, held, conflict } = hubs.outbox.counts(url)
    const syncedAt = hubs.index.state(url)?.syncedAt ?? null
    return (
      url === own || queued + inflight + held + conflict > 0 || (syncedAt !== null && !(Date.parse(syncedAt) < since))
    )
  }
  return pruneProject(
    {
      ...{ root: project.root, cacheDir: config.local.cacheDir, resultsDir: config.local.resultsDir },
      ...{ store, folders, files, clock, needsHub, disk: createDisk() },
      mirrors: createMirrorFolder(join(config.local.cacheDir, 'hubs')),
      records: () => openRecords(context),
    },
    request,
  )
}

// A connection of its own: on a full disk it cannot be opened at first, and later it can.
const openRecords = async ({ databaseFile, onClose }: PruneContext): Promise<Records> => {
  const [{ openDatabase }, { createRunStore }, { createHubStore }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/run-store.ts'),
    import('../store/hub/hub-store.ts'),
  ])
  mkdirSync(dirname(databaseFile), { recursive: true })
  const db = openDatabase(databaseFile)
  onClose(() => void db.close())
  return { store: createRunStore(db), audit: createHubStore(db).audit }
}
