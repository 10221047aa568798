import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addValue,
  aggregateKey,
  type AggregateInput,
  createFreezer,
  emptyDistribution,
  mergeDistributions,
} from '../../../src/core/hub/aggregates.ts'

const series = (pipeline: string) => ({
  ...{ benchmark_type: 'amr-detection', dataset: 'mini', pipeline, version: null, metric: 'f1' },
  ...{ level: 'gene', rank: null, unit: 'ratio', direction: 'higher' as const },
})
const run = (number: number, value: number, changes: Partial<AggregateInput> = {}): AggregateInput => ({
  runId: `run-${number}`,
  contentSha256: 'c',
  isAnonymous: false,
  contributor: 'gut',
  values: [{ series: series('kma'), value }],
  ...changes,
})
const distribution = (values: readonly number[]) => values.reduce(addValue, emptyDistribution)
const value = fc.double({ noNaN: true, min: -1e6, max: 1e6 })

describe('distributions', () => {
  test('merged parts are the whole, but for rounding', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.array(value), (left, right) => {
        const whole = distribution([...left, ...right])
        const merged = mergeDistributions(distribution(left), distribution(right))
        const scale = Math.max(1, Math.abs(whole.minimum), Math.abs(whole.maximum))
        expect(merged).toMatchObject({ n: whole.n, minimum: whole.minimum, maximum: whole.maximum })
        expect(Math.abs(merged.mean - whole.mean)).toBeLessThan(1e-9 * scale)
        expect(Math.abs(merged.m2 - whole.m2)).toBeLessThan(1e-9 * scale * scale * whole.n)
      }),
    )
  })
})

describe('freezing a month', () => {
  test('one aggregate for each pipeline, dataset and metric, worked by hand', () => {
    const freezer = createFreezer('2026-11', 5)
    freezer.add(run(1, 1))
    freezer.add(run(2, 3, { contributor: 'oral' }))
    const frozen = freezer.freeze()
    expect(frozen.map(({ by, name }) => `${by} ${name}`)).toEqual(['dataset mini', 'metric f1', 'pipeline kma'])
    for (const aggregate of frozen)
      expect(aggregate).toMatchObject({
        ...{ runs: 2, contributors: 2, inputs: 'run-1:c\nrun-2:c\n' },
        rows: [{ n: 2, mean: 2, m2: 2, minimum: 1, maximum: 3 }],
      })
  })

  test('anonymised values wait for enough contributors behind the same row', () => {
    const anonymous = (number: number, contributor: string) => run(number, number, { isAnonymous: true, contributor })
    const freezer = createFreezer('2026-11', 3)
    freezer.add(run(0, 0))
    for (const number of [1, 2, 3, 4]) freezer.add(anonymous(number, number % 2 === 0 ? 'a' : 'b'))
    expect(freezer.freeze()[0]).toMatchObject({ runs: 1, rows: [{ n: 1, maximum: 0 }] })
    freezer.add(anonymous(5, 'c'))
    expect(freezer.freeze()[0]).toMatchObject({ runs: 6, contributors: 4, rows: [{ n: 6, maximum: 5 }] })
  })
})

test('keys are paths, and tell names apart that look the same as paths', () => {
  const sha256 = (text: string): string => Buffer.from(text).toString('hex').padEnd(64, '0')
  expect(aggregateKey('KMA v1/β', sha256)).toMatch(/^kma-v1-[0-9a-f]{6}$/)
  expect(aggregateKey('../..', sha256)).toMatch(/^x-[0-9a-f]{6}$/)
  expect(aggregateKey('a b', sha256)).not.toBe(aggregateKey('a-b', sha256))
})
