// What a reader believes of a hub whose every byte may come from somebody hostile who can push, but has no key.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HUB_FILE, projectPath, tombstonePath } from '../../../src/core/hub/layout.ts'
import { tombstoneHash } from '../../../src/core/hub/tombstones.ts'
import { tempDir } from '../../support/harness.ts'
import { TRUSTS } from '../../../src/store/hub/run-rows.ts'
import { query } from '../../support/hub-scene.ts'
import { sharedPayload, signedBy } from '../../support/hub-documents.ts'
import {
  aRun,
  CLOSED,
  documents,
  hubFile,
  keyEntry,
  owner,
  pathOf,
  projectFile,
  rightHub,
  SALT,
  SEAL,
  sealFile,
  segmentOf,
  sha256,
  stranger,
} from '../../support/hostile-hub.ts'
import { hostileSync, type HostileSync } from '../../support/hostile-sync.ts'

const dir = tempDir('hostile sync')
let hub: HostileSync
beforeEach(() => {
  hub = hostileSync(dir)
  hub.push(rightHub())
})
afterEach(() => hub.close())

const accepted = (path: string, reader = hub): string | null => {
  const [file] = reader.store.index.registry(reader.remote, path)
  return file === undefined ? null : Buffer.from(file.bytes).toString()
}
const runs = (reader = hub): string[] =>
  [...reader.store.index.documents(reader.remote)].map(({ project, path }) => `${project} ${path.slice(-11, -5)}`)
const theirHub = (version: number): Uint8Array =>
  hubFile({ version, maintainers: [keyEntry(stranger)], title: 'Ours now' }, stranger)
const theirProject = (id: string, changes = {}): Uint8Array =>
  projectFile(id, { keys: [keyEntry(stranger)], ...changes }, stranger)

describe('who lost the mirror and reads everything again', () => {
  test('believes no hub.json of a stranger, neither now nor at the next change', async () => {
    await hub.sync()
    const before = accepted(HUB_FILE)
    await hub.loseMirror()
    hub.push({ [HUB_FILE]: theirHub(2) })
    expect((await hub.sync()).quarantined.map(({ path }) => path)).toContain(HUB_FILE)
    expect(accepted(HUB_FILE)).toBe(before)
    hub.push({ [HUB_FILE]: theirHub(3) })
    await hub.sync()
    expect(accepted(HUB_FILE)).toBe(before)
  })

  test('keeps a registration whose keys were rolled back, replaced or removed', async () => {
    const path = projectPath('gut')
    const first = projectFile('gut')
    hub.push({ [path]: projectFile('gut', { version: 2, keys: [keyEntry(owner), keyEntry(stranger)] }) })
    await hub.sync()
    const before = accepted(path)
    for (const bytes of [first, theirProject('gut', { version: 3 }), null]) {
      await hub.loseMirror()
      hub.push({ [path]: bytes })
      await hub.sync()
      expect(accepted(path)).toBe(before)
    }
  })
})

describe('runs somebody else claims', () => {
  test("a stranger's run under the id of an owner's does not push it out for newcomers", async () => {
    const squatter = aRun(1, { project_id: 'aaa', payload: sharedPayload({ label: 'mine' }) }, stranger)
    hub.push({ [pathOf(squatter, '2026-11', 'aaa')]: squatter.file })
    const newcomer = hub.newcomer()
    const { quarantined, added } = await newcomer.sync()
    expect([runs(newcomer), added]).toEqual([['gut 000001', 'gut 000002'], 2])
    expect(quarantined).toMatchObject([{ path: pathOf(squatter, '2026-11', 'aaa') }])
  })

  test("a copy of an owner's content does not push it out for newcomers", async () => {
    const copy = aRun(9, { project_id: 'aaa', payload: aRun(1).document.payload }, stranger)
    hub.push({ [pathOf(copy, '2026-11', 'aaa')]: copy.file })
    const newcomer = hub.newcomer()
    await newcomer.sync()
    expect(runs(newcomer)).toEqual(['gut 000001', 'gut 000002'])
  })
})

test('a closed month that a late run extends, or an erasure shortens, loses nothing else', async () => {
  hub.push({ [pathOf(aRun(1))]: null, [pathOf(aRun(2))]: null, [CLOSED]: segmentOf(aRun(1), aRun(2)) })
  await hub.sync()
  hub.push({ [pathOf(aRun(4))]: aRun(4).file })
  await hub.sync()
  hub.push({ [pathOf(aRun(4))]: null, [CLOSED]: segmentOf(aRun(1), aRun(2), aRun(4)) })
  expect(await hub.sync()).toMatchObject({ added: 0, removed: 0, quarantined: [] })
  const hash = tombstoneHash(SALT, aRun(2).runId, sha256)
  const stone = { schema: 'benchmark.hub-tombstone/1', hash, reason: 'request', erased_on: '2026-12-10' }
  hub.push({
    [tombstonePath(hash)]: documents.bytes(signedBy(owner, stone)),
    [CLOSED]: segmentOf(aRun(1), aRun(4)),
  })
  expect(await hub.sync()).toMatchObject({ added: 0, removed: 1, quarantined: [] })
  expect([...hub.store.index.documents(hub.remote)].map(({ path }) => path)).toEqual([CLOSED, CLOSED])
})

describe('a sealed month', () => {
  const runsOf = (reader: HostileSync): (string | undefined)[] =>
    [...reader.store.index.documents(reader.remote)].map(({ path, line }) =>
      path === CLOSED ? /"label":"(.*?)"/.exec(Buffer.from(line).toString())?.[1] : path,
    )
  /** Its own signature is that of another run. */
  const broken = aRun(3, { sig: aRun(8).document.sig })
  const runs = [aRun(1), aRun(2), broken]
  const fold = (seal: Uint8Array | string | null, lines: readonly ReturnType<typeof aRun>[] = runs): void => {
    hub.push({ [pathOf(aRun(1))]: null, [pathOf(aRun(2))]: null, [CLOSED]: segmentOf(...lines), [SEAL]: seal })
  }
  const trusts = (reader: HostileSync): (string | undefined)[] =>
    query<{ trust: number }>(reader.database, 'SELECT trust FROM hub_run ORDER BY id').map(({ trust }) => TRUSTS[trust])
  const two = { version: 2, keys: [keyEntry(owner), keyEntry(stranger)] }
  const wrong = { path: CLOSED, runId: broken.runId, reason: expect.stringContaining('signature') as string }

  // The one case that is accepted with a seal only: whoever holds the key says that these bytes are theirs.
  test('is taken on the word of who sealed it: a wrong signature of their own is not looked at', async () => {
    fold(sealFile(runs))
    expect(await hub.sync()).toMatchObject({ added: 3, quarantined: [] })
    expect(runsOf(hub)).toEqual(['run 1', 'run 2', 'run 3'])
    // Read again from the start, with what was read before and without.
    await hub.loseMirror()
    expect(await hub.sync(true)).toMatchObject({ quarantined: [] })
    expect(runsOf(hub)).toEqual(['run 1', 'run 2', 'run 3'])
  })

  test('is read run by run where the seal is missing', async () => {
    fold(null)
    expect(await hub.sync()).toMatchObject({ added: 2, quarantined: [wrong] })
    // A seal that comes later says nothing of runs that were refused; read afresh, they are taken on its word.
    hub.push({ [SEAL]: sealFile(runs) })
    expect(await hub.sync()).toMatchObject({ added: 0 })
    expect(await hub.newcomer().sync()).toMatchObject({ added: 3, quarantined: [] })
  })

  const told = (words: string) => ({ path: SEAL, runId: null, reason: expect.stringContaining(words) as string })
  test.each<[string, Uint8Array | string, string]>([
    ['by a stranger', sealFile(runs, { by: stranger }), 'key of the project'],
    ['in the name of an owner', sealFile(runs, { signer: { alg: 'ed25519', key_id: stranger.keyId } }), 'key of'],
    ['for another hub', sealFile(runs, { salt: 'ff'.repeat(16) }), 'signature'],
    ['of another project', sealFile(runs, { project_id: 'oral' }), 'stands elsewhere'],
    ['of another month', sealFile(runs, { month: '2026-10' }), 'stands elsewhere'],
    ['of older bytes', sealFile([aRun(1), aRun(2)]), 'other bytes'],
    ['of another number of runs', sealFile(runs, { runs: 2 }), 'says 2 runs'],
    ['of nothing', sealFile(runs, { segment_sha256: sha256('') }), 'other bytes'],
    ['that is no document', '{"schema":"benchmark.hub-seal/1"}\n', 'required property'],
    ['that is huge', Buffer.alloc(3_000_000, '{'), 'too large'],
    ['that is huge and zero', Buffer.alloc(100_000_000), 'too large'],
  ])('is read run by run where the seal is one %s, and that is told', async (_, seal, words) => {
    fold(seal)
    const { added, quarantined } = await hub.sync()
    expect(added).toBe(2)
    expect(quarantined).toEqual([wrong, told(words)])
    // Once there is a right one, nothing is left of what was told of it.
    hub.push({ [SEAL]: sealFile(runs) })
    await hub.sync()
    expect(hub.store.index.quarantined(hub.remote).map(({ path }) => path)).toEqual([CLOSED])
  })

  test('and its seal must be of its new bytes when it changes', async () => {
    fold(sealFile([aRun(1), aRun(2)]), [aRun(1), aRun(2)])
    expect(await hub.sync()).toMatchObject({ added: 2, quarantined: [] })
    hub.push({ [CLOSED]: segmentOf(...runs) })
    expect((await hub.sync()).quarantined).toEqual([wrong, told('other bytes')])
    hub.push({ [SEAL]: sealFile(runs) })
    expect((await hub.sync()).quarantined).toEqual([])
    expect(hub.store.index.quarantined(hub.remote).map(({ path }) => path)).toEqual([CLOSED])
    const four = [...runs, aRun(4)]
    hub.push({ [CLOSED]: segmentOf(...four), [SEAL]: sealFile(four) })
    expect(await hub.sync()).toMatchObject({ added: 2, quarantined: [] })
    expect(hub.store.index.quarantined(hub.remote)).toEqual([])
  })

  test('of before, put back with its seal, is a loss of runs as ever', async () => {
    const [old, seal] = [[aRun(1), aRun(2)], sealFile([aRun(1), aRun(2)])]
    fold(seal, old)
    await hub.sync()
    hub.push({ [CLOSED]: segmentOf(...old, aRun(4)), [SEAL]: sealFile([...old, aRun(4)]) })
    expect(await hub.sync()).toMatchObject({ added: 1, quarantined: [] })
    hub.push({ [CLOSED]: segmentOf(...old), [SEAL]: seal })
    const { removed, quarantined } = await hub.sync()
    expect(removed).toBe(0)
    expect(new Set(quarantined.map(({ runId }) => runId))).toEqual(new Set([aRun(4).runId]))
  })

  test('spares nobody else’s signature', async () => {
    hub.push({ [projectPath('gut')]: projectFile('gut', two) })
    const [forged, guest] = [aRun(5, { sig: aRun(8).document.sig }, stranger), aRun(6, {}, stranger)]
    fold(sealFile([...runs, forged, guest]), [...runs, forged, guest])
    const { added, quarantined } = await hub.sync()
    expect([added, quarantined.map(({ runId }) => runId)]).toEqual([4, [forged.runId]])
  })

  test('in which a stranger’s run stands makes it nobody else’s', async () => {
    const lines = [aRun(1), aRun(6, {}, stranger)]
    fold(sealFile(lines), lines)
    expect(await hub.sync()).toMatchObject({ added: 2, quarantined: [] })
    expect(trusts(hub)).toEqual(['owner', 'unknown-owner'])
  })

  test('spares nothing but the signature: content, ids, months and erasures are looked at', async () => {
    const text = Buffer.from(aRun(2).line).toString()
    const spoilt = [
      { ...aRun(2), line: Buffer.from(text.replace('"label":"run 2"', '"label":"run x"')) },
      { ...aRun(3), line: Buffer.from(text.replaceAll(aRun(2).runId, aRun(3).runId).replace('"gut"', '"oral"')) },
    ]
    const lines = [aRun(1), ...spoilt]
    fold(sealFile(lines), lines)
    const { added, quarantined } = await hub.sync()
    expect(added).toBe(1)
    expect(quarantined.map(({ runId, reason }) => [runId, reason])).toEqual([
      [aRun(2).runId, expect.stringContaining('content_sha256')],
      [aRun(3).runId, expect.stringContaining('stands elsewhere')],
    ])
  })

  test('whose key was revoked is read run by run, by newcomers and by who knows the hub', async () => {
    const keys = [
      keyEntry(owner, { status: 'revoked', revoked_at: '2026-12-01T00:00:00.000Z', reason: 'stolen' }),
      keyEntry(stranger),
    ]
    await hub.sync()
    hub.push({ [projectPath('gut')]: projectFile('gut', { ...two, keys }) })
    fold(sealFile(runs))
    expect((await hub.sync()).quarantined).toEqual([wrong, told('had been revoked')])
    const { added, quarantined, notes } = await hub.newcomer().sync()
    expect([added, quarantined]).toEqual([2, [wrong]])
    expect(notes).toEqual([expect.stringMatching(`${SEAL}: .*revoked since`)])
  })

  test('that is lost with its seal is nothing worse than lost', async () => {
    fold(sealFile([aRun(1), aRun(2)]), [aRun(1), aRun(2)])
    await hub.sync()
    hub.push({ [CLOSED]: null })
    const { quarantined, removed } = await hub.sync()
    expect(quarantined).toContainEqual(told('no closed month'))
    expect(removed).toBe(0)
    hub.push({ [SEAL]: null })
    await hub.sync()
    expect(hub.store.index.quarantined(hub.remote).filter(({ path }) => path === SEAL)).toEqual([])
    hub.push({ [CLOSED]: segmentOf(aRun(1), aRun(2)), [SEAL]: sealFile([aRun(1), aRun(2)]) })
    expect(await hub.sync()).toMatchObject({ added: 0, quarantined: [] })
    expect(runsOf(hub)).toHaveLength(2)
  })
})

test('a fresh reading says whose keys are others now', async () => {
  await hub.sync()
  hub.push({ ...rightHub(), [HUB_FILE]: theirHub(1), [projectPath('gut')]: theirProject('gut') }, { root: true })
  await expect(hub.sync()).rejects.toThrow(/rewritten/)
  const { notes } = await hub.sync(true)
  expect(notes.join('\n')).toMatch(/maintainers/)
  expect(notes.join('\n')).toMatch(/gut/)
})
