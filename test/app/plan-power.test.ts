import { expect, test } from 'vitest'
import type { EndedRun, HistoryReads } from '../../src/app/history/history-ports.ts'
import { powerOfPlan, type PowerRequest } from '../../src/app/plan-power.ts'
import type { ComparedRun } from '../../src/core/comparison/comparison.ts'
import { toPlanPowerDocument } from '../../src/render/json/plan-power-document.ts'
import { renderPlanPower } from '../../src/render/terminal/plan-power-text.ts'
import { aComparedRun, type Told } from '../support/comparison-builder.ts'

const request: PowerRequest = {
  ...{ benchmarkType: 'amr-detection', truthSha256: 'a', machine: 'm1', samples: 12, repeats: 3, pipelines: 1 },
  primaryMetrics: [
    { metric: 'sensitivity', level: 'gene' },
    { metric: 'wall_seconds', level: null },
  ],
}

/** Two pipelines on eight samples, in three repeats of about 4 % variation. */
const told: readonly Told[] = ['kma', 'blastn'].flatMap((pipeline, which) =>
  [1, 2, 3].flatMap((repeat) =>
    Array.from({ length: 8 }, (_, index) => ({
      ...{ pipeline, sample: `S${index + 1}`, repeat },
      sensitivity: 0.8 + which * (index % 2) * 0.04,
      wallSeconds: 100 * 1.04 ** repeat,
    })),
  ),
)

/** Reads of runs that are told, by what is asked of them. */
const readsOf = (...runs: readonly ComparedRun[]): HistoryReads & { readonly asked: unknown[] } => {
  const asked: unknown[] = []
  const ended = runs.map(({ runId, comparability, machine }): EndedRun => ({
    ...{ runId, benchmarkType: 'amr-detection', state: 'completed', startedAt: '2026-11-23T10:15:02.000Z' },
    ...{ finishedAt: null, label: null, branch: null, commit: null, pipelines: [], comparability, machine },
    ...{ primaryMetrics: [], dataset: null },
  }))
  return {
    asked,
    runs: (filter) => {
      asked.push(filter)
      return ended
    },
    measured: () => runs,
  }
}

test('spreads come from runs on the same truth, those of times only from the same machine', () => {
  const reads = readsOf(aComparedRun('r1', told))
  const power = powerOfPlan(reads, request)
  expect(reads.asked).toEqual([{ benchmarkType: 'amr-detection', truthSha256: 'a', limit: 20 }])
  expect(power).toMatchObject({ earlier: ['r1'], tests: 2, reachable: { samples: 7 } })
  const [sensitivity, wall] = power.metrics
  expect(sensitivity).toMatchObject({
    what: 'samples',
    isRelative: false,
    from: 1,
    smallestEffect: 0.01,
    isEnough: false,
  })
  // Differences are 0 and 0.04 in turns: a spread of 0.0214.
  expect(sensitivity?.spread).toBeCloseTo(0.0214, 4)
  expect(wall).toMatchObject({ what: 'repeats', isRelative: true, from: 6 })
  // Logarithms of three repeats lie evenly apart: their standard deviation is one step.
  expect(wall?.spread).toBeCloseTo(Math.log(1.04), 5)
  const twice = told.filter(({ repeat }) => repeat !== 3)
  expect(powerOfPlan(readsOf(aComparedRun('r1', twice)), request).metrics[1]).toMatchObject({
    ...{ spread: null, from: 4, note: 'too few earlier repeats to tell how much they vary' },
  })

  const elsewhere = powerOfPlan(reads, { ...request, machine: 'm2' }).metrics
  expect(elsewhere[0]).toEqual(sensitivity)
  expect(elsewhere[1]).toMatchObject({ spread: null, detectable: null, isEnough: null })
  expect(powerOfPlan(reads, { ...request, machine: null }).metrics[1]?.spread).toBeNull()
})

test('the text says what could be shown, what is needed, and what is not known', () => {
  const text = renderPlanPower(powerOfPlan(readsOf(aComparedRun('r1', told)), request))
  expect(text).toContain('spreads from 1 earlier run on this truth')
  expect(text).toMatch(/sensitivity \(gene\) +12 samples +0\.0\d\d +0\.010 +no, \d+ samples needed/)
  expect(text).toContain(
    '2 primary tests: the correction for all of them needs at least 7 common samples and 5 repeats.',
  )
  const power = powerOfPlan(readsOf(aComparedRun('r1', told)), request)
  expect(renderPlanPower(power, { format: 'csv' })).toMatch(
    /^metric,level,rank,counted,count,relative,.*\nsensitivity,gene,,samples,12,false,0\.02/,
  )
  expect(renderPlanPower(power, { format: 'markdown' })).toContain('| sensitivity (gene) | 12 samples |')
  const none = powerOfPlan(readsOf(), request)
  expect(renderPlanPower(none)).toContain('no earlier run on this truth to take spreads from')
  expect(renderPlanPower(none)).toContain('unknown: no earlier repeats to take a spread from')
  expect(toPlanPowerDocument(none)).toMatchObject({
    earlier_runs: [],
    metrics: [{ enough: null }, { enough: null, note: 'no earlier repeats to take a spread from' }],
  })
  expect(renderPlanPower({ ...none, metrics: [] })).toContain('no metric is declared as important')
})
