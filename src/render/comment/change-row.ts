import type { Change, ComparedPair, Comparison } from '../../core/comparison/comparison.ts'
import { changeName, effectText, intervalText, pairOf, pairText, sideText } from '../compare/change-text.ts'
import type { Cell } from '../table/table.ts'
import { sizeClass } from './severity.ts'

export const CHANGE_HEAD = ['Metric', 'Pipeline', 'Base', 'This run', 'Change (95 % CI)', 'Adj. p', 'Verdict']

/** One comparison as a row under `CHANGE_HEAD`. */
export const changeRow = (change: Change, pairs: Comparison['pairs']): readonly Cell[] => [
  changeName(change),
  pipelineOf(change, pairs),
  sideText(change.baseline, change),
  sideText(change.candidate, change),
  changeCell(change),
  change.pAdjusted === null ? '–' : pText(change.pAdjusted),
  { text: verdictText(change), tone: toneOf(change) },
]

/** The pipeline a change is of, with what differs between the sides. */
export const pipelineOf = (change: Change, pairs: readonly ComparedPair[]): string => {
  const pair = pairOf(change, pairs)
  return pair ? pairText(pair) : change.pipeline
}

/** `-0.200 (-0.300 to -0.100)`, in percent where it is relative. */
export const changeCell = (change: Change): string => {
  if (change.effect === null) return '–'
  const effect = effectText(change.effect, change)
  return change.low === null || change.high === null ? effect : `${effect} (${intervalText(change)})`
}

/** Two digits, never 0. */
const pText = (p: number): string =>
  p >= 0.095 ? p.toFixed(2) : p >= 0.00095 ? String(Number(p.toPrecision(1))) : 'below 0.001'

const verdictText = (change: Change): string => {
  const size = sizeClass(change)
  const sized = size === null ? '' : ` (${size})`
  switch (change.verdict) {
    case 'regressed':
      return `✖ worse${sized}`
    case 'improved':
      return `✔ better${sized}`
    case 'changed-exact':
      return change.better === null
        ? '● changed'
        : change.better === 'baseline'
          ? `✖ worse on these samples${sized}`
          : `✔ better on these samples${sized}`
    case 'new-failure':
      return '‼ fails now'
    case 'fixed':
      return '✔ works now'
    case 'inconclusive':
      return '○ not shown'
    case 'equivalent':
      return '● the same'
    case 'not-comparable':
      return '⊘ not comparable'
  }
}

const toneOf = (change: Change): 'bad' | 'good' | 'faint' => {
  const text = verdictText(change)
  return text.startsWith('✖') || text.startsWith('‼') ? 'bad' : text.startsWith('✔') ? 'good' : 'faint'
}
