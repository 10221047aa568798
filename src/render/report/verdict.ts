import type { ReportParts } from '../../app/report/report-parts.ts'
import type { ComparedHeader } from '../../app/compare/run-comparison.ts'
import type { Change, Comparison } from '../../core/comparison/comparison.ts'
import { hasOutputs } from '../../core/run.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { formatMetric } from '../format-number.ts'
import { metricTitle } from './metric-rows.ts'
import { failedVariants, inSentence, settingKey, variantsOf } from './variant.ts'
import { signedEffect } from './effect-words.ts'

type Verdict = ReportDocument['verdict']

/** The answer in one sentence, what it rests on, and what to do next. */
export const verdictOf = (parts: ReportParts): Verdict => {
  const { run, comparison } = parts
  const measured = run.executions.filter(({ warmup }) => !warmup)
  const failed = measured.filter(({ state }) => !hasOutputs(state) && state !== 'skipped')
  const failedDetail =
    failed.length === 0 ? [] : [`${String(failed.length)} of ${String(measured.length)} executions did not succeed.`]
  if (measured.length > 0 && failed.length === measured.length)
    return {
      state: 'failed',
      sentence: `Nothing succeeded: ${String(failed.length)} of ${String(measured.length)} executions failed.`,
      details: [...new Set(failed.flatMap(({ reason }) => reason ?? []))].slice(0, 3),
      next: `Look at the logs of one of them: \`benchmark show ${run.runId} --per-sample\``,
    }
  const gone = failedVariants(run).map(({ name }) => name)
  const goneSentence = `${gone.slice(0, 3).join(', ')}${gone.length > 3 ? ` and ${String(gone.length - 3)} more` : ''} failed in every execution.`
  if (comparison.found === null && gone.length > 0)
    return {
      state: 'failed',
      sentence: goneSentence,
      details: [...failedDetail, ...new Set(failed.flatMap(({ reason }) => reason ?? [])), comparison.missing].slice(
        0,
        4,
      ),
      next: `Look at the logs: \`benchmark show ${run.runId} --per-sample\``,
    }
  if (comparison.found === null)
    return {
      state: 'nothing_to_compare',
      sentence: 'There is nothing to compare this run with.',
      details: [comparison.missing, ...failedDetail],
      next: comparison.next,
    }
  const { comparison: of, baseline } = comparison.found
  const names = new Map(variantsOf(run).map((variant) => [settingKey(variant), variant.name]))
  const nameOf = (change: Change): string => names.get(settingKey(change)) ?? change.pipeline
  const goneDetail = gone.length > 0 ? [`‼ ${goneSentence}`] : []
  const details = [...goneDetail, basisOf(of, baseline), ...effectsOf(of, nameOf), ...failedDetail]
  return { ...sentenceOf(of, baseline[0], nameOf), details, next: nextOf(of, nameOf) }
}

const HARMFUL = new Set<Change['verdict']>(['regressed', 'new-failure'])
const GOOD = new Set<Change['verdict']>(['improved', 'fixed'])

const sentenceOf = (
  of: Comparison,
  baseline: ComparedHeader | undefined,
  nameOf: NameOf,
): Pick<Verdict, 'state' | 'sentence'> => {
  const to = `against ${baseline === undefined ? 'the baseline' : headerWords(baseline)}`
  const worse = of.changes.filter(isWorse)
  const better = of.changes.filter(isBetter)
  const open = of.changes.filter(isOpen)
  const names = (changes: readonly Change[]): string => {
    const primary = changes.filter(({ isPrimary }) => isPrimary)
    const shown = (primary.length > 0 ? primary : changes)
      .slice(0, 3)
      .map((change) => changeName(change, nameOf(change)))
    const more = changes.length - shown.length
    return `${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`
  }
  switch (of.verdict) {
    case 'regressed':
    case 'new-failure':
      return { state: 'worse', sentence: `Regression ${to}: ${names(worse)}.` }
    case 'improved':
    case 'fixed':
      return { state: 'better', sentence: `Improvement ${to}: ${names(better)}.` }
    case 'mixed':
      return { state: 'mixed', sentence: `Better and worse ${to}: worse ${names(worse)}; better ${names(better)}.` }
    case 'changed-exact':
      return { state: 'mixed', sentence: `Deterministic results changed ${to}: ${names([...worse, ...better])}.` }
    case 'equivalent':
      return { state: 'same', sentence: `No difference that matters ${to}.` }
    case 'not-comparable':
      return { state: 'not_comparable', sentence: `Not comparable ${to}: ${reasonsOf(of)}.` }
    case 'inconclusive':
      return {
        state: 'undecided',
        sentence:
          open.length === 0
            ? `No detectable change ${to}; smaller ones cannot be excluded.`
            : `Undecided ${to}: ${names(open)} may have changed, which so few samples cannot show.`,
      }
  }
}

/** Whether a change is for the worse: a detected regression, a new failure, an exact value that got worse. */
const isWorse = ({ verdict, better }: Change): boolean =>
  HARMFUL.has(verdict) || (verdict === 'changed-exact' && better === 'baseline')

/** The opposite of {@link isWorse}. */
const isBetter = ({ verdict, better }: Change): boolean =>
  GOOD.has(verdict) || (verdict === 'changed-exact' && better === 'candidate')

/** A primary metric whose interval leaves no room for "no change", but whose test, corrected, says nothing. */
const isOpen = ({ verdict, isPrimary, low, high }: Change): boolean =>
  verdict === 'inconclusive' && isPrimary && low !== null && high !== null && low * high > 0

type NameOf = (change: Change) => string

const changeName = ({ metric, level, rank }: Change, name: string): string =>
  `${[inSentence(metricTitle(metric)), ...[level ?? rank].flatMap((part) => (part === null ? [] : `(${part})`))].join(' ')} of ${name}`

/** `run 20261126t…-abc "nightly" (branch main)`. */
const headerWords = ({ runId, label, branch, project, origin }: ComparedHeader): string =>
  [
    `run ${runId}`,
    label === null ? '' : ` "${label}"`,
    origin === 'hub' && project !== null ? ` of ${project}` : branch === null ? '' : ` on branch ${branch}`,
  ].join('')

const reasonsOf = ({ notComparable }: Comparison): string =>
  notComparable.length === 0
    ? 'the two have nothing in common that could be held against each other'
    : [...new Set(notComparable.map(({ key }) => key.replaceAll('_', ' ')))].slice(0, 4).join(', ') + ' differ'

const basisOf = ({ changes, family }: Comparison, baseline: readonly ComparedHeader[]): string => {
  const common = changes.filter(({ isPrimary }) => isPrimary).map(({ nCommon }) => nCommon)
  const n = common.length === 0 ? null : `${String(Math.min(...common))}${rangeEnd(common)} common samples`
  const sides = baseline.length > 1 ? `${String(baseline.length)} runs of the other side` : null
  const tests =
    family.primary + family.others === 0
      ? 'nothing had to be tested'
      : `95 % intervals, ${String(family.primary)} primary tests corrected by Holm, ${String(family.others)} others by Benjamini-Hochberg`
  return `${[n, sides, tests].filter((part) => part !== null).join('; ')}.`
}

const rangeEnd = (values: readonly number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? '' : ` to ${String(most)}`
}

/** The largest changes of primary metrics, with their intervals. */
const effectsOf = ({ changes }: Comparison, nameOf: NameOf): readonly string[] =>
  changes
    .filter((change) => change.isPrimary && (isWorse(change) || isBetter(change) || isOpen(change)))
    .slice(0, 3)
    .map((change) => {
      const values =
        change.baseline === null || change.candidate === null
          ? ''
          : `: ${formatMetric(change.baseline, change.unit)} to ${formatMetric(change.candidate, change.unit)}`
      return `${isWorse(change) ? '✖' : isBetter(change) ? '✔' : '○'} ${changeName(change, nameOf(change))}${values}, ${signedEffect({ ...change, scale: change.effectScale })}.`
    })

const nextOf = ({ verdict, gate, changes, notComparable }: Comparison, nameOf: NameOf): string | null => {
  const [first] = changes.filter(isWorse)
  if (first !== undefined)
    return `Look at the samples of ${nameOf(first)} where it got worse, then accept it with \`benchmark history bless\` or mend it.`
  if (verdict === 'not-comparable')
    return notComparable.some(({ controlledBy }) => controlledBy !== null)
      ? 'If the difference is on purpose: `benchmark compare --controlled` says so.'
      : 'Compare with a run on the same samples, truth and scoring settings.'
  if (verdict === 'inconclusive' || gate.state === 'undecided') {
    const needed = changes.flatMap(({ needed: of, isPrimary }) =>
      isPrimary && of !== null && of.forSmallestEffect !== null ? [of] : [],
    )
    const [most] = needed.sort((one, other) => (other.forSmallestEffect ?? 0) - (one.forSmallestEffect ?? 0))
    return most === undefined
      ? 'More samples or repeats would decide; see `benchmark compare --explain`.'
      : `${enough(most.forSmallestEffect ?? 0)} ${most.what} would show the smallest difference that matters in every primary metric.`
  }
  return null
}

/** Beyond a thousand the number itself says nothing. */
const enough = (count: number): string => (count > 1000 ? 'More than 1,000' : `About ${String(count)}`)
