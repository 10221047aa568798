import { describe, expect, test } from 'vitest'
import { resourcesOfTasks } from '../../../src/core/trace/aggregate.ts'
import { emptyMeasurement, type TaskMeasurement } from '../../../src/core/trace/measurement.ts'
import { tagOfTask, tasksOfProcesses } from '../../../src/core/trace/select-tasks.ts'

const trace = { file: 't.txt', method: { agent: 'nextflow-trace', cpu: 'realtime*%cpu', memory: 'vmhwm_sum' } }
const task = (given: Partial<TaskMeasurement>): TaskMeasurement => ({ ...emptyMeasurement('x', 1), ...given })

describe('tasks as one execution', () => {
  // a: 0..10 s (submitted), 5 s of work from 5 s on, 2 cores; b: 20..26 s, all of it work, half a core.
  const a = task({ submittedMs: 0, endedMs: 10_000, wallSeconds: 5, cpuSeconds: 10, peakRssBytes: 100 })
  const b = task({
    submittedMs: 20_000,
    startedMs: 20_000,
    endedMs: 26_000,
    wallSeconds: 6,
    cpuSeconds: 3,
    peakRssBytes: 70,
  })
  test('wall is from the first submission to the last end, CPU a sum, memory the largest', () => {
    const { resources, warnings } = resourcesOfTasks(trace, [a, b])
    expect(resources).toMatchObject({ wallSeconds: 26, cpuSeconds: 13, peakRssBytes: 100, peakRssSumBytes: null })
    expect(resources?.method).toMatchObject({ agent: 'nextflow-trace', memory: 'max_task(vmhwm_sum)' })
    // They never ran at once, so the most they held together is what the larger one held.
    expect(warnings).toEqual(['t.txt: peak memory is that of the largest task; all held at most 0.01 GB at once'])
  })
  test('tasks that ran at once may have held the sum of their peaks, and no more', () => {
    const big = (startedMs: number, endedMs: number): TaskMeasurement => task({ startedMs, endedMs, peakRssBytes: 2e9 })
    const bound = (...tasks: TaskMeasurement[]): string => resourcesOfTasks(trace, tasks).warnings.join()
    expect(bound(big(0, 10), big(5, 20), big(20, 30))).toContain('at most 4 GB')
    expect(bound(big(0, 10), task({ peakRssBytes: 1 }))).toContain('what all held at once is not known')
  })
  test('what came from an earlier run costs nothing, and is told', () => {
    const old = task({ state: 'cached', submittedMs: -1e9, endedMs: 0, cpuSeconds: 1e6, peakRssBytes: 1e12 })
    const { resources, warnings } = resourcesOfTasks(trace, [old, a])
    expect(resources).toMatchObject({ wallSeconds: 10, cpuSeconds: 10, peakRssBytes: 100 })
    expect(warnings[0]).toContain('1 task came from an earlier run (CACHED)')
    expect(resourcesOfTasks(trace, [old]).resources).toBeNull()
    expect(resourcesOfTasks(trace, []).resources).toBeNull()
  })
  test('a single task without times of day has its own time; of several it is not known', () => {
    expect(resourcesOfTasks(trace, [task({ wallSeconds: 7 })]).resources?.wallSeconds).toBe(7)
    const { resources, warnings } = resourcesOfTasks(trace, [task({ wallSeconds: 7 }), task({ wallSeconds: 8 })])
    expect(resources?.wallSeconds).toBeNull()
    expect(warnings.join()).toContain('may have run at once')
  })
  test('what only some tasks know is told', () => {
    const { resources, warnings } = resourcesOfTasks(trace, [a, task({ state: 'failed' })])
    expect(resources).toMatchObject({ wallSeconds: 10, cpuSeconds: 10, peakRssBytes: 100, readBytes: null })
    expect(warnings).toEqual([
      't.txt: 1 task failed; what they cost is included',
      't.txt: CPU time is known of 1 of 2 tasks; the sum is of those',
      't.txt: peak memory is known of 1 of 2 tasks',
      't.txt: peak memory is that of the largest task; all held at most 0.01 GB at once',
      't.txt: 1 task without times of day are not part of the elapsed time',
    ])
  })
  test('what nobody measured has no method either', () => {
    const { resources } = resourcesOfTasks(trace, [task({ wallSeconds: 1 })])
    expect(resources).toMatchObject({ cpuSeconds: null, peakRssBytes: null })
    expect(resources?.method).toMatchObject({ cpu: null, memory: null })
  })
  test('the figure of an instrument that knows single processes is labelled as one', () => {
    const gnu = { file: 't', method: { agent: 'gnu-time', cpu: 'wait4', memory: 'biggest_process' } }
    expect(resourcesOfTasks(gnu, [a]).resources).toMatchObject({
      biggestProcessBytes: 100,
      method: { memory: 'biggest_process' },
    })
  })
})

describe('names of tasks', () => {
  test('the tag is the sample, the process the last word', () => {
    expect(tagOfTask('A:B:RGI_MAIN (S 1)')).toBe('S 1')
    expect(tagOfTask('A:MULTIQC')).toBeNull()
    const tasks = ['N:ARG:RGI_MAIN (S1)', 'N:ARG:HAMRONIZATION_RGI (S1)', 'N:RGIX (S1)'].map((name) => task({ name }))
    expect(tasksOfProcesses(tasks, ['RGI']).map(({ name }) => name)).toEqual(['N:ARG:RGI_MAIN (S1)'])
  })
})
