import type { RunComparison } from '../../app/compare/run-comparison.ts'
import type { Gate } from '../../app/gate-run.ts'
import { isLargeExact } from '../../core/comparison/gate.ts'
import type { Change } from '../../core/comparison/comparison.ts'
import { changeName, effectText, neededText, sideText, VERDICT_WORDS } from '../compare/change-text.ts'
import { changeCell, pipelineOf } from '../comment/change-row.ts'
import { keyText, tellingKeys } from '../compare/key-text.ts'
import { violationText } from '../terminal/gate-text.ts'
import { element, type XmlElement, xmlText } from './xml.ts'

/** What CI systems are told of a run in their own form. */
export interface JUnitSubject {
  readonly runId: string
  /** Name of the dataset, or of the benchmark type where the data have none. */
  readonly dataset: string
  readonly comparison: RunComparison | null
  /** Why nothing was compared. */
  readonly absent: string | null
  readonly gate: Gate | null
}

/**
 * A JUnit report: one test for each compared primary metric of each pipeline, for whether its samples worked, and for
 * each limit. What closes a gate has failed, what nothing can be said about was skipped.
 */
export const junitXml = (subject: JUnitSubject): string => {
  const cases = [...comparisonCases(subject), ...limitCases(subject), ...failureCases(subject)]
  const count = (name: string): string =>
    String(cases.filter(({ children }) => children.some((child) => child.name === name)).length)
  const counts = { tests: String(cases.length), failures: count('failure'), errors: count('error') }
  const inner = { name: `benchmark ${subject.runId}`, ...counts, skipped: count('skipped'), time: '0' }
  const suite = element('testsuite', inner, cases)
  return xmlText(element('testsuites', { name: 'benchmark', ...counts, time: '0' }, [suite]))
}

const testCase = (classname: string, name: string, children: readonly XmlElement[]): XmlElement =>
  element('testcase', { classname, name, time: '0' }, children)

const comparisonCases = ({ comparison: of, dataset, absent }: JUnitSubject): readonly XmlElement[] => {
  if (of === null)
    return absent === null ? [] : [testCase('comparison', dataset, [element('skipped', { message: absent })])]
  const { gate } = of.comparison
  const undeclared = gate.state === 'failed' && gate.failures.length === 0 && gate.undecided.length === 0
  const strict = { message: `no primary metric is declared; ${STRICT}`, type: 'inconclusive' }
  const changes = of.comparison.changes
    .filter(({ isPrimary, metric }) => isPrimary || metric === 'success_rate')
    .map((change) => {
      const where = `${pipelineOf(change, of.comparison.pairs)} on ${dataset}`
      return testCase(where, changeName(change), outcomeOf(change, of))
    })
  return undeclared ? [testCase('comparison', dataset, [element('failure', strict)]), ...changes] : changes
}

const STRICT = 'evaluation.gate.inconclusive is fail'

const outcomeOf = (change: Change, of: RunComparison): readonly XmlElement[] => {
  const { verdict } = change
  const sides = `${sideText(change.baseline, change)} before, ${sideText(change.candidate, change)} now`
  if (verdict === 'new-failure' || verdict === 'regressed' || (isLargeExact(change) && change.better === 'baseline')) {
    const message = change.effect === null ? verdict : `${verdict}: ${effectText(change.effect, change)}`
    const details = [`${VERDICT_WORDS[verdict]}.`, `${sides}; ${changeCell(change)}.`, change.note ?? '']
    return [element('failure', { message, type: verdict }, details.filter((line) => line !== '').join('\n'))]
  }
  if (verdict === 'inconclusive' || verdict === 'not-comparable') {
    const keys = verdict === 'not-comparable' ? tellingKeys(of.comparison.notComparable).map(keyText) : []
    const why = [change.note, neededText(change), ...keys].filter((text) => text !== null)
    const message = [`${verdict}: ${sides}`, ...why].join('; ')
    const isStrict = change.isPrimary && of.comparison.gate.inconclusive === 'fail'
    return [
      isStrict
        ? element('failure', { message: `${message}; ${STRICT}`, type: verdict })
        : element('skipped', { message }),
    ]
  }
  return []
}

const limitCases = ({ gate }: JUnitSubject): readonly XmlElement[] =>
  (gate?.violations ?? []).map((violation) =>
    testCase(`limits of ${violation.pipeline}`, violation.constraint, [
      element('failure', { message: violationText(violation), type: 'constraint' }),
    ]),
  )

const failureCases = ({ gate, dataset }: JUnitSubject): readonly XmlElement[] =>
  (gate?.failed ?? []).map(({ pipeline, sample, why }, index) =>
    testCase(`executions of ${pipeline} on ${dataset}`, `${sample ?? 'all samples'} (${String(index + 1)})`, [
      element('error', { message: why, type: 'execution' }),
    ]),
  )
