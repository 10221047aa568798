import type { ComparedHeader, RunComparison } from '../../app/compare/run-comparison.ts'
import type { Change, Comparison } from '../../core/comparison/comparison.ts'
import { formatTime } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { countText, paramsText } from '../rank/candidate-text.ts'
import { plainPaint, type Tone } from '../table/paint.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'
import {
  changeName,
  effectText,
  intervalText,
  neededText,
  pairOf,
  pairText,
  sideText,
  VERDICT_WORDS,
} from './change-text.ts'
import { comparisonRows } from './comparison-rows.ts'
import { explanation } from './explanation.ts'
import { keyText, onPurposeText, tellingKeys } from './key-text.ts'
import { shownChanges } from './shown-changes.ts'

/** How a comparison is written. */
export interface ComparisonTextOptions extends TableOptions {
  /** Every metric, not only the important ones and what changed. */
  readonly all?: boolean
  /** Also how each verdict was reached. */
  readonly explain?: boolean
}

const TONES: Readonly<Partial<Record<Comparison['verdict'], Tone>>> = {
  regressed: 'bad',
  'new-failure': 'bad',
  improved: 'good',
  fixed: 'good',
  mixed: 'warning',
  'changed-exact': 'warning',
}

/** A comparison as people read it: the verdict first, then what it rests on; for programs every change as a row. */
export const renderComparison = (of: RunComparison, options: ComparisonTextOptions): string => {
  if (isForPrograms(options)) return renderTable(comparisonRows(of), options)
  const { comparison } = of
  const { shown, others } = shownChanges(comparison, options.all ?? false)
  const list = (head: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ''
      : [head, ...lines.map((line) => (options.format === 'markdown' ? `- ${line}` : `  ${line}`))].join('\n')
  const parts = [
    headline(of, options),
    shown.length === 0 ? '' : changesTable(of, shown, options),
    list('To decide what is inconclusive:', needs(shown, comparison)),
    list('Cannot be compared:', notCompared(comparison)),
    list('Differs on purpose:', comparison.controlled.map(onPurposeText)),
    list('Only on one side:', leftOut(comparison)),
    footing(of, [...others]),
    list('Note:', notes(of, shown)),
    options.explain ? explanation(shown, comparison) : '',
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const headline = (of: RunComparison, { paint = plainPaint, format }: ComparisonTextOptions): string => {
  const { comparison, reference } = of
  const { verdict } = comparison
  const word = verdict.toUpperCase().replaceAll('-', ' ')
  const shown = format === 'markdown' ? `**${word}**` : paint(word, TONES[verdict] ?? 'strong')
  const kind = { run: '', branch: 'branch ', baseline: 'baseline ', pipeline: 'pipeline ', project: 'project ' }[
    reference.kind
  ]
  const same = reference.kind === 'run' && of.baseline.some(({ runId }) => runId === reference.name)
  const name = same ? '' : `${kind}${reference.name}: `
  return [
    `${shown}: ${VERDICT_WORDS[verdict]}.`,
    plainLine(of.candidate.map(headerText).join(', ')),
    plainLine(`against ${name}${of.baseline.map(headerText).join(', ')}`),
    gateText(comparison),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

const headerText = ({ runId, label, branch, commit, startedAt, origin }: ComparedHeader): string => {
  const details = [
    ...(label === null ? [] : [label]),
    ...(branch === null ? [] : [commit === null ? branch : `${branch} at ${commit.slice(0, 7)}`]),
    formatTime(startedAt),
    ...(origin === 'hub' ? ['from the hub'] : []),
  ]
  return `run ${runId} (${details.join(', ')})`
}

/** What a gate that does not let the undecided pass stands on. */
const undecidedText = ({ undecided: [first, ...more] }: Comparison['gate']): string =>
  first === undefined
    ? 'no primary metric is declared'
    : `${plainLine(`${first.pipeline} ${changeName(first)}`)}${more.length > 0 ? ` and ${String(more.length)} more are` : ' is'} not decided`

const gateText = ({ gate }: Comparison): string => {
  const names = (entries: Comparison['gate']['failures']): string =>
    entries.map((entry) => plainLine(`${entry.pipeline} ${changeName(entry)}`)).join(', ')
  const undecided = gate.undecided.length === 0 ? '' : ` Undecided: ${names(gate.undecided)}.`
  switch (gate.state) {
    case 'failed':
      if (gate.failures.length > 0) return `Gate: failed by ${names(gate.failures)}.${undecided}`
      return `Gate: failed, by evaluation.gate.inconclusive: ${undecidedText(gate)}.`
    case 'undecided':
      return 'Gate: undecided: nothing important could be judged.'
    case 'passed':
      return `Gate: passed.${undecided}`
  }
}

const changesTable = (
  { comparison }: RunComparison,
  shown: readonly Change[],
  options: ComparisonTextOptions,
): string => {
  const { pairs } = comparison
  const rows = shown.map((change) => {
    const pair = pairOf(change, pairs)
    return [
      pair ? pairText(pair) : change.pipeline,
      `${change.isPrimary ? '* ' : ''}${changeName(change)}`,
      sideText(change.baseline, change),
      sideText(change.candidate, change),
      change.effect === null ? '–' : effectText(change.effect, change),
      intervalText(change),
      change.verdict === 'not-comparable' ? '–' : `${change.wins}/${change.ties}/${change.losses}`,
      { text: change.verdict, ...(TONES[change.verdict] ? { tone: TONES[change.verdict] } : {}) },
    ]
  })
  const head = [
    'pipeline',
    'metric',
    'baseline',
    'this run',
    'difference',
    '95 % interval',
    'better/same/worse',
    'verdict',
  ]
  // Where a pipeline has several rows its name stands in the first.
  const tidy = rows.map((row, index) => (row[0] === rows[index - 1]?.[0] ? ['', ...row.slice(1)] : row))
  return renderTable({ head, rows: options.format === 'markdown' ? rows : tidy }, options)
}

const needs = (shown: readonly Change[], { pairs }: Comparison): readonly string[] => {
  const said = shown.flatMap((change) => {
    if (change.verdict !== 'inconclusive') return []
    const why = [change.note, neededText(change)].filter((text) => text !== null).join('; ')
    const name = pairs.length > 1 ? `${change.pipeline} ${changeName(change)}` : changeName(change)
    return why === '' ? [] : [[name, why] as const]
  })
  return together(said)
}

/** What is said of several things stands once, behind all their names. */
const together = (said: readonly (readonly [name: string, text: string])[]): readonly string[] => {
  const names = new Map<string, string[]>()
  for (const [name, text] of said) names.set(text, [...(names.get(text) ?? []), name])
  return [...names].map(([text, of]) => plainLine(`${of.join(', ')}: ${text}`))
}

const notCompared = ({ notComparable, changes }: Comparison): readonly string[] => {
  const count = changes.filter(({ verdict }) => verdict === 'not-comparable').length
  return count === 0
    ? []
    : [...tellingKeys(notComparable).map(keyText), `${countText(count, 'metric')} left without a verdict`]
}

const leftOut = ({ leftOut: all }: Comparison): readonly string[] => {
  const side = { 'only-in-baseline': 'the baseline', 'only-in-candidate': 'this run' }
  const whole = all.filter(({ metric }) => metric === null)
  const metrics = all.filter(({ metric }) => metric !== null)
  return [
    ...whole.flatMap(({ pipeline, params, reason }) => {
      const details = paramsText({ params })
      return reason === 'descriptive'
        ? []
        : [plainLine(`${pipeline}${details === '' ? '' : ` (${details})`}: only in ${side[reason]}`)]
    }),
    ...(['only-in-baseline', 'only-in-candidate'] as const).flatMap((reason) => {
      const names = [...new Set(metrics.filter((one) => one.reason === reason).map(({ metric }) => metric ?? ''))]
      return names.length === 0 ? [] : [plainLine(`${names.join(', ')}: only in ${side[reason]}`)]
    }),
  ]
}

/** What the verdicts rest on: common samples, and how many tests were made. */
const footing = (
  { comparison, hiddenChanges }: RunComparison,
  others: readonly (readonly [string, number])[],
): string => {
  const { family, changes } = comparison
  const scored = changes.filter(({ gates, statistic }) => gates.length > 0 && statistic.n === null)
  const [most] = [...scored].sort((left, right) => right.nCommon - left.nCommon)
  const rest = others.map(([verdict, count]) => `${count} ${verdict}`).join(', ')
  const lines = [
    most
      ? `Compared sample by sample: ${countText(most.nCommon, 'common sample')} (baseline ${most.nSamples.baseline}, this run ${most.nSamples.candidate}).`
      : '',
    `Tests: ${family.primary} of important metrics (*, corrected by Holm; only these and failures stop CI), ${family.others} of others (Benjamini-Hochberg).`,
    rest === '' ? '' : `Not shown: ${rest} (--all).`,
    hiddenChanges === 0 ? '' : `Not asked for, but judged and corrected for: ${countText(hiddenChanges, 'metric')}.`,
  ]
  return lines.filter((line) => line !== '').join('\n')
}

const notes = (of: RunComparison, shown: readonly Change[]): readonly string[] => {
  const ofChanges = shown.flatMap((change) => [
    ...(change.note !== null && change.verdict !== 'inconclusive' && change.verdict !== 'not-comparable'
      ? [[`${change.pipeline} ${changeName(change)}`, change.note] as const]
      : []),
    ...change.statistic.warnings.map((warning) => [`${change.pipeline} ${changeName(change)}`, warning] as const),
  ])
  return [...new Set([...of.warnings, ...of.comparison.warnings])].map(plainLine).concat(together(ofChanges))
}
