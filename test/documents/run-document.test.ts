import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromPlanDocument, toPlanDocument } from '../../src/documents/plan-document.ts'
import {
  fromMetadataAndMetrics,
  fromRunDocument,
  toMetadataDocument,
  toMetricsDocument,
  toRunDocument,
} from '../../src/documents/run-document.ts'
import { validateMetadata, validateMetrics, validatePlan, validateRun } from '../../src/generated/validators.ts'
import { arbitraryRun } from '../support/arbitrary-run.ts'
import { aPipeline, aPlan, aRun } from '../support/run-builder.ts'

type Validator = ((data: unknown) => boolean) & { errors?: unknown }

/** What JSON makes of a document, checked against its schema. */
const throughJson = <T>(document: T, validate: unknown): T => {
  const parsed = JSON.parse(JSON.stringify(document)) as T
  const valid = (validate as Validator)(parsed)
  expect(valid ? null : (validate as Validator).errors).toBeNull()
  return parsed
}

describe('a run document', () => {
  test('holds any run without loss and fits its schema', () => {
    fc.assert(
      fc.property(arbitraryRun, (run) => {
        expect(fromRunDocument(throughJson(toRunDocument(run), validateRun))).toEqual(run)
      }),
      { numRuns: 60 },
    )
  })

  test('has snake_case keys, and leaves names given by users alone', () => {
    const document = toRunDocument(aRun({ environment: { someKey: { innerKey: 1 } } }))
    expect(document).toMatchObject({ run_id: '20261123t101502z-k3f9x2', environment: { someKey: { innerKey: 1 } } })
    expect(document.executions[0]).toMatchObject({ exit_code: 0, resources: { wall_seconds: 12.5 } })
    expect(JSON.stringify(toRunDocument(aRun()))).not.toMatch(/"[a-z_]+[A-Z][A-Za-z]*":/)
  })

  test.each([
    ['a value beside a reason', { value: 1, reason: 'no_truth' }],
    ['neither a value nor a reason', { value: null, reason: null }],
    ['an unknown reason', { value: null, reason: 'because' }],
  ])('with %s does not fit its schema', (_, change) => {
    const document = toRunDocument(aRun()) as { executions: { scores: object[] }[] }
    Object.assign(document.executions[0]?.scores[0] ?? {}, change)
    expect((validateRun as Validator)(document)).toBe(false)
  })
})

describe('metadata.json and metrics.json', () => {
  test('together hold any run without loss and fit their schemas', () => {
    fc.assert(
      fc.property(arbitraryRun, (run) => {
        const metadata = throughJson(toMetadataDocument(run, null), validateMetadata)
        const metrics = throughJson(toMetricsDocument(run), validateMetrics)
        expect(fromMetadataAndMetrics(metadata, metrics)).toEqual(run)
      }),
      { numRuns: 60 },
    )
  })

  test('of different runs, or of a run that went on in between, are not taken for one run', () => {
    const metadata = toMetadataDocument(aRun(), null)
    expect(fromMetadataAndMetrics(metadata, toMetricsDocument(aRun({ runId: '20261124t101502z-k3f9x2' })))).toBeNull()
    const fewer = aRun({ executions: aRun().executions.slice(1) })
    expect(fromMetadataAndMetrics(metadata, toMetricsDocument(fewer))).toBeNull()
  })

  test('say whether there is a plan beside them', () => {
    expect(toMetadataDocument(aRun(), aPlan()).plan).toBe('plan.json')
    expect(toMetadataDocument(aRun(), null).plan).toBeNull()
  })
})

describe('plan.json', () => {
  test('holds a plan without loss and fits its schema', () => {
    const plan = aPlan({
      pipelines: [
        aPipeline({ command: { kind: 'shell', shell: 'bash', script: 'echo' }, versionProbe: null }),
        aPipeline({ outputs: [{ format: 'tsv', path: 'x', columns: { geneSymbol: 'Gene_Name' }, optional: true }] }),
      ],
      scoring: { ...aPlan().scoring, universe: { kind: 'list', name: 'panel', symbols: ['blaTEM'] } },
    })
    expect(fromPlanDocument(throughJson(toPlanDocument(plan), validatePlan))).toEqual(plan)
  })
})
