import { canonicalJson } from '../../core/canonical-json.ts'
import { percentile } from '../../core/stats/bootstrap.ts'
import type { RunPayload, ScoreQuantiles } from '../../generated/hub-run.ts'

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
/** From so many values their distribution is told; of fewer only the median. */
export const ENOUGH_FOR_QUANTILES = 20

/** The same run with distributions in place of single scores. `sha256` of the executions, or null: not told. */
export const condensed = (payload: RunPayload, sha256: ((text: string) => string) | null): RunPayload => ({
  ...payload,
  executions: [],
  condensed: {
    sha256: sha256 === null ? null : sha256(canonicalJson(payload.executions)),
    executions: payload.executions.length,
    quantiles: quantilesOf(payload),
  },
})

const quantilesOf = (payload: RunPayload): ScoreQuantiles[] => {
  const values = payload.pipelines.map(() => new Map<number, number[]>())
  for (const { pipeline, scores } of payload.executions)
    for (const [series, , value] of scores) {
      if (typeof value !== 'number') continue
      const known = values[pipeline]?.get(series)
      if (known) known.push(value)
      else values[pipeline]?.set(series, [value])
    }
  return values.flatMap((bySeries, pipeline) =>
    [...bySeries].map(([series, list]) => ({ pipeline, series, n: list.length, values: distribution(list) })),
  )
}

const distribution = (values: readonly number[]): ScoreQuantiles['values'] => {
  const sorted = values.toSorted((left, right) => left - right)
  const points = sorted.length >= ENOUGH_FOR_QUANTILES ? QUANTILES : [0.5]
  // Between two neighbours rounding may go a last digit too far; quantiles stay in order.
  return points
    .map((point) => percentile(sorted, point))
    .sort((left, right) => left - right) as ScoreQuantiles['values']
}
