import type { PlannedExecution } from './plan.ts'

type Identity = Pick<PlannedExecution, 'id' | 'pipeline' | 'sample' | 'repeat' | 'warmup'>

/**
 * The folder name of one attempt, readable in `ls` and sorted by start: `007-kma-S1-r2`, warm-ups `w1`, a second
 * attempt `….2`. Sample ids are safe as file names: the sample sheet reader refuses others.
 */
export const attemptName = (planned: Identity, attempt: number): string => {
  const nth = `${planned.warmup ? 'w' : 'r'}${planned.repeat}`
  const name = `${String(planned.id).padStart(3, '0')}-${planned.pipeline}-${planned.sample ?? 'all'}-${nth}`
  return attempt === 1 ? name : `${name}.${attempt}`
}

/** Where an attempt leaves its outputs, below the run's folder (`RunPlan.resultsDir`). */
export const outputsFolder = (resultsDir: string, planned: Identity, attempt: number): string =>
  `${resultsDir}/outputs/${attemptName(planned, attempt)}`

/** Where the logs and measurements of an attempt are. */
export const logsFolder = (resultsDir: string, planned: Identity, attempt: number): string =>
  `${resultsDir}/logs/${attemptName(planned, attempt)}`
