import { createHmac, createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { prepareDocument, type PrepareRequest } from '../../../src/app/hub/prepare-document.ts'
import { previewPrivacy } from '../../../src/app/hub/preview-privacy.ts'
import { hmac } from '../../../src/core/hub/hmac.ts'
import { signedRunBytes } from '../../../src/core/hub/signed-bytes.ts'
import { known, type Score } from '../../../src/core/score.ts'
import type { HubRunDocument } from '../../../src/generated/hub-run.ts'
import { createSignatures } from '../../../src/hub/keys/signatures.ts'
import { renderPrivacy } from '../../../src/render/terminal/privacy-text.ts'
import { signedBy, testKey } from '../../support/hub-documents.ts'
import { prepareDeps } from '../../support/prepare-deps.ts'
import { anExecution, aRun } from '../../support/run-builder.ts'

const environment = {
  os: 'Debian GNU/Linux 12 (bookworm)',
  architecture: 'x64',
  cpu: { model: 'AMD EPYC 7763', allowed: 8 },
  memory: { ram_bytes: 33_000_000_000 },
  gpu: null,
  host: 'secret-host',
}
const f1: Score = {
  ...{ sample: 'S1', metric: 'f1_score', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' as const },
  ...known(0.87654321),
}
const run = aRun({
  environment,
  label: 'mine',
  executions: [anExecution({ pipeline: 'abricate', version: '1.0.1', params: { min_identity: 80 }, scores: [f1] })],
  summary: [],
})
const request = (changes: Partial<PrepareRequest> = {}): PrepareRequest => ({
  ...{ run, plan: null, project: 'gut', visibility: 'public', month: '2026-11', tags: ['extra'], branch: null },
  ...changes,
})
const read = (bytes: Uint8Array): HubRunDocument => JSON.parse(Buffer.from(bytes).toString()) as HubRunDocument

/** The documents of `count` others with the same (or, `otherCpu`, another) machine. */
const contributors = async (count: number, otherCpu = false): Promise<HubRunDocument[]> => {
  const documents: HubRunDocument[] = []
  for (let index = 0; index < count; index++) {
    const cpu = { model: otherCpu ? 'Apple M2' : 'AMD EPYC 9654', allowed: 7 }
    const theirs = aRun({ ...run, environment: { ...environment, cpu } })
    const deps = prepareDeps({ registry: LENIENT })
    const prepared = await prepareDocument(deps, request({ visibility: 'community', run: theirs }))
    if (prepared.kind !== 'ready') throw new Error(prepared.reason)
    documents.push(read(prepared.bytes))
  }
  return documents
}

const policy = (group_size: number) =>
  signedBy(testKey(), { schema: 'benchmark.hub-anonymisation/1', version: 2, group_size, significant_digits: 2 })
const LENIENT = { 'registry/policy/anonymisation.json': policy(1) }
const STRICT = { 'registry/policy/anonymisation.json': policy(3) }

describe('a named run', () => {
  test('is one line of bytes that everybody can check', async () => {
    const deps = prepareDeps()
    const prepared = await prepareDocument(deps, request())
    if (prepared.kind !== 'ready') throw new Error(prepared.reason)
    const document = read(prepared.bytes)
    expect(deps.documents.run(prepared.bytes.subarray(0, -1))).toEqual({ document, fault: null })
    expect(document).toMatchObject({ run_id: run.runId, project_id: 'gut', visibility: 'public' })
    expect(document.payload.tags).toEqual([...run.tags, 'extra'])
    expect(prepared).toMatchObject({ contentSha256: document.content_sha256, projectId: 'gut', group: null })
    const { publicKey } = deps.keys.projectKey('gut')
    expect(await createSignatures().verify(signedRunBytes(document), document.sig, publicKey)).toBe(true)
  })

  test('the same run gives the same bytes', async () => {
    const deps = prepareDeps()
    const [first, second] = [await prepareDocument(deps, request()), await prepareDocument(deps, request())]
    expect(first).toEqual(second)
  })

  test.each<[string, Partial<PrepareRequest>, RegExp]>([
    ['private', { visibility: 'private' }, /private and stays/],
    ['with a secret', { tags: ['ghp' + '_0123456789abcdefghijABCDEFGHIJ012345'] }, /"tags\/\d" holds a GitHub token/],
    ['that goes on', { run: aRun({ state: 'running' }) }, /has not ended/],
    ['with half a character', { run: { ...run, label: '\ud800' } }, /surrogate/],
    ['with a label too long', { run: { ...run, label: 'x'.repeat(2000) } }, /label/],
  ])('%s is refused with a reason', async (_, changes, words) => {
    const prepared = await prepareDocument(prepareDeps(), request(changes))
    expect(prepared).toMatchObject({ kind: 'refused', reason: expect.stringMatching(words) as string })
    expect(JSON.stringify(prepared)).not.toContain('0123456789abcdefghij')
  })
})

describe('an anonymised run', () => {
  const community = request({ visibility: 'community' })

  test('is held where nobody is like it', async () => {
    const prepared = await prepareDocument(prepareDeps(), community)
    expect(prepared).toMatchObject({
      kind: 'held',
      reason: expect.stringContaining('nobody else') as string,
      group: { groupSize: 1 },
    })
  })

  test('goes where enough others are like it, under a new name every time', async () => {
    const deps = prepareDeps({ registry: STRICT, runs: await contributors(2) })
    const prepared = await prepareDocument(deps, community)
    if (prepared.kind !== 'ready') throw new Error(prepared.reason)
    const document = read(prepared.bytes)
    expect(document).toMatchObject({ project_id: 'community', prov: { anonymised: true, policy_version: 2 } })
    expect(document.payload.environment).toMatchObject({ cpu_model: 'AMD EPYC', cpus: 8, os: 'Debian 12' })
    expect(document.payload.executions[0]?.scores[0]).toEqual([0, null, 0.88])
    expect(document.signer.key_id).toBe(deps.keys.communityKey('2026-11').keyId)
    expect(prepared.group).toEqual({ outcome: 'as-is', groupSize: 3 })
    const again = await prepareDocument(deps, community)
    expect(again.kind === 'ready' && again.runId).not.toBe(prepared.runId)
    const text = Buffer.from(prepared.bytes).toString()
    for (const own of ['mine', 'extra', 'S1', 'secret-host', run.runId, '7763']) expect(text).not.toContain(own)
  })

  test('goes without its machine where only that is rare', async () => {
    const deps = prepareDeps({ registry: STRICT, runs: await contributors(2, true) })
    const prepared = await prepareDocument(deps, community)
    if (prepared.kind !== 'ready') throw new Error(prepared.reason)
    expect(Object.values(read(prepared.bytes).payload.environment).every((value) => value === null)).toBe(true)
    expect(prepared.group).toEqual({ outcome: 'without-hardware', groupSize: 3 })
  })

  test('many runs of one contributor are one contributor, and our own are none', async () => {
    const [theirs] = await contributors(1)
    const deps = prepareDeps({ registry: LENIENT })
    const ours = await prepareDocument(deps, community)
    if (ours.kind !== 'ready' || !theirs) throw new Error('both are ready')
    const runs = [theirs, theirs, read(ours.bytes), read(ours.bytes)]
    const { index } = prepareDeps({ registry: STRICT, runs })
    expect(await prepareDocument({ ...deps, index }, community)).toMatchObject({
      kind: 'held',
      group: { groupSize: 2 },
    })
  })
})

test('a preview shows the exact text, every change, the group and the limits', async () => {
  const preview = await previewPrivacy(prepareDeps(), request({ visibility: 'community' }))
  const text = renderPrivacy(preview)
  expect(preview.bytes).toBe(Buffer.byteLength(preview.text))
  expect(text).toContain(preview.text.trimEnd())
  expect(text).toMatch(/Group +1 of 5 contributors, with the machine left out/)
  expect(text).toMatch(/Held +It would identify you/)
  expect(text).toMatch(/label +left out/)
  expect(text).toMatch(/environment\/cpu_model +generalised to AMD EPYC/)
  expect(text).toMatch(/Git cannot forget/)
  await expect(previewPrivacy(prepareDeps(), request({ visibility: 'private' }))).rejects.toThrow(/stays/)
})

test('the keyed digest is the standard one', () => {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  for (const secret of [Buffer.alloc(32, 7), Buffer.alloc(100, 9)])
    expect(hmac(sha256, secret, 'naïve\0text')).toBe(createHmac('sha256', secret).update('naïve\0text').digest('hex'))
})
