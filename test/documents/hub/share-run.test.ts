import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { scanSecrets } from '../../../src/core/hub/secret-scan.ts'
import { RESOURCE_VALUES } from '../../../src/core/metrics/resources.ts'
import { isFinal, type Run } from '../../../src/core/run.ts'
import { sealRun } from '../../../src/documents/hub/envelope.ts'
import { shareRun } from '../../../src/documents/hub/share-run.ts'
import type { RunPayload } from '../../../src/generated/hub-run.ts'
import { createHubDocuments } from '../../../src/hub/documents/hub-documents.ts'
import { arbitraryRun } from '../../support/arbitrary-run.ts'
import { testKey } from '../../support/hub-documents.ts'
import { anExecution, aRun, someResources } from '../../support/run-builder.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const options = { dataset: null, payloadBytes: 255 * 1024, sha256 }
const key = testKey()
const documents = createHubDocuments()

const faultOf = (payload: RunPayload): string | null => {
  const { bytes } = sealRun({
    payload,
    runId: '20261123t101502z-k3f9x2',
    projectId: 'gut',
    visibility: 'public',
    toolVersion: '0.1.0',
    policyVersion: 1,
    key,
    sha256,
  })
  return documents.run(bytes.subarray(0, -1)).fault
}

/** Every score of a shared run with the names its positions stand for. */
const scoresOf = (payload: RunPayload): string[] =>
  payload.executions.flatMap((execution) =>
    execution.scores.map(([series, sample, value]) => {
      const { name, version, params } = payload.pipelines[execution.pipeline]!
      return canonicalJson([
        { name, version, params },
        execution.repeat,
        payload.samples[sample ?? execution.sample ?? -1] ?? null,
        payload.series[series],
        value,
      ])
    }),
  )

const zero = (value: number): number => (value === 0 ? 0 : value)

const expectedScores = (run: Run): string[] =>
  run.executions
    .filter(({ warmup, state }) => !warmup && isFinal(state))
    .flatMap((execution) => {
      const { resources, pipeline: name, version, params, repeat } = execution
      const line = (sample: string | null, series: object, value: unknown): string =>
        canonicalJson([{ name, version, params }, repeat, sample, series, value])
      const scores = execution.scores.map(({ sample, metric, level, rank, unit, direction, value, reason }) =>
        line(
          sample ?? execution.sample,
          { metric, level, rank, unit, direction },
          value === null ? reason : zero(value),
        ),
      )
      if (resources === null) return scores
      const costs = Object.entries(RESOURCE_VALUES).map(([metric, valueOf]) => {
        const bytes = metric.endsWith('_bytes')
        const unit = bytes ? 'bytes' : metric === 'cpu_efficiency' ? 'ratio' : 'seconds'
        const direction = metric === 'cpu_efficiency' ? 'higher' : 'lower'
        const series = { metric, level: null, rank: null, unit, direction }
        return line(execution.sample, series, valueOf(resources) ?? 'not_measured')
      })
      return [...scores, ...costs]
    })

// Texts of the generator that look like paths (`/`, `~/`, `./`) are another test's business.
const withoutPaths = arbitraryRun.map(
  (run) => JSON.parse(JSON.stringify(run).replaceAll(/(?<!undefined_0)\/|~|\\\\/g, '-')) as Run,
)

describe('named runs', () => {
  test('every value and every reason arrives, under the same names', () => {
    fc.assert(
      fc.property(withoutPaths, (run) => {
        fc.pre(run.executions.some(({ warmup, state }) => !warmup && isFinal(state)) || run.summary.length > 0)
        const { payload } = shareRun(run, options)
        expect(scoresOf(payload)).toEqual(expectedScores(run))
        // What the executions hold, a summary need not say again; nothing else is missing.
        const said = new Set(payload.summary.map(({ value, n }) => JSON.stringify([value, n])))
        const told = new Set(
          payload.executions.flatMap(({ pipeline, scores }) => scores.map(([series]) => `${pipeline}/${series}`)),
        )
        const left = run.summary.filter(({ value, n }) => !said.has(JSON.stringify([value && zero(value), n])))
        expect(left.length).toBeLessThanOrEqual(told.size === 0 ? 0 : run.summary.length)
        expect(payload.summary.every(({ pipeline, series }) => !told.has(`${pipeline}/${series}`))).toBe(true)
        const isPlain = /^[a-z0-9][a-z0-9-]{0,62}$/.test(run.benchmarkType)
        expect(faultOf({ ...payload, benchmark_type: isPlain ? run.benchmarkType : 'binning' })).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  test('databases travel with the pipeline that read them, and nothing stands where they are not known', () => {
    const pipelinesOf = (run: Run) => shareRun(run, options).payload.pipelines
    const kma = { name: 'kma', version: '1.4.9', params: { min_identity: 90 } }
    const resfinder = 'd'.repeat(64)
    // The summary and an execution that never ran belong to the variant.
    const skipped = anExecution({ id: 3, state: 'skipped', databases: null, resources: null, scores: [] })
    const { executions } = aRun()
    expect(pipelinesOf(aRun({ executions: [...executions, skipped] }))).toEqual([{ ...kma, databases: { resfinder } }])
    expect(pipelinesOf(aRun({ executions: executions.map((one) => ({ ...one, databases: null })) }))).toEqual([kma])
    // Changed before a resume: two entries, and the summary of both is not told again.
    const changed = [executions[0]!, { ...executions[1]!, databases: { resfinder: 'e'.repeat(64) } }]
    const { payload } = shareRun(aRun({ executions: changed }), options)
    expect(payload.executions.map(({ pipeline }) => payload.pipelines[pipeline]?.databases)).toEqual([
      { resfinder },
      { resfinder: 'e'.repeat(64) },
    ])
    expect(payload.summary).toEqual([])
    expect(faultOf(payload)).toBeNull()
  })

  test('no false alarm on runs of all kinds', () => {
    fc.assert(
      fc.property(withoutPaths, (run) => {
        fc.pre(run.summary.length > 0)
        expect(scanSecrets(shareRun(run, options).payload)).toEqual([])
      }),
    )
  })

  test('reasons in words, warnings, keys of outputs and host names stay here', () => {
    const run = aRun({
      executions: [anExecution({ reason: 'MARK', warnings: ['MARK'], outputKey: 'MARK', signal: 'MARK' })],
      warnings: ['MARK'],
      environment: { host: 'MARK', variables: { LANG: 'MARK' }, os: 'Debian' },
      project: 'MARK',
    })
    const { payload } = shareRun(run, options)
    expect(JSON.stringify(payload)).not.toContain('MARK')
    expect(payload.environment.os).toBe('Debian')
  })

  test('paths become numbers that keep parameter sets apart, and are told', () => {
    const execution = (id: number, database: string) => anExecution({ id, params: { database } })
    const { payload, omissions } = shareRun(
      aRun({
        executions: [execution(1, '/data/a'), execution(2, '/data/b'), execution(3, 'card')],
        summary: [],
        comparability: { truth: 'x', list: '/data/list' },
      }),
      options,
    )
    expect(payload.pipelines.map(({ params }) => params['database'])).toEqual(['(path 1)', '(path 2)', 'card'])
    expect(payload.comparability).toEqual({ truth: 'x' })
    expect(omissions.map(({ field }) => field)).toEqual(['comparability/list', 'pipelines/params/database'])
  })

  test('warm-ups and what never ended are left out, and told', () => {
    const executions = [
      anExecution({ id: 1, warmup: true }),
      anExecution({ id: 2 }),
      anExecution({ id: 3, state: 'planned', resources: null, scores: [] }),
    ]
    const { payload, omissions } = shareRun(aRun({ executions, state: 'interrupted' }), options)
    expect(payload.executions).toHaveLength(1)
    expect(omissions.map(({ change }) => change)).toEqual(['1 left out: warm-ups', '1 left out: never ended'])
  })

  test('a run that goes on, or holds nothing, cannot be shared', () => {
    expect(() => shareRun(aRun({ state: 'running' }), options)).toThrow(/has not ended/)
    expect(() => shareRun(aRun({ executions: [], summary: [] }), options)).toThrow(/no executions/)
  })
})

describe('too many scores', () => {
  const samples = Array.from({ length: 401 }, (_, index) => `sample-${index}`)
  const executions = samples.map((sample, index) =>
    anExecution({
      id: index + 1,
      sample,
      resources: someResources({ wallSeconds: index + 1, cpuSeconds: index < 19 ? index : null }),
      scores: [],
    }),
  )
  const run = aRun({ samples, executions, summary: [] })

  test('become quantiles, with the digest of what they stand for', () => {
    const whole = shareRun(run, options).payload
    const { payload, omissions } = shareRun(run, { ...options, payloadBytes: 50_000 })
    expect(payload.executions).toEqual([])
    expect(payload.condensed).toMatchObject({ executions: 401, sha256: sha256(canonicalJson(whole.executions)) })
    const ofMetric = (metric: string) =>
      payload.condensed?.quantiles.find(({ series }) => payload.series[series]?.metric === metric)
    expect(ofMetric('wall_seconds')).toEqual({
      pipeline: 0,
      series: expect.any(Number) as number,
      n: 401,
      values: [21, 101, 201, 301, 381],
    })
    expect(ofMetric('cpu_seconds')).toMatchObject({ n: 19, values: [9] })
    expect(omissions.at(-1)?.change).toContain('401 condensed')
    expect(faultOf(payload)).toBeNull()
  })

  test('names go when they are too many, and a run that is still too large is refused', () => {
    expect(shareRun(run, { ...options, payloadBytes: 4500 }).payload.samples).toEqual([])
    expect(() => shareRun(run, { ...options, payloadBytes: 500 })).toThrow(/too large/)
  })
})
