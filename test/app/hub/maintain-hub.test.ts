// Maintenance on real repositories: what it leaves behind must pass the check that everybody else's changes pass.
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compactHub, planCompaction } from '../../../src/app/hub/compact-hub.ts'
import { eraseRun } from '../../../src/app/hub/erase-run.ts'
import { retainHub } from '../../../src/app/hub/retain-hub.ts'
import { squashHub } from '../../../src/app/hub/squash-hub.ts'
import { projectPath, segmentPath } from '../../../src/core/hub/layout.ts'
import type { MaintenanceDeps } from '../../../src/app/hub/maintenance.ts'
import { createKeyStore } from '../../../src/hub/keys/key-store.ts'
import { createHubStore } from '../../../src/store/hub/hub-store.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { aBareRepository, git, gitCliHub, gitCliReader, removeRepository } from '../../support/git-cli-hub.ts'
import { tempDir } from '../../support/harness.ts'
import type { HubSealDocument } from '../../../src/generated/hub-seal.ts'
import { signedBy, type TestKey } from '../../support/hub-documents.ts'
import {
  aRun,
  brokenRules,
  check,
  CLOSED,
  commitFiles,
  documents,
  type Files,
  hubFile,
  keyEntry,
  NOW,
  owner,
  pathOf,
  projectFile,
  rightHub,
  SALT,
  SEAL,
  sealFile,
  segmentOf,
  stranger,
  trustDeps,
} from '../../support/hostile-hub.ts'

const dir = tempDir('maintain hub')
const POLICY = { schema: 'benchmark.hub-retention/1', version: 1, raw_days: 90, aggregated_days: 365, archive: 'none' }

const HUB = { name: 'tests', salt: SALT }

let remote: string
let deps: MaintenanceDeps & { repository: ReturnType<typeof gitCliHub> }
let base: string
let now: Date
beforeEach(() => {
  const home = mkdtempSync(join(dir, 'home-'))
  const keys = createKeyStore({ HOME: home, XDG_CONFIG_HOME: join(home, 'config') })
  const maintainer = keys.maintainerKey(HUB) as never
  now = NOW
  remote = aBareRepository()
  base = commitFiles(remote, null, {
    ...rightHub(),
    'hub.json': hubFile({ maintainers: [keyEntry(maintainer)] }, maintainer),
    'registry/policy/retention.json': documents.bytes(signedBy(maintainer, POLICY)),
  })
  git(remote, ['update-ref', 'refs/heads/main', base])
  deps = {
    ...trustDeps,
    repository: gitCliHub(remote),
    keys,
    audit: createHubStore(openDatabase(join(home, 'benchmark.db'))).audit,
    clock: { now: () => now, monotonic: () => 0, sleep: () => Promise.resolve() },
    random: () => 0,
    sha256: trustDeps.sha256,
  }
})
afterEach(async () => {
  await deps.repository.close()
  removeRepository(remote)
})

const head = (): string => git(remote, ['rev-parse', 'main'])
const files = (): string[] => git(remote, ['ls-tree', '-r', '--name-only', 'main']).split('\n')
const allowed = async (from = base) => brokenRules(await check(remote, from, head(), { now }))

describe('compact', () => {
  test('folds closed months, leaves open ones, says what it did, and does nothing the second time', async () => {
    const open = aRun(3)
    base = commitFiles(remote, base, { [pathOf(open, '2026-12')]: open.file })
    git(remote, ['update-ref', 'refs/heads/main', base])
    expect(await compactHub(deps, { dryRun: true })).toMatchObject({ commit: null, runs: 2, changed: 1, removed: 2 })
    expect(head()).toBe(base)
    expect(await compactHub(deps, { dryRun: false })).toMatchObject({ commit: head(), runs: 2, changed: 1, removed: 2 })
    expect(files().filter((path) => path.startsWith('warehouse'))).toEqual([
      segmentPath('gut', '2026-11'),
      pathOf(open, '2026-12'),
    ])
    expect(git(remote, ['show', `main:${segmentPath('gut', '2026-11')}`])).toBe(
      [aRun(1), aRun(2)].map(({ line }) => Buffer.from(line).toString()).join('\n'),
    )
    expect(await allowed()).toEqual([])
    expect(await compactHub(deps, { dryRun: false })).toMatchObject({ commit: null, runs: 0 })
  })

  test("a stranger's damaged file stays where it is, and is named", async () => {
    git(remote, ['update-ref', 'refs/heads/main', commitFiles(remote, base, { [pathOf(aRun(7))]: '{}\n' })])
    const { notes, runs } = await compactHub(deps, { dryRun: false })
    expect(runs).toBe(2)
    expect(notes).toEqual([expect.stringContaining(pathOf(aRun(7)))])
    expect(files()).toContain(pathOf(aRun(7)))
  })
})

describe('erase', () => {
  test('takes a run out of its file or its closed month, once, and says what stays', async () => {
    const content = aRun(1).document.content_sha256
    deps.audit.append({ at: NOW.toISOString(), action: 'push', objectHash: content, detail: { by: 'Ann' } })
    await compactHub(deps, { dryRun: false })
    const compacted = head()
    const request = { runId: aRun(1).runId, reason: 'request', dryRun: false } as const
    const change = await eraseRun(deps, request)
    expect(change).toMatchObject({ action: 'erase', commit: head(), runs: 1 })
    expect(change.notes.join(' ')).toMatch(/squash.*Clones/)
    expect(git(remote, ['show', `main:${segmentPath('gut', '2026-11')}`])).not.toContain(aRun(1).runId)
    expect(git(remote, ['show', `main:${segmentPath('gut', '2026-11')}`])).toContain(aRun(2).runId)
    expect(deps.audit.list().find(({ action }) => action === 'push')?.detail).toBeNull()
    expect(deps.audit.verify().problems).toEqual([])
    expect(await allowed(compacted)).toEqual([])
    expect(await eraseRun(deps, request)).toMatchObject({ commit: null, changed: 0 })
  })

  test('a machine without a key that may erase changes nothing', async () => {
    const keys = createKeyStore({ HOME: mkdtempSync(join(dir, 'other-')) })
    const request = { runId: aRun(1).runId, reason: 'mistake', dryRun: false } as const
    await expect(eraseRun({ ...deps, keys }, request)).rejects.toMatchObject({ code: 'E_HUB' })
    expect(head()).toBe(base)
  })
})

describe('seals', () => {
  const month = (...runs: ReturnType<typeof aRun>[]) => Buffer.from(segmentOf(...runs)).toString()
  const put = (changes: Files): void => {
    base = commitFiles(remote, head(), changes)
    git(remote, ['update-ref', 'refs/heads/main', base])
  }
  const own = () => deps.keys.projectKey('gut') as TestKey
  /** Runs by this machine's key (3, 4), which is one of the project's. */
  const mine = (number: number, changes = {}) => aRun(number, changes, own())
  const joinProject = (): void =>
    put({
      [projectPath('gut')]: projectFile('gut', { version: 2, keys: [keyEntry(owner), keyEntry(own())] }),
      [pathOf(mine(3))]: mine(3).file,
    })
  const seal = () => JSON.parse(git(remote, ['show', `main:${SEAL}`])) as HubSealDocument
  const compact = (changes: Partial<typeof deps> = {}) => compactHub({ ...deps, ...changes }, { dryRun: false })
  const keyless = () => createKeyStore({ HOME: mkdtempSync(join(dir, 'keyless-')) })

  test('are made as a month is folded, of all its bytes, by who has a key of the project', async () => {
    joinProject()
    expect(await compactHub(deps, { dryRun: true })).toMatchObject({ changed: 2, removed: 3, runs: 3 })
    const { changed, notes } = await compact()
    expect([changed, notes]).toEqual([2, ['1 closed month was sealed with the key of its project.']])
    const segment = git(remote, ['show', `main:${CLOSED}`]) + '\n'
    expect(segment).toBe(month(aRun(1), aRun(2), mine(3)))
    expect(seal()).toMatchObject({
      ...{ project_id: 'gut', month: '2026-11', runs: 3, segment_sha256: trustDeps.sha256(segment) },
      signer: { alg: 'ed25519', key_id: own().keyId },
    })
    expect(await allowed()).toEqual([])
    expect(await compact()).toMatchObject({ commit: null })
  })

  test('of two who fold at once: the bytes are the same, the first seal stays', async () => {
    const other = createKeyStore({ HOME: mkdtempSync(join(dir, 'second-')) })
    const second = other.projectKey('gut') as TestKey
    const keys = [keyEntry(owner), keyEntry(own()), keyEntry(second)]
    put({
      [projectPath('gut')]: projectFile('gut', { version: 2, keys }),
      [pathOf(mine(3))]: mine(3).file,
      [pathOf(aRun(4, {}, second))]: aRun(4, {}, second).file,
    })
    const hub = documents.hub(Buffer.from(`${git(remote, ['show', 'main:hub.json'])}\n`)).document as never
    const scope = { tree: git(remote, ['rev-parse', 'main^{tree}']), hub, project: 'gut', now }
    const [one, two] = await Promise.all(
      [deps.keys, other].map((held) => planCompaction({ ...deps, reader: gitCliReader(remote), keys: held }, scope)),
    )
    const bytesAt = (plan: typeof one, path: string) => plan?.changes.find((change) => change.path === path)?.bytes
    expect(bytesAt(one, CLOSED)).toBeDefined()
    expect(bytesAt(one, CLOSED)).toEqual(bytesAt(two, CLOSED))
    expect(bytesAt(one, SEAL)).not.toEqual(bytesAt(two, SEAL))
    await compact()
    expect(await compact({ keys: other })).toMatchObject({ commit: null })
    expect(seal().signer.key_id).toBe(own().keyId)
  })

  test('come to months that others folded, and instead of seals that do not count', async () => {
    joinProject()
    await compact({ keys: keyless() })
    expect(files()).not.toContain(SEAL)
    base = head()
    expect(await compact()).toMatchObject({ changed: 1, removed: 0, runs: 0 })
    expect(await allowed()).toEqual([])
    const right = git(remote, ['show', `main:${SEAL}`])
    for (const wrong of [sealFile([aRun(1)], { by: own() }), 'x', Buffer.alloc(200_000)]) {
      put({ [SEAL]: wrong })
      expect(await compact()).toMatchObject({ changed: 1, removed: 0, runs: 0 })
      expect(await allowed()).toEqual([])
      expect(git(remote, ['show', `main:${SEAL}`])).toBe(right)
    }
  })

  test('are not made over a run that is not signed rightly by an owner of now, nor over none of one’s own', async () => {
    joinProject()
    const revoked = keyEntry(owner, { status: 'revoked', revoked_at: '2026-12-01T00:00:00.000Z', reason: 'lost' })
    for (const [lines, keys] of [
      [
        [mine(3), mine(4, { sig: mine(3).document.sig })],
        [keyEntry(owner), keyEntry(own())],
      ],
      [
        [mine(3), aRun(4, {}, stranger)],
        [keyEntry(owner), keyEntry(own())],
      ],
      [
        [mine(3), aRun(4)],
        [revoked, keyEntry(own())],
      ],
      [
        [aRun(3), aRun(4)],
        [keyEntry(owner), keyEntry(own())],
      ],
      [
        [mine(3), mine(4)],
        [keyEntry(owner), keyEntry(own(), { ...revoked, key_id: own().keyId, public_key: own().publicKey })],
      ],
    ] as const) {
      put({
        ...Object.fromEntries(
          files()
            .filter((path) => path.includes('/results/gut/'))
            .map((path) => [path, null]),
        ),
        [projectPath('gut')]: projectFile('gut', { version: 3, keys }),
        [CLOSED]: segmentOf(...lines),
      })
      expect(await compact()).toMatchObject({ commit: null })
    }
    put({ [projectPath('gut')]: projectFile('gut', { version: 3, keys: [keyEntry(owner), keyEntry(own())] }) })
    expect(await compact()).toMatchObject({ changed: 1 })
  })

  test('are made anew, or go, when a late run extends the month', async () => {
    joinProject()
    await compact()
    put({ [pathOf(mine(5))]: mine(5).file })
    await compact()
    expect(seal().runs).toBe(4)
    expect(await allowed()).toEqual([])
    put({ [pathOf(mine(6))]: mine(6).file })
    expect(await compact({ keys: keyless() })).toMatchObject({ changed: 1, removed: 2 })
    expect(files()).not.toContain(SEAL)
    expect(await allowed()).toEqual([])
  })

  test('are made anew by an erasure of their owner, and go by one of a maintainer; what is left is read', async () => {
    joinProject()
    await compact()
    for (const [number, keys] of [
      [1, deps.keys],
      [2, null],
    ] as const) {
      base = head()
      const held = keys ?? { ...keyless(), existingMaintainerKey: () => deps.keys.existingMaintainerKey(HUB) }
      await eraseRun({ ...deps, keys: held }, { runId: aRun(number).runId, reason: 'request', dryRun: false })
      expect(files().includes(SEAL)).toBe(keys !== null)
      expect(await allowed()).toEqual([])
    }
    base = head()
    await eraseRun(deps, { runId: mine(3).runId, reason: 'request', dryRun: false })
    expect(files().filter((path) => path.startsWith('warehouse'))).toEqual([])
    expect(await allowed()).toEqual([])
  })

  test('go with their month when it expires, and stay right in a new epoch', async () => {
    joinProject()
    await compact()
    const made = seal()
    base = head()
    await squashHub(deps, { dryRun: false })
    expect(await allowed()).toEqual([])
    expect(brokenRules(await check(remote, null, head(), { now }))).toEqual([])
    expect(await compact()).toMatchObject({ commit: null })
    expect(seal()).toEqual(made)
    now = new Date('2027-03-01T00:00:00.000Z')
    base = head()
    expect(await retainHub(deps, { dryRun: false })).toMatchObject({ runs: 3, removed: 2 })
    expect(files().filter((path) => path.startsWith('warehouse/results'))).toEqual([])
    expect(await allowed()).toEqual([])
  })
})

const FROZEN = [
  'by_dataset/amr-mini',
  'by_metric/f1',
  'by_metric/peak-rss-bytes',
  'by_metric/precision',
  'by_metric/wall-seconds',
  'by_pipeline/abricate',
  'by_pipeline/kmer-search',
]

describe('retain', () => {
  test('freezes what expired and drops it; nothing before its time', async () => {
    expect(await retainHub(deps, { dryRun: false })).toMatchObject({ commit: null, notes: ['Nothing has expired.'] })
    now = new Date('2027-03-01T00:00:00.000Z')
    expect(await retainHub(deps, { dryRun: true })).toMatchObject({ commit: null, runs: 2, removed: 2, changed: 7 })
    expect(await retainHub(deps, { dryRun: false })).toMatchObject({ commit: head(), runs: 2, removed: 2, changed: 7 })
    expect(await allowed()).toEqual([])
    const frozen = files().filter((path) => path.startsWith('warehouse'))
    expect(
      frozen
        .map((path) =>
          path
            .split('/')
            .slice(2, 4)
            .join('/')
            .replace(/-[0-9a-f]{6}$/, ''),
        )
        .sort(),
    ).toEqual(FROZEN)
    expect(frozen.every((path) => path.endsWith('/2026-11.json'))).toBe(true)
    const document = JSON.parse(git(remote, ['show', `main:${frozen[0] ?? ''}`])) as { rows: { metric: string }[] }
    expect(document).toMatchObject({ runs: 2, contributors: 1 })
    expect(document.rows.every((row) => 'n' in row && row.n === 2)).toBe(true)
    now = new Date('2028-01-01T00:00:00.000Z')
    expect(await retainHub(deps, { dryRun: false })).toMatchObject({ removed: 7, runs: 0 })
    expect(files().filter((path) => path.startsWith('warehouse'))).toEqual([])
  })
})

describe('squash', () => {
  test('one signed root over the same tree, which the check takes for a new epoch', async () => {
    const before = files()
    expect(await squashHub(deps, { dryRun: true })).toMatchObject({ commit: null, changed: 1 })
    expect(await squashHub(deps, { dryRun: false })).toMatchObject({ commit: head(), changed: 1 })
    expect(files()).toEqual(before)
    expect(git(remote, ['rev-list', '--count', 'main'])).toBe('1')
    expect(await allowed()).toEqual([])
    expect(deps.audit.list()[0]).toMatchObject({ action: 'squash', detail: { replaces: base } })
  })

  test('nobody but a maintainer can', async () => {
    const keys = createKeyStore({ HOME: mkdtempSync(join(dir, 'other-')) })
    await expect(squashHub({ ...deps, keys }, { dryRun: false })).rejects.toMatchObject({ code: 'E_HUB' })
    expect(head()).toBe(base)
  })
})
