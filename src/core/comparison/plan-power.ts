import { median } from '../stats/correlation.ts'
import { pooledSpread, standardDeviation } from '../stats/spread.ts'
import { type ComparedRun, type ComparisonOptions, type PrimaryMetric, sixDigits } from './comparison.ts'
import { definitionOf } from './definition-of.ts'
import { type Scale, shownEffect, steadyMean, toScale } from './difference-scale.ts'
import { effectRule } from './effect-rule.ts'
import { neededFor, reachableRepeats, reachableSamples } from './needed.ts'
import { detectableByRepeats, detectableBySamples } from './power.ts'
import { repeatPool } from './repeat-pool.ts'
import { type PipelineSide, readSide, type SideSeries } from './sides.ts'

/** A comparison that is still to be made. */
export interface PowerInput {
  readonly samples: number
  readonly repeats: number
  /** Pipelines and parameter sets that will be compared. */
  readonly pipelines: number
  readonly primaryMetrics: readonly PrimaryMetric[]
  /** Runs on the same data set (and machine class) to take spreads from. */
  readonly earlier: readonly ComparedRun[]
  readonly options?: Pick<ComparisonOptions, 'alpha' | 'smallestEffects' | 'floors' | 'storedRepeats'>
}

/** What a plan could show of one metric. Effects are in the unit, or shares where `isRelative`. */
interface MetricPower {
  readonly metric: string
  readonly level: string | null
  readonly rank: string | null
  readonly what: 'samples' | 'repeats'
  readonly isRelative: boolean
  /** Standard deviation of differences between samples, or of repeats (a coefficient of variation); null = not known. */
  readonly spread: number | null
  /** Where the spread comes from: how many repeats or pairs of pipelines. */
  readonly from: number
  /** Shown in four of five cases; null = nothing can be shown, or the spread is not known. */
  readonly detectable: number | null
  readonly smallestEffect: number | null
  /** Whether the smallest effect of interest could be shown; null = not known. */
  readonly isEnough: boolean | null
  readonly needed: number | null
  readonly note: string | null
}

/** What a plan could show, before it costs anything. */
export interface PlanPower {
  /** Primary tests the plan makes, and what they demand before any can pass the correction. */
  readonly tests: number
  readonly reachable: { readonly samples: number; readonly repeats: number }
  readonly metrics: readonly MetricPower[]
}

/** What n repeats and m samples could show of every primary metric, from the spreads of earlier runs. */
export const planPower = (input: PowerInput): PlanPower => {
  const { primaryMetrics, pipelines, options = {} } = input
  const alpha = options.alpha ?? 0.05
  const tests = Math.max(1, primaryMetrics.length * Math.max(1, pipelines))
  const sides = readSide(input.earlier, new Set())
  const pool = repeatPool(sides, options.storedRepeats ?? {})
  return {
    tests,
    reachable: { samples: reachableSamples(tests, alpha), repeats: reachableRepeats(tests, alpha) },
    metrics: primaryMetrics.map((primary) => powerOf(primary, sides, pool, { ...input, tests, alpha })),
  }
}

interface Setting extends PowerInput {
  readonly tests: number
  readonly alpha: number
}

const powerOf = (
  { metric, level, rank = null }: PrimaryMetric,
  sides: readonly PipelineSide[],
  pool: ReadonlyMap<string, readonly (readonly number[])[]>,
  { samples, repeats, tests, alpha, options = {} }: Setting,
): MetricPower => {
  const known = seriesOf(sides, { metric, level, rank })
  const definition = definitionOf(known[0] ?? { metric, unit: '', direction: 'higher' })
  const what = definition.family === 'resources' ? ('repeats' as const) : ('samples' as const)
  const rule = effectRule(definition, options)
  const groups = pool.get(metric) ?? []
  const values =
    what === 'repeats' ? groups.flat() : known.flatMap(({ measured }) => measured.map(({ value }) => value))
  const scale: Scale = rule.scale === 'log' && values.every((value) => value > 0) ? 'log' : 'raw'
  const { spread, from } = what === 'repeats' ? spreadOfRepeats(groups, scale) : spreadOfSamples(known, scale)
  const { of, value } = rule.smallest
  const middle = values.length === 0 ? null : Math.abs(steadyMean(values))
  const smallest = scale === 'log' ? Math.log1p(value) : of === 'unit' ? value : middle === null ? null : value * middle
  const factor =
    what === 'repeats' ? detectableByRepeats(repeats, tests, alpha) : detectableBySamples(samples, tests, alpha)
  const detectable = factor === null || spread === null ? null : factor * spread
  const shown = (effect: number | null): number | null =>
    effect === null ? null : sixDigits(shownEffect(effect, scale))
  return {
    ...{ metric, level, rank, what, isRelative: scale === 'log', from },
    spread: spread === null ? null : sixDigits(spread),
    detectable: shown(detectable),
    smallestEffect: shown(smallest),
    isEnough: factor === null ? false : detectable === null || smallest === null ? null : detectable <= smallest,
    needed: smallest === null ? null : neededFor(smallest, spread, { what, tests, alpha }),
    note: noteOf(factor, spread, { what, from, tests, alpha }),
  }
}

const noteOf = (
  factor: number | null,
  spread: number | null,
  { what, from, tests, alpha }: Pick<MetricPower, 'what' | 'from'> & { readonly tests: number; readonly alpha: number },
): string | null => {
  if (factor === null) {
    const least = what === 'samples' ? reachableSamples(tests, alpha) : reachableRepeats(tests, alpha)
    return `nothing can be shown: the correction for ${tests} tests needs >= ${least} ${what}`
  }
  if (spread !== null) return null
  if (from > 0) return 'too few earlier repeats to tell how much they vary'
  return what === 'repeats' ? 'no earlier repeats to take a spread from' : 'no two pipelines were compared on it before'
}

const seriesOf = (sides: readonly PipelineSide[], of: Required<PrimaryMetric>): readonly SideSeries[] =>
  sides.flatMap(({ series }) =>
    [...series.values()].filter(
      (one) =>
        one.metric === of.metric &&
        (of.level === null || one.level === of.level) &&
        (of.rank === null || one.rank === of.rank),
    ),
  )

const spreadOfRepeats = (groups: readonly (readonly number[])[], scale: Scale) => {
  const pooled = pooledSpread(groups.map((group) => group.map((value) => toScale(value, scale))))
  return { spread: pooled?.sd ?? null, from: groups.reduce((sum, group) => sum + group.length, 0) }
}

/** How much differences between two pipelines vary from sample to sample: the middle over all pairs of them. */
const spreadOfSamples = (known: readonly SideSeries[], scale: Scale) => {
  const means = known.map(({ measured }) => {
    const samples = new Map<string, number[]>()
    for (const { sample, value } of measured)
      if (sample !== null) samples.set(sample, [...(samples.get(sample) ?? []), toScale(value, scale)])
    return new Map([...samples].map(([sample, values]) => [sample, steadyMean(values)]))
  })
  const spreads = means.flatMap((left, index) =>
    means.slice(index + 1).flatMap((right) => {
      const differences = [...left].flatMap(([sample, value]) => {
        const other = right.get(sample)
        return other === undefined ? [] : [other - value]
      })
      return differences.length < 2 ? [] : [standardDeviation(differences)]
    }),
  )
  return { spread: spreads.length === 0 ? null : median(spreads), from: spreads.length }
}
