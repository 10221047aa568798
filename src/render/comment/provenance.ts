import type { ComparedHeader, RunComparison } from '../../app/compare/run-comparison.ts'
import type { Change } from '../../core/comparison/comparison.ts'
import { formatCommand } from '../../core/split-command.ts'
import { changeName, effectText } from '../compare/change-text.ts'
import { comparedHow } from '../compare/compared-how.ts'
import { keyText, onPurposeText, tellingKeys } from '../compare/key-text.ts'
import { formatTime } from '../format-number.ts'
import { countText } from '../rank/candidate-text.ts'
import type { Words } from './comment.ts'

/** What was compared how, so that anybody can do it again. */
export const provenanceOf = (of: RunComparison): readonly Words[] => {
  const { comparison, baseline, candidate } = of
  const { family } = comparison
  const methods = [...new Set(comparison.changes.map(({ statistic }) => statistic.method))]
    .filter((method) => method !== 'none')
    .sort()
  return [
    ['Base: ', ...sideWords(baseline), ', taken as ', { name: of.reference.asked }],
    ['This run: ', ...sideWords(candidate), `, ${of.benchmarkType}`],
    [`Paired by sample: ${pairsText(comparison.changes)}; methods: ${methods.join(', ') || 'none'}`],
    [
      `Corrected for ${countText(family.primary, 'test')} of important metrics (Holm) and ${String(family.others)} of others (Benjamini-Hochberg), alpha ${String(family.alpha)}`,
    ],
    ...thresholdWords(comparison.changes),
    ...tellingKeys(comparison.notComparable).map((key): Words => [`Not compared: ${keyText(key)}`]),
    ...comparison.controlled.map((key): Words => [`Differs on purpose: ${onPurposeText(key)}`]),
    ...leftOutWords(of),
    ...[...of.warnings, ...comparison.warnings].map((text): Words => [`Note: ${text}`]),
    ['Again: ', { command: formatCommand(['benchmark', 'compare', candidate[0]?.runId ?? '', ...comparedHow(of)]) }],
  ]
}

const sideWords = (headers: readonly ComparedHeader[]): Words => {
  const [newest] = headers.slice(-1)
  if (!newest) return ['nothing']
  const { runId, branch, commit, startedAt } = newest
  return [
    headers.length > 1 ? `${String(headers.length)} runs, the newest ` : 'run ',
    { name: runId },
    ...(branch === null ? [] : [' of ', { name: branch }]),
    ...(commit === null ? [] : [' at ', { name: commit.slice(0, 12) }]),
    `, ${formatTime(startedAt)} UTC`,
  ]
}

const pairsText = (changes: readonly Change[]): string => {
  const counts = changes.map(({ nCommon }) => nCommon).filter((count) => count > 0)
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  if (counts.length === 0) return 'no common sample'
  return least === most
    ? countText(most, 'common sample')
    : `${String(least)} to ${countText(most, 'common sample')} by metric`
}

/** Smallest differences that count, of the important metrics. */
const thresholdWords = (changes: readonly Change[]): readonly Words[] => {
  const told = new Set(
    changes
      .filter(({ isPrimary, smallestEffect }) => isPrimary && smallestEffect !== null)
      .map((change) => `${changeName(change)} ${effectText(change.smallestEffect ?? 0, change).replace('+', '')}`),
  )
  return told.size === 0
    ? []
    : [
        [
          `Smallest difference that counts: ${[...told].sort().join(', ')}; small is less than 2 times that, large 5 times or more`,
        ],
      ]
}

const leftOutWords = ({ comparison: { leftOut } }: RunComparison): readonly Words[] => {
  const of = (reason: string): readonly string[] => [
    ...new Set(leftOut.filter((one) => one.reason === reason && one.metric === null).map(({ pipeline }) => pipeline)),
  ]
  const listed = (words: string, names: readonly string[]): readonly Words[] =>
    names.length === 0 ? [] : [[words, ...names.flatMap((name, index) => [...(index === 0 ? [] : [', ']), { name }])]]
  return [
    ...listed('Only in the base: ', of('only-in-baseline')),
    ...listed('Only in this run: ', of('only-in-candidate')),
  ]
}
