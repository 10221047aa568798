import { describe, expect, test } from 'vitest'
import { LEVEL_METRICS } from '../../../src/core/amr/level-metrics.ts'
import { BENCHMARK_TYPES, findBenchmarkType } from '../../../src/core/benchmark-types.ts'
import { CONFUSION_FORMULAS } from '../../../src/core/metrics/confusion.ts'
import { makeScore } from '../../../src/core/metrics/make-score.ts'
import { findMetric, metricById, metricNames, METRICS, metricsOf } from '../../../src/core/metrics/registry.ts'
import { RESOURCE_VALUES } from '../../../src/core/metrics/resources.ts'
import { known } from '../../../src/core/score.ts'

describe('every entry', () => {
  test.each(METRICS.map((metric) => [metric.id, metric] as const))('%s is complete', (id, metric) => {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [metric.title, metric.definition, metric.formula, metric.undefinedWhen, metric.source])
      expect(text.length).toBeGreaterThan(2)
    // A sentence, and not the definition said again.
    expect(metric.weakness).toMatch(/^[A-Z].{10,}\.$/)
    expect(metric.definition).not.toContain(metric.weakness)
    expect(metric.unit).toMatch(/^[a-z]{2}/)
    expect(metric.version).toBeGreaterThanOrEqual(1)
    expect(metric.aggregations.length).toBeGreaterThan(0)
    expect(metric.benchmarkTypes.length).toBeGreaterThan(0)
    for (const type of metric.benchmarkTypes) expect(findBenchmarkType(type), type).toBeDefined()
    const [low, high] = metric.range
    if (low !== null && high !== null) expect(low).toBeLessThan(high)
  })

  test('no id or alias names two metrics', () => {
    const names = METRICS.flatMap((metric) => [metric.id, ...metric.aliases.map(({ name }) => name)])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect([...metricNames()].sort()).toEqual([...names].sort())
  })

  test('every classification and resource metric has a formula, and every formula a definition', () => {
    const family = (name: string): string[] => METRICS.filter((metric) => metric.family === name).map(({ id }) => id)
    expect(Object.keys(CONFUSION_FORMULAS).sort()).toEqual(family('classification').sort())
    expect(Object.keys(RESOURCE_VALUES).sort()).toEqual(family('resources').sort())
  })

  test('what the match levels compute is defined, and every AMR metric is computed at some level', () => {
    const computed = new Set(Object.values(LEVEL_METRICS).flat())
    for (const id of computed) expect(() => metricById(id)).not.toThrow()
    for (const metric of METRICS.filter(({ family }) => family === 'amr'))
      expect(computed, metric.id).toContain(metric.id)
  })
})

describe('names of the design', () => {
  test.each([
    ['sensitivity', 'sensitivity', null],
    ['recall', 'sensitivity', null],
    ['amr_sensitivity', 'sensitivity', null],
    ['amr_specificity', 'specificity', null],
    ['amr_gene_recall', 'sensitivity', 'gene'],
    ['runtime', 'wall_seconds', null],
    ['memory_usage', 'peak_rss_bytes', null],
    ['AMR-Gene-Recall', 'sensitivity', 'gene'],
  ])('%s is %s at level %s', (name, id, level) => {
    const found = findMetric(name)
    expect(found?.definition.id).toBe(id)
    expect(found?.level).toBe(level)
  })

  test('an unknown name finds nothing', () => {
    expect(findMetric('sensitivty')).toBeUndefined()
    expect(() => metricById('recall')).toThrow()
  })
})

test('a benchmark type has its own metrics and the resources', () => {
  const ids = metricsOf('assembly-quality').map(({ id }) => id)
  expect(ids).toContain('wall_seconds')
  expect(ids).not.toContain('sensitivity')
  expect(metricsOf('amr-detection').map(({ id }) => id)).toContain('average_precision')
  expect(metricsOf('diversity-analysis').map(({ id }) => id)).not.toContain('specificity')
})

test('a score takes unit and direction from the definition', () => {
  expect(makeScore('fdr', { sample: 'S1', level: 'gene' }, known(0.25))).toEqual({
    sample: 'S1',
    metric: 'fdr',
    level: 'gene',
    rank: null,
    value: 0.25,
    reason: null,
    unit: 'ratio',
    direction: 'lower',
  })
})

test('the benchmark types choose metrics that exist as soon as their family is registered', () => {
  expect(BENCHMARK_TYPES.map(({ id }) => id)).toEqual([
    'amr-detection',
    'diversity-analysis',
    'assembly-quality',
    'binning',
    'pathogen-detection',
  ])
  const families = new Set(METRICS.map(({ family }) => family))
  const needed: Record<string, string> = {
    'amr-detection': 'amr',
    'diversity-analysis': 'profile',
    'assembly-quality': 'assembly',
    binning: 'binning',
    'pathogen-detection': 'classification',
  }
  for (const type of BENCHMARK_TYPES) {
    if (!families.has(needed[type.id] as 'amr')) continue
    for (const { metric, level } of [...type.primaryMetrics, ...type.tableMetrics]) {
      expect(metricById(metric).benchmarkTypes, `${type.id} ${metric}`).toContain(type.id)
      if (level !== null) expect(type.levels).toContain(level)
    }
    if (type.defaultLevel !== null) expect(type.levels).toContain(type.defaultLevel)
  }
})
