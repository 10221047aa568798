import type { HubState } from '../../app/hub/store-ports.ts'
import { Problem } from '../../core/problem.ts'
import type { Statements } from '../statements.ts'

/** How far a hub has been read, as the table has it. */
export interface HubRow {
  readonly key: number
  readonly url: string
  readonly head: string | null
  readonly tree: string | null
  readonly epoch: number
  readonly target_head: string | null
  readonly target_tree: string | null
  readonly target_cursor: string | null
  readonly sync: number
  readonly synced_at: string | null
  readonly state: 'ok' | 'diverged'
}

const COLUMNS = 'key, url, head, tree, epoch, target_head, target_tree, target_cursor, sync, synced_at, state'

export const allHubs = (statements: Statements): readonly HubRow[] =>
  statements<HubRow>(`SELECT ${COLUMNS} FROM hub ORDER BY url`).all()

export const findHub = (statements: Statements, url: string): HubRow | undefined =>
  statements<HubRow>(`SELECT ${COLUMNS} FROM hub WHERE url = ?`).get(url)

/** The hub, which a sync must have begun for. */
export const knownHub = (statements: Statements, url: string): HubRow => {
  const hub = findHub(statements, url)
  if (hub) return hub
  throw new Problem('E_STORE', `The hub ${url} has never been read into this database.`, {
    hints: ['Run `benchmark sync` first.'],
  })
}

/** The hub's key; a hub that was not known yet becomes so, with nothing read. */
export const hubKey = (statements: Statements, url: string, epoch: number): number =>
  findHub(statements, url)?.key ??
  Number(statements('INSERT INTO hub (url, epoch) VALUES (?, ?)').run(url, epoch).lastInsertRowid)

export const toHubState = (row: HubRow): HubState => ({
  url: row.url,
  head: row.head,
  tree: row.tree,
  epoch: row.epoch,
  target:
    row.target_head === null || row.target_tree === null
      ? null
      : { head: row.target_head, tree: row.target_tree, cursor: row.target_cursor ?? '' },
  syncedAt: row.synced_at,
  state: row.state,
})
