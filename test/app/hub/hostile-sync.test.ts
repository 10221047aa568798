// What a reader believes of a hub whose every byte may come from somebody hostile who can push, but has no key.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HUB_FILE, projectPath } from '../../../src/core/hub/layout.ts'
import { tempDir } from '../../support/harness.ts'
import { sharedPayload } from '../../support/hub-documents.ts'
import { aRun, hubFile, keyEntry, owner, pathOf, projectFile, rightHub, stranger } from '../../support/hostile-hub.ts'
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

test('a fresh reading says whose keys are others now', async () => {
  await hub.sync()
  hub.push({ ...rightHub(), [HUB_FILE]: theirHub(1), [projectPath('gut')]: theirProject('gut') }, { root: true })
  await expect(hub.sync()).rejects.toThrow(/rewritten/)
  const { notes } = await hub.sync(true)
  expect(notes.join('\n')).toMatch(/maintainers/)
  expect(notes.join('\n')).toMatch(/gut/)
})
