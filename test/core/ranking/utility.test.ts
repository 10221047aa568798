import { describe, expect, test } from 'vitest'
import { atTellingRanks, metricsOfDefinition, makeBoard, datasetsSeen } from '../../../src/core/ranking/board.ts'
import { defaultAnchor } from '../../../src/core/ranking/default-anchors.ts'
import { brokenBy, hardConstraintsOf } from '../../../src/core/ranking/hard-constraints.ts'
import { candidateKey, seedOf } from '../../../src/core/ranking/observation.ts'
import { sixDigits, withSixDigits } from '../../../src/core/ranking/six-digits.ts'
import { anchorAround, sesoiInUtility, unclampedUtility, valueAtUtility } from '../../../src/core/ranking/utility.ts'
import { buildUtilityTable, STATUS } from '../../../src/core/ranking/utility-table.ts'
import { BENCHMARK_TYPES } from '../../../src/core/benchmark-types.ts'
import { newBenchmarkDocument } from '../../../src/core/hub/benchmark-definitions.ts'
import { METRICS } from '../../../src/core/metrics/registry.ts'
import { observed, series } from '../../support/observations.ts'

describe('utilities', () => {
  test.each([
    [90, { worst: 0, best: 100, scale: 'linear' }, 0.9],
    [2.5, { worst: 10, best: 0, scale: 'linear' }, 0.75],
    [12, { worst: 10, best: 0, scale: 'linear' }, -0.2],
    // ln(600 / 6000) / ln(60 / 6000) = 0.5
    [600, { worst: 6000, best: 60, scale: 'log' }, 0.5],
    [6, { worst: 6000, best: 60, scale: 'log' }, 1.5],
    [0, { worst: 6000, best: 60, scale: 'log' }, 1],
    [0, { worst: 1e3, best: 1e6, scale: 'log' }, 0],
  ] as const)('%d on %j is %d', (value, anchor, expected) => {
    expect(unclampedUtility(value, anchor)).toBeCloseTo(expected, 12)
    if (value > 0) expect(valueAtUtility(expected, anchor)).toBeCloseTo(value, 9)
  })

  test('a reference run has utility 0.5 between ends a factor of four away', () => {
    expect(unclampedUtility(1234, anchorAround(1234))).toBeCloseTo(0.5, 12)
  })

  test('the smallest effect of interest is a share of a linear scale and a ratio on a logarithmic one', () => {
    expect(sesoiInUtility(0.5, { worst: 10, best: 0, scale: 'linear' })).toBeCloseTo(0.05, 12)
    expect(sesoiInUtility(0.05, { worst: 16, best: 1, scale: 'log' })).toBeCloseTo(Math.log(1.05) / Math.log(16), 12)
  })

  test('every metric with a bounded range and a direction has a built-in scale in its direction', () => {
    for (const { id, direction, range } of METRICS) {
      const anchor = defaultAnchor(id)
      if (direction === 'none') expect(anchor).toBeNull()
      else if (range[0] !== null && range[1] !== null) expect(anchor, id).not.toBeNull()
      if (anchor) expect(anchor.best > anchor.worst, id).toBe(direction === 'higher')
    }
    expect(defaultAnchor('mcc')).toEqual({ worst: 0, best: 1, scale: 'linear' })
    expect(defaultAnchor('no_such_metric')).toBeNull()
  })
})

describe('utility tables', () => {
  test('anchors pinned for a dataset and a class of machines hold there only', () => {
    const board = makeBoard({
      metrics: [
        {
          ...series('wall_seconds'),
          anchor: { worst: 1600, best: 100, scale: 'log' },
          pinned: [
            { dataset: 'small', machine: null, anchor: { worst: 16, best: 1, scale: 'log' } },
            { dataset: 'small', machine: 'slow', anchor: { worst: 160, best: 10, scale: 'log' } },
          ],
        },
      ],
      datasets: [
        { dataset: 'mock', samples: ['s0'] },
        { dataset: 'small', samples: ['s0', 's1'] },
      ],
    })
    const on = (dataset: string, machine: string | null, values: readonly number[]): ReturnType<typeof observed> =>
      observed({ pipeline: 'kma', dataset, values: { wall_seconds: values } }).map((row) => ({ ...row, machine }))
    const table = buildUtilityTable(board, [
      ...on('mock', 'slow', [400]),
      ...on('small', null, [4]),
      ...on('small', 'slow', [4, 40]).slice(1),
    ])
    for (const utility of table.candidates[0]!.utility) expect(utility).toBeCloseTo(0.5, 12)
    expect(() =>
      makeBoard({
        metrics: [
          {
            ...series('f1_score'),
            pinned: [{ dataset: 'a', machine: null, anchor: { worst: 1, best: 0, scale: 'linear' } }],
          },
        ],
        datasets: [{ dataset: 'a', samples: ['s'] }],
      }),
    ).toThrow(/scale and direction/)
  })

  test('a value of the whole dataset stands for each sample, and mixing the two is said', () => {
    const board = makeBoard({
      metrics: [series('wall_seconds')],
      datasets: [{ dataset: 'mock', samples: ['s0', 's1'] }],
    })
    const whole = observed({ pipeline: 'mag', values: { wall_seconds: [600] } }).map((row) => ({
      ...row,
      sample: null,
    }))
    const each = observed({ pipeline: 'kma', values: { wall_seconds: [60, 60] } })
    const table = buildUtilityTable(board, [...whole, ...each])
    expect(table.candidates.map(({ complete }) => complete)).toEqual([true, true])
    expect(table.warnings).toEqual(['mixed_scope: wall_seconds on mock'])
    expect(buildUtilityTable(board, whole).warnings).toEqual(['whole_dataset_value: wall_seconds on mock'])
    expect(buildUtilityTable(board, each).warnings).toEqual([])
  })

  test('missing and not applicable are different things', () => {
    const board = makeBoard({
      metrics: [series('f1_score')],
      datasets: [{ dataset: 'mock', samples: ['s0', 's1', 's2'] }],
    })
    const table = buildUtilityTable(board, observed({ pipeline: 'kma', values: { f1_score: [0.5, 'not_applicable'] } }))
    expect([...table.candidates[0]!.status]).toEqual([STATUS.value, STATUS.notApplicable, STATUS.missing])
    expect(table.candidates[0]?.coverage).toBe(0.5)
    expect(table.candidates[0]?.missing).toMatchObject([{ sample: 's2', reason: 'not_run' }])
  })
})

describe('constraints', () => {
  const datasets = { datasets: [{ dataset: 'mock', weight: 1, samples: ['s0', 's1'] }] }
  const constraints = hardConstraintsOf(
    {
      maxRuntimeSeconds: 3600,
      maxMemoryBytes: null,
      minimums: { amr_gene_recall: 0.8, 'sensitivity@drug_class': 0.9 },
      maximums: {},
    },
    'amr-detection',
    'gene',
  )

  test('names of the configuration become series; a metric without a level means the primary one', () => {
    expect(constraints.map(({ name, metric, level, judgedBy }) => [name, metric, level, judgedBy])).toEqual([
      ['max_runtime', 'wall_seconds', null, 'worst'],
      ['min_amr_gene_recall', 'sensitivity', 'gene', 'mean'],
      ['min_sensitivity@drug_class', 'sensitivity', 'drug_class', 'mean'],
    ])
  })

  test('times are judged by the worst execution, metrics by their mean', () => {
    const rows = observed({
      pipeline: 'kma',
      values: { wall_seconds: [60, 3700], 'sensitivity@gene': [0.7, 0.9], 'sensitivity@drug_class': [0.9, 0.8] },
    })
    expect(brokenBy(rows, constraints, datasets)).toMatchObject([
      { constraint: 'max_runtime', limit: 3600, value: 3700 },
      { constraint: 'min_sensitivity@drug_class', limit: 0.9, value: expect.closeTo(0.85, 12) as number },
    ])
  })
})

describe('definitions', () => {
  const definition = {
    primary_metrics: [
      { metric: 'sensitivity', level: 'gene' },
      { metric: 'precision', level: 'gene' },
    ],
    anchors: [{ metric: 'wall_seconds', level: null, worst: 1000, best: 10, scale: 'log' as const }],
    match_level: 'gene',
    weights: { sensitivity: 0.6, precision: 0.3, wall_seconds: 0.1 },
  }

  test('primary metrics are required, what is only weighted is optional', () => {
    expect(metricsOfDefinition(definition)).toEqual([
      { ...series('sensitivity', 'gene'), required: true, weight: 0.6 },
      { ...series('precision', 'gene'), required: true, weight: 0.3 },
      { ...series('wall_seconds'), required: false, weight: 0.1, anchor: { worst: 1000, best: 10, scale: 'log' } },
    ])
  })

  test("a user's priorities take the place of the weights", () => {
    expect(metricsOfDefinition(definition, { wall_seconds: 1 }).map(({ metric, weight }) => [metric, weight])).toEqual([
      ['sensitivity', 0],
      ['precision', 0],
      ['wall_seconds', 1],
    ])
  })

  test('priorities may be aliases, and name levels of their own', () => {
    const read = metricsOfDefinition(definition, { amr_gene_recall: 0.5, 'precision@drug_class': 0.2, f1_score: 0.3 })
    expect(read.map(({ metric, level, required, weight }) => [metric, level, required, weight])).toEqual([
      ['sensitivity', 'gene', true, 0.5],
      ['precision', 'gene', true, 0],
      ['precision', 'drug_class', false, 0.2],
      ['f1_score', 'gene', false, 0.3],
    ])
  })

  test.each(BENCHMARK_TYPES)('the built-in definition of $id makes a board', (type) => {
    const document = newBenchmarkDocument(type)
    const { metrics } = makeBoard({
      metrics: metricsOfDefinition(document),
      datasets: [{ dataset: 'mock', samples: ['s0'] }],
    })
    expect(metrics.filter(({ required }) => required)).toHaveLength(type.primaryMetrics.length)
    expect(metrics.map(({ metric }) => metric)).toEqual(expect.arrayContaining(['wall_seconds', 'peak_rss_bytes']))
    expect(metrics.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
  })

  test('a metric scored at taxonomic ranks is read at the most telling one there is', () => {
    const rows = ['phylum', 'genus', 'strain'].map((rank) => ({ ...series('f1_score'), rank }))
    const unifrac = series('weighted_unifrac_error')
    const metrics = [series('f1_score'), unifrac, { ...series('f1_score'), rank: 'phylum' }]
    expect(atTellingRanks(metrics, [...rows, unifrac]).map(({ rank }) => rank)).toEqual(['genus', null, 'phylum'])
    const more = [...rows, { ...series('f1_score'), rank: 'species' }]
    expect(atTellingRanks(metrics, more)[0]?.rank).toBe('species')
    expect(atTellingRanks(metrics, [])).toEqual(metrics)
  })

  test('without weights the primary metrics count alike', () => {
    expect(metricsOfDefinition({ ...definition, weights: {} }).map(({ weight }) => weight)).toEqual([1, 1])
  })

  test('datasets and samples can be taken from the rows', () => {
    expect(datasetsSeen(observed({ pipeline: 'kma', values: { f1_score: [1, 1], precision: [1, 1, 1] } }))).toEqual([
      { dataset: 'mock', samples: ['s0', 's1', 's2'] },
    ])
  })
})

describe('names and numbers', () => {
  test('the order in which parameters and runs are written does not matter', () => {
    const base = { project: null, pipeline: 'kma', version: null }
    expect(candidateKey({ ...base, params: { b: 1, a: 'x' } })).toBe(
      candidateKey({ ...base, params: { a: 'x', b: 1 } }),
    )
    expect(seedOf([{ runId: 'b' }, { runId: 'a' }, { runId: 'b' }])).toBe(seedOf([{ runId: 'a' }, { runId: 'b' }]))
  })

  test('documents carry six significant digits', () => {
    expect([1 / 3, 123456.789, 1e-9 / 3, 2 ** 40].map(sixDigits)).toEqual([0.333333, 123457, 3.33333e-10, 2 ** 40])
    expect(withSixDigits({ a: [1 / 3, null, 'x'], b: { c: true } })).toEqual({
      a: [0.333333, null, 'x'],
      b: { c: true },
    })
  })
})
