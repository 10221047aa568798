import { describe, expect, test } from 'vitest'
import { junitXml } from '../../../src/render/junit/junit-xml.ts'
import { aRegression, aRunComparison } from '../../support/comment-subject.ts'
import { perSample } from '../../support/comparison-builder.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'
import { readXml, type ReadElement } from '../../support/read-xml.ts'

const NOTHING = { runId: 'r1', dataset: 'mock', comparison: null, absent: null, gate: null }

/** What JUnit readers agree on: the elements, what may stand in them, and what each must have. */
const SHAPE: Readonly<Record<string, { readonly inside: readonly string[]; readonly needs: readonly string[] }>> = {
  testsuites: { inside: ['testsuite'], needs: ['name', 'tests', 'failures', 'errors', 'time'] },
  testsuite: { inside: ['testcase'], needs: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'] },
  testcase: { inside: ['failure', 'error', 'skipped'], needs: ['name', 'classname', 'time'] },
  failure: { inside: [], needs: ['message', 'type'] },
  error: { inside: [], needs: ['message', 'type'] },
  skipped: { inside: [], needs: ['message'] },
}

const checked = (xml: string): ReadElement => {
  const root = readXml(xml)
  const check = ({ name, attributes, children }: ReadElement): void => {
    expect(Object.keys(attributes).sort()).toEqual([...(SHAPE[name]?.needs ?? ['unknown'])].sort())
    for (const child of children) {
      expect(SHAPE[name]?.inside).toContain(child.name)
      check(child)
    }
  }
  expect(root.name).toBe('testsuites')
  check(root)
  const cases = root.children.flatMap(({ children }) => children)
  const having = (what: string): string => String(cases.filter(({ children }) => children[0]?.name === what).length)
  for (const { attributes } of [root, ...root.children]) {
    expect(attributes['tests']).toBe(String(cases.length))
    expect(attributes['failures']).toBe(having('failure'))
    expect(attributes['errors']).toBe(having('error'))
  }
  expect(root.children[0]?.attributes['skipped']).toBe(having('skipped'))
  return root
}

const casesOf = (root: ReadElement) =>
  root.children.flatMap(({ children }) =>
    children.map(({ attributes, children: [outcome] }) => [attributes['name'], outcome?.name ?? 'passed']),
  )

describe('junit.xml', () => {
  test('fails what closes the gate and passes the rest', () => {
    const root = checked(junitXml({ ...NOTHING, comparison: aRegression() }))
    expect(casesOf(root)).toEqual([
      ['samples that worked', 'passed'],
      ['sensitivity (gene)', 'failure'],
    ])
    const [, failed] = root.children[0]?.children ?? []
    expect(failed?.attributes['classname']).toBe('kma (min_identity=90) on mock')
    expect(failed?.children[0]?.attributes).toEqual({ message: 'regressed: -0.207', type: 'regressed' })
    expect(failed?.children[0]?.text).toContain('0.910 before, 0.703 now')
  })

  test('skips what nothing can be said about, with why', () => {
    const few = aRunComparison(perSample([0.9, 0.8, 0.7]), perSample([0.91, 0.79, 0.7]))
    expect(casesOf(checked(junitXml({ ...NOTHING, comparison: few })))).toContainEqual([
      'sensitivity (gene)',
      'skipped',
    ])
    const none = checked(junitXml({ ...NOTHING, absent: 'no finished run of main yet' }))
    expect(casesOf(none)).toEqual([['mock', 'skipped']])
  })

  test('tells of limits and executions', () => {
    const gate = {
      violations: [{ pipeline: 'kma', params: {}, constraint: 'max_runtime', limit: 10, value: 20 }],
      failed: [
        { pipeline: 'kma', sample: 'S1', why: 'exit status 2' },
        { pipeline: 'kma', sample: null, why: 'timed out' },
      ],
      closed: true,
    }
    expect(casesOf(checked(junitXml({ ...NOTHING, gate })))).toEqual([
      ['max_runtime', 'failure'],
      ['S1 (1)', 'error'],
      ['all samples (2)', 'error'],
    ])
  })

  test.each(HOSTILE_NAMES)('%j stays a name', (name) => {
    const gate = { violations: [], failed: [{ pipeline: name, sample: name, why: name }], closed: true }
    const root = checked(junitXml({ ...NOTHING, runId: name, dataset: name, comparison: aRegression(name), gate }))
    expect(casesOf(root).map(([, outcome]) => outcome)).toEqual(['passed', 'failure', 'error'])
  })
})
