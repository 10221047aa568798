import { describe, expect, test } from 'vitest'
import { makeScore } from '../../../src/core/metrics/make-score.ts'
import { summarise } from '../../../src/core/metrics/summarise.ts'
import type { Execution, PipelineSummary, Resources } from '../../../src/core/run.ts'
import { known, missing, type Score } from '../../../src/core/score.ts'

const NO_RESOURCES: Resources = {
  wallSeconds: null,
  cpuSeconds: null,
  cpuUserSeconds: null,
  cpuSystemSeconds: null,
  peakRssBytes: null,
  peakRssSumBytes: null,
  peakPssBytes: null,
  biggestProcessBytes: null,
  cgroupPeakBytes: null,
  readCharsBytes: null,
  writtenCharsBytes: null,
  readBytes: null,
  writeBytes: null,
  outputBytes: null,
  cpuEfficiency: null,
  method: {
    agent: 'local-agent/1',
    cpu: null,
    memory: null,
    intervalMs: null,
    ticks: null,
    escapedProcesses: null,
    samplingGapSeconds: null,
  },
  noise: null,
}

let id = 0
const execution = (values: Partial<Execution>): Execution => ({
  id: ++id,
  pipeline: 'kma',
  version: '1.4',
  params: {},
  sample: 'S1',
  repeat: 1,
  warmup: false,
  attempt: 1,
  state: 'succeeded',
  reason: null,
  exitCode: 0,
  signal: null,
  startedAt: null,
  finishedAt: null,
  outputKey: null,
  databases: null,
  cachedFrom: null,
  resources: null,
  scores: [],
  warnings: [],
  ...values,
})
const scored = (metric: string, sample: string, value: number | null): Score =>
  makeScore(metric, { sample, level: 'gene' }, value === null ? missing('undefined_0/0') : known(value))
const took = (wallSeconds: number | null): Resources => ({ ...NO_RESOURCES, wallSeconds })

const row = (
  summary: readonly PipelineSummary[],
  metric: string,
  aggregation: string,
  pipeline = 'kma',
): PipelineSummary => {
  const found = summary.filter(
    (one) => one.metric === metric && one.method.aggregation === aggregation && one.pipeline === pipeline,
  )
  const [only] = found
  if (found.length !== 1 || !only) throw new Error(`${String(found.length)} rows ${metric} ${aggregation}`)
  return only
}

const countScores = (sample: string, [tp, fp, fn, tn]: readonly [number, number, number, number | null]): Score[] => [
  scored('true_positives', sample, tp),
  scored('false_positives', sample, fp),
  scored('false_negatives', sample, fn),
  makeScore('true_negatives', { sample, level: 'gene' }, tn === null ? missing('no_universe') : known(tn)),
  makeScore('fp_outside_universe', { sample, level: 'gene' }, tn === null ? missing('no_universe') : known(0)),
  scored('redundant_hits', sample, 0),
  scored('sensitivity', sample, tp + fn === 0 ? null : tp / (tp + fn)),
  scored('specificity', sample, tn === null || tn + fp === 0 ? null : tn / (tn + fp)),
  scored('precision', sample, tp + fp === 0 ? null : tp / (tp + fp)),
  scored('f1_score', sample, null),
  scored('mcc', sample, null),
]

describe('over samples', () => {
  test('macro is the mean over samples with a value, and says over how many of how many', () => {
    const summary = summarise({
      executions: [
        execution({ scores: [scored('sensitivity', 'S1', 1)] }),
        execution({ sample: 'S2', scores: [scored('sensitivity', 'S2', 0.5)] }),
        execution({ sample: 'S3', scores: [scored('sensitivity', 'S3', null)] }),
      ],
      samples: ['S1', 'S2', 'S3'],
    })
    expect(row(summary, 'sensitivity', 'macro')).toEqual({
      pipeline: 'kma',
      version: '1.4',
      params: {},
      metric: 'sensitivity',
      level: 'gene',
      rank: null,
      unit: 'ratio',
      direction: 'higher',
      value: 0.75,
      reason: null,
      n: 2,
      nExpected: 3,
      low: null,
      high: null,
      method: { aggregation: 'macro', interval: null },
    })
  })

  test('repeats of a sample are averaged first, warm-ups are left out', () => {
    const summary = summarise({
      executions: [
        execution({ warmup: true, scores: [scored('sensitivity', 'S1', 0)] }),
        execution({ scores: [scored('sensitivity', 'S1', 1)] }),
        execution({ repeat: 2, scores: [scored('sensitivity', 'S1', 0.5)] }),
        execution({ sample: 'S2', scores: [scored('sensitivity', 'S2', 0.25)] }),
      ],
      samples: ['S1', 'S2'],
    })
    expect(row(summary, 'sensitivity', 'macro').value).toBe((0.75 + 0.25) / 2)
  })

  test('micro is the formula on summed counts: the worked example of three samples', () => {
    const three = [
      [2, 1, 2, 5],
      [0, 1, 0, 9],
      [0, 0, 0, 10],
    ] as const
    const summary = summarise({
      executions: three.map((counts, index) =>
        execution({ sample: `S${String(index)}`, scores: countScores(`S${String(index)}`, counts) }),
      ),
      samples: ['S0', 'S1', 'S2'],
    })
    for (const metric of ['precision', 'sensitivity', 'f1_score']) {
      expect(row(summary, metric, 'micro').value, metric).toBe(0.5)
      expect(row(summary, metric, 'micro').n).toBe(3)
    }
    expect(row(summary, 'specificity', 'micro').value).toBeCloseTo(0.9230769231, 10)
    expect(row(summary, 'mcc', 'micro').value).toBeCloseTo(0.4230769231, 10)
    expect(row(summary, 'false_positives', 'total').value).toBe(2)
    expect(row(summary, 'true_positives', 'macro').value).toBeCloseTo(2 / 3, 12)
  })

  test('micro without a universe in one sample has no specificity but has sensitivity', () => {
    const summary = summarise({
      executions: [
        execution({ scores: countScores('S1', [1, 0, 1, 4]) }),
        execution({ sample: 'S2', scores: countScores('S2', [1, 0, 0, null]) }),
      ],
      samples: ['S1', 'S2'],
    })
    expect(row(summary, 'sensitivity', 'micro').value).toBeCloseTo(2 / 3, 12)
    expect(row(summary, 'specificity', 'micro')).toMatchObject({ value: null, reason: 'no_universe', n: 2 })
  })

  test('six samples get the exact interval, ten are resampled, each by name', () => {
    const of = (n: number): PipelineSummary => {
      const samples = Array.from({ length: n }, (_, index) => `S${String(index)}`)
      const executions = samples.map((sample, index) =>
        execution({ sample, scores: [scored('sensitivity', sample, index / 10)] }),
      )
      return row(summarise({ executions, samples }), 'sensitivity', 'macro')
    }
    expect(of(5)).toMatchObject({ low: null, high: null, method: { interval: null } })
    expect(of(6)).toMatchObject({ low: 0, high: 0.5, method: { interval: 'hodges_lehmann' } })
    expect(of(10).method.interval).toBe('bca_bootstrap')
    expect(of(10).low).toBeLessThan(0.45)
    expect(of(10).high).toBeGreaterThan(0.45)
  })

  test('the order of executions does not change a number', () => {
    const executions = [0.3, 0.1, 0.7, 0.2, 0.9, 0.4, 0.6, 0.8, 0.5, 0.35].flatMap((value, index) => {
      const sample = `S${String(index)}`
      return [1, 2, 3].map((repeat) =>
        execution({
          sample,
          repeat,
          resources: took(value * repeat),
          scores: [scored('precision', sample, value / repeat)],
        }),
      )
    })
    const samples = executions
      .map(({ sample }) => sample ?? '')
      .filter((sample, index, all) => all.indexOf(sample) === index)
    expect(summarise({ executions: [...executions].reverse(), samples })).toEqual(summarise({ executions, samples }))
  })
})

describe('what did not succeed', () => {
  test('a failed execution is expected but has no value, even when it left scores behind', () => {
    const summary = summarise({
      executions: [
        execution({ scores: [scored('sensitivity', 'S1', 1)], resources: took(10) }),
        execution({ sample: 'S2', state: 'failed', scores: [scored('sensitivity', 'S2', 1)], resources: took(1) }),
      ],
      samples: ['S1', 'S2'],
    })
    expect(row(summary, 'sensitivity', 'macro')).toMatchObject({ value: 1, n: 1, nExpected: 2 })
    expect(row(summary, 'wall_seconds', 'median')).toMatchObject({ value: 10, n: 1, nExpected: 2 })
  })

  test('a pipeline that never succeeded has rows that say so, under the version of its own', () => {
    const summary = summarise({
      executions: [
        execution({ scores: [scored('sensitivity', 'S1', 1)] }),
        execution({ pipeline: 'broken', version: null, state: 'start_failed' }),
      ],
      samples: ['S1'],
    })
    expect(row(summary, 'sensitivity', 'macro', 'broken')).toMatchObject({
      value: null,
      reason: 'not_run',
      n: 0,
      nExpected: 1,
      version: null,
    })
    expect(row(summary, 'sensitivity', 'micro', 'broken')).toMatchObject({ value: null, reason: 'not_run' })
    expect(row(summary, 'wall_seconds', 'median', 'broken')).toMatchObject({ value: null, reason: 'not_run' })
  })

  test('an execution that failed before its version was known belongs to the others', () => {
    const summary = summarise({
      executions: [
        execution({ scores: [scored('sensitivity', 'S1', 1)] }),
        execution({ sample: 'S2', version: null, state: 'failed' }),
      ],
      samples: ['S1', 'S2'],
    })
    expect(row(summary, 'sensitivity', 'macro')).toMatchObject({ version: '1.4', n: 1, nExpected: 2 })
  })

  test('the most frequent reason speaks for an aggregate without a value', () => {
    const summary = summarise({
      executions: ['S1', 'S2'].map((sample) => execution({ sample, scores: [scored('mcc', sample, null)] })),
      samples: ['S1', 'S2', 'S3'],
    })
    expect(row(summary, 'mcc', 'macro').reason).toBe('undefined_0/0')
  })

  test('a resource the instrument could not measure is not 0', () => {
    const summary = summarise({ executions: [execution({ resources: took(3) })], samples: ['S1'] })
    expect(row(summary, 'peak_rss_bytes', 'median')).toMatchObject({ value: null, reason: 'not_measured', n: 0 })
  })
})

describe('over executions', () => {
  test('time is the median, with an interval from six executions on', () => {
    const summary = summarise({
      executions: [15, 10, 12].map((seconds, index) => execution({ repeat: index + 1, resources: took(seconds) })),
      samples: ['S1'],
    })
    const time = row(summary, 'wall_seconds', 'median')
    expect(time).toMatchObject({ value: 12, n: 3, nExpected: 3, unit: 'seconds', level: null })
    expect(time).toMatchObject({ low: null, high: null, method: { aggregation: 'median', interval: null } })
    const six = summarise({
      executions: [15, 10, 12, 11, 19, 13].map((seconds, index) =>
        execution({ repeat: index + 1, resources: took(seconds) }),
      ),
      samples: ['S1'],
    })
    expect(row(six, 'wall_seconds', 'median')).toMatchObject({ value: 12.5, low: 10, high: 19 })
  })

  test('versions and parameter sets are kept apart, whatever the order of the parameters', () => {
    const summary = summarise({
      executions: [
        execution({ params: { a: 1, b: 2 }, resources: took(1) }),
        execution({ params: { b: 2, a: 1 }, resources: took(3) }),
        execution({ params: { a: 2, b: 2 }, resources: took(5) }),
        execution({ params: { a: 1, b: 2 }, version: '2.0', resources: took(7) }),
      ],
      samples: ['S1'],
    })
    const times = summary.filter(({ metric }) => metric === 'wall_seconds')
    expect(times.map(({ value, version, params }) => [value, version, params['a']])).toEqual([
      [2, '1.4', 1],
      [5, '1.4', 2],
      [7, '2.0', 1],
    ])
  })
})

test('a number of the whole dataset is not an average over samples', () => {
  const ofDataset = makeScore('sensitivity', { sample: null, level: 'gene' }, known(0.4))
  const summary = summarise({ executions: [execution({ sample: null, scores: [ofDataset] })], samples: ['S1', 'S2'] })
  expect(row(summary, 'sensitivity', 'macro')).toMatchObject({ value: 0.4, n: 1, nExpected: 1 })
})
