import type { IndexedRun, Quarantined } from '../../app/hub/store-ports.ts'
import type { Statements } from '../statements.ts'
import type { HubRow } from './hub-rows.ts'
import type { KnownRun } from './known-runs.ts'
import { pathOf } from './places.ts'
import { removeRuns } from './remove-runs.ts'
import { TRUSTS } from './run-rows.ts'

interface Met {
  readonly ids: Map<string, KnownRun>
  readonly contents: Map<string, KnownRun>
}

/** What is left to take in of a step, and what gave way. */
interface Room {
  readonly added: readonly IndexedRun[]
  readonly gaveWay: readonly Quarantined[]
  /** Runs that earlier steps of this sync had taken in; they are gone from what was met, too. */
  readonly removed: number
}

/**
 * Of two runs with one id or one content, the one that was read first stays. Of two that are read in the same sync nobody
 * can say which was first, and the order of paths is chosen by whoever writes them: there, a run that no key of its
 * project signed gives way to one that an owner signed.
 */
export const giveWay = (statements: Statements, hub: HubRow, added: readonly IndexedRun[], met: Met): Room => {
  const owners = new Map<string, string>()
  for (const { trust, document } of added)
    if (trust === 'owner') {
      owners.set(document.run_id, document.project_id)
      owners.set(document.content_sha256, document.project_id)
    }
  const reasonFor = (runId: string, content: string): string | null => {
    const owner = owners.get(runId) ?? owners.get(content)
    return owner === undefined
      ? null
      : `A run with this id or content is signed by its owner, project ${owner}; this one is signed by nobody known.`
  }
  const gaveWay: Quarantined[] = []
  const staying = added.filter(({ trust, document, path }) => {
    const reason = trust === 'unknown-owner' ? reasonFor(document.run_id, document.content_sha256) : null
    if (reason !== null) gaveWay.push({ path, runId: document.run_id, reason })
    return reason === null
  })
  const leaving = new Set<number>()
  for (const run of [...met.ids.values(), ...met.contents.values()]) {
    const { key, id, content, folder, places } = run
    if (key === null || run.addedIn !== hub.sync || TRUSTS[run.trust] !== 'unknown-owner') continue
    const reason = reasonFor(id, content)
    if (reason === null) continue
    met.ids.delete(id)
    met.contents.delete(content)
    if (leaving.has(key)) continue
    leaving.add(key)
    gaveWay.push({ path: pathOf(run.project, monthOf(statements, folder), id, places), runId: id, reason })
  }
  if (leaving.size > 0) removeRuns(statements, [...leaving])
  return { added: staying, gaveWay, removed: leaving.size }
}

const monthOf = (statements: Statements, folder: number): string =>
  statements<{ month: string }>('SELECT month FROM hub_folder WHERE key = ?').get(folder)?.month ?? ''
