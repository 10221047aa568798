import type { ReportDocument } from '../../generated/report.ts'
import type { MetricRow } from './metric-rows.ts'

type TradeOff = ReportDocument['trade_off']

/** The first primary metric against runtime (or memory), pipeline by pipeline; null where either is missing. */
export const tradeOffOf = (keyNumbers: readonly MetricRow[]): TradeOff => {
  const quality = keyNumbers.find(({ metric, direction }) => !isCost(metric) && direction !== 'none')
  const cost =
    keyNumbers.find(({ metric, value }) => metric === 'wall_seconds' && value !== null) ??
    keyNumbers.find(({ metric, value }) => metric === 'peak_rss_bytes' && value !== null)
  if (quality === undefined || cost === undefined) return null
  const of = (row: MetricRow): readonly MetricRow[] =>
    keyNumbers.filter(
      (one) =>
        one.metric === row.metric &&
        one.level === row.level &&
        one.rank === row.rank &&
        one.aggregation === row.aggregation,
    )
  const costs = new Map(of(cost).map(({ name, value }) => [name, value]))
  const points = of(quality).map(({ name, value }) => ({ name, x: costs.get(name) ?? null, y: value }))
  const sign = quality.direction === 'lower' ? -1 : 1
  type Point = (typeof points)[number]
  const beats = (one: Point, other: Point): boolean => {
    if (one.x === null || one.y === null || other.x === null || other.y === null) return false
    const [better, asGood] = [sign * (one.y - other.y), one.x - other.x]
    return better >= 0 && asGood <= 0 && (better > 0 || asGood < 0)
  }
  return {
    x: seriesOf(cost),
    y: seriesOf(quality),
    points: points.map((point) => ({
      ...point,
      is_on_front: point.x !== null && point.y !== null && !points.some((other) => beats(other, point)),
    })),
  }
}

const isCost = (metric: string): boolean => metric === 'wall_seconds' || metric === 'peak_rss_bytes'

const seriesOf = ({ metric, title, level, rank, unit, direction }: MetricRow) => ({
  ...{ metric, title, level, rank, unit, direction },
})
