import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { compare } from '../../../src/core/comparison/compare.ts'
import { comparedRun } from '../../../src/core/comparison/compared-run.ts'
import type { Run } from '../../../src/core/run.ts'
import { comparedDocument } from '../../../src/documents/hub/compared-document.ts'
import { shareRun } from '../../../src/documents/hub/share-run.ts'
import type { HubRunDocument } from '../../../src/generated/hub-run.ts'
import { storedRun } from '../../../scripts/bench/stored-run.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const documentOf = (run: Run): HubRunDocument => {
  const { payload } = shareRun(run, { dataset: null, payloadBytes: 255 * 1024, sha256 })
  // As a reader gets it: through text, without its signature, which comparisons do not look at.
  return JSON.parse(JSON.stringify({ run_id: run.runId, project_id: 'gut', payload })) as HubRunDocument
}

test('a run that went through a hub compares as the run itself', () => {
  const [[before], [after]] = [storedRun(1), storedRun(2)]
  const shared = comparedDocument(documentOf(before))
  expect(shared).not.toBeNull()
  const withItself = compare({
    baseline: [comparedRun(before)],
    candidate: [comparedRun(after)],
    primaryMetrics: after.primaryMetrics,
  })
  const throughHub = compare({
    baseline: [shared!],
    candidate: [comparedRun(after)],
    primaryMetrics: after.primaryMetrics,
  })
  expect(withItself.changes.length).toBeGreaterThan(10)
  expect(throughHub.changes).toEqual(withItself.changes)
  expect(throughHub.verdict).toBe(withItself.verdict)
  expect(throughHub.gate).toEqual(withItself.gate)
})

test('databases go through a hub too: another one is named as between the runs themselves', () => {
  const reading = (run: Run, digest: string, from = 0): Run => ({
    ...run,
    executions: run.executions.map((one, index) => (index < from ? one : { ...one, databases: { resfinder: digest } })),
  })
  const [[before], [after]] = [storedRun(1), storedRun(2)]
  const [old, later] = ['1'.repeat(64), '2'.repeat(64)]
  const other = reading(after, later)
  for (const one of [reading(before, old), reading(reading(before, old), later, 2), reading(before, later)]) {
    const [itself, shared] = [comparedRun(one), comparedDocument(documentOf(one))!].map((side) =>
      compare({ baseline: [side], candidate: [comparedRun(other)], primaryMetrics: after.primaryMetrics }),
    )
    expect(shared?.notComparable).toEqual(itself?.notComparable)
    expect(shared?.changes).toEqual(itself?.changes)
  }
  const unknown = { ...before, executions: before.executions.map((one) => ({ ...one, databases: null })) }
  expect(JSON.stringify(documentOf(unknown))).not.toContain('"databases"')
  const compared = compare({
    ...{ baseline: [comparedDocument(documentOf(unknown))!], candidate: [comparedRun(other)] },
    primaryMetrics: after.primaryMetrics,
  })
  expect(compared.unchecked).toMatchObject([{ database: 'resfinder', baseline: 'unknown', candidate: later }])
})

test('quantiles pair with nothing: a condensed run is none to compare with', () => {
  const document = documentOf(storedRun(3)[0])
  const condensed = { ...document, payload: { ...document.payload, condensed: { method: 'quantiles' } } }
  expect(comparedDocument(condensed as unknown as HubRunDocument)).toBeNull()
})
