import { expect, test } from 'vitest'
import { withImportantMetrics } from '../../src/core/important-metrics.ts'
import type { Evaluation } from '../../src/core/plan.ts'

const evaluation = (change: Partial<Evaluation>): Evaluation => ({
  metrics: [],
  priority: {},
  primary: null,
  constraints: { maxRuntimeSeconds: null, maxMemoryBytes: null, minimums: {}, maximums: {} },
  ...change,
})

test('amr_sensitivity without a level is read at the primary level; costs have none; a stated level stays', () => {
  const declared = evaluation({
    metrics: [
      { metric: 'sensitivity', level: null },
      { metric: 'wall_seconds', level: null },
      { metric: 'specificity', level: 'drug_class' },
    ],
    primary: { metric: 'f1_score', level: null },
  })
  expect(withImportantMetrics(declared, 'amr-detection', 'family')).toMatchObject({
    metrics: [
      { metric: 'sensitivity', level: 'family' },
      { metric: 'wall_seconds', level: null },
      { metric: 'specificity', level: 'drug_class' },
    ],
    primary: { metric: 'f1_score', level: 'family' },
  })
})

test('benchmark types without match levels get none', () => {
  const declared = evaluation({ metrics: [{ metric: 'f1_score', level: null }] })
  expect(withImportantMetrics(declared, 'diversity-analysis', 'gene').metrics).toEqual(declared.metrics)
})

test('who declares nothing gets the metrics of the type at the primary level, without the costs every table shows', () => {
  expect(withImportantMetrics(evaluation({}), 'amr-detection', 'gene').metrics).toEqual(
    ['sensitivity', 'precision', 'f1_score', 'specificity'].map((metric) => ({ metric, level: 'gene' })),
  )
})

test('who declares metrics of another type gets those of this one, and keeps the costs', () => {
  const amr = evaluation({
    metrics: [
      { metric: 'sensitivity', level: null },
      { metric: 'wall_seconds', level: null },
    ],
    primary: { metric: 'sensitivity', level: 'gene' },
  })
  const { metrics, primary } = withImportantMetrics(amr, 'assembly-quality', 'gene')
  expect(primary).toBeNull()
  expect(metrics.map(({ metric }) => metric)).toEqual(expect.arrayContaining(['n50', 'mag_count_hq', 'wall_seconds']))
  expect(metrics).not.toContainEqual(expect.objectContaining({ metric: 'sensitivity' }))
})
test('what is left of declared metrics is enough, if it is more than costs', () => {
  const mixed = evaluation({
    metrics: [
      { metric: 'n50', level: null },
      { metric: 'mcc', level: null },
    ],
  })
  expect(withImportantMetrics(mixed, 'assembly-quality', 'gene').metrics).toEqual([{ metric: 'n50', level: null }])
})
