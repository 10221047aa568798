import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BENCHMARK_TYPES } from '../../../src/core/benchmark-types.ts'
import {
  compareDefinition,
  definitionWarnings,
  newBenchmarkDocuments,
  measurablePrimaryMetrics,
} from '../../../src/core/hub/benchmark-definitions.ts'
import { metricById } from '../../../src/core/metrics/registry.ts'
import { clamped, unclampedUtility } from '../../../src/core/ranking/utility.ts'
import { validateHubBenchmark } from '../../../src/generated/validators-hub.ts'

const signatures = [{ key_id: 'a'.repeat(26), sig: 'A'.repeat(86) }]

describe.each(newBenchmarkDocuments().map((document) => [document.type, document] as const))('%s', (type, document) => {
  test('is a valid document that this program agrees with', () => {
    expect(validateHubBenchmark({ ...document, signatures })).toBe(true)
    expect(compareDefinition(document)).toEqual([])
    expect(definitionWarnings(document)).toEqual([])
    expect(measurablePrimaryMetrics(document)).toEqual(BENCHMARK_TYPES.find(({ id }) => id === type)?.primaryMetrics)
  })

  test('weights add up to 1, and every weighted metric has an anchor that points the right way', () => {
    expect(Object.values(document.weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    for (const metric of Object.keys(document.weights))
      expect(document.anchors.map((anchor) => anchor.metric)).toContain(metric)
    for (const { metric, worst, best, scale } of document.anchors) {
      expect(best > worst).toBe(metricById(metric).direction === 'higher')
      if (scale === 'log') expect(Math.min(worst, best)).toBeGreaterThan(0)
    }
  })
})

test('utilities are 0 at the worst, 1 at the best, between them in between, and never anything else', () => {
  for (const { anchors } of newBenchmarkDocuments())
    for (const anchor of anchors) {
      expect(unclampedUtility(anchor.worst, anchor)).toBe(0)
      expect(unclampedUtility(anchor.best, anchor)).toBe(1)
      fc.assert(
        fc.property(fc.double({ min: 0, noNaN: true }), fc.double({ min: 0, noNaN: true }), (left, right) => {
          const [low, high] = [clamped(unclampedUtility(left, anchor)), clamped(unclampedUtility(right, anchor))]
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(1)
          if (left < right) expect(anchor.best > anchor.worst ? low <= high : low >= high).toBe(true)
        }),
        { numRuns: 50 },
      )
    }
})

test('differences are told, and only those that make values worthless are warned of', () => {
  const [amr] = newBenchmarkDocuments()
  if (amr === undefined) throw new Error('no types')
  const [first, second, ...rest] = amr.metrics
  const changed = {
    ...amr,
    match_level: 'family',
    metrics: [{ ...first!, version: 9 }, { ...rest[0]!, id: 'novel' }, ...rest],
    primary_metrics: [{ metric: 'novel', level: null }, ...amr.primary_metrics],
  }
  expect(compareDefinition(changed)).toEqual([
    { kind: 'level', metric: null, hub: 'family', here: 'gene' },
    { kind: 'version', metric: first?.id, hub: 9, here: 1 },
    { kind: 'unknown', metric: 'novel', hub: 1, here: null },
    { kind: 'new', metric: second?.id, hub: null, here: 1 },
  ])
  expect(definitionWarnings(changed)).toHaveLength(3)
  expect(measurablePrimaryMetrics(changed)).toEqual(amr.primary_metrics)
})
