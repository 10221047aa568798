import type { DashboardReads } from '../../app/hub/dashboard-ports.ts'
import { createBaselines } from '../baselines.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import { prepareOnce } from '../statements.ts'
import { hubComparedRun, machineOfRun, ownComparedRun } from './compared-run.ts'
import { hubFacts, hubFolders, hubRuns } from './hub-folders.ts'
import { ownFolders, ownRuns } from './own-folders.ts'
import { createSiteDictionaries } from './site-dictionaries.ts'

/** Reads of a dashboard over one connection, of one hub (null: own runs alone). */
export const createDashboardReads = (
  db: Connection,
  scope: { readonly hub: string | null; readonly withOwn: boolean },
): DashboardReads => {
  const statements = prepareOnce(db)
  const guarded = guardedBy(db.name)
  const { hub, withOwn } = scope
  const dictionaries = createSiteDictionaries(statements)
  return {
    facts: guarded(() => (hub === null ? null : hubFacts(statements, hub))),
    folders: guarded(() => [
      ...(hub === null ? [] : hubFolders(statements, hub, withOwn)),
      ...(withOwn ? ownFolders(statements) : []),
    ]),
    runs: guarded((folder) =>
      folder.origin === 'own'
        ? ownRuns(statements, folder, dictionaries)
        : hub === null
          ? []
          : hubRuns(statements, { url: hub, withOwn }, folder, dictionaries),
    ),
    compared: guarded((origin, runId) =>
      origin === 'own'
        ? ownComparedRun(statements, runId)
        : hub === null
          ? null
          : hubComparedRun(statements, hub, runId),
    ),
    baselines: () => (withOwn ? createBaselines(db, statements).all() : []),
    machine: guarded((origin, runId) => machineOfRun(statements, { origin, hub, runId }, dictionaries)),
  }
}
