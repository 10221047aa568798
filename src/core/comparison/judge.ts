import { shortDigests } from '../databases.ts'
import { rankBiserial } from '../stats/signed-rank.ts'
import { type Change, type GateStep, type Needed, sixDigits, type Verdict } from './comparison.ts'
import { fromScale, shownEffect } from './difference-scale.ts'
import type { Draft } from './draft.ts'
import { neededFor, reachableRepeats, reachableSamples } from './needed.ts'
import { differencesOf, FEWEST_PAIRS } from './paired-evidence.ts'

// 0.9 - 0.89 is not quite 0.01.
const ROUNDING = 1e-9

/** A corrected p value, and the family it was corrected in. */
export interface Correction {
  readonly pAdjusted: number | null
  readonly correction: Change['correction']
  /** Tests of the family. */
  readonly familySize: number
  /** Tests a further p value would have to stand up to; decides how much data would be needed. */
  readonly tests: number
  readonly alpha: number
}

/** Passes a draft through the gates: comparable, significant after correction, large enough, above the floor. */
export const judge = (draft: Draft, correction: Correction): Change => {
  const { evidence, margin, forbidden, exactness } = draft
  const gates = gatesOf(draft, correction)
  const passed = (gate: GateStep['gate']): boolean => gates.find((step) => step.gate === gate)?.isPassed === true
  const better = betterSide(draft)
  const verdict = verdictOf(draft, passed, better)
  const isShown = verdict !== 'not-comparable'
  const rounded = (value: number | null | undefined): number | null =>
    value === null || value === undefined || !isShown ? null : sixDigits(value)
  const effect = (value: number | null | undefined): number | null =>
    rounded(value === null || value === undefined ? null : shownEffect(value, evidence.scale))
  const level = (value: number | null): number | null =>
    rounded(value === null ? null : fromScale(value, evidence.scale))
  return {
    ...draft.of,
    direction: draft.direction,
    nCommon: draft.pairs.length,
    nSamples: draft.nSamples,
    baseline: level(evidence.baseline),
    candidate: level(evidence.candidate),
    effect: effect(evidence.difference),
    effectScale: evidence.scale === 'log' ? 'relative' : 'absolute',
    low: effect(evidence.outer?.low),
    high: effect(evidence.outer?.high),
    p: rounded(evidence.p),
    pAdjusted: rounded(correction.pAdjusted),
    correction: isShown ? correction.correction : null,
    verdict,
    better: isShown ? better : null,
    note: noteOf(draft, verdict, passed) ?? (verdict === 'inconclusive' ? unreachableNote(draft, correction) : null),
    smallestEffect: draft.pairs.length === 0 ? null : effect(margin.whole),
    ...(isShown ? samplesOf(draft) : NO_SAMPLES),
    hodgesLehmann:
      evidence.shift === null || !isShown
        ? null
        : {
            shift: effect(evidence.shift.shift) ?? 0,
            low: effect(evidence.shift.bounds?.low),
            high: effect(evidence.shift.bounds?.high),
          },
    isExact: exactness.isExact,
    needed: verdict === 'inconclusive' ? neededOf(draft, correction) : null,
    statistic: {
      ...evidence.statistic,
      df: rounded(evidence.statistic.df),
      warnings: [...new Set([...evidence.statistic.warnings, ...draft.warnings])],
    },
    gates: forbidden.length > 0 ? gates.slice(0, 1) : gates,
  }
}

const gatesOf = ({ evidence, margin, forbidden, exactness }: Draft, correction: Correction): readonly GateStep[] => {
  const { difference, inner, p, lacking } = evidence
  const { pAdjusted, alpha } = correction
  const shown = (value: number): string => formatEffect(value, evidence.scale)
  const size = difference === null ? null : Math.abs(difference)
  return [
    {
      gate: 'comparable',
      isPassed: forbidden.length === 0,
      detail: forbidden.length === 0 ? 'nothing that must agree differs' : `differs: ${keyNames(forbidden)}`,
    },
    { gate: 'enough-data', isPassed: lacking === null, detail: lacking ?? `tested by ${evidence.statistic.method}` },
    {
      gate: 'significant',
      isPassed: pAdjusted === null ? null : pAdjusted <= alpha,
      detail:
        p === null || pAdjusted === null
          ? 'no test'
          : `p ${text(p)}, ${text(pAdjusted)} after correction for ${correction.familySize} tests; limit ${text(alpha)}`,
    },
    {
      gate: 'large-enough',
      isPassed: size === null ? null : size >= margin.smallest * (1 - ROUNDING),
      detail:
        size === null
          ? 'no effect'
          : `effect ${shown(difference ?? 0)}; smallest of interest ${shown(margin.smallest)}`,
    },
    {
      gate: 'above-floor',
      isPassed: size === null ? null : margin.floor === null || margin.amount >= margin.floor * (1 - ROUNDING),
      detail:
        margin.floor === null ? 'no floor' : `differs by ${text(margin.amount)} in all; floor ${text(margin.floor)}`,
    },
    {
      gate: 'equivalent',
      isPassed: inner === null ? null : Math.max(-inner.low, inner.high) < margin.whole * (1 - ROUNDING),
      detail:
        inner === null
          ? 'no 90 % interval'
          : `90 % interval ${shown(inner.low)} to ${shown(inner.high)}; must lie within ±${shown(margin.whole)}`,
    },
    {
      gate: 'exact',
      isPassed: exactness.isExact,
      detail: !exactness.isExact
        ? 'not shown to be deterministic'
        : exactness.isIdentical
          ? 'deterministic, and the same on every common sample'
          : 'deterministic, and not the same on every common sample',
    },
  ]
}

const verdictOf = (
  { evidence, forbidden, exactness, direction, pairs }: Draft,
  passed: (gate: GateStep['gate']) => boolean,
  better: Change['better'],
): Verdict => {
  if (forbidden.length > 0) return 'not-comparable'
  if (passed('significant') && passed('large-enough') && passed('above-floor') && direction !== 'none')
    return better === 'candidate' ? 'improved' : 'regressed'
  if (passed('equivalent')) return 'equivalent'
  if (exactness.isExact && pairs.length > 0 && evidence.difference !== null)
    return exactness.isIdentical ? 'equivalent' : 'changed-exact'
  return 'inconclusive'
}

const betterSide = ({ evidence: { difference }, direction }: Draft): Change['better'] => {
  if (difference === null || difference === 0 || direction === 'none') return null
  return difference > 0 === (direction === 'higher') ? 'candidate' : 'baseline'
}

const noteOf = (
  { evidence, forbidden, exactness, pairs }: Draft,
  verdict: Verdict,
  passed: (gate: GateStep['gate']) => boolean,
): string | null => {
  if (verdict === 'not-comparable') return `differs: ${keyNames(forbidden)}`
  if (verdict === 'changed-exact') return 'a real change on these samples; whether it holds beyond them is not shown'
  if (verdict === 'equivalent' && !passed('equivalent'))
    return `identical on ${pairs.length === 1 ? 'the one sample' : `all ${pairs.length} samples`} (deterministic); says nothing of others`
  if (verdict === 'equivalent' && exactness.isExact && !exactness.isIdentical)
    return 'changed, but by less than matters'
  if (verdict !== 'inconclusive') return null
  if (evidence.lacking !== null) return evidence.lacking
  if (passed('significant') && passed('large-enough')) return 'shown to differ, but by less than the absolute floor'
  return passed('significant') ? 'shown to differ, but by less than matters' : null
}

/** Whether the correction for all tests was out of reach from the start. */
const unreachableNote = ({ evidence: { statistic } }: Draft, { tests, alpha }: Correction): string | null => {
  const { method, n, m } = statistic
  const byRanks = method.startsWith('mann_whitney') ? Math.min(...(n ?? [])) : null
  const byFlips = method.startsWith('sign_flip') ? m : null
  const [have, least, what] =
    byRanks === null
      ? [byFlips, reachableSamples(tests, alpha), n === null ? 'common samples' : 'blocks']
      : [byRanks, reachableRepeats(tests, alpha), 'repeats']
  return have === null || have >= least
    ? null
    : `${have} ${what} cannot pass the correction for ${tests} tests: needs >= ${least}`
}

const NO_SAMPLES = { wins: 0, ties: 0, losses: 0, superiority: null, rankBiserial: null, values: [] }

/** How the samples voted: described for resources too, where repeats are what is tested. */
const samplesOf = (
  draft: Draft,
): Pick<Change, 'wins' | 'ties' | 'losses' | 'superiority' | 'rankBiserial' | 'values'> => {
  const { pairs, direction, evidence } = draft
  const sign = direction === 'lower' ? -1 : 1
  const gains = differencesOf(pairs, evidence.scale).map((difference) => sign * difference)
  const wins = gains.filter((gain) => gain > 0).length
  const losses = gains.filter((gain) => gain < 0).length
  const ties = gains.length - wins - losses
  const correlation = rankBiserial(gains)
  return {
    ...{ wins, ties, losses },
    superiority: gains.length === 0 ? null : sixDigits((wins + ties / 2) / gains.length),
    rankBiserial: correlation === null ? null : sixDigits(correlation),
    values:
      pairs.length < FEWEST_PAIRS
        ? pairs.map(({ sample, baseline, candidate }) => ({
            sample,
            baseline: sixDigits(baseline),
            candidate: sixDigits(candidate),
          }))
        : [],
  }
}

const neededOf = ({ evidence, margin }: Draft, { tests, alpha }: Correction): Needed => {
  const { unitOfAnalysis: what, spread, difference } = evidence
  const count = (delta: number): number | null => neededFor(delta, spread, { what, tests, alpha })
  return {
    what,
    forSmallestEffect: count(margin.whole),
    forSeenEffect: difference === null || Math.abs(difference) < margin.whole ? null : count(Math.abs(difference)),
  }
}

const keyNames = (keys: Draft['forbidden']): string =>
  keys
    .map(({ key, baseline, candidate }) => `${key} (${shortDigests(baseline)} / ${shortDigests(candidate)})`)
    .join(', ')

const text = (value: number): string => String(Number(value.toPrecision(3)))

const formatEffect = (value: number, scale: 'raw' | 'log'): string =>
  scale === 'log' ? `${text(shownEffect(value, scale) * 100)} %` : text(value)
