import type { RunComparison } from '../../app/compare/run-comparison.ts'
import type { Change } from '../../core/comparison/comparison.ts'
import { formatCommand } from '../../core/split-command.ts'
import { neededText } from '../compare/change-text.ts'
import { comparedHow } from '../compare/compared-how.ts'
import { keyText, tellingKeys } from '../compare/key-text.ts'
import type { CommentSubject, Words } from './comment.ts'
import { bySeverity } from './severity.ts'

/** What to do now, in at most three lines; none where nothing is to be done. */
export const nextSteps = ({ comparison, absent, gate, run }: CommentSubject): readonly Words[] => {
  const steps: Words[] = []
  if (gate !== null && gate.failed.length > 0)
    steps.push(['read why executions failed: ', { command: formatCommand(['benchmark', 'show', run.runId]) }])
  if (gate !== null && gate.violations.length > 0)
    steps.push(['keep the limits, or change evaluation.constraints of the configuration'])
  if (comparison === null) {
    if (absent !== null) steps.push([absent.next])
  } else {
    steps.push(...ofComparison(comparison))
    const { state, failures } = comparison.comparison.gate
    if (state === 'failed' && failures.length === 0)
      steps.push(['to let pass what cannot be decided: evaluation.gate.inconclusive: pass in the configuration'])
  }
  return steps.slice(0, 3)
}

const ofComparison = (of: RunComparison): readonly Words[] => {
  const { comparison } = of
  const [worst] = [...comparison.changes].sort(bySeverity)
  switch (comparison.verdict) {
    case 'new-failure':
    case 'regressed':
    case 'mixed':
      if (!worst) return []
      return [
        [...lookAt(worst), { command: explainCommand(of, worst) }],
        ['if it is meant, merge: the next run of the base branch becomes the base of comparison'],
      ]
    case 'inconclusive': {
      const undecided = comparison.changes.find(({ verdict, isPrimary }) => verdict === 'inconclusive' && isPrimary)
      const needed = undecided && neededText(undecided)
      return needed ? [[`to decide it one ${needed}`]] : []
    }
    case 'not-comparable':
      return tellingKeys(comparison.notComparable)
        .slice(0, 2)
        .map((key) => [keyText(key)])
    case 'improved':
    case 'equivalent':
    case 'changed-exact':
    case 'fixed':
      return []
  }
}

/** The samples that lost most, where their values are told. */
const lookAt = ({ values, direction }: Change): Words => {
  const sign = direction === 'lower' ? -1 : 1
  const lost = values
    .map(({ sample, baseline, candidate }) => ({ sample, loss: sign * (baseline - candidate) }))
    .filter(({ loss }) => loss > 0)
    .sort((left, right) => right.loss - left.loss)
  const [first, second] = lost
  if (!first || first.sample === null) return ['see how it was decided: ']
  const also = second?.sample === undefined || second.sample === null ? [] : [' and ', { name: second.sample }]
  return ['look at ', { name: first.sample }, ...also, ', and see how it was decided: ']
}

const explainCommand = (of: RunComparison, { metric, level, rank }: Change): string => {
  const detail = level ?? rank
  const [run = ''] = of.comparison.candidate
  return formatCommand([
    ...['benchmark', 'compare', run, ...comparedHow(of)],
    ...(metric === 'success_rate' ? [] : ['--metric', detail === null ? metric : `${metric}:${detail}`]),
    '--explain',
  ])
}
