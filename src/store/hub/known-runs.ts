/** Runs of the database that a step of a sync meets again: by their id, and by their content. */
import type { IndexedRun } from '../../app/hub/store-ports.ts'
import type { Statements } from '../statements.ts'

/** A run as it is known: in the database, or earlier in the same step. */
export interface KnownRun {
  /** Null: added in this step. */
  readonly key: number | null
  readonly id: string
  readonly project: string
  readonly folder: number
  readonly places: number
  readonly trust: number
  readonly addedIn: number
  readonly content: string
  readonly signature: string
}

interface KnownRow {
  readonly key: number
  readonly id: string
  readonly project: string
  readonly folder_key: number
  readonly places: number
  readonly trust: number
  readonly added_in: number
  readonly content_sha256: Buffer
  readonly signature_start: string
}

const COLUMNS = `
  run.key, run.id, project.name AS project, run.folder_key, run.places, run.trust, run.added_in, run.content_sha256,
  run.signature_start`

/** By id, those that have an id of the step. */
export const runsWithId = (statements: Statements, hub: number, runs: readonly IndexedRun[]): Map<string, KnownRun> => {
  const found = new Map<string, KnownRun>()
  const ids = runs.map(({ document }) => document.run_id)
  for (const part of inParts(ids)) {
    const rows = statements<KnownRow>(`
      SELECT ${COLUMNS} FROM hub_run AS run JOIN hub_project AS project ON project.key = run.project_key
      WHERE run.hub_key = ? AND run.id IN (${places(part)})`).all(hub, ...part)
    for (const row of rows) found.set(row.id, knownRun(row))
  }
  return found
}

/** By content, those that begin like a content of the step. */
export const runsWithContent = (
  statements: Statements,
  hub: number,
  runs: readonly IndexedRun[],
): Map<string, KnownRun> => {
  const found = new Map<string, KnownRun>()
  const starts = runs.map(({ document }) => Buffer.from(document.content_sha256.slice(0, 12), 'hex'))
  for (const part of inParts(starts)) {
    const rows = statements<KnownRow>(`
      SELECT ${COLUMNS} FROM hub_run AS run INDEXED BY hub_run_by_content
        JOIN hub_project AS project ON project.key = run.project_key
      WHERE substr(run.content_sha256, 1, 6) IN (${places(part)}) AND run.hub_key = ?`).all(...part, hub)
    for (const row of rows) found.set(row.content_sha256.toString('hex'), knownRun(row))
  }
  return found
}

const knownRun = (row: KnownRow): KnownRun => ({
  key: row.key,
  id: row.id,
  project: row.project,
  folder: row.folder_key,
  places: row.places,
  trust: row.trust,
  addedIn: row.added_in,
  content: row.content_sha256.toString('hex'),
  signature: row.signature_start,
})

const AT_ONCE = 100

// Always the same number of places, so that one statement serves all parts; the last value fills up.
const inParts = <T>(values: readonly T[]): T[][] => {
  const parts: T[][] = []
  for (let from = 0; from < values.length; from += AT_ONCE) {
    const part = values.slice(from, from + AT_ONCE)
    while (part.length < AT_ONCE && part[0] !== undefined) part.push(part[0])
    parts.push(part)
  }
  return parts
}

const places = (values: readonly unknown[]): string => values.map(() => '?').join(', ')
