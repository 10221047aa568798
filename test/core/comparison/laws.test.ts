import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare } from '../../../src/core/comparison/compare.ts'
import type { ComparedRun } from '../../../src/core/comparison/comparison.ts'
import { changeOf, compareTold, SENSITIVITY, WALL, aComparedRun, type Told } from '../../support/comparison-builder.ts'

describe('laws', () => {
  const value = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100)
  const pairs = fc.array(
    fc.tuple(value, value, fc.integer({ min: 50, max: 5000 }), fc.integer({ min: 50, max: 5000 })),
    { minLength: 1, maxLength: 20 },
  )
  const sideOf = (rows: readonly (readonly [number, number, number, number])[], side: 0 | 1): readonly Told[] =>
    rows.map((row, index) => ({ sample: `S${index}`, sensitivity: row[side], wallSeconds: row[side === 0 ? 2 : 3] }))
  const MIRROR: Readonly<Record<string, string>> = {
    improved: 'regressed',
    regressed: 'improved',
    'new-failure': 'fixed',
    fixed: 'new-failure',
  }

  test('swapping the sides mirrors every verdict, effect and p', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [a, b] = [aComparedRun('a', sideOf(rows, 0)), aComparedRun('b', sideOf(rows, 1))]
        const there = compare({ baseline: [a], candidate: [b], primaryMetrics: [SENSITIVITY, WALL] })
        const back = compare({ baseline: [b], candidate: [a], primaryMetrics: [SENSITIVITY, WALL] })
        for (const change of there.changes) {
          const mirrored = changeOf(back, change.metric)
          expect(mirrored.verdict).toBe(MIRROR[change.verdict] ?? change.verdict)
          expect(mirrored.p).toBe(change.p)
          expect([mirrored.wins, mirrored.losses]).toEqual([change.losses, change.wins])
          if (change.effectScale === 'absolute' && change.low !== null) {
            expect(mirrored.effect).toBeCloseTo(-(change.effect ?? NaN), 6)
            expect(mirrored.low).toBeCloseTo(-(change.high ?? NaN), 6)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the order of runs and executions changes nothing', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const sides = [0, 1].map((side) =>
          [1, 2].map((part) => aComparedRun(`${side}-${part}`, sideOf(rows, side === 0 ? 0 : 1))),
        )
        const turned = sides.map((runs) =>
          [...runs].reverse().map((run) => ({ ...run, executions: [...run.executions].reverse() })),
        )
        const ask = ([baseline = [], candidate = []]: readonly (readonly ComparedRun[])[]) =>
          compare({ baseline, candidate, primaryMetrics: [SENSITIVITY] })
        expect(ask(turned)).toEqual(ask(sides))
      }),
      { numRuns: 40 },
    )
  })

  test('a sample on which both sides are the same never turns a shown difference around, nor lowers p', () => {
    fc.assert(
      fc.property(pairs, value, (rows, same) => {
        const more = [...rows, [same, same, 100, 100] as const]
        const ask = (of_: readonly (readonly [number, number, number, number])[]) =>
          changeOf(
            compare({
              baseline: [aComparedRun('a', sideOf(of_, 0))],
              candidate: [aComparedRun('b', sideOf(of_, 1))],
              primaryMetrics: [SENSITIVITY],
            }),
            'sensitivity',
          )
        const [before, after] = [ask(rows), ask(more)]
        if (before.p !== null && rows.length < 16) expect(after.p).toBe(before.p)
        expect(Math.abs(after.effect ?? 0)).toBeLessThanOrEqual(Math.abs(before.effect ?? 0) + 1e-9)
        expect(new Set([before.verdict, after.verdict])).not.toEqual(new Set(['improved', 'regressed']))
      }),
      { numRuns: 60 },
    )
  })

  test('the unit of a time does not matter, but for the floor', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 2, max: 1000 }), (rows, factor) => {
        const options = { floors: { wall_seconds: 0 } }
        const ask = (by: number) => {
          const told = (side: 0 | 1) =>
            sideOf(rows, side).flatMap((one) =>
              [1, 1.01, 1.03].map((noise, index) => ({
                ...one,
                repeat: index + 1,
                wallSeconds: (one.wallSeconds ?? 0) * noise * by,
              })),
            )
          return changeOf(compareTold(told(0), told(1), { primary: [WALL], options }), 'wall_seconds')
        }
        const [one, many] = [ask(1), ask(factor)]
        expect(many.verdict).toBe(one.verdict)
        expect(many.effect).toBeCloseTo(one.effect ?? NaN, 4)
      }),
      { numRuns: 40 },
    )
  })
})
