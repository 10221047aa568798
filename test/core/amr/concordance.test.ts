import { expect, test } from 'vitest'
import { concordance } from '../../../src/core/amr/concordance.ts'
import type { AmrScoringOptions } from '../../../src/core/scoring-options.ts'
import { DEFAULT_AMR_SCORING } from '../../../src/core/scoring-options.ts'
import { vocabularyFixture, vocabularyOf } from '../../support/small-vocabulary.ts'
import { call } from './amr-case.ts'

type Found = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
const compare = (
  found: Found,
  samples: readonly string[],
  options: Partial<AmrScoringOptions> = {},
  vocabulary = null,
) =>
  concordance({
    predictions: new Map(
      Object.entries(found).map(([label, bySample]) => [
        label,
        new Map(Object.entries(bySample).map(([sample, symbols]) => [sample, symbols.map((symbol) => call(symbol))])),
      ]),
    ),
    samples,
    options: { ...DEFAULT_AMR_SCORING, ...options },
    vocabulary,
  })

// Worked by hand: S1 {a b c} {b c d} {c}, S2 {a} {a} {}, S3 nothing.
const three: Found = {
  one: { S1: ['geneA', 'geneB', 'geneC'], S2: ['geneA'] },
  two: { S1: ['geneB', 'geneC', 'geneD', 'gene-D'], S2: ['GENEA'] },
  three: { S1: ['geneC'] },
}

test('pairs, unions, majorities and intersections', () => {
  const { pairs, sets, summary, basis } = compare(three, ['S1', 'S2', 'S3'], { levels: ['gene'] })
  expect(sets).toEqual([
    { level: 'gene', sample: 'S1', union: 4, majority: 2, intersection: 1 },
    { level: 'gene', sample: 'S2', union: 1, majority: 1, intersection: 0 },
    { level: 'gene', sample: 'S3', union: 0, majority: 0, intersection: 0 },
  ])
  expect(
    pairs.map(({ sample, left, right, shared, leftOnly, rightOnly, jaccard }) => [
      `${sample} ${left} ${right}`,
      shared,
      leftOnly,
      rightOnly,
      jaccard.value ?? jaccard.reason,
    ]),
  ).toEqual([
    ['S1 one two', 2, 1, 1, 0.5],
    ['S2 one two', 1, 0, 0, 1],
    ['S3 one two', 0, 0, 0, 'undefined_0/0'],
    ['S1 one three', 1, 2, 0, 1 / 3],
    ['S2 one three', 0, 1, 0, 0],
    ['S3 one three', 0, 0, 0, 'undefined_0/0'],
    ['S1 two three', 1, 2, 0, 1 / 3],
    ['S2 two three', 0, 1, 0, 0],
    ['S3 two three', 0, 0, 0, 'undefined_0/0'],
  ])
  expect(summary[0]).toEqual({
    level: 'gene',
    left: 'one',
    right: 'two',
    jaccard: { value: 0.75, reason: null },
    n: 2,
    nExpected: 3,
  })
  expect(basis[1]).toEqual({ level: 'gene', prediction: 'two', keys: 4, bySpelling: 4 })
})

test('names that rest on the spelling alone are said; the ontology joins them', async () => {
  const found: Found = { one: { S1: ['RTEM, the first'] }, two: { S1: ['blaTEM-1'] } }
  const apart = compare(found, ['S1'], { levels: ['gene'] })
  expect(apart.pairs[0]?.jaccard.value).toBe(0)
  expect(apart.warnings).toEqual([expect.stringContaining('spelling alone: one 1 of 1, two 1 of 1')])
  const vocabulary = await vocabularyOf(vocabularyFixture('small.obo'), [])
  const joined = compare(found, ['S1'], { levels: ['gene'] }, vocabulary as never)
  expect(joined.pairs[0]?.jaccard.value).toBe(1)
  expect(joined.warnings).toEqual([])
})

test('filters apply, and a level nobody says anything about is left out', () => {
  const { sets } = compare({ one: { S1: ['a'] }, two: { S1: ['a'] } }, ['S1'])
  expect(sets.map(({ level }) => level)).toEqual(['allele', 'gene', 'family'])
})

test('the order of predictions and rows changes no number', () => {
  const turned = Object.fromEntries(Object.entries(three).reverse())
  const numbers = (found: Found) => compare(found, ['S1', 'S2', 'S3']).sets
  expect(numbers(turned)).toEqual(numbers(three))
})
