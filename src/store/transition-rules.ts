import { Problem } from '../core/problem.ts'
import { type ExecutionState, isFinal } from '../core/run.ts'

interface Standing {
  readonly state: ExecutionState
  readonly attempt: number
}

// A new attempt may follow one that brought nothing or did not end; what has outputs, or can never run, stays.
const REPEATABLE: ReadonlySet<ExecutionState> = new Set([
  'failed',
  'start_failed',
  'timed_out',
  'memory_exceeded',
  'oom_killed',
  'cancelled',
  'lost',
])
const OPEN_ORDER: readonly ExecutionState[] = ['planned', 'starting', 'running', 'collecting']

/**
 * Whether a change starts the next attempt (true) or continues the present one (false).
 * Throws when it would alter a final state, go backwards or leave out an attempt.
 */
export const startsNewAttempt = (what: string, before: Standing, after: Standing): boolean => {
  const repeatable = REPEATABLE.has(before.state) || !isFinal(before.state)
  if (after.attempt === before.attempt + 1 && repeatable && !isFinal(after.state)) return true
  if (isFinal(before.state))
    throw new Problem('E_STORE', `${what} already ended as ${before.state}; that never changes.`, {
      hints: ['Another runner may have worked on this run: see `benchmark show`.'],
    })
  if (after.attempt !== before.attempt)
    throw new Problem('E_STORE', `${what} is at attempt ${before.attempt}; attempt ${after.attempt} cannot follow.`)
  if (!isFinal(after.state) && OPEN_ORDER.indexOf(after.state) < OPEN_ORDER.indexOf(before.state))
    throw new Problem('E_STORE', `${what} is ${before.state} and cannot go back to ${after.state}.`)
  return false
}
