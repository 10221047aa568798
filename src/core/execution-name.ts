import { type PlannedExecution } from './plan.ts'

/**
 * The folder name of one attempt, readable in `ls` and sorted by start: `007-kma-S1-r2`, warm-ups `w1`, a second
 * attempt `….2`. Sample ids are safe as file names: the sample sheet reader refuses others.
 */
export const attemptName = (planned: PlannedExecution, attempt: number): string => {
  const nth = `${planned.warmup ? 'w' : 'r'}${planned.repeat}`
  const name = `${String(planned.id).padStart(3, '0')}-${planned.pipeline}-${planned.sample ?? 'all'}-${nth}`
  return attempt === 1 ? name : `${name}.${attempt}`
}
