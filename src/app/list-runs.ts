import type { RunHeader } from '../core/run.ts'
import type { RunFilter, RunStore } from './ports.ts'

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunHeader[]
  /** How many matched; more than `runs` when the limit applied. */
  readonly total: number
}

/** The newest runs that match a filter, and how many match in all. */
export const listRuns = (deps: { readonly store: RunStore }, filter: RunFilter): RunList => {
  const runs = deps.store.headers(filter)
  const full = filter.limit === undefined || runs.length < filter.limit
  return { runs, total: full ? runs.length : deps.store.count(filter) }
}
