import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Parameters } from '../../../src/core/pipeline.ts'
import type { Run } from '../../../src/core/run.ts'
import { anonymise } from '../../../src/documents/hub/anonymise.ts'
import { onlyCommunityFields } from '../../../src/documents/hub/community-fields.ts'
import { sealRun } from '../../../src/documents/hub/envelope.ts'
import { shareRun } from '../../../src/documents/hub/share-run.ts'
import { HUB_RUN_PRIVACY } from '../../../src/generated/hub-run-privacy.ts'
import type { RunPayload, SharedExecution } from '../../../src/generated/hub-run.ts'
import { createHubDocuments } from '../../../src/hub/documents/hub-documents.ts'
import { arbitraryRun } from '../../support/arbitrary-run.ts'
import { packageRoot } from '../../support/harness.ts'
import { sharedPayload, testKey } from '../../support/hub-documents.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const runId = '0123456789abcdefghjkmnpqrs'
const pseudonymOf = (secret: string) => (text: string) => createHmac('sha256', secret).update(text).digest('hex')
const publicPipelines = new Map<string, readonly Parameters[]>([
  ['abricate', [{ db: 'card', min_identity: 80 }, { db: 'ncbi' }]],
])
const truth = 'c'.repeat(64)
const listed = { id: 'amr-mini', version: '1.0.0', labels: 'inserted', truthSha256: truth }
const options = {
  significantDigits: 3,
  publicPipelines,
  datasets: new Map([[listed.id, listed]]),
  pseudonym: pseudonymOf('secret'),
  runId,
}
const anonymised = (payload: RunPayload, changes: Partial<typeof options> = {}) =>
  anonymise({ payload, omissions: [] }, { ...options, ...changes })

const key = testKey()
const documents = createHubDocuments()
const faultOf = (payload: RunPayload): string | null =>
  documents.run(
    sealRun({
      ...{ payload, runId, projectId: 'community', visibility: 'community', toolVersion: '0.1.0', policyVersion: 1 },
      key,
      sha256,
    }).bytes.subarray(0, -1),
  ).fault

interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly 'x-privacy'?: string
  readonly $defs?: Readonly<Record<string, Schema>>
}
const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas', 'hub-run.schema.json'), 'utf8')) as Schema

describe('marks', () => {
  const fields = Object.entries(schema.$defs ?? {}).flatMap(([part, { properties = {} }]) =>
    Object.entries(properties).map(([field, { 'x-privacy': mark }]) => [part, field, mark] as const),
  )

  test('every field of a payload says how far it may travel', () => {
    expect(fields.length).toBeGreaterThan(60)
    expect(fields.filter(([, , mark]) => mark !== 'community' && mark !== 'public')).toEqual([])
  })

  test('the projection knows all of them', () => {
    const known = Object.entries(HUB_RUN_PRIVACY).flatMap(([part, of]) =>
      Object.entries(of).map(([field, { privacy }]) => [part, field, privacy] as const),
    )
    expect(known).toEqual(fields)
  })

  test('what is not marked, and what the schema does not have, becomes nothing', () => {
    const payload = { ...sharedPayload(), secret: 'x' }
    const { payload: kept, told } = onlyCommunityFields(payload)
    expect(Object.keys(kept).toSorted()).toEqual(Object.keys(sharedPayload()).toSorted())
    expect(kept).toMatchObject({ label: null, tags: [], branch: null, commit: null, finished_at: null, artifacts: [] })
    expect(kept.environment).toMatchObject({ kernel: null, machine_fingerprint: null, file_system: null })
    expect(told).toEqual([
      'finished_at',
      'label',
      'tags',
      'branch',
      'commit',
      'environment/kernel',
      'environment/machine_fingerprint',
      'environment/file_system',
    ])
  })
})

describe('nothing of somebody’s own gets out', () => {
  // Words that stay as they are: states and the like are of the program, and times are looked at on their own.
  const OF_THE_PROGRAM = new Set([
    'state',
    'aggregation',
    'direction',
    'startedAt',
    'finishedAt',
    'benchmarkType',
    'runId',
  ])
  const METRICS = ['f1_score', 'precision', 'wall_seconds', 'shannon_diversity']
  const MARK = 'zqxmark'

  const branded = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (OF_THE_PROGRAM.has(key) || value === 'no_truth' || value === 'undefined_0/0' || value === 'too_few')
        return value
      return key === 'metric' && value.length % 2 === 0
        ? METRICS[value.length % METRICS.length]
        : `${MARK} ${value} 7.6.5`
    }
    if (Array.isArray(value)) return value.map((item) => branded(item, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        key === 'params' || key === 'comparability' ? `${MARK}${name}` : name,
        branded(inner, name),
      ]),
    )
  }

  const environment = {
    os: 'Debian GNU/Linux 12',
    kernel: 'Linux',
    architecture: 'x64',
    cpu: { model: 'AMD EPYC', allowed: 7 },
    memory: { ram_bytes: 987_654_321 },
    gpu: 'NVRM',
    machine_fingerprint: 'f',
    results_file_system: 'ext4',
    virtualisation: { container: 'docker' },
  }

  test('a mark in every text of a run', () => {
    let shared = 0
    fc.assert(
      fc.property(arbitraryRun, fc.boolean(), (arbitrary, named) => {
        const run = branded({ ...arbitrary, environment }, '') as Run
        fc.pre(run.executions.some(({ warmup }) => !warmup) || run.summary.length > 0)
        const own = named ? new Map([[run.executions[0]?.pipeline ?? '', []]]) : publicPipelines
        const dataset = { id: `${MARK}-set`, version: `${MARK}1`, labels: `tool:${MARK}` }
        let payload: RunPayload
        try {
          const artifacts = [{ name: MARK, bytes: 1, sha256: 'a'.repeat(64) }]
          const whole = shareRun(
            { ...run, benchmarkType: 'amr-detection' },
            { dataset, artifacts, payloadBytes: 1e6, sha256 },
          )
          expect(JSON.stringify(whole.payload)).toContain(MARK)
          ;({ payload } = anonymise(whole, { ...options, publicPipelines: own }))
        } catch (error) {
          expect(String(error)).toMatch(/Nothing would be left|no executions/)
          return
        }
        shared++
        const text = JSON.stringify({
          ...payload,
          pipelines: payload.pipelines.map(({ version, params }) => [version, params]),
        })
        expect(text).not.toContain(MARK)
        expect(text).not.toMatch(/987654321|7\.6\.5/)
        expect(payload.started_at).toHaveLength(10)
        expect(faultOf(payload)).toBeNull()
      }),
      { numRuns: 500 },
    )
    expect(shared).toBeGreaterThan(50)
  })

  test('a mark in any one text of a shared run', () => {
    const places: string[] = []
    const collect = (value: unknown, path: string): void => {
      if (typeof value === 'string') places.push(path)
      else if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) collect(inner, `${path}/${name}`)
    }
    const branded = (value: unknown, path: string, place: string): unknown => {
      if (path === place) return `${MARK}${String(value)}`
      if (Array.isArray(value)) return value.map((inner, index) => branded(inner, `${path}/${index}`, place))
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, branded(inner, `${path}/${name}`, place)]),
      )
    }
    collect(sharedPayload(), '')
    // These hold words out of a list, which the schema enforces on the finished document; the start is cut to a day.
    const free = places.filter((place) => !/\/(state|direction|aggregation|started_at|2)$/.test(place))
    expect(free.length).toBeGreaterThan(30)
    for (const place of free) {
      const payload = branded(sharedPayload(), '', place) as RunPayload
      if (place === '/benchmark_type') expect(() => anonymised(payload)).toThrow(/benchmark types/)
      else expect(JSON.stringify(anonymised(payload).payload), place).not.toContain(MARK)
    }
  })
})

describe('what is left', () => {
  test('is coarse, rounded and a document like others', () => {
    const { payload, omissions } = anonymised(
      sharedPayload({
        series: sharedPayload().series.map((one) => (one.metric === 'f1' ? { ...one, metric: 'f1_score' } : one)),
        comparability: { truth_sha256: truth, samples: 'd'.repeat(64), primary_level: 'gene' },
      }),
    )
    expect(faultOf(payload)).toBeNull()
    expect(payload).toMatchObject({
      started_at: '2026-11-23',
      dataset: { id: 'amr-mini', version: '1.0.0', labels: 'inserted' },
      comparability: { truth_sha256: truth, primary_level: 'gene' },
      pipelines: [
        { name: 'custom', version: null, params: {} },
        { name: 'abricate', version: '1.0.1', params: { db: 'card' } },
      ],
      environment: { os: 'Debian 12', cpu_model: 'AMD EPYC', cpus: 8, memory_bytes: 2 ** 35 },
    })
    expect(payload.samples.toSorted()).toEqual(['sample-1', 'sample-2'])
    const values = payload.executions.flatMap(({ scores }) => scores.map(([, , value]) => value))
    expect(new Set(values)).toEqual(new Set([0.938, 0.795, 0.882, 'undefined_0/0', 12.4, 13.4, 105_000_000]))
    expect(omissions.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['label', 'run_id', 'started_at', 'samples', 'comparability/samples', 'environment/os']),
    )
  })

  test.each([
    ['another version', { dataset: { id: 'amr-mini', version: '2', labels: null } }],
    ['another truth', { comparability: { truth_sha256: 'd'.repeat(64) } }],
    ['not registered', { dataset: { id: 'mine', version: '1', labels: null } }],
  ])('a dataset that is not the hub’s is not named: %s', (_, changes) => {
    const { payload } = anonymised(sharedPayload(changes))
    expect(payload.dataset).toBeNull()
    expect(payload.comparability).toEqual({})
  })

  test('words of the owner among the parameters of a public pipeline are dropped, numbers stay', () => {
    const params = { db: 'our_hospital', min_identity: 91.2345, mine: 1 }
    const { payload } = anonymised(
      sharedPayload({ pipelines: [{ name: 'abricate', version: '1.0.1-fork', params }], executions: [], summary: [] }),
    )
    expect(payload.pipelines).toEqual([{ name: 'abricate', version: null, params: { min_identity: 91.2 } }])
  })

  const samples = Array.from({ length: 12 }, (_, index) => `patient-${index}`)
  const executions = [0, 1].flatMap((pipeline) =>
    samples.map((_, sample): SharedExecution => ({
      ...{ pipeline, sample, repeat: 1, state: 'succeeded', exit_code: 0, method: 0, noisy: false },
      scores: [[1, null, (sample + 1) * (pipeline + 1)]],
    })),
  )

  test('samples change places together: pipelines can still be compared, the sheet cannot be read off', () => {
    const order = (secret: string, id = runId): number[] => {
      const { payload } = anonymised(sharedPayload({ samples, executions, summary: [] }), {
        pseudonym: pseudonymOf(secret),
        runId: id,
      })
      const values = [0, 1].map((pipeline) =>
        payload.executions.filter((one) => one.pipeline === pipeline).map(({ scores }) => Number(scores[0]?.[2])),
      )
      expect(payload.executions.map(({ sample }) => sample)).toEqual([...samples.keys(), ...samples.keys()])
      expect(values[1]).toEqual(values[0]?.map((value) => value * 2))
      return values[0] ?? []
    }
    expect(order('a')).not.toEqual(order('a').toSorted((left, right) => left - right))
    expect(order('a')).toEqual(order('a'))
    expect(order('a')).not.toEqual(order('b'))
    expect(order('a')).not.toEqual(order('a', 'zzzzzzzzzzzzzzzzzzzzzzzzzz'))
  })

  test('from 20 samples only their distribution is told, without a digest of the rest', () => {
    const many = Array.from({ length: 21 }, (_, index) => `patient-${index}`)
    const { payload } = anonymised(
      sharedPayload({
        samples: many,
        executions: many.map((_, sample): SharedExecution => ({
          ...{ pipeline: 0, sample, repeat: 1, state: 'succeeded', exit_code: 0, method: 0, noisy: false },
          scores: [[1, null, sample]],
        })),
        summary: [],
      }),
    )
    expect(payload).toMatchObject({
      samples: [],
      executions: [],
      condensed: { sha256: null, executions: 21, quantiles: [{ n: 21, values: [1, 5, 10, 15, 19] }] },
    })
    expect(faultOf(payload)).toBeNull()
  })

  test('a run of nothing but private metrics has nothing to share', () => {
    const series = sharedPayload().series.map((one) => ({ ...one, metric: `my_${one.metric}` }))
    expect(() => anonymised(sharedPayload({ series }))).toThrow(/Nothing would be left/)
  })
})
