import { findBenchmarkType } from '../benchmark-types.ts'
import { findMetric } from '../metrics/registry.ts'
import type { Evaluation } from '../plan.ts'
import { mean } from '../stats/correlation.ts'
import type { Board } from './board.ts'
import { byCodeUnits, type MetricSeries, type Observation } from './observation.ts'

/** A limit that no score can buy off. */
export interface HardConstraint extends MetricSeries {
  /** As people wrote it: `max_runtime`, `min_sensitivity`. */
  readonly name: string
  readonly kind: 'minimum' | 'maximum'
  /** Inclusive, in the metric's unit. */
  readonly limit: number
  /** Resources by their worst execution, because a limit is about what can happen; all else by its mean over samples. */
  readonly judgedBy: 'mean' | 'worst'
}

/** A constraint a candidate does not meet. `value` null: it has no such value, which does not meet it either. */
export interface BrokenConstraint {
  readonly constraint: string
  readonly kind: HardConstraint['kind']
  readonly limit: number
  readonly value: number | null
}

/** The constraints of a configuration or of flags, by series. A metric without a level means the primary one. */
export const hardConstraintsOf = (
  constraints: Evaluation['constraints'],
  benchmarkType: string,
  primaryLevel: string | null,
): readonly HardConstraint[] => {
  const hasLevels = (findBenchmarkType(benchmarkType)?.levels ?? []).length > 0
  const of = (kind: HardConstraint['kind'], limits: Readonly<Record<string, number>>): HardConstraint[] =>
    Object.entries(limits).map(([name, limit]) => {
      const [written = name, givenLevel] = name.split('@')
      const found = findMetric(written)
      const family = found?.definition.family
      const level = givenLevel ?? found?.level ?? (hasLevels && family === 'classification' ? primaryLevel : null)
      return {
        name: `${kind === 'minimum' ? 'min' : 'max'}_${name}`,
        kind,
        limit,
        metric: found?.definition.id ?? written,
        level,
        rank: null,
        judgedBy: family === 'resources' ? 'worst' : 'mean',
      }
    })
  const resource = (name: string, metric: string, limit: number | null): HardConstraint[] =>
    limit === null ? [] : [{ name, kind: 'maximum', limit, metric, level: null, rank: null, judgedBy: 'worst' }]
  return [
    ...resource('max_runtime', 'wall_seconds', constraints.maxRuntimeSeconds),
    ...resource('max_memory', 'peak_rss_bytes', constraints.maxMemoryBytes),
    ...of('minimum', constraints.minimums),
    ...of('maximum', constraints.maximums),
  ]
}

/** What one candidate's rows do not meet, in the order of the constraints. */
export const brokenBy = (
  rows: readonly Observation[],
  constraints: readonly HardConstraint[],
  board: Pick<Board, 'datasets'>,
): readonly BrokenConstraint[] =>
  constraints.flatMap((constraint) => {
    const { name, kind, limit, metric, level, rank } = constraint
    const own = rows.filter(
      (row) => row.metric === metric && row.level === level && row.rank === rank && row.value !== null,
    )
    const value = constraint.judgedBy === 'worst' ? worstOf(own, kind) : meanOf(own, board)
    const met = value !== null && (kind === 'maximum' ? value <= limit : value >= limit)
    return met ? [] : [{ constraint: name, kind, limit, value }]
  })

const worstOf = (rows: readonly Observation[], kind: HardConstraint['kind']): number | null =>
  rows.reduce<number | null>((worst, { value }) => {
    if (value === null) return worst
    if (worst === null) return value
    return kind === 'maximum' ? Math.max(worst, value) : Math.min(worst, value)
  }, null)

/** Mean over repeats of a sample, samples of a dataset, datasets by weight; over what there is. */
const meanOf = (rows: readonly Observation[], board: Pick<Board, 'datasets'>): number | null => {
  let sum = 0
  let weights = 0
  for (const { dataset, weight } of board.datasets) {
    const bySample = new Map<string, number[]>()
    for (const row of rows) {
      if (row.dataset !== dataset || row.value === null) continue
      const key = row.sample ?? ''
      bySample.set(key, [...(bySample.get(key) ?? []), row.value])
    }
    if (bySample.size === 0) continue
    // Sorted, so that the sum does not depend on the order of the rows.
    const means = [...bySample]
      .sort(([left], [right]) => byCodeUnits(left, right))
      .map(([, values]) => mean(values.sort((left, right) => left - right)))
    sum += weight * mean(means)
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}
