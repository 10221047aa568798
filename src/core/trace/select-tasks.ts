import type { TaskMeasurement } from './measurement.ts'

/** The sample in brackets that nf-core pipelines give a task's name: `ARG:RGI_MAIN (S1)`; null without brackets. */
export const tagOfTask = (name: string): string | null => /\(([^()]+)\)\s*$/.exec(name)?.[1]?.trim() ?? null

/** The process of a Nextflow task's name: `RGI_MAIN` of `NFCORE_FUNCSCAN:FUNCSCAN:ARG:RGI_MAIN (S1)`. */
const processOfTask = (name: string): string =>
  name
    .replace(/\s*\([^()]*\)\s*$/, '')
    .split(':')
    .at(-1)
    ?.trim() ?? ''

/** The tasks whose process begins with one of these words, in whatever case. */
export const tasksOfProcesses = (
  tasks: readonly TaskMeasurement[],
  beginnings: readonly string[],
): readonly TaskMeasurement[] =>
  tasks.filter(({ name }) => {
    const process = processOfTask(name).toUpperCase()
    return beginnings.some((word) => process === word || process.startsWith(`${word}_`))
  })

/** The tasks of each repeat, by its number. */
export const tasksByRepeat = (tasks: readonly TaskMeasurement[]): ReadonlyMap<number, readonly TaskMeasurement[]> => {
  const repeats = new Map<number, TaskMeasurement[]>()
  for (const task of tasks) {
    const others = repeats.get(task.repeat)
    if (others === undefined) repeats.set(task.repeat, [task])
    else others.push(task)
  }
  return new Map([...repeats].sort(([left], [right]) => left - right))
}
