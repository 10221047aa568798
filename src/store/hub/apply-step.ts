import type { HubIndex, IndexedRun, Quarantined } from '../../app/hub/store-ports.ts'
import type { Statements } from '../statements.ts'
import type { HubRow } from './hub-rows.ts'
import { giveWay } from './give-way.ts'
import { createInterned } from './interned.ts'
import { type KnownRun, runsWithContent, runsWithId } from './known-runs.ts'
import { leavePath, placeOf, REMEMBER_PLACE } from './places.ts'
import { createRunRows, SIGNATURE_START, TRUSTS } from './run-rows.ts'

type Step = Parameters<HubIndex['apply']>[1]
type Applied = ReturnType<HubIndex['apply']>

/** One step of a sync, inside the caller's transaction. Doing it again changes nothing. */
export const applyStep = (statements: Statements, hub: HubRow, step: Step): Applied => {
  for (const path of step.removedPaths) leavePath(statements, hub.key, hub.sync, path)
  for (const path of step.removedRegistry) replaceRegistry(statements, hub.key, path, null)
  for (const { path, bytes } of step.registry) replaceRegistry(statements, hub.key, path, bytes)
  const quarantine = (found: Quarantined): void => {
    statements(`
      INSERT INTO hub_quarantine (hub_key, path, run_id, reason, sync) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`).run(hub.key, found.path, found.runId ?? '', found.reason, hub.sync)
  }
  const applied = takeIn(statements, hub, step)
  for (const found of [...step.quarantined, ...applied.tampered]) quarantine(found)
  statements('UPDATE hub SET target_cursor = ? WHERE key = ? AND target_head IS NOT NULL').run(step.cursor, hub.key)
  return applied
}

const takeIn = (statements: Statements, hub: HubRow, step: Step): Applied => {
  const ids = runsWithId(statements, hub.key, step.added)
  const contents = runsWithContent(statements, hub.key, step.added)
  const room = giveWay(statements, hub, step.added, { ids, contents })
  const interned = createInterned(statements, hub.key)
  const rows = createRunRows(statements, hub.key, interned)
  const released = releaser(statements, hub.key)
  const tampered: Quarantined[] = [...room.gaveWay]
  // Runs of this very step that it names at a second path; their rows are not written yet.
  const again: { readonly id: string; readonly folder: number; readonly places: number }[] = []
  let added = 0 - room.removed
  let moved = 0
  for (const run of room.added) {
    const { run_id: runId, content_sha256: content, project_id: project } = run.document
    const refuse = (reason: string): void => void tampered.push({ path: run.path, runId, reason })
    const place = placeOf(run.path)
    if (place === null || place.project !== project || place.month !== run.month || (place.runId ?? runId) !== runId) {
      refuse('It is not where its content says it should be.')
      continue
    }
    const first = ids.get(runId)
    if (first) {
      const difference = differenceOf(first, run)
      if (difference !== null) {
        refuse(difference)
        continue
      }
      const folder = interned.folder(project, run.month)
      const places = folder === first.folder ? first.places | place.place : place.place
      const now = { ...first, folder, places, trust: TRUSTS.indexOf(run.trust) }
      if (first.key === null) again.push(now)
      else if (seenAgain(statements, hub, first.key, first, now)) moved += 1
      ids.set(runId, now)
    } else {
      const twin = contents.get(content)
      if (twin !== undefined) {
        refuse(`It has the same content as run ${twin.id}.`)
        continue
      }
      const folder = interned.folder(project, run.month)
      const fault = rows.add({ run, folder, places: place.place, sync: hub.sync, at: step.at })
      if (fault !== null) {
        refuse(fault)
        continue
      }
      added += 1
      const trust = TRUSTS.indexOf(run.trust)
      const signature = run.document.sig.slice(0, SIGNATURE_START)
      const places = place.place
      const now = { key: null, id: runId, project, folder, places, trust, addedIn: hub.sync, content, signature }
      contents.set(content, now)
      ids.set(runId, now)
    }
    released(run.path, place.runId === null ? [runId] : [runId, ''])
  }
  rows.flush()
  for (const { id, folder, places } of again)
    statements('UPDATE hub_run SET folder_key = ?, places = ? WHERE hub_key = ? AND id = ?').run(
      folder,
      places,
      hub.key,
      id,
    )
  return { added, moved, tampered }
}

const differenceOf = (first: KnownRun, { document }: IndexedRun): string | null => {
  if (first.project !== document.project_id) return `A run of project ${first.project} has this id already.`
  if (first.content !== document.content_sha256)
    return 'Its content is not what was read first under this id; that is kept.'
  if (first.signature !== document.sig.slice(0, SIGNATURE_START))
    return 'It is signed differently from what was read first under this id; that is kept.'
  return null
}

/** A run that is known already was met, perhaps at a new path. Returns whether it moved. */
const seenAgain = (statements: Statements, hub: HubRow, key: number, first: KnownRun, now: KnownRun): boolean => {
  const isElsewhere = now.folder !== first.folder || now.places !== first.places
  if (!isElsewhere && now.trust === first.trust) return false
  if (isElsewhere && first.addedIn !== hub.sync) statements(`${REMEMBER_PLACE} key = ? ON CONFLICT DO NOTHING`).run(key)
  statements('UPDATE hub_run SET folder_key = ?, places = ?, missing = 0, trust = ? WHERE key = ?').run(
    now.folder,
    now.places,
    now.trust,
    key,
  )
  if (now.trust !== first.trust)
    statements('UPDATE hub_run_variant SET trust = ? WHERE run_key = ?').run(now.trust, key)
  if (!isElsewhere) return false
  // A segment that was read again first takes its runs away, then brings them back to where they were.
  const before = statements<{ folder_key: number; places: number }>(
    'SELECT folder_key, places FROM hub_moved WHERE run_key = ?',
  ).get(key)
  return before !== undefined && (before.folder_key !== now.folder || before.places !== now.places)
}

// What was set aside once and is in order now is set aside no longer; most hubs have nothing set aside.
const releaser = (statements: Statements, hub: number): ((path: string, runIds: readonly string[]) => void) => {
  const any = statements('SELECT 1 FROM hub_quarantine WHERE hub_key = ? LIMIT 1').get(hub) !== undefined
  if (!any) return () => undefined
  const release = statements('DELETE FROM hub_quarantine WHERE hub_key = ? AND path = ? AND run_id = ?')
  return (path, runIds) => {
    for (const runId of runIds) release.run(hub, path, runId)
  }
}

const replaceRegistry = (statements: Statements, hub: number, path: string, bytes: Uint8Array | null): void => {
  statements(`
    INSERT INTO hub_registry_before (hub_key, path, bytes)
    SELECT @hub, @path, (SELECT bytes FROM hub_registry WHERE hub_key = @hub AND path = @path) WHERE true
    ON CONFLICT DO NOTHING`).run({ hub, path })
  if (bytes === null) statements('DELETE FROM hub_registry WHERE hub_key = ? AND path = ?').run(hub, path)
  else
    statements(`
      INSERT INTO hub_registry (hub_key, path, bytes) VALUES (?, ?, ?)
      ON CONFLICT (hub_key, path) DO UPDATE SET bytes = excluded.bytes`).run(hub, path, bytes)
}
