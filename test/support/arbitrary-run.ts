import * as fc from 'fast-check'
import { EXECUTION_STATES, type Execution, type PipelineSummary, type Resources, type Run } from '../../src/core/run.ts'
import type { Quantity, Score } from '../../src/core/score.ts'

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('snake_case', 'camelCase', "blaTEM-1 'x'", '한글', '\u001b[31m'),
)
const name = fc.string({ minLength: 1, maxLength: 8 })
const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null })
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0)
const amount = nullable(fc.double({ noNaN: true, min: 0, max: 1e15 }).map((value) => value || 0))
const time = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
// Keys like __proto__ are no names anybody can give; JSON.parse and Object.fromEntries treat them alike anyway.
const key = name.filter((one) => one !== '__proto__')
const digest = fc.constantFrom('0', 'a', 'f').map((digit) => digit.repeat(64))
const parameters = fc.dictionary(key, fc.oneof(text, number, fc.boolean()), { maxKeys: 3, noNullPrototype: true })

const quantity: fc.Arbitrary<Quantity> = fc.oneof(
  number.map((value) => ({ value, reason: null })),
  fc
    .constantFrom('no_truth' as const, 'undefined_0/0' as const, 'too_few' as const)
    .map((reason) => ({ value: null, reason })),
)

const series = fc.record({
  metric: name,
  level: nullable(name),
  rank: nullable(name),
  unit: fc.constantFrom('ratio', 'count', 'seconds'),
  direction: fc.constantFrom('higher' as const, 'lower' as const, 'none' as const),
})

const score = (samples: readonly string[]): fc.Arbitrary<Score> =>
  fc
    .tuple(series, quantity, nullable(fc.constantFrom(...samples, 'not listed')))
    .map(([one, measured, sample]) => ({ ...one, ...measured, sample }))

const resources: fc.Arbitrary<Resources> = fc.record({
  wallSeconds: amount,
  cpuSeconds: amount,
  cpuUserSeconds: amount,
  cpuSystemSeconds: amount,
  peakRssBytes: amount,
  peakRssSumBytes: amount,
  peakPssBytes: amount,
  biggestProcessBytes: amount,
  cgroupPeakBytes: amount,
  readCharsBytes: amount,
  writtenCharsBytes: amount,
  readBytes: amount,
  writeBytes: amount,
  outputBytes: amount,
  cpuEfficiency: amount,
  method: fc.record({
    agent: text,
    cpu: nullable(text),
    memory: nullable(text),
    intervalMs: amount,
    ticks: amount,
    escapedProcesses: amount,
    samplingGapSeconds: amount,
  }),
  noise: nullable(
    fc.record({
      otherCpuShare: amount,
      stealShare: amount,
      psiCpuSomeAverage: amount,
      loadAverage: amount,
      coRunning: fc.nat(9),
      noisy: fc.boolean(),
    }),
  ),
})

const execution = (samples: readonly string[]): fc.Arbitrary<Omit<Execution, 'id'>> =>
  fc.record({
    pipeline: name,
    version: nullable(text),
    params: parameters,
    sample: nullable(fc.constantFrom(...samples)),
    repeat: fc.integer({ min: 1, max: 9 }),
    warmup: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 9 }),
    state: fc.constantFrom(...EXECUTION_STATES),
    reason: nullable(text),
    exitCode: nullable(fc.integer({ min: 0, max: 255 })),
    signal: nullable(fc.constantFrom('SIGKILL', 'SIGTERM')),
    startedAt: nullable(time),
    finishedAt: nullable(time),
    outputKey: nullable(name),
    databases: nullable(fc.dictionary(key, nullable(digest), { maxKeys: 2, noNullPrototype: true })),
    cachedFrom: nullable(fc.record({ runId: name, executionId: fc.integer({ min: 1 }), finishedAt: nullable(time) })),
    resources: nullable(resources),
    scores: fc.array(score(samples), { maxLength: 4 }),
    warnings: fc.array(text, { maxLength: 2 }),
  })

const summary: fc.Arbitrary<PipelineSummary> = fc
  .tuple(
    series,
    quantity,
    fc.record({
      pipeline: name,
      version: nullable(text),
      params: parameters,
      n: fc.nat(99),
      nExpected: fc.nat(99),
      low: nullable(number),
      high: nullable(number),
      method: fc.record({
        aggregation: fc.constantFrom('macro' as const, 'micro' as const, 'median' as const, 'total' as const),
        interval: nullable(text),
      }),
    }),
  )
  .map(([one, measured, rest]) => ({ ...one, ...measured, ...rest }))

/** Minus zero is a JSON value that JSON does not bring back. */
const writableJson = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)

/** Any run the model can hold, with names and texts of all kinds. */
export const arbitraryRun: fc.Arbitrary<Run> = fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).chain((samples) =>
  fc.record({
    runId: fc.constant('20261123t101502z-k3f9x2'),
    project: nullable(text),
    benchmarkType: name,
    state: fc.constantFrom('completed' as const, 'incomplete' as const, 'interrupted' as const, 'imported' as const),
    startedAt: time,
    finishedAt: nullable(time),
    label: nullable(text),
    tags: fc.array(text, { maxLength: 2 }),
    branch: nullable(text),
    commit: nullable(text),
    pipelines: fc.array(name, { maxLength: 2 }),
    samples: fc.constant(samples),
    executions: fc
      .array(execution(samples), { maxLength: 3 })
      .map((list) => list.map((one, index) => ({ ...one, id: index + 1 }))),
    summary: fc.array(summary, { maxLength: 3 }),
    comparability: fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true }),
    environment: fc.dictionary(key, writableJson, { maxKeys: 3, noNullPrototype: true }),
    primaryMetrics: fc.array(fc.record({ metric: name, level: nullable(name) }), { maxLength: 2 }),
    warnings: fc.array(text, { maxLength: 2 }),
  }),
)
