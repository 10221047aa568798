import type { Change, Comparison, GateStep } from '../../core/comparison/comparison.ts'
import { plainLine } from '../plain-text.ts'
import { changeName, effectText } from './change-text.ts'

const GATE_WORDS: Readonly<Record<GateStep['gate'], string>> = {
  comparable: 'comparable',
  'enough-data': 'enough data for a test',
  significant: 'not by chance',
  'large-enough': 'large enough to matter',
  'above-floor': 'not trifling in absolute terms',
  equivalent: 'as good as the same',
  exact: 'without chance in it',
}

/** The ladder of gates of each change, and how its numbers were made. */
export const explanation = (shown: readonly Change[], { family }: Comparison): string =>
  [
    `How each verdict was reached. A difference has to be not by chance (p at most ${family.alpha} after correction), large enough, and above the floor.`,
    ...shown.map(ladder),
  ].join('\n\n')

const ladder = (change: Change): string =>
  [
    plainLine(`${change.pipeline} ${changeName(change)}: ${change.verdict}`),
    ...change.gates.map(
      ({ gate, isPassed, detail }) =>
        `  ${(isPassed === null ? '?' : isPassed ? 'yes' : 'no').padEnd(3)} ${plainLine(`${GATE_WORDS[gate]}: ${detail}`)}`,
    ),
    ...details(change).map((line) => `      ${plainLine(line)}`),
  ].join('\n')

const details = (change: Change): readonly string[] => {
  const { statistic, hodgesLehmann, superiority, rankBiserial, values } = change
  const sizes = [
    ...(statistic.m === null ? [] : [`${statistic.m} pairs`]),
    ...(statistic.n === null ? [] : [`${statistic.n.join(' and ')} repeats`]),
    ...(statistic.df === null ? [] : [`${statistic.df} degrees of freedom`]),
    ...(statistic.seed === null ? [] : [`seed ${statistic.seed}`]),
  ]
  return [
    `method ${[statistic.method, ...sizes].join(', ')}`,
    ...(statistic.assumption === null ? [] : [`assumes that ${statistic.assumption}`]),
    ...(superiority === null || rankBiserial === null
      ? []
      : [`share of samples won ${superiority.toFixed(2)}, rank-biserial correlation ${rankBiserial.toFixed(2)}`]),
    ...(hodgesLehmann === null ? [] : [`Hodges-Lehmann shift ${effectText(hodgesLehmann.shift, change)}`]),
    ...values.map(({ sample, baseline, candidate }) => `${sample ?? 'whole dataset'}: ${baseline} → ${candidate}`),
  ]
}
