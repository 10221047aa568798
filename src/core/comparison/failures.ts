import { mcNemarTest } from '../stats/mcnemar.ts'
import { type Change, sixDigits, type Verdict } from './comparison.ts'
import { statistic } from './evidence.ts'
import type { PipelineSide } from './sides.ts'

/** Name of the change that compares which samples succeeded. */
export const SUCCESS_RATE = 'success_rate'

/**
 * Which samples newly fail and which work again, with the exact McNemar test. A single new failure is a regression
 * whatever p, so the test informs and stays outside the family that is corrected. Null without a common sample.
 */
export const successChange = (baseline: PipelineSide, candidate: PipelineSide): Change | null => {
  const common = [...baseline.outcomes.keys()].filter((sample) => candidate.outcomes.has(sample)).sort()
  if (common.length === 0) return null
  const worked = (side: PipelineSide, sample: string | null): boolean => side.outcomes.get(sample) === true
  const newlyFailing = common.filter((sample) => worked(baseline, sample) && !worked(candidate, sample))
  const newlyWorking = common.filter((sample) => !worked(baseline, sample) && worked(candidate, sample))
  const share = (side: PipelineSide): number =>
    sixDigits(common.filter((sample) => worked(side, sample)).length / common.length)
  const verdict: Verdict = newlyFailing.length > 0 ? 'new-failure' : newlyWorking.length > 0 ? 'fixed' : 'equivalent'
  const p = sixDigits(mcNemarTest(newlyFailing.length, newlyWorking.length))
  return {
    pipeline: candidate.pipeline,
    params: candidate.params,
    versions: { baseline: baseline.version, candidate: candidate.version },
    ...{ metric: SUCCESS_RATE, level: null, rank: null, unit: 'ratio', direction: 'higher' as const, isPrimary: false },
    nCommon: common.length,
    nSamples: { baseline: baseline.outcomes.size, candidate: candidate.outcomes.size },
    baseline: share(baseline),
    candidate: share(candidate),
    effect: sixDigits((newlyWorking.length - newlyFailing.length) / common.length),
    effectScale: 'absolute',
    ...{ low: null, high: null, p, pAdjusted: null, correction: null },
    verdict,
    better: verdict === 'new-failure' ? 'baseline' : verdict === 'fixed' ? 'candidate' : null,
    note: noteOf(newlyFailing, newlyWorking),
    smallestEffect: null,
    wins: newlyWorking.length,
    ties: common.length - newlyFailing.length - newlyWorking.length,
    losses: newlyFailing.length,
    ...{ superiority: null, rankBiserial: null, hodgesLehmann: null, isExact: false, needed: null, values: [] },
    statistic: statistic({ method: 'mcnemar_exact', m: common.length, assumption: 'samples are independent' }),
    gates: [],
  }
}

const noteOf = (newlyFailing: readonly (string | null)[], newlyWorking: readonly (string | null)[]): string | null => {
  const names = (samples: readonly (string | null)[]): string =>
    samples.map((sample) => sample ?? 'the whole data set').join(', ')
  const parts = [
    ...(newlyFailing.length > 0 ? [`newly failing: ${names(newlyFailing)}`] : []),
    ...(newlyWorking.length > 0 ? [`working again: ${names(newlyWorking)}`] : []),
  ]
  return parts.length > 0 ? parts.join('; ') : null
}
