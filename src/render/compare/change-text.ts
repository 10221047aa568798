import type { Change, ComparedPair, Verdict } from '../../core/comparison/comparison.ts'
import { parameterKey } from '../../core/schedule/matrix.ts'
import { formatMetric } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { countText, paramsText, seriesText } from '../rank/candidate-text.ts'

/** What each verdict says, in a line a biologist can read. */
export const VERDICT_WORDS: Readonly<Record<Verdict | 'mixed', string>> = {
  improved: 'better, shown by enough samples or repeats and by enough to matter',
  regressed: 'worse, shown by enough samples or repeats and by enough to matter',
  equivalent: 'as good as the same: a difference that matters is ruled out',
  'changed-exact': 'changed on these samples, without chance in it; whether it holds for others is not shown',
  inconclusive: 'nothing is shown, neither a difference nor that there is none',
  'new-failure': 'something that worked fails now',
  fixed: 'something that failed works now',
  'not-comparable': 'something differs that must be the same',
  mixed: 'better in some of the important metrics and worse in others',
}

/** A difference with its sign, in percent where it is relative. Never reads as zero when it is not. */
export const effectText = (effect: number, { effectScale, unit }: Pick<Change, 'effectScale' | 'unit'>): string => {
  const sign = effect > 0 ? '+' : effect < 0 ? '-' : ''
  const size = Math.abs(effect)
  if (effectScale === 'relative') return `${sign}${percentText(size)}`
  const isRatio = unit === 'ratio' || unit === 'correlation'
  if (isRatio) return `${sign}${size === 0 || size >= 0.0005 ? size.toFixed(3) : size.toPrecision(1)}`
  return `${sign}${formatMetric(size, unit)}`
}

/** `+11 %`, `+3.2 %`, and for what more than doubles `+250 %`. */
const percentText = (share: number): string => {
  const percent = share * 100
  if (percent === 0) return '0 %'
  return `${percent >= 9.95 ? percent.toFixed(0) : percent >= 0.05 ? percent.toFixed(1) : percent.toPrecision(1)} %`
}

/** `-0.200 to -0.050`, or why there is none. */
export const intervalText = (change: Change): string =>
  change.low === null || change.high === null
    ? '–'
    : `${effectText(change.low, change)} to ${effectText(change.high, change)}`

/** `sensitivity (gene)`; that some samples fail has a name of its own. */
export const changeName = (change: Pick<Change, 'metric' | 'level' | 'rank'>): string =>
  change.metric === 'success_rate' ? 'samples that worked' : seriesText(change)

/** A value in its unit; of samples that worked, how many. */
export const sideText = (value: number | null, { metric, unit, nCommon }: Change): string => {
  if (value === null) return '–'
  return metric === 'success_rate' ? `${Math.round(value * nCommon)} of ${nCommon}` : formatMetric(value, unit)
}

/** How the pairs of a comparison are told apart: `kma (k=21 → k=31)`, `kma against blast`. */
export const pairText = ({ baseline, candidate }: ComparedPair): string => {
  const [from, to] = [paramsText(baseline), paramsText(candidate)]
  if (baseline.pipeline !== candidate.pipeline)
    return plainLine(`${named(candidate.pipeline, to)} against ${named(baseline.pipeline, from)}`)
  const versions =
    baseline.version === candidate.version ? '' : ` ${baseline.version ?? '?'} → ${candidate.version ?? '?'}`
  const parameters = from === to ? to : changedParameters(baseline.params, candidate.params)
  return plainLine(named(`${candidate.pipeline}${versions}`, parameters))
}

const named = (name: string, details: string): string => (details === '' ? name : `${name} (${details})`)

const changedParameters = (
  before: ComparedPair['baseline']['params'],
  after: ComparedPair['candidate']['params'],
): string =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${String(before[name] ?? 'not set')} → ${String(after[name] ?? 'not set')}`)
    .join(', ')

/** The pair a change belongs to. */
export const pairOf = (
  change: Pick<Change, 'pipeline' | 'params'>,
  pairs: readonly ComparedPair[],
): ComparedPair | null =>
  pairs.find(
    ({ candidate }) =>
      parameterKey(candidate.pipeline, candidate.params) === parameterKey(change.pipeline, change.params),
  ) ?? null

/** How much more data would decide, in a sentence without its full stop; null where nobody can say or all is decided. */
export const neededText = ({ needed, effect, smallestEffect, ...change }: Change): string | null => {
  if (needed === null) return null
  const noun = needed.what === 'samples' ? 'common sample' : 'repeat'
  const show = (size: number): string => effectText(Math.abs(size), change).replace(/^\+/, '')
  const parts = [
    ...(needed.forSeenEffect === null || effect === null
      ? []
      : [`about ${countText(needed.forSeenEffect, noun)} to show a difference as large as this one (${show(effect)})`]),
    ...(needed.forSmallestEffect === null || smallestEffect === null
      ? []
      : [
          `about ${countText(needed.forSmallestEffect, noun)} to show the smallest that matters (${show(smallestEffect)})`,
        ]),
  ]
  return parts.length === 0 ? null : `needs ${parts.join(', ')}`
}
