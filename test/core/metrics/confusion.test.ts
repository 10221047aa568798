import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConfusionCounts, CONFUSION_FORMULAS } from '../../../src/core/metrics/confusion.ts'
import { metricById } from '../../../src/core/metrics/registry.ts'
import type { Quantity } from '../../../src/core/score.ts'

const counts = (
  truePositives: number,
  falsePositives: number,
  falseNegatives: number,
  trueNegatives: number | null,
  falsePositivesOutside: number | null = trueNegatives === null ? null : 0,
): ConfusionCounts => ({
  truePositives,
  falsePositives,
  falseNegatives,
  trueNegatives,
  falsePositivesOutside,
  redundantHits: 0,
})
const metric = (id: string, of: ConfusionCounts): Quantity => {
  const formula = CONFUSION_FORMULAS[id]
  if (!formula) throw new Error(id)
  return formula(of)
}
const ids = Object.keys(CONFUSION_FORMULAS)

describe('worked examples (TP, FP, FN, TN)', () => {
  test.each([
    ['sensitivity', 0.5],
    ['specificity', 5 / 6],
    ['precision', 2 / 3],
    ['npv', 5 / 7],
    ['f1_score', 4 / 7],
    ['jaccard_index', 0.4],
    ['accuracy', 0.7],
    ['balanced_accuracy', 2 / 3],
    ['mcc', 0.3563483225],
    ['fdr', 1 / 3],
    ['fnr', 0.5],
    ['fpr', 1 / 6],
    ['true_positives', 2],
    ['false_positives', 1],
    ['false_negatives', 2],
    ['true_negatives', 5],
    ['redundant_hits', 0],
    ['fp_outside_universe', 0],
  ])('%s of (2, 1, 2, 5) is %d', (id, expected) => {
    expect(metric(id, counts(2, 1, 2, 5)).value).toBeCloseTo(expected, 9)
  })

  test('(0, 1, 0, 9): nothing is there, one thing was found', () => {
    const of = counts(0, 1, 0, 9)
    expect(metric('sensitivity', of)).toEqual({ value: null, reason: 'undefined_0/0' })
    expect(metric('specificity', of).value).toBeCloseTo(0.9, 12)
    expect(metric('precision', of).value).toBe(0)
    expect(metric('f1_score', of).value).toBe(0)
    expect(metric('mcc', of)).toEqual({ value: null, reason: 'undefined_0/0' })
    expect(metric('balanced_accuracy', of)).toEqual({ value: null, reason: 'undefined_0/0' })
  })

  test('(0, 0, 0, 10): nothing is there and nothing was found', () => {
    const of = counts(0, 0, 0, 10)
    for (const id of ['sensitivity', 'precision', 'f1_score', 'jaccard_index', 'fdr', 'fnr', 'mcc'])
      expect(metric(id, of), id).toEqual({ value: null, reason: 'undefined_0/0' })
    expect(metric('specificity', of).value).toBe(1)
  })

  test('(2, 2, 2, 24): the three samples above summed', () => {
    const of = counts(2, 2, 2, 24)
    for (const id of ['precision', 'sensitivity', 'f1_score']) expect(metric(id, of).value, id).toBe(0.5)
    expect(metric('specificity', of).value).toBeCloseTo(0.9230769231, 10)
    expect(metric('mcc', of).value).toBeCloseTo(0.4230769231, 10)
  })

  test('a missed gene with nothing found has precision undefined, F1 0', () => {
    const of = counts(0, 0, 3, 7)
    expect(metric('sensitivity', of).value).toBe(0)
    expect(metric('precision', of).reason).toBe('undefined_0/0')
    expect(metric('f1_score', of).value).toBe(0)
  })
})

test('without a universe whatever needs true negatives has no value, and says so', () => {
  for (const id of [
    'specificity',
    'npv',
    'accuracy',
    'mcc',
    'fpr',
    'balanced_accuracy',
    'true_negatives',
    'fp_outside_universe',
  ])
    expect(metric(id, counts(2, 1, 2, null)), id).toEqual({ value: null, reason: 'no_universe' })
})

test('findings outside the universe lower precision but not specificity, accuracy and MCC', () => {
  const inside = counts(2, 1, 2, 5)
  const outside = counts(2, 4, 2, 5, 3)
  for (const id of ['specificity', 'accuracy', 'mcc', 'fpr', 'npv'])
    expect(metric(id, outside).value, id).toBe(metric(id, inside).value)
  expect(metric('precision', outside).value).toBeCloseTo(2 / 6, 12)
  expect(metric('f1_score', outside).value).toBeCloseTo(4 / 10, 12)
  expect(metric('fp_outside_universe', outside).value).toBe(3)
})

const anyCounts = fc
  .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.option(fc.nat(1000)), fc.nat(1000))
  .map(([tp, fp, fn, tn, out]) => counts(tp, fp, fn, tn, tn === null ? null : Math.min(fp, out)))

test('every value is inside the range its definition states', () => {
  fc.assert(
    fc.property(anyCounts, fc.constantFrom(...ids), (of, id) => {
      const { value } = metric(id, of)
      const [low, high] = metricById(id).range
      if (value === null) return
      expect(value).toBeGreaterThanOrEqual(low ?? -Infinity)
      expect(value).toBeLessThanOrEqual(high ?? Infinity)
    }),
  )
})

test('one more false positive never raises precision, F1, Jaccard or specificity', () => {
  fc.assert(
    fc.property(anyCounts, fc.constantFrom('precision', 'f1_score', 'jaccard_index', 'specificity'), (of, id) => {
      const before = metric(id, of).value
      const after = metric(id, { ...of, falsePositives: of.falsePositives + 1 }).value
      if (before !== null && after !== null) expect(after).toBeLessThanOrEqual(before)
    }),
  )
})

test('F1 and Jaccard treat truth and prediction alike', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (tp, fp, fn) => {
      for (const id of ['f1_score', 'jaccard_index'])
        expect(metric(id, counts(tp, fp, fn, null))).toEqual(metric(id, counts(tp, fn, fp, null)))
      expect(metric('precision', counts(tp, fp, fn, null))).toEqual(metric('sensitivity', counts(tp, fn, fp, null)))
    }),
  )
})

test('swapping what counts as positive swaps sensitivity with specificity and keeps MCC', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), (tp, fp, fn, tn) => {
      const [of, swapped] = [counts(tp, fp, fn, tn), counts(tn, fn, fp, tp)]
      expect(metric('sensitivity', of)).toEqual(metric('specificity', swapped))
      expect(metric('precision', of)).toEqual(metric('npv', swapped))
      const value = metric('mcc', of).value
      if (value !== null) expect(metric('mcc', swapped).value).toBeCloseTo(value, 12)
    }),
  )
})

test('large counts stay exact enough for MCC', () => {
  expect(metric('mcc', counts(3e6, 0, 0, 5e6)).value).toBeCloseTo(1, 12)
})
