import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { HubIndex, IndexedRun } from '../../src/app/hub/store-ports.ts'
import { runPath, segmentPath } from '../../src/core/hub/layout.ts'
import { createHubStore } from '../../src/store/hub/hub-store.ts'
import { type Connection, openDatabase } from '../../src/store/open.ts'
import { sharedRunId } from './shared-run.ts'

export const URL = 'https://hub.example/results.git'
export const AT = '2026-11-26T00:00:00.000Z'

export type Step = Parameters<HubIndex['apply']>[1]
/** A step of a sync that changes nothing but what is given. */
export const step = (changes: Partial<Step> = {}): Step => ({
  ...{ added: [], removedPaths: [], quarantined: [], registry: [], removedRegistry: [], cursor: 'x', at: AT },
  ...changes,
})
/** A head and its tree, named by a letter. */
export const target = (letter: string): { head: string; tree: string } => ({
  head: letter.repeat(40),
  tree: letter.toUpperCase().repeat(40),
})
export const nobody = (): boolean => false
export const text = ({ line }: IndexedRun): string => Buffer.from(line).toString()
/** Path of a run of project lab in the open month, and of the segment of that month. */
export const file = (name: string): string => runPath('lab', '2026-11', sharedRunId(name))
export const segment = segmentPath('lab', '2026-11')

/** An empty index in a database of its own below `dir`, and what tests ask it. */
export interface FreshIndex {
  readonly db: Connection
  readonly index: HubIndex
  /** One whole sync in the given steps. */
  readonly sync: (
    letter: string,
    steps: readonly Partial<Step>[],
    expected?: () => boolean,
  ) => ReturnType<HubIndex['finish']> & { readonly applied: readonly ReturnType<HubIndex['apply']>[] }
  /** Paths and texts of the runs that are there. */
  readonly stored: () => string[]
  readonly lines: () => string[]
  /** Every row of every table, to see that nothing changed (or that nothing is left). */
  readonly everything: () => Record<string, unknown[]>
}

export const freshIndex = (dir: string): FreshIndex => {
  const db = openDatabase(join(mkdtempSync(join(dir, 'db-')), 'benchmark.db'))
  const { index } = createHubStore(db)
  return {
    db,
    index,
    sync: (letter, steps, expected = nobody) => {
      index.begin(URL, target(letter), 1)
      const applied = steps.map((changes) => index.apply(URL, step(changes)))
      return { applied, ...index.finish(URL, AT, expected) }
    },
    stored: () => [...index.documents(URL)].map(({ path }) => path),
    lines: () => [...index.documents(URL)].map(({ line }) => Buffer.from(line).toString()),
    everything: () => {
      const tables = db
        .prepare<[], { name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        )
        .all()
      return Object.fromEntries(tables.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()]))
    },
  }
}
