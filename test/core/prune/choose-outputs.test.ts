import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseOutputs, hasEnded, type RunWithOutputs } from '../../../src/core/prune/choose-outputs.ts'
import { hasOutputs } from '../../../src/core/run.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 27)
const CUT = NOW - 90 * DAY

type Entry = RunWithOutputs['executions'][number]
const execution = (change: Partial<Entry> = {}): Entry => ({
  id: 1,
  pipeline: 'kma',
  params: {},
  sample: 'S1',
  state: 'succeeded',
  warmup: false,
  cachedFrom: null,
  ...change,
})
const run = (runId: string, daysAgo: number, change: Partial<RunWithOutputs> = {}): RunWithOutputs => ({
  runId,
  state: 'completed',
  startedAt: new Date(NOW - daysAgo * DAY).toISOString(),
  isActive: false,
  isBaseline: false,
  isElsewhere: false,
  dataset: 'mock',
  executions: [execution()],
  ...change,
})
const goingOf = (...runs: RunWithOutputs[]): Record<string, number[]> =>
  Object.fromEntries(chooseOutputs(runs, CUT).going.map(({ runId, executions }) => [runId, [...executions]]))
const keptOf = (...runs: RunWithOutputs[]): Record<string, string> =>
  Object.fromEntries(chooseOutputs(runs, CUT).kept.map(({ runId, because }) => [runId, because]))

describe('which outputs go', () => {
  test('those of old runs, when there is a newer one of the pipeline on the dataset', () => {
    const runs = [run('a', 100), run('b', 95), run('c', 1)]
    expect(goingOf(...runs)).toEqual({ a: [1], b: [1] })
    expect(keptOf(...runs)).toEqual({})
  })

  test('of the last run of a pipeline none, however old it is; other pipelines of it may go', () => {
    const both = [execution(), execution({ id: 2, pipeline: 'blastn' })]
    const runs = [run('a', 300, { executions: both }), run('b', 200)]
    expect(goingOf(...runs)).toEqual({ a: [1] })
    expect(keptOf(...runs)).toEqual({ a: 'newest', b: 'newest' })
    expect(goingOf(run('a', 300), run('b', 1, { dataset: 'other' }))).toEqual({})
  })

  test('a later run of one sample, or of other parameters, does not stand for all', () => {
    const both = [execution(), execution({ id: 2, sample: 'S2' })]
    expect(goingOf(run('a', 100, { executions: both }), run('b', 1))).toEqual({ a: [1] })
    const other = [execution({ params: { min_identity: 90 } })]
    expect(goingOf(run('a', 100), run('b', 1, { executions: other }))).toEqual({})
    expect(goingOf(run('a', 200, { executions: other }), run('b', 1, { executions: other }))).toEqual({ a: [1] })
  })

  test('a newer run in which a pipeline failed does not count as its newest', () => {
    const failed = run('b', 1, { state: 'incomplete', executions: [execution({ state: 'failed' })] })
    expect(goingOf(run('a', 100), failed)).toEqual({})
    expect(goingOf(run('a', 100), run('b', 1, { executions: [execution({ warmup: true })] }))).toEqual({})
  })

  test('none of baselines, active runs and runs that can go on', () => {
    const last = run('z', 1)
    expect(keptOf(run('a', 100, { isBaseline: true }), last)).toEqual({ a: 'baseline' })
    for (const state of ['planned', 'running', 'interrupted'] as const)
      expect(keptOf(run('a', 100, { state }), last)).toEqual({ a: 'unfinished' })
    expect(keptOf(run('a', 100, { isActive: true }), last)).toEqual({ a: 'active' })
    expect(keptOf(run('a', 100, { isElsewhere: true }), last)).toEqual({ a: 'elsewhere' })
    expect(goingOf(run('a', 100, { isElsewhere: true }), last)).toEqual({})
    expect(keptOf(run('a', 100, { state: 'imported' }), last)).toEqual({})
    expect(goingOf(run('a', 100, { state: 'imported' }), last)).toEqual({})
  })

  test('none that a kept run took over; those that only a run took over whose own go, do', () => {
    const two = [execution(), execution({ id: 2 })]
    const from = (runId: string, executionId: number): Entry =>
      execution({ state: 'cached', cachedFrom: { runId, executionId, finishedAt: null } })
    const recent = run('c', 1, { executions: [from('a', 2)] })
    expect(goingOf(run('a', 100, { executions: two }), recent)).toEqual({ a: [1] })
    expect(keptOf(run('a', 100, { executions: two }), recent)).toEqual({ a: 'reused' })
    expect(goingOf(run('a', 100), run('b', 99, { executions: [from('a', 1)] }), run('c', 1))).toEqual({
      a: [1],
      b: [1],
    })
  })

  test('a time that cannot be read is no reason to remove anything', () => {
    expect(goingOf(run('a', 100, { startedAt: 'long ago' }), run('b', 1))).toEqual({})
  })
})

const states = fc.constantFrom(
  ...(['planned', 'running', 'completed', 'incomplete', 'interrupted', 'cancelled', 'imported'] as const),
)
const arbitraryRuns = fc
  .array(
    fc.record({
      state: states,
      daysAgo: fc.integer({ min: 0, max: 200 }),
      isActive: fc.boolean(),
      isBaseline: fc.boolean(),
      isElsewhere: fc.boolean(),
      dataset: fc.constantFrom('d1', 'd2'),
      executions: fc.array(
        fc.record({
          pipeline: fc.constantFrom('p', 'q'),
          params: fc.constant({}),
          sample: fc.constantFrom('S1', 'S2'),
          state: fc.constantFrom('succeeded' as const, 'cached' as const, 'failed' as const, 'planned' as const),
          warmup: fc.boolean(),
          from: fc.option(fc.tuple(fc.nat(9), fc.nat(3))),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 10 },
  )
  .map((records) =>
    records.map(({ daysAgo, executions, ...rest }, index) =>
      run(`r${index}`, daysAgo, {
        ...rest,
        executions: executions.map(({ from, ...one }, id) => ({
          ...one,
          id: id + 1,
          cachedFrom: from && { runId: `r${from[0]}`, executionId: from[1] + 1, finishedAt: null },
        })),
      }),
    ),
  )

describe('whatever was run', () => {
  test('nothing that is to be kept is ever among what goes', () => {
    let removed = 0
    fc.assert(
      fc.property(arbitraryRuns, (runs) => {
        const going = new Map(chooseOutputs(runs, CUT).going.map(({ runId, executions }) => [runId, executions]))
        const goes = (runId: string, id: number): boolean => going.get(runId)?.has(id) === true
        for (const one of runs) {
          const isUntouchable =
            Date.parse(one.startedAt) >= CUT ||
            one.isActive ||
            one.isBaseline ||
            one.isElsewhere ||
            !hasEnded(one.state)
          for (const { id, pipeline, sample, cachedFrom } of one.executions) {
            if (goes(one.runId, id)) removed++
            if (isUntouchable) expect(goes(one.runId, id)).toBe(false)
            // Said anew and from the other end: who stays keeps what it took over.
            if (!goes(one.runId, id) && cachedFrom && stays(runs, one, pipeline, sample))
              expect(goes(cachedFrom.runId, cachedFrom.executionId)).toBe(false)
          }
        }
        for (const dataset of ['d1', 'd2'])
          for (const pipeline of ['p', 'q'])
            for (const sample of ['S1', 'S2']) {
              const last = newest(runs, dataset, pipeline, sample)
              for (const each of last?.executions ?? [])
                if (each.pipeline === pipeline && each.sample === sample)
                  expect(goes(last?.runId ?? '', each.id)).toBe(false)
            }
      }),
      { numRuns: 2000 },
    )
    // Keeping everything would pass the above.
    expect(removed).toBeGreaterThan(100)
  })
})

const newest = (
  runs: readonly RunWithOutputs[],
  dataset: string,
  pipeline: string,
  sample: string | null,
): RunWithOutputs | undefined =>
  runs
    .filter(
      (one) =>
        one.dataset === dataset &&
        hasEnded(one.state) &&
        one.executions.some(
          (each) => each.pipeline === pipeline && each.sample === sample && hasOutputs(each.state) && !each.warmup,
        ),
    )
    .sort((left, right) => (`${left.startedAt} ${left.runId}` < `${right.startedAt} ${right.runId}` ? -1 : 1))
    .at(-1)

const stays = (
  runs: readonly RunWithOutputs[],
  one: RunWithOutputs,
  pipeline: string,
  sample: string | null,
): boolean =>
  Date.parse(one.startedAt) >= CUT ||
  one.isActive ||
  one.isBaseline ||
  !hasEnded(one.state) ||
  one.isElsewhere ||
  newest(runs, one.dataset, pipeline, sample) === one
