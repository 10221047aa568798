import type { Connection } from '../open.ts'
import { guardedBy } from '../sqlite-problem.ts'

/**
 * Changes when runs, what was read of hubs, or baselines do; a run that is going on changes it at its start and its end only.
 * Takes no time worth mentioning, however many results there are.
 */
export const resultsStamp = (db: Connection): string =>
  guardedBy(db.name)(() =>
    JSON.stringify([db.prepare(RUNS).raw().all(), db.prepare(HUBS).raw().all(), db.prepare(BASELINES).raw().all()]),
  )()

const RUNS = 'SELECT state, count(*), max(key), max(finished_at) FROM run GROUP BY state ORDER BY state'
const HUBS = 'SELECT url, head, sync, synced_at, state FROM hub ORDER BY url'
const BASELINES = 'SELECT branch, label, run_key, set_at FROM baseline ORDER BY key'
