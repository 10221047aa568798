import type { Change, Comparison } from './comparison.ts'
import { overallVerdict } from './gate.ts'

/** What is asked for; an empty list asks for everything. */
export interface ChangeWish {
  /** `sensitivity` or `sensitivity:gene`; what follows the colon is a match level or a taxonomic rank. */
  readonly metrics: readonly string[]
  readonly levels: readonly string[]
  readonly pipelines: readonly string[]
}

/** Whether a change is asked for. That a pipeline fails is always of interest. */
const isWanted = (change: Change, { metrics, levels, pipelines }: ChangeWish): boolean => {
  if (pipelines.length > 0 && !pipelines.includes(change.pipeline)) return false
  const isOf = (level: string): boolean => change.level === level || change.rank === level
  if (change.gates.length === 0 && change.verdict !== 'equivalent') return true
  if (levels.length > 0 && !levels.some(isOf)) return false
  return (
    metrics.length === 0 ||
    metrics.some((text) => {
      const [metric, level] = text.split(':')
      return metric === change.metric && (level === undefined || isOf(level))
    })
  )
}

/**
 * The part of a comparison that is asked for. Nothing is judged anew: who looks at one metric of fifty has looked at
 * fifty, so the correction stays that of the whole, and so does the gate. Only the verdict is of the part.
 */
export const selectChanges = (comparison: Comparison, wish: ChangeWish): Comparison => {
  const changes = comparison.changes.filter((change) => isWanted(change, wish))
  if (changes.length === comparison.changes.length) return comparison
  return { ...comparison, changes, verdict: overallVerdict(changes) }
}
