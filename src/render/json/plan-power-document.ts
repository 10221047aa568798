import type { PlannedPower } from '../../app/plan-power.ts'
import type { PlanPower } from '../../generated/run-preview.ts'

/** The part of a document that says what a plan could show. */
export const toPlanPowerDocument = (power: PlannedPower): PlanPower => ({
  ...{ samples: power.samples, repeats: power.repeats, pipelines: power.pipelines, tests: power.tests },
  earlier_runs: [...power.earlier],
  reachable: { samples: power.reachable.samples, repeats: power.reachable.repeats },
  metrics: power.metrics.map((metric) => ({
    ...{ metric: metric.metric, level: metric.level, rank: metric.rank, what: metric.what },
    relative: metric.isRelative,
    spread: metric.spread,
    from: metric.from,
    detectable: metric.detectable,
    smallest_effect: metric.smallestEffect,
    enough: metric.isEnough,
    needed: metric.needed,
    note: metric.note,
  })),
})
