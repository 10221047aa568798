import type { TaskMeasurement } from './measurement.ts'

/**
 * The largest sum of the peaks of tasks that ran at one moment: an upper bound of what a whole run held, because the
 * peaks need not have met. Null where a task with a peak does not say when it ran.
 */
export const concurrentMemoryBound = (tasks: readonly TaskMeasurement[]): number | null => {
  const steps: { readonly at: number; readonly change: number }[] = []
  for (const task of tasks) {
    if (task.peakRssBytes === null) continue
    const start = startOf(task)
    if (start === null || task.endedMs === null) return null
    steps.push({ at: start, change: task.peakRssBytes }, { at: task.endedMs, change: -task.peakRssBytes })
  }
  // What ends at a moment makes room for what begins at it.
  steps.sort((left, right) => left.at - right.at || left.change - right.change)
  let held = 0
  let most = 0
  for (const { change } of steps) {
    held += change
    most = Math.max(most, held)
  }
  return steps.length === 0 ? null : most
}

// A task that does not say when it began ran for its own time before its end; it waited before that.
const startOf = ({ startedMs, endedMs, wallSeconds }: TaskMeasurement): number | null =>
  startedMs ?? (endedMs === null || wallSeconds === null ? null : endedMs - wallSeconds * 1000)
