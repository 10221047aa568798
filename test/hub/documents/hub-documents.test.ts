import { describe, expect, test } from 'vitest'
import type { CondensedScores, HubRunDocument, RunPayload, ScoreQuantiles } from '../../../src/generated/hub-run.ts'
import { HUB_RUN_PRIVACY } from '../../../src/generated/hub-run-privacy.ts'
import { createHubDocuments } from '../../../src/hub/documents/hub-documents.ts'
import { hubRun, lineOf, sharedPayload, signedBy, testKey } from '../../support/hub-documents.ts'

const key = testKey()
const documents = createHubDocuments()
const bytes = (text: string): Uint8Array => Buffer.from(text)
const faultOf = (changes: Parameters<typeof hubRun>[1]): string | null =>
  documents.run(lineOf(hubRun(key, changes))).fault
const payloadFault = (changes: Partial<RunPayload>): string | null => faultOf({ payload: sharedPayload(changes) })

const day = '2026-11-23'
const anonymous: Partial<HubRunDocument> = {
  run_id: '0123456789abcdefghjkmnpqrs',
  project_id: 'community',
  visibility: 'community',
  prov: { tool_version: '0.1.0', policy_version: 1, anonymised: true },
}
const nameless = (changes: Partial<RunPayload> = {}): RunPayload => {
  const payload = sharedPayload()
  const environment = { ...payload.environment, kernel: null, machine_fingerprint: null, file_system: null }
  const names = { finished_at: null, label: null, tags: [], branch: null, commit: null }
  return { ...payload, started_at: day, ...names, environment, ...changes }
}

describe('runs', () => {
  test('a document is read as it was written', () => {
    const document = hubRun(key)
    expect(documents.run(lineOf(document))).toEqual({ document, fault: null })
    expect(Buffer.from(documents.bytes(document)).equals(Buffer.concat([lineOf(document), Buffer.from('\n')]))).toBe(
      true,
    )
  })

  test('an anonymised one too', () => {
    const document = hubRun(key, { ...anonymous, payload: nameless() })
    expect(documents.run(lineOf(document))).toEqual({ document, fault: null })
  })

  test.each<[string, Parameters<typeof hubRun>[1], string]>([
    ['a digest of something else', { content_sha256: '0'.repeat(64) }, 'does not match'],
    ['a public run in the shared folder', { project_id: 'community' }, 'cannot belong to'],
    ['an anonymised run in a project', { ...anonymous, payload: nameless(), project_id: 'gut' }, 'cannot belong to'],
    ['a device name', { project_id: 'con' }, 'no hub can hold'],
    ['a public run with a random id', { run_id: '0123456789abcdefghjkmnpqrs' }, 'cannot have the id'],
    [
      'an anonymised run with its own id',
      { ...anonymous, payload: nameless(), run_id: '20261123t101502z-k3f9x2' },
      'id',
    ],
    ['a public run said to be anonymised', { prov: { ...hubRun(key).prov, anonymised: true } }, 'must not be marked'],
    [
      'a moment in an anonymised run',
      { ...anonymous, payload: nameless({ started_at: '2026-11-23T10:15:02.000Z' }) },
      'day',
    ],
    ['a label in an anonymised run', { ...anonymous, payload: nameless({ label: 'mine' }) }, '"label"'],
    ['a tag in an anonymised run', { ...anonymous, payload: nameless({ tags: ['mine'] }) }, '"tags"'],
    ['another schema', { schema: 'benchmark.hub-run/2' as never }, 'must be "benchmark.hub-run/1"'],
    ['an unknown key', { extra: 1 } as never, 'has a key "extra"'],
  ])('%s is refused', (_, changes, words) => {
    expect(faultOf(changes)).toContain(words)
  })

  const execution = sharedPayload().executions[0]
  const summary = sharedPayload().summary[0]
  if (!execution || !summary) throw new Error('the support payload has both')
  const quantiles: ScoreQuantiles = { pipeline: 0, series: 0, n: 20, values: [1, 2, 3, 4, 5] }
  const condensed: CondensedScores = { sha256: null, executions: 4, quantiles: [quantiles] }
  test.each<[string, Partial<RunPayload>, string]>([
    ['a day that is none', { started_at: '2026-02-30T10:00:00.000Z' }, 'no moment'],
    ['only a day in a public run', { started_at: day }, 'no moment'],
    ['a pipeline that is not there', { executions: [{ ...execution, pipeline: 2 }] }, 'pipeline that is not listed'],
    ['a sample that is not there', { executions: [{ ...execution, sample: 2 }] }, 'sample that is not listed'],
    ['an instrument that is not there', { executions: [{ ...execution, method: 1 }] }, 'instrument that is not listed'],
    ['a series that is not there', { executions: [{ ...execution, scores: [[4, null, 1]] }] }, 'series that is not'],
    ['a score of no sample', { executions: [{ ...execution, scores: [[0, 2, 1]] }] }, 'sample that is not listed'],
    ['an unknown reason', { executions: [{ ...execution, scores: [[0, null, 'bored']] }] }, 'a known reason'],
    ['a summary of nothing', { summary: [{ ...summary, value: null }] }, 'either a value or a reason'],
    ['a summary of both', { summary: [{ ...summary, reason: 'no_truth' }] }, 'either a value or a reason'],
    ['a summary of an unknown reason', { summary: [{ ...summary, value: null, reason: 'x' }] }, 'nobody knows'],
    ['a summary of no series', { summary: [{ ...summary, series: 9 }] }, 'series that is not listed'],
    ['a sample twice', { samples: ['s1', 's1'] }, 'the same name'],
    ['executions and their distribution', { condensed }, 'not both'],
    [
      'quantiles out of order',
      { executions: [], condensed: { ...condensed, quantiles: [{ ...quantiles, values: [2, 1, 3, 4, 5] }] } },
      'order',
    ],
    [
      'quantiles of few values',
      { executions: [], condensed: { ...condensed, quantiles: [{ ...quantiles, n: 19 }] } },
      '5 quantiles of 19',
    ],
  ])('%s is refused', (_, changes, words) => {
    expect(payloadFault(changes)).toContain(words)
  })
})

// The list in the reader is written by hand; the marks of the schema are what it has to follow.
test('whatever the schema marks public is refused in an anonymised run', () => {
  const marked = Object.entries(HUB_RUN_PRIVACY).flatMap(([part, fields]) =>
    Object.entries(fields).flatMap(([field, { privacy }]) => (privacy === 'public' ? [`${part}/${field}`] : [])),
  )
  const artifact = { name: 'x', bytes: 1, sha256: 'a'.repeat(64) }
  const told: Record<string, Partial<RunPayload>> = {
    'RunPayload/finished_at': { finished_at: '2026-11-23T10:20:41.118Z' },
    'RunPayload/label': { label: 'x' },
    'RunPayload/tags': { tags: ['x'] },
    'RunPayload/branch': { branch: 'x' },
    'RunPayload/commit': { commit: 'x' },
    'RunPayload/artifacts': { artifacts: [artifact] },
    'SharedEnvironment/kernel': { environment: { ...nameless().environment, kernel: 'x' } },
    'SharedEnvironment/machine_fingerprint': { environment: { ...nameless().environment, machine_fingerprint: 'x' } },
    'SharedEnvironment/file_system': { environment: { ...nameless().environment, file_system: 'x' } },
    'SharedEnvironment/container': { environment: { ...nameless().environment, container: 'x' } },
    'SharedPipeline/databases': {
      pipelines: [{ name: 'kma', version: null, params: {}, databases: { resfinder: 'a'.repeat(64) } }],
    },
    'CondensedScores/sha256': { executions: [], condensed: { sha256: 'a'.repeat(64), executions: 1, quantiles: [] } },
  }
  expect(
    [...Object.keys(told), 'SharedArtifact/name', 'SharedArtifact/bytes', 'SharedArtifact/sha256'].toSorted(),
  ).toEqual(marked.toSorted())
  for (const [field, changes] of Object.entries(told))
    expect(faultOf({ ...anonymous, payload: nameless(changes) }), field).toContain('must not have')
})

describe('hostile bytes', () => {
  const line = Buffer.from(lineOf(hubRun(key))).toString()
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'not JSON'],
    ['a byte order mark', `\ufeff${line}`, 'not JSON'],
    ['a line feed after it', `${line}\n`, 'canonical'],
    ['spaces after it', `${line}  `, 'canonical'],
    ['spaces inside', line.replace(':', ': '), 'canonical'],
    ['a key twice', line.replace('"project_id":"gut"', '"project_id":"gut","project_id":"gut"'), 'canonical'],
    ['keys in another order', line.replace(/^\{("content_sha256":"\w+"),(.*)\}$/, '{$2,$1}'), 'canonical'],
    ['__proto__', line.replace('"tags":', '"__proto__":{"x":1},"tags":'), '__proto__'],
    ['a disguised __proto__', line.replace('"tags":', '"\\u005f_proto__":{"x":1},"tags":'), 'canonical'],
    ['constructor', line.replace('"k":31', '"constructor":31'), 'constructor'],
    ['a number beyond all', line.replace('12.40721', '1e400'), 'canonical'],
    ['a negative zero', line.replace('12.40721', '-0'), 'canonical'],
    ['a longer number', line.replace('12.40721', '12.407210'), 'canonical'],
    ['NaN', line.replace('12.40721', 'NaN'), 'not JSON'],
    ['a raw NUL', line.replace('nightly', 'night\0ly'), 'not JSON'],
    ['half a surrogate pair', line.replace('nightly', '\\ud800'), 'canonical'],
    ['bytes that are no text', Buffer.concat([Buffer.from(line.slice(0, 30)), Buffer.from([0xff])]), 'UTF-8'],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000), 'nested deeper'],
    ['a long text', `"${'x'.repeat(9000)}"`, 'longer than'],
    ['a long list', `[${'0,'.repeat(20_000)}0]`, 'more than 20000 items'],
    ['many keys', `[${`{${'"a":0,'.repeat(9999)}"b":0},`.repeat(4)}0]`, 'more than 32768 keys'],
    ['too many bytes', `"${'x'.repeat(300_000)}"`, 'bytes'],
    ['an array', '[]', 'must be object'],
    ['null', 'null', 'must be object'],
    ['half of it', line.slice(0, 700), 'not JSON'],
  ])('%s: a sentence, not an exception', (_, given, words) => {
    const { document, fault } = documents.run(typeof given === 'string' ? bytes(given) : given)
    expect(document).toBeNull()
    expect(fault).toContain(words)
    expect(fault).toMatch(/^[^\n]{1,400}\.$/)
  })

  test('nothing reaches the prototype of objects', () => {
    documents.run(bytes(line.replace('"tags":', '"__proto__":{"polluted":1},"tags":')))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('control characters of a key are not shown', () => {
    const { fault } = documents.run(lineOf({ ...hubRun(key), 'x\u001b[31m': 1 }))
    expect(fault).toMatch(/x\?\[31m/)
  })
})

describe('seals', () => {
  const seal = {
    schema: 'benchmark.hub-seal/1',
    project_id: 'gut',
    month: '2026-11',
    segment_sha256: 'a'.repeat(64),
    runs: 2,
    signer: { alg: 'ed25519', key_id: key.keyId },
    sig: 'b'.repeat(86),
  }
  test('one is read as it was written', () => {
    expect(documents.seal(documents.bytes(seal))).toEqual({ document: seal, fault: null })
    expect(documents.seal(lineOf(seal)).fault).toContain('line feed')
  })

  test.each<[string, object, string]>([
    ['another kind', { schema: 'benchmark.hub-run/1' }, 'must be "benchmark.hub-seal/1"'],
    ['the shared folder', { project_id: 'community' }, 'Nobody vouches'],
    ['a name of a device', { project_id: 'con' }, 'no name a hub can hold'],
    ['a path for a project', { project_id: '../gut' }, 'project_id'],
    ['no month', { month: '2026-13' }, 'no month of the calendar'],
    ['no digest', { segment_sha256: 'A'.repeat(64) }, 'segment_sha256'],
    ['no runs', { runs: 0 }, 'runs'],
    ['half a run', { runs: 1.5 }, 'runs'],
    ['nobody', { signer: null }, 'signer'],
    ['another algorithm', { signer: { alg: 'rsa', key_id: key.keyId } }, 'must be "ed25519"'],
    ['no signature', { sig: '' }, 'sig'],
    ['more than it says', { hub: 'x' }, 'has a key "hub"'],
    ['more than any needs', { sig: 'b'.repeat(5000) }, 'at most 4096'],
  ])('%s is refused', (_, changes, words) => {
    expect(documents.seal(documents.bytes({ ...seal, ...changes })).fault).toContain(words)
  })
})

describe('registry', () => {
  const at = '2026-11-01T00:00:00.000Z'
  const listed = {
    key_id: key.keyId,
    alg: 'ed25519',
    public_key: key.publicKey,
    status: 'active',
    added_at: at,
    revoked_at: null,
    reason: null,
  }
  const project = {
    schema: 'benchmark.hub-project/1',
    id: 'gut',
    type: 'amr-detection',
    owner: null,
    homepage: null,
    description: null,
    registered_at: at,
    version: 1,
    keys: [listed],
  }
  const read = (changes: object): string | null =>
    documents.project(documents.bytes(signedBy(key, { ...project, ...changes }))).fault

  test('a project is read as it was written', () => {
    const document = signedBy(key, project)
    expect(documents.project(documents.bytes(document))).toEqual({ document, fault: null })
    expect(documents.project(lineOf(document)).fault).toContain('line feed')
  })

  test.each<[string, object, string]>([
    ['the shared name', { id: 'community' }, 'No project can be named'],
    ['a key under another id', { keys: [{ ...listed, key_id: 'a'.repeat(26) }] }, 'another id'],
    ['a key twice', { keys: [listed, listed] }, 'twice'],
    ['revoked without a moment', { keys: [{ ...listed, status: 'revoked' }] }, 'revoked'],
    ['a link that is none', { homepage: 'javascript:alert(1)' }, 'homepage'],
    ['no calendar day', { registered_at: '2026-13-01T00:00:00.000Z' }, 'no moment'],
  ])('%s is refused', (_, changes, words) => {
    expect(read(changes)).toContain(words)
  })

  const dataset = {
    schema: 'benchmark.hub-dataset/1',
    id: 'amr-mini',
    title: 'Mini',
    description: null,
    dataset_version: '1.0.0',
    version: 1,
    benchmark_type: 'amr-detection',
    licence: null,
    source: null,
    labels: 'inserted',
    samples: 1,
    samplesheet: 'samples.csv',
    truth: null,
    files: [{ path: 'samples.csv', sha256: 'a'.repeat(64), bytes: 3, sources: ['https://example.org/samples.csv'] }],
  }
  test.each<[string, object, string | null]>([
    ['as it should be', {}, null],
    ['a sheet that is not there', { samplesheet: 'other.csv' }, 'not among its files'],
    ['a truth that is not there', { truth: 'truth.tsv' }, 'not among its files'],
    ...['../samples.csv', '/samples.csv', 'a//b', 'a\\b', 'c:b', 'a\u0000b'].map((path): [string, object, string] => [
      path,
      { samplesheet: path, files: [{ ...dataset.files[0], path }] },
      'The path',
    ]),
  ])('dataset: %s', (_, changes, words) => {
    const { fault } = documents.dataset(documents.bytes(signedBy(key, { ...dataset, ...changes })))
    if (words === null) expect(fault).toBeNull()
    else expect(fault).toContain(words)
  })

  test('small documents', () => {
    const policy = { schema: 'benchmark.hub-anonymisation/1', version: 1, group_size: 5, significant_digits: 3 }
    expect(documents.anonymisation(documents.bytes(signedBy(key, policy))).fault).toBeNull()
    const stone = {
      schema: 'benchmark.hub-tombstone/1',
      hash: 'a'.repeat(64),
      reason: 'request',
      erased_on: '2026-02-31',
    }
    expect(documents.tombstone(documents.bytes(signedBy(key, stone))).fault).toContain('no day')
    const retention = {
      schema: 'benchmark.hub-retention/1',
      version: 1,
      raw_days: 90,
      aggregated_days: 365,
      archive: 'none',
    }
    expect(documents.retention(documents.bytes(signedBy(key, retention))).fault).toBeNull()
    expect(documents.tombstone(documents.bytes(signedBy(key, retention))).fault).toMatch(/\.$/)
  })
})
