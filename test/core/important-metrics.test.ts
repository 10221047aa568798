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
