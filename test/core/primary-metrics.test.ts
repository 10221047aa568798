import { expect, test } from 'vitest'
import { primaryMetricsOf } from '../../src/core/primary-metrics.ts'

const metric = (name: string, level: string | null = null): { metric: string; level: string | null } => ({
  metric: name,
  level,
})

test('the primary metric comes first, then by weight, then as declared, each once', () => {
  const metrics = [metric('a'), metric('b', 'gene'), metric('c'), metric('d')]
  const evaluation = { metrics, priority: { c: 0.5, b: 0.3 }, primary: metric('b', 'gene') }
  expect(primaryMetricsOf(evaluation).map((one) => one.metric)).toEqual(['b', 'c', 'a', 'd'])
})

test('one metric at two levels is two metrics', () => {
  const evaluation = { metrics: [metric('a', 'gene')], priority: {}, primary: metric('a', 'family') }
  expect(primaryMetricsOf(evaluation)).toEqual([metric('a', 'family'), metric('a', 'gene')])
})

test('nothing declared gives nothing', () => {
  expect(primaryMetricsOf({ metrics: [], priority: {}, primary: null })).toEqual([])
})
