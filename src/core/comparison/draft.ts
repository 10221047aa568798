import type { MetricDefinition } from '../metrics/definition.ts'
import type { Direction } from '../score.ts'
import type { Change, DifferingKey } from './comparison.ts'
import { fromScale, type Scale, steadyMean, steadySum, toScale } from './difference-scale.ts'
import { type EffectOptions, type EffectRule, effectRule, type Margin, marginOf } from './effect-rule.ts'
import type { Evidence } from './evidence.ts'
import { type Exactness, exactnessOf } from './exactness.ts'
import { type Pair, pairedEvidence } from './paired-evidence.ts'
import { type Blocks, repeatEvidence } from './repeat-evidence.ts'
import type { Measured, SideSeries } from './sides.ts'

/** A change before p values are corrected and anything is decided. */
export interface Draft {
  readonly of: Pick<Change, 'pipeline' | 'params' | 'versions' | 'metric' | 'level' | 'rank' | 'unit' | 'isPrimary'>
  readonly direction: Direction
  readonly pairs: readonly Pair[]
  readonly nSamples: Change['nSamples']
  readonly evidence: Evidence
  readonly margin: Margin
  readonly exactness: Exactness
  /** Keys that forbid comparing this. */
  readonly forbidden: readonly DifferingKey[]
  readonly warnings: readonly string[]
}

/** The series of both sides and what else decides how they are compared. */
export interface DraftInput {
  readonly of: Draft['of']
  readonly definition: MetricDefinition
  readonly baseline: SideSeries
  readonly candidate: SideSeries
  readonly options: EffectOptions & { readonly assumeExact?: readonly string[]; readonly isInterleaved?: boolean }
  /** Groups of repeats of single configurations, raw values, to borrow a spread from. */
  readonly pool: readonly (readonly number[])[]
  readonly forbidden: readonly DifferingKey[]
  readonly warnings: readonly string[]
  readonly seed: bigint
}

/** Pairs the samples of both sides, chooses the test, and finds how large a difference has to be. */
export const draftOf = (input: DraftInput): Draft => {
  const { of, definition, baseline, candidate, forbidden, options } = input
  const rule = effectRule(definition, options)
  const pairs = pairsOf(baseline.measured, candidate.measured)
  const all = [...baseline.measured, ...candidate.measured]
  const scale: Scale = rule.scale === 'log' && all.every(({ value }) => value > 0) ? 'log' : 'raw'
  const isAssumed = options.assumeExact?.includes(definition.id) ?? false
  const exactness = exactnessOf(baseline.measured, candidate.measured, { mayBeExact: rule.mayBeExact, isAssumed })
  return {
    of,
    direction: definition.direction,
    pairs,
    nSamples: { baseline: baseline.samples.size, candidate: candidate.samples.size },
    evidence: candidate.isResource ? ofRepeats(input, pairs, scale) : pairedEvidence(pairs, scale, input.seed),
    margin: marginOf(rule, scale, sizesOf(pairs, rule, scale)),
    exactness,
    forbidden,
    warnings: [...input.warnings, ...exactness.warnings, ...coverageWarning(pairs, baseline, candidate)],
  }
}

/** Samples with a value on both sides, repeats averaged. */
const pairsOf = (baseline: readonly Measured[], candidate: readonly Measured[]): readonly Pair[] => {
  const [before, after] = [bySample(baseline), bySample(candidate)]
  return [...before.keys()]
    .filter((sample) => after.has(sample))
    .sort((left, right) => ((left ?? '') < (right ?? '') ? -1 : 1))
    .map((sample) => ({
      sample,
      baseline: steadyMean(before.get(sample) ?? []),
      candidate: steadyMean(after.get(sample) ?? []),
    }))
}

const bySample = (measured: readonly Measured[]): ReadonlyMap<string | null, readonly number[]> => {
  const samples = new Map<string | null, number[]>()
  for (const { sample, value } of measured) samples.set(sample, [...(samples.get(sample) ?? []), value])
  return samples
}

const ofRepeats = (input: DraftInput, pairs: readonly Pair[], scale: Scale): Evidence => {
  const common = pairs.map(({ sample }) => sample)
  const { baseline, candidate } = completeBlocks(input, common, scale)
  const groups = scale === 'log' ? input.pool.filter((group) => group.every((value) => value > 0)) : input.pool
  return repeatEvidence({
    baseline,
    candidate,
    scale,
    pool: groups.map((group) => group.map((value) => toScale(value, scale))),
    isInterleaved: input.options.isInterleaved ?? false,
    seed: input.seed,
  })
}

/**
 * One value for each block that has every common sample: the mean over them, on the scale. Where a side has no such
 * block, over the samples that all blocks of both sides have.
 */
const completeBlocks = (
  { baseline, candidate }: DraftInput,
  common: readonly (string | null)[],
  scale: Scale,
): { readonly baseline: Blocks; readonly candidate: Blocks } => {
  const of = (samples: readonly (string | null)[]) => ({
    baseline: blockMeans(baseline.measured, samples, scale),
    candidate: blockMeans(candidate.measured, samples, scale),
  })
  const complete = of(common)
  if (common.length === 0 || (complete.baseline.size > 0 && complete.candidate.size > 0)) return complete
  const blocks = [...byBlock(baseline.measured).values(), ...byBlock(candidate.measured).values()]
  return of(common.filter((sample) => blocks.every((block) => block.has(sample))))
}

const blockMeans = (measured: readonly Measured[], samples: readonly (string | null)[], scale: Scale): Blocks => {
  if (samples.length === 0) return new Map()
  const complete = [...byBlock(measured)].filter(([, block]) => samples.every((sample) => block.has(sample)))
  return new Map(
    complete.map(([key, block]) => [
      key,
      steadyMean(samples.map((sample) => toScale(block.get(sample) ?? NaN, scale))),
    ]),
  )
}

const byBlock = (measured: readonly Measured[]): ReadonlyMap<string, ReadonlyMap<string | null, number>> => {
  const blocks = new Map<string, Map<string | null, number>>()
  for (const { block, sample, value } of measured)
    blocks.set(block, (blocks.get(block) ?? new Map<string | null, number>()).set(sample, value))
  return blocks
}

const sizesOf = (pairs: readonly Pair[], rule: EffectRule, scale: Scale) => {
  const [before, after] = [pairs.map(({ baseline }) => baseline), pairs.map(({ candidate }) => candidate)]
  const amount = (values: readonly number[]): number =>
    values.length === 0 ? 0 : rule.floorOf === 'largest' ? Math.max(...values) : steadySum(values)
  const level = (values: readonly number[]): number =>
    values.length === 0 ? 0 : fromScale(steadyMean(values.map((value) => toScale(value, scale))), scale)
  return {
    baselineMean: level(before),
    candidateMean: level(after),
    baselineAmount: amount(before),
    candidateAmount: amount(after),
    samples: Math.max(1, pairs.length),
  }
}

const FULL_COVERAGE = 0.8

const coverageWarning = (
  pairs: readonly Pair[],
  { samples: before }: SideSeries,
  { samples: after }: SideSeries,
): readonly string[] => {
  const whole = Math.max(before.size, after.size)
  if (whole === 0 || pairs.length / whole >= FULL_COVERAGE) return []
  return [
    `only ${pairs.length} ${pairs.length === 1 ? 'sample has' : 'samples have'} a value on both sides, of ${before.size} in the baseline and ${after.size} in the candidate`,
  ]
}
