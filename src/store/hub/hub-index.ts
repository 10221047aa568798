import type { HubIndex, RegistryFile, Trust } from '../../app/hub/store-ports.ts'
import type { PublicKey } from '../../app/hub/trust-ports.ts'
import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'
import type { Statements } from '../statements.ts'
import { applyStep } from './apply-step.ts'
import { storedDocuments } from './documents.ts'
import { allHubs, findHub, hubKey, knownHub, toHubState } from './hub-rows.ts'
import { relaxing } from './relaxed.ts'
import { reclaim, removeRuns } from './remove-runs.ts'
import { TRUSTS } from './run-rows.ts'
import { beginSync, finishSync, goneRuns } from './sync-bounds.ts'

/** What this database knows of hubs. Urls carry no credentials. */
export const createHubIndex = (db: Connection, statements: Statements): HubIndex => {
  const guarded = guardedBy(db.name)
  // Each call is one transaction that takes the write lock before it reads what it decides from.
  const whole = <Values extends unknown[], Result>(
    act: (...values: Values) => Result,
  ): ((...values: Values) => Result) => guarded((...values: Values) => db.transaction(() => act(...values)).immediate())

  // The entry in the audit log that ends a sync makes all of it last; what a power cut takes back is fetched again.
  const relax = relaxing(db)
  const relaxed = <Values extends unknown[], Result>(
    act: (...values: Values) => Result,
  ): ((...values: Values) => Result) => guarded(relax(whole(act)))

  return {
    hubs: guarded(() => allHubs(statements).map(toHubState)),
    state: guarded((url) => {
      const hub = findHub(statements, url)
      return hub ? toHubState(hub) : null
    }),
    begin: relaxed((url, target, epoch, options) =>
      beginSync(statements, url, target, epoch, options?.afresh === true),
    ),
    apply: relaxed((url, step) => applyStep(statements, knownHub(statements, url), step)),
    gone: guarded((url) => goneRuns(statements, url)),
    finish: guarded((url, at, expected) => {
      const result = relax(() => db.transaction(() => finishSync(statements, url, at, expected)).immediate())()
      if (result.removed > 0) reclaim(db)
      return result
    }),
    markDiverged: whole((url) => {
      statements("UPDATE hub SET state = 'diverged' WHERE key = ?").run(knownHub(statements, url).key)
    }),
    registry: guarded((url, prefix) =>
      statements<RegistryFile>(`
        SELECT file.path, file.bytes FROM hub_registry AS file JOIN hub ON hub.key = file.hub_key
        WHERE hub.url = @url AND substr(file.path, 1, length(@prefix)) = @prefix ORDER BY file.path`).all({
        url,
        prefix,
      }),
    ),
    pins: guarded((url, project) =>
      statements<{ keyId: string; publicKey: string }>(`
        SELECT pin.key_id AS keyId, pin.public_key AS publicKey FROM hub_pin AS pin JOIN hub ON hub.key = pin.hub_key
        WHERE hub.url = ? AND pin.project = ? ORDER BY pin.pinned_at, pin.key_id`).all(url, project ?? ''),
    ),
    pin: relaxed((url, project, key, at) => pin(statements, url, project, key, at)),
    retrust: relaxed((url, project, trustOf) => retrust(statements, url, project, trustOf)),
    quarantined: guarded((url) =>
      statements<{ path: string; runId: string | null; reason: string }>(`
        SELECT found.path, nullif(found.run_id, '') AS runId, found.reason
        FROM hub_quarantine AS found JOIN hub ON hub.key = found.hub_key
        WHERE hub.url = ? ORDER BY found.path, found.run_id, found.reason`).all(url),
    ),
    documents: (url) => storedDocuments(statements, guarded, url),
    isEmpty: guarded(
      (url) =>
        statements('SELECT 1 FROM hub JOIN hub_run AS run ON run.hub_key = hub.key WHERE hub.url = ? LIMIT 1').get(
          url,
        ) === undefined,
    ),
    counts: guarded(
      (url) =>
        statements<{ runs: number; projects: number; quarantined: number }>(`
          SELECT (SELECT count(*) FROM hub_run WHERE hub_key = hub.key) AS runs,
            (SELECT count(*) FROM hub_project WHERE hub_key = hub.key) AS projects,
            (SELECT count(*) FROM hub_quarantine WHERE hub_key = hub.key) AS quarantined
          FROM hub WHERE url = ?`).get(url) ?? { runs: 0, projects: 0, quarantined: 0 },
    ),
    drop: guarded((url) => {
      db.transaction(() => {
        const hub = findHub(statements, url)
        if (!hub) return
        const runs = statements<{ key: number }>('SELECT key FROM hub_run WHERE hub_key = ?').all(hub.key)
        removeRuns(
          statements,
          runs.map(({ key }) => key),
        )
        statements('DELETE FROM hub WHERE key = ?').run(hub.key)
      }).immediate()
      reclaim(db)
    }),
  }
}

// What was pinned first stays: another public key under the same id is not the same key.
const pin = (statements: Statements, url: string, project: string | null, key: PublicKey, at: string): void => {
  statements(`
    INSERT INTO hub_pin (hub_key, project, key_id, public_key, pinned_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`).run(hubKey(statements, url, 0), project ?? '', key.keyId, key.publicKey, at)
}

interface TrustedRow {
  readonly key: number
  readonly keyId: string
  readonly firstSeenAt: string
  readonly trust: number
}

const retrust = (
  statements: Statements,
  url: string,
  project: string,
  trustOf: (keyId: string, firstSeenAt: string) => Trust,
): void => {
  const runs = statements<TrustedRow>(`
    SELECT run.key, signer.key_id AS keyId, run.first_seen_at AS firstSeenAt, run.trust
    FROM hub JOIN hub_project AS project ON project.hub_key = hub.key
      JOIN hub_folder AS folder ON folder.project_key = project.key
      JOIN hub_run AS run ON run.folder_key = folder.key
      JOIN hub_signer AS signer ON signer.key = run.signer_key
    WHERE hub.url = ? AND project.name = ?`).all(url, project)
  for (const { key, keyId, firstSeenAt, trust: before } of runs) {
    const trust = TRUSTS.indexOf(trustOf(keyId, firstSeenAt))
    if (trust === before) continue
    statements('UPDATE hub_run SET trust = ? WHERE key = ?').run(trust, key)
    statements('UPDATE hub_run_variant SET trust = ? WHERE run_key = ?').run(trust, key)
  }
}
