import { shownEffect } from '../comparison/difference-scale.ts'
import { effectRule } from '../comparison/effect-rule.ts'
import { sixDigits } from '../comparison/comparison.ts'
import { fnv1a } from '../hash.ts'
import { median } from '../stats/correlation.ts'
import { mannKendallTest, theilSen } from '../stats/kendall.ts'
import { benjaminiHochberg, holm } from '../stats/multiple-testing.ts'
import { seededRandom } from '../stats/random.ts'
import { findSteps, middleResidual, type Placed, placeSteps, type Step } from './change-points.ts'
import type {
  Drift,
  HistoryFinding,
  HistoryOptions,
  HistoryReport,
  HistorySeries,
  LevelShift,
  NewestPoint,
} from './history.ts'
import { levelOf, type Levels, levelsOf, turnOf } from './levels.ts'
import { type Expectation, expectNewest } from './newest-point.ts'
import { anewBecause, stateOf, unjudgedBecause } from './ladder.ts'

const ALPHA = 0.05
const FEWEST_FOR_DRIFT = 10
/** A drift worth mentioning is twice the smallest shift: 10 % where that is 5 %. */
const DRIFT_FACTOR = 2

/** What was found in one series, before the correction over all of them. Numbers are on the scale. */
interface Draft {
  readonly series: HistorySeries
  readonly levels: Levels
  readonly unjudged: string | null
  readonly expectation: Expectation | null
  /** It was always the same, and is not any more. */
  readonly isFirstChange: boolean
  readonly steps: readonly Placed[]
  /** Where the whole series most looks as if it had moved. */
  readonly first: Step | null
  readonly drift: {
    readonly slope: number
    readonly move: number
    readonly p: number
    readonly isLarge: boolean
  } | null
}

/**
 * Judges every series: its newest version against the earlier ones (corrected by Holm over primary metrics), steps and
 * drift over its whole length (confirmed when they pass Benjamini-Hochberg over all judged series, quiet ones included).
 */
export const judgeHistory = (all: readonly HistorySeries[], options: HistoryOptions = {}): HistoryReport => {
  const sorted = [...all].sort((left, right) => (left.key < right.key ? -1 : 1))
  const drafts = sorted.map((series) => draftOf(series, options))
  const primary = correction(drafts, holm, ({ series, expectation }) =>
    series.isPrimary ? (expectation?.p ?? null) : null,
  )
  const scans = correction(drafts, benjaminiHochberg, ({ first }) => first?.p ?? null)
  const drifts = correction(drafts, benjaminiHochberg, ({ drift }) => drift?.p ?? null)
  const alpha = options.alpha ?? ALPHA
  const findings = drafts.map((draft): HistoryFinding => {
    const newest = newestOf(draft, primary.get(draft) ?? null, alpha)
    const isScanConfirmed = (scans.get(draft) ?? 1) <= alpha
    const shifts = draft.steps.map((step) => shiftOf(step, draft, isScanConfirmed))
    const drift = keptDrift(draft, (drifts.get(draft) ?? 1) <= alpha)
    const found = { newest, shifts: drift === null ? shifts : [], drift }
    const { state, reasons } = stateOf(
      { ...found, isFirstChange: draft.isFirstChange },
      draft.unjudged,
      anewBecause(draft.series),
    )
    return {
      key: draft.series.key,
      metric: draft.series.definition.id,
      state,
      reasons,
      ...found,
      n: draft.levels.levels.length,
    }
  })
  return { findings, judged: drafts.filter(({ unjudged }) => unjudged === null).length, unjudged: countReasons(drafts) }
}

const draftOf = (series: HistorySeries, options: HistoryOptions): Draft => {
  const levels = levelsOf(series, options)
  const blocked = unjudgedBecause(series, levels)
  if (blocked !== null)
    return {
      ...{ series, levels, unjudged: blocked, expectation: null },
      ...{ isFirstChange: false, steps: [], first: null, drift: null },
    }
  const start = levels.stretches.at(-1) ?? 0
  const stretch = levels.levels.slice(start)
  const { steps, first } = findSteps(stretch, levels.smallest, seededRandom(fnv1a(series.key)))
  const placed = placeSteps(stretch, steps, levels.smallest).map((step) => ({ ...step, at: step.at + start }))
  // Only versions at the level of the newest one say where it should be.
  const since = placed.at(-1)?.at ?? start
  const expectation = expectNewest(withinLevels(levels, placed), since)
  const isKnown = typeof expectation !== 'string'
  const [newest, previous] = [levels.levels.at(-1) ?? 0, levels.levels.at(-2) ?? 0]
  // The smallest shift of what always was 0 is 0.
  const isMoved = expectation === 'zero spread' && newest !== previous && Math.abs(newest - previous) >= levels.smallest
  const isFirstChange = isMoved && effectRule(series.definition, options).mayBeExact
  const isTooLittle = expectation === 'too short' && first === null && new Set(levels.levels).size > 1
  const isNoiseless = isMoved && !isFirstChange && steps.length === 0
  return {
    series,
    levels,
    unjudged: !isKnown && (isTooLittle || isNoiseless) ? expectation : null,
    expectation: isKnown ? expectation : null,
    isFirstChange,
    steps: placed,
    first,
    drift: driftOf(stretch, levels.smallest),
  }
}

/** Steps that were found split the series like blessed ones, so that a step is not taken for noise. */
const withinLevels = (levels: Levels, steps: readonly Placed[]): Levels => ({
  ...levels,
  stretches: [...levels.stretches, ...steps.map(({ at }) => at)].sort((left, right) => left - right),
})

const driftOf = (stretch: readonly number[], smallest: number): Draft['drift'] => {
  if (stretch.length < FEWEST_FOR_DRIFT) return null
  const { p } = mannKendallTest(stretch)
  // Without a trend nobody asks how steep it is.
  if (p > ALPHA) return { slope: 0, move: 0, p, isLarge: false }
  const slope = theilSen(stretch)
  const move = slope * (stretch.length - 1)
  return { slope, move, p, isLarge: Math.abs(move) >= DRIFT_FACTOR * smallest }
}

/** p values of a family of series, corrected together; series without one are not in it. */
const correction = (
  drafts: readonly Draft[],
  adjust: (p: readonly number[]) => readonly number[],
  pOf: (draft: Draft) => number | null,
): ReadonlyMap<Draft, number> => {
  const family = drafts.flatMap((draft) => {
    const p = draft.unjudged === null ? pOf(draft) : null
    return p === null ? [] : [{ draft, p }]
  })
  const adjusted = adjust(family.map(({ p }) => p))
  return new Map(family.map(({ draft }, index) => [draft, adjusted[index] ?? 1]))
}

const newestOf = (
  { series, levels, expectation }: Draft,
  pAdjusted: number | null,
  alpha: number,
): NewestPoint | null => {
  if (expectation === null) return null
  const { value, centre, low, high, earlier, isBorrowed, df, p } = expectation
  const isOutside = value < low || value > high
  const isLarge = Math.abs(value - centre) >= levels.smallest
  return {
    label: levels.labels.at(-1) ?? '',
    value: sixDigits(levelOf(value, levels)),
    low: sixDigits(levelOf(low, levels)),
    high: sixDigits(levelOf(high, levels)),
    ...{ earlier, isBorrowed, df, p: sixDigits(p) },
    pAdjusted: pAdjusted === null ? null : sixDigits(pAdjusted),
    isOutside,
    isSuspect: isOutside && isLarge && pAdjusted !== null && pAdjusted <= alpha,
    turn: turnOf(value - centre, series),
  }
}

const shiftOf = (step: Placed, { series, levels }: Draft, isConfirmed: boolean): LevelShift => ({
  from: levels.labels[step.at] ?? '',
  index: step.at,
  before: sixDigits(levelOf(step.before, levels)),
  after: sixDigits(levelOf(step.after, levels)),
  shift: sixDigits(shownEffect(step.after - step.before, levels.scale)),
  isRelative: levels.scale === 'log',
  turn: turnOf(step.after - step.before, series),
  p: sixDigits(step.p),
  isCurrent: step.isCurrent,
  isConfirmed,
})

/** The drift, unless a step describes the series better: of the two the one that leaves the smaller middle residual. */
const keptDrift = ({ series, levels, steps, first, drift }: Draft, isConfirmed: boolean): Drift | null => {
  if (drift === null || drift.p > ALPHA || !drift.isLarge) return null
  const stretch = levels.levels.slice(levels.stretches.at(-1) ?? 0)
  // One step against one slope: more steps would fit any slope.
  if (steps.length > 0 && first !== null) {
    const segments = [stretch.slice(0, first.at), stretch.slice(first.at)]
    if (middleResidual(segments) <= trendResidual(stretch, drift.slope)) return null
  }
  return {
    shift: sixDigits(shownEffect(drift.move, levels.scale)),
    isRelative: levels.scale === 'log',
    turn: turnOf(drift.move, series),
    p: sixDigits(drift.p),
    isConfirmed,
  }
}

const trendResidual = (stretch: readonly number[], slope: number): number => {
  const flat = stretch.map((value, index) => value - slope * index)
  const centre = median(flat)
  return median(flat.map((value) => Math.abs(value - centre)))
}

const countReasons = (drafts: readonly Draft[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { unjudged } of drafts) if (unjudged !== null) counts[unjudged] = (counts[unjudged] ?? 0) + 1
  return counts
}
