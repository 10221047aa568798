import { type RunPlan } from './plan.ts'

type Place = Pick<RunPlan, 'resultsDir'>
interface Attempt {
  readonly id: number
  readonly pipeline: string
  readonly sample: string | null
  readonly attempt: number
}

/** Names of the documents in a run's folder. */
export const RUN_FILES = { metadata: 'metadata.json', metrics: 'metrics.json', plan: 'plan.json' } as const

/** Where one attempt of an execution leaves its outputs. */
export const outputsFolder = (plan: Place, attempt: Attempt): string =>
  `${plan.resultsDir}/outputs/${attemptName(attempt)}`

/** Where shim, logs and measurements of one attempt go. */
export const logsFolder = (plan: Place, attempt: Attempt): string => `${plan.resultsDir}/logs/${attemptName(attempt)}`

/** Scratch space of one attempt, removed when it has succeeded. */
export const workFolder = (plan: Place, attempt: Attempt): string => `${plan.resultsDir}/work/${attemptName(attempt)}`

// The id makes the name unique; pipeline and sample are for the person who opens the folder.
const attemptName = ({ id, pipeline, sample, attempt }: Attempt): string => {
  const words = [String(id).padStart(4, '0'), pipeline, ...(sample === null ? [] : [sample])]
  return `${words.map(fileName).join('-')}/attempt-${attempt}`
}

const fileName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._]+/g, '_').slice(0, 60)
