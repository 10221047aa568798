// One hostile change for every line of the study's attack table that a change of a hub can carry.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectPath, sealPath, segmentPath, tombstonePath } from '../../../src/core/hub/layout.ts'
import { freeRegistryBytes, signedRegistryBytes, signedRunBytes } from '../../../src/core/hub/signed-bytes.ts'
import { tombstoneHash } from '../../../src/core/hub/tombstones.ts'
import { renderHubCheck } from '../../../src/render/terminal/hub-check-text.ts'
import { aBareRepository, git, removeRepository } from '../../support/git-cli-hub.ts'
import { sharedPayload, signedBy, signedFor, testKey } from '../../support/hub-documents.ts'
import {
  aRun,
  blobOf,
  brokenRules,
  check,
  CLOSED,
  commitFiles,
  commitRawTree,
  documents,
  type Files,
  hubFile,
  keyEntry,
  maintainer,
  owner,
  pathOf,
  projectFile,
  rightHub,
  rootEntries,
  SALT,
  SEAL,
  sealFile,
  segmentOf as segment,
  sha256,
  stranger,
} from '../../support/hostile-hub.ts'

let dir: string
let base: string
beforeAll(() => {
  dir = aBareRepository()
  base = commitFiles(dir, null, rightHub())
})
afterAll(() => removeRepository(dir))

const rulesOf = async (files: Files, from = base) => brokenRules(await check(dir, from, commitFiles(dir, from, files)))
const folded = (...runs: readonly ReturnType<typeof aRun>[]): Files => ({
  [CLOSED]: segment(...runs),
  ...Object.fromEntries(runs.map((run) => [pathOf(run), null])),
})
const revocation = () =>
  projectFile('gut', {
    version: 2,
    keys: [
      keyEntry(owner, { status: 'revoked', revoked_at: '2026-12-01T00:00:00.000Z', reason: 'stolen' }),
      keyEntry(stranger),
    ],
  })
const stone = (runId: string, by = owner): Files => {
  const hash = tombstoneHash(SALT, runId, sha256)
  const body = { schema: 'benchmark.hub-tombstone/1', hash, reason: 'request', erased_on: '2026-12-10' }
  return { [tombstonePath(hash)]: documents.bytes(signedBy(by, body)) }
}

describe('what is right passes', () => {
  test('a whole hub, a new run, a compaction of a closed month, an erasure, a new key', async () => {
    expect(await check(dir, null, base)).toMatchObject({ findings: [], newRuns: 2, registryFiles: 2 })
    expect(await rulesOf({ [pathOf(aRun(3))]: aRun(3).file })).toEqual([])
    expect(await rulesOf(folded(aRun(1), aRun(2)))).toEqual([])
    expect(await rulesOf({ ...stone(aRun(1).runId), [pathOf(aRun(1))]: null })).toEqual([])
    expect(await rulesOf({ [projectPath('gut')]: revocation() })).toEqual([])
  })

  test('a late run extends the segment, also after its key was revoked', async () => {
    const closed = commitFiles(dir, base, folded(aRun(1), aRun(2)))
    const late = commitFiles(dir, closed, { [pathOf(aRun(3))]: aRun(3).file, [projectPath('gut')]: revocation() })
    expect(await rulesOf({ [CLOSED]: segment(aRun(1), aRun(2), aRun(3)), [pathOf(aRun(3))]: null }, late)).toEqual([])
  })

  test('a file for people by a maintainer', async () => {
    const head = commitFiles(dir, base, { 'README.md': '# New\n' })
    expect(brokenRules(await check(dir, base, head, { byMaintainer: true }))).toEqual([])
  })
})

describe('paths and modes', () => {
  test('traversal through names in a raw tree', async () => {
    const evil = blobOf(dir, 'x')
    for (const name of ['..', '.git', 'a\\b', 'CON', 'ä'])
      expect(
        brokenRules(
          await check(
            dir,
            base,
            commitRawTree(dir, base, [...rootEntries(dir, base), { mode: '100644', name, oid: evil }]),
          ),
        ),
        name,
      ).toEqual(['unknown-path'])
  })

  test('symlinks, submodules and executables in place of runs and documents', async () => {
    const replaced = (mode: string, oid: string) =>
      rootEntries(dir, base).map((entry) => (entry.name === 'hub.json' ? { ...entry, mode, oid } : entry))
    for (const [mode, oid] of [
      ['120000', blobOf(dir, '/etc/passwd')],
      ['160000', base],
      ['100755', blobOf(dir, hubFile())],
    ] as const)
      expect(brokenRules(await check(dir, base, commitRawTree(dir, base, replaced(mode, oid)))), mode).toEqual(['mode'])
  })

  test('files where none belong, upper case, deep paths, months that are none', async () => {
    for (const path of [
      'x.sh',
      'warehouse/results/Gut/2026-11/20261123t101502z-000009.json',
      'warehouse/results/gut/2026-13/20261123t101502z-000009.json',
      'warehouse/results/gut/2026-11/a/b/c/20261123t101502z-000009.json',
      'registry/projects/gut/owners.json',
      '.github/workflows/deep/evil.yml',
    ])
      expect(await rulesOf({ [path]: aRun(9).file }), path).toEqual(['unknown-path'])
  })

  test('workflows and settings of git by who is no maintainer', async () => {
    for (const path of ['.github/workflows/check.yml', '.gitattributes', 'README.md'])
      expect(await rulesOf({ [path]: 'run: evil' }), path).toEqual(['furniture'])
  })

  test('names on terminals lose what would write to them', async () => {
    const result = await check(dir, base, commitFiles(dir, base, { 'evil\u001b[31m\u202eexe': 'x' }))
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    expect(renderHubCheck(result)).not.toMatch(/[\u001b\u202e]/)
  })
})

describe('sizes', () => {
  test('a huge file, a deep one, one with many keys', async () => {
    const path = pathOf(aRun(9))
    expect(await rulesOf({ [path]: Buffer.alloc(3_000_000, 'a') })).toEqual(['size'])
    expect(await rulesOf({ [path]: `${'['.repeat(100_000)}\n` })).toEqual(['document'])
    expect(await rulesOf({ [path]: `{${Array.from({ length: 40_000 }, (_, n) => `"${n}":1`).join()}}\n` })).toEqual([
      'size',
    ])
  })

  test('a folder with too many entries', async () => {
    const many = Array.from({ length: 201 }, (_, index) => [pathOf(aRun(100 + index)), 'x\n'])
    expect(await rulesOf(Object.fromEntries(many) as Files)).toContain('quota')
  })

  test('more runs at once, and more projects, than the hub allows', async () => {
    const runs = Array.from({ length: 51 }, (_, index) => aRun(100 + index))
    expect(await rulesOf(Object.fromEntries(runs.map((run) => [pathOf(run), run.file])))).toEqual(['quota'])
    const projects = ['alpha', 'bravo', 'charlie', 'delta', 'echo']
    expect(await rulesOf(Object.fromEntries(projects.map((id) => [projectPath(id), projectFile(id)])))).toEqual([
      'quota',
    ])
  })
})

describe('contents', () => {
  test('prototype pollution, other spellings of the same JSON, broken text, several lines', async () => {
    const path = pathOf(aRun(9))
    const text = Buffer.from(aRun(9).line).toString('utf8')
    for (const bytes of [
      text.replace('"tags":', '"__proto__":'),
      ` ${text}`,
      text.replace('{', '{"content_sha256":"x",'),
      `\ufeff${text}`,
      `${text}\n${text}`,
      text.slice(0, -5),
    ])
      expect(await rulesOf({ [path]: `${bytes}\n` }), bytes.slice(0, 40)).toEqual(['document'])
    expect(await rulesOf({ [path]: text })).toEqual(['document'])
  })

  test('a run under another id, in another project, or in another month', async () => {
    expect(await rulesOf({ [pathOf(aRun(8))]: aRun(9).file })).toEqual(['document'])
    expect(await rulesOf({ [pathOf(aRun(9), '2026-11', 'oral')]: aRun(9).file })).toEqual(['document'])
    expect(await rulesOf({ [pathOf(aRun(9), '2027-03')]: aRun(9).file })).toEqual(['month'])
    expect(await rulesOf({ [pathOf(aRun(9), '2026-09')]: aRun(9).file })).toEqual(['month'])
  })

  test('a named run among anonymised ones, or in a hub for those only', async () => {
    const named = aRun(9, { project_id: 'community' })
    expect(await rulesOf({ [pathOf(named, '2026-11', 'community')]: named.file })).toEqual(['document'])
    const closedHub = commitFiles(dir, null, {
      'hub.json': hubFile({ audience: 'community' }),
      [projectPath('gut')]: projectFile('gut'),
    })
    expect(await rulesOf({ [pathOf(aRun(9))]: aRun(9).file }, closedHub)).toEqual(['visibility'])
  })
})

describe('signatures and owners', () => {
  test('a signature of another run, or of a key under the name of another', async () => {
    const forged = aRun(9, { sig: aRun(8).document.sig })
    expect(await rulesOf({ [pathOf(forged)]: forged.file })).toEqual(['signature'])
    const posing = aRun(9, { signer: { alg: 'ed25519', key_id: owner.keyId } }, stranger)
    expect(await rulesOf({ [pathOf(posing)]: posing.file })).toEqual(['signature'])
  })

  test("somebody else's run in a project, and a run of nobody's project", async () => {
    const foreign = aRun(9, {}, stranger)
    expect(await rulesOf({ [pathOf(foreign)]: foreign.file })).toEqual(['not-owner'])
    const homeless = aRun(9, { project_id: 'oral' })
    expect(await rulesOf({ [pathOf(homeless, '2026-11', 'oral')]: homeless.file })).toEqual(['unregistered'])
  })

  test('a new run with a revoked key', async () => {
    const revoked = commitFiles(dir, base, { [projectPath('gut')]: revocation() })
    expect(await rulesOf({ [pathOf(aRun(9))]: aRun(9).file }, revoked)).toEqual(['revoked'])
  })

  test('a project taken over: by other keys, by a version that jumps or goes back, by a revocation taken back', async () => {
    const path = projectPath('gut')
    const theirs = { version: 2, keys: [keyEntry(owner), keyEntry(stranger)] }
    expect(await rulesOf({ [path]: projectFile('gut', theirs, stranger) })).toEqual(['signers'])
    expect(await rulesOf({ [path]: projectFile('gut', { ...theirs, version: 3 }) })).toEqual(['version'])
    expect(await rulesOf({ [path]: projectFile('gut', { ...theirs, version: 1 }) })).toEqual(['version'])
    expect(await rulesOf({ [path]: projectFile('gut', { version: 2, keys: [keyEntry(stranger)] }) })).toEqual(['keys'])
    const revoked = commitFiles(dir, base, { [path]: revocation() })
    const back = { version: 3, keys: [keyEntry(owner), keyEntry(stranger)] }
    expect(await rulesOf({ [path]: projectFile('gut', back, stranger) }, revoked)).toEqual(['keys'])
    expect(await rulesOf({ [path]: null })).toEqual(['removed'])
  })

  test('a key whose name is not its own', async () => {
    const mixed = { version: 2, keys: [keyEntry(owner), keyEntry(stranger, { key_id: testKey().keyId })] }
    expect(await rulesOf({ [projectPath('gut')]: projectFile('gut', mixed) })).toEqual(['document'])
  })

  test('names of others: reserved ones are refused, look-alikes are told to maintainers', async () => {
    expect(await rulesOf({ [projectPath('community')]: projectFile('community') })).toEqual(['document'])
    const result = await check(dir, base, commitFiles(dir, base, { [projectPath('guts')]: projectFile('guts') }))
    expect(result).toMatchObject({ isRefused: false, findings: [{ rule: 'name', severity: 'warning' }] })
  })

  test('a registration that was signed for another hub', async () => {
    const body = JSON.parse(Buffer.from(projectFile('skin')).toString()) as object
    const entered = (salt: string): Files => ({
      [projectPath('skin')]: documents.bytes(signedFor(salt, owner, { ...body, signatures: undefined })),
    })
    expect(await rulesOf(entered('ff'.repeat(16)))).toEqual(['signers'])
    expect(await rulesOf(entered(SALT))).toEqual([])
    // Of before signatures named the hub.
    expect(await rulesOf({ [projectPath('skin')]: projectFile('skin') })).toEqual([])
  })

  test('hub.json by who is no maintainer, or with another salt', async () => {
    expect(await rulesOf({ 'hub.json': hubFile({ version: 2 }, stranger) })).toEqual(['signers'])
    expect(await rulesOf({ 'hub.json': hubFile({ version: 2, salt: 'ff'.repeat(16) }) })).toEqual(['document'])
    expect(await rulesOf({ 'hub.json': hubFile({ version: 2, epoch: 2, previous_head: base }) })).toEqual(['epoch'])
    expect(await rulesOf({ 'hub.json': null })).toEqual(['removed'])
  })
})

describe('replays', () => {
  test('a run id twice, at two places of one change or of the hub', async () => {
    const path = projectPath('oral')
    const copy = aRun(1, { project_id: 'oral' })
    expect(await rulesOf({ [path]: projectFile('oral'), [pathOf(copy, '2026-11', 'oral')]: copy.file })).toContain(
      'duplicate-run',
    )
    expect(await rulesOf({ [pathOf(aRun(9))]: aRun(9).file, [pathOf(aRun(9), '2026-12')]: aRun(9).file })).toEqual([
      'duplicate-run',
    ])
  })

  test('a folder that stands twice, the second time with another run in it', async () => {
    const other = aRun(1, { payload: sharedPayload({ label: 'better' }) })
    const changed = commitFiles(dir, base, { [pathOf(other)]: other.file })
    const [warehouse] = rootEntries(dir, changed).filter(({ name }) => name === 'warehouse')
    const entries = rootEntries(dir, base).flatMap((entry) =>
      entry.name === 'warehouse' && warehouse ? [entry, warehouse] : [entry],
    )
    expect(brokenRules(await check(dir, base, commitRawTree(dir, base, entries)))).toContain('duplicate-run')
  })

  test("somebody else's content under an id of one's own", async () => {
    const copy = aRun(9, { project_id: 'oral', payload: aRun(1).document.payload }, stranger)
    const files = {
      [projectPath('oral')]: projectFile('oral', { keys: [keyEntry(stranger)] }, stranger),
      [pathOf(copy, '2026-11', 'oral')]: copy.file,
    }
    expect(await rulesOf(files)).toEqual(['copied-content'])
  })

  test('a run that was erased comes back', async () => {
    const erased = commitFiles(dir, base, { ...stone(aRun(1).runId), [pathOf(aRun(1))]: null })
    expect(await rulesOf({ [pathOf(aRun(1))]: aRun(1).file }, erased)).toEqual(['erased'])
    expect(await rulesOf({ [CLOSED]: segment(aRun(1), aRun(2)), [pathOf(aRun(2))]: null }, erased)).toEqual(['erased'])
  })
})

describe('seals', () => {
  const runs = [aRun(1), aRun(2)]
  const sealed = (): string => commitFiles(dir, base, { ...folded(...runs), [SEAL]: sealFile(runs) })
  const closed = (): string => commitFiles(dir, base, folded(...runs))

  test('a month is sealed as it is folded, or later; another seal comes with other bytes, and none is needed', async () => {
    expect(await rulesOf({ ...folded(...runs), [SEAL]: sealFile(runs) })).toEqual([])
    expect(await rulesOf({ [SEAL]: sealFile(runs) }, closed())).toEqual([])
    const three = [...runs, aRun(3)]
    const late = commitFiles(dir, sealed(), { [pathOf(aRun(3))]: aRun(3).file })
    const extended = { [CLOSED]: segment(...three), [pathOf(aRun(3))]: null }
    expect(await rulesOf({ ...extended, [SEAL]: sealFile(three) }, late)).toEqual([])
    expect(await rulesOf({ ...extended, [SEAL]: null }, late)).toEqual([])
    const erased = { ...stone(aRun(1).runId), [CLOSED]: segment(aRun(2)) }
    expect(await rulesOf({ ...erased, [SEAL]: sealFile([aRun(2)]) }, sealed())).toEqual([])
    expect(await rulesOf({ ...erased, [SEAL]: null }, sealed())).toEqual([])
    expect(brokenRules(await check(dir, null, sealed()))).toEqual([])
  })

  test('one that stays while its month changes or goes', async () => {
    const late = commitFiles(dir, sealed(), { [pathOf(aRun(3))]: aRun(3).file })
    const extended = { [CLOSED]: segment(...runs, aRun(3)), [pathOf(aRun(3))]: null }
    expect(await rulesOf(extended, late)).toEqual(['seal'])
    expect(await rulesOf({ ...stone(aRun(1).runId), [CLOSED]: segment(aRun(2)) }, sealed())).toEqual(['seal'])
    const gone = { ...stone(aRun(1).runId), ...stone(aRun(2).runId), [CLOSED]: null }
    expect(await rulesOf(gone, sealed())).toEqual(['seal'])
    expect(await rulesOf({ ...gone, [SEAL]: null }, sealed())).toEqual([])
  })

  test('one that is right goes or changes alone, also for another owner’s', async () => {
    expect(await rulesOf({ [SEAL]: null }, sealed())).toEqual(['removed'])
    const two = projectFile('gut', { version: 2, keys: [keyEntry(owner), keyEntry(stranger)] })
    const both = commitFiles(dir, sealed(), { [projectPath('gut')]: two })
    expect(await rulesOf({ [SEAL]: sealFile(runs, { by: stranger }) }, both)).toEqual(['changed'])
  })

  test('one by who is no owner, for another hub, project, month, other bytes, or nothing', async () => {
    const oral = { [projectPath('oral')]: projectFile('oral', { keys: [keyEntry(stranger)] }, stranger) }
    const from = commitFiles(dir, closed(), oral)
    const refused: readonly (readonly [Uint8Array | string, string])[] = [
      [sealFile(runs, { by: stranger }), 'not-owner'],
      [sealFile(runs, { by: stranger, signer: { alg: 'ed25519', key_id: owner.keyId } }), 'signature'],
      [sealFile(runs, { salt: 'ff'.repeat(16) }), 'signature'],
      [sealFile(runs, { salt: '' }), 'signature'],
      [sealFile(runs, { project_id: 'oral' }), 'document'],
      [sealFile(runs, { month: '2026-10' }), 'document'],
      [sealFile(runs, { project_id: 'community' }), 'document'],
      [sealFile(runs, { segment_sha256: sha256('') }), 'seal'],
      [sealFile([aRun(1)]), 'seal'],
      [sealFile(runs, { runs: 3 }), 'seal'],
      [sealFile(runs, { runs: 0 }), 'document'],
      [sealFile(runs, { extra: 'x' }), 'document'],
      [sealFile(runs, { schema: 'benchmark.hub-seal/2' }), 'document'],
      [`${Buffer.from(sealFile(runs)).toString().trim()} \n`, 'document'],
      [Buffer.from(sealFile(runs)).toString().trim(), 'document'],
      ['{}\n', 'document'],
      [Buffer.alloc(2_000_000, '['), 'size'],
    ]
    for (const [bytes, rule] of refused) {
      const head = commitFiles(dir, from, { [SEAL]: bytes })
      expect(brokenRules(await check(dir, from, head)), Buffer.from(bytes).toString().slice(0, 400)).toEqual([rule])
    }
    // Of another month of the hub, and where there is no month.
    expect(await rulesOf({ [sealPath('gut', '2026-10')]: sealFile(runs) }, from)).toEqual(['document'])
    expect(await rulesOf({ [sealPath('gut', '2026-10')]: sealFile(runs, { month: '2026-10' }) }, from)).toEqual([
      'seal',
    ])
    expect(await rulesOf({ [SEAL]: sealFile(runs) })).toEqual(['seal'])
    const nobodys = { [sealPath('skin', '2026-11')]: sealFile(runs, { project_id: 'skin' }) }
    expect(await rulesOf(nobodys, from)).toEqual(['not-owner'])
  })

  test('a signature that was made for something else', async () => {
    const body = { ...(JSON.parse(Buffer.from(sealFile(runs)).toString()) as object), sig: undefined }
    for (const bytes of [signedRunBytes(body), signedRegistryBytes(body, SALT), freeRegistryBytes(body)])
      expect(await rulesOf({ [SEAL]: sealFile(runs, { sig: owner.sign(bytes) }) }, closed())).toEqual(['signature'])
  })

  test('one for anonymised runs, in another place, or no plain file', async () => {
    const from = closed()
    for (const path of [
      sealPath('community', '2026-11'),
      'warehouse/results/gut/2026-13.seal.json',
      'warehouse/results/gut/2026-11.seal',
      'warehouse/results/gut/2026-11.seal.jsonl',
      'warehouse/results/gut/2026-11/2026-11.seal.json',
    ])
      expect(await rulesOf({ [path]: sealFile(runs) }, from), path).toEqual(['unknown-path'])
    const run = (mode: string, oid: string): string => {
      const entries = (tree: string) => rootEntries(dir, tree)
      const put = (name: string, made: string) => (entry: { mode: string; name: string; oid: string }) =>
        entry.name === name ? { ...entry, oid: made } : entry
      const tree = (list: readonly { mode: string; name: string; oid: string }[]): string =>
        git(dir, ['rev-parse', `${commitRawTree(dir, from, list)}^{tree}`])
      const gut = tree([...entries(`${from}:warehouse/results/gut`), { mode, name: '2026-11.seal.json', oid }])
      const results = tree(entries(`${from}:warehouse/results`).map(put('gut', gut)))
      const warehouse = tree(entries(`${from}:warehouse`).map(put('results', results)))
      return commitRawTree(dir, from, entries(from).map(put('warehouse', warehouse)))
    }
    for (const [mode, oid] of [
      ['120000', blobOf(dir, '2026-11.jsonl')],
      ['100755', blobOf(dir, sealFile(runs))],
      ['160000', from],
    ] as const)
      expect(brokenRules(await check(dir, from, run(mode, oid))), mode).toEqual(['mode'])
  })

  test('one by a key that was revoked; what was right before refuses nobody, and may go', async () => {
    const revoked = commitFiles(dir, closed(), { [projectPath('gut')]: revocation() })
    expect(await rulesOf({ [SEAL]: sealFile(runs) }, revoked)).toEqual(['revoked'])
    const before = commitFiles(dir, sealed(), { [projectPath('gut')]: revocation() })
    const whole = await check(dir, null, before)
    expect(whole).toMatchObject({ isRefused: false, findings: [{ path: SEAL, rule: 'revoked', severity: 'warning' }] })
    expect(await rulesOf({ [SEAL]: null }, before)).toEqual([])
    expect(await rulesOf({ [SEAL]: sealFile(runs, { by: stranger }) }, before)).toEqual([])
  })

  test('one over a run whose own signature is wrong: as the run comes, and where it was there before', async () => {
    const forged = aRun(3, { sig: aRun(8).document.sig })
    const three = [...runs, forged]
    expect(await rulesOf({ ...folded(...runs), [CLOSED]: segment(...three), [SEAL]: sealFile(three) })).toEqual([
      'signature',
    ])
    const unchecked = commitFiles(dir, base, { ...folded(...runs), [CLOSED]: segment(...three) })
    expect(await rulesOf({ [SEAL]: sealFile(three) }, unchecked)).toEqual(['seal'])
    expect(brokenRules(await check(dir, null, commitFiles(dir, unchecked, { [SEAL]: sealFile(three) })))).toEqual([
      'signature',
    ])
  })
})

describe('deleting and altering', () => {
  test('a run is removed, changed, or lost while its month is closed', async () => {
    expect(await rulesOf({ [pathOf(aRun(1))]: null })).toEqual(['removed'])
    const other = aRun(1, { payload: sharedPayload({ label: 'better' }) })
    expect(await rulesOf({ [pathOf(aRun(1))]: other.file })).toEqual(['changed'])
    expect(await rulesOf({ ...folded(aRun(1), aRun(2)), [CLOSED]: segment(aRun(1)) })).toEqual(['removed'])
    expect(await rulesOf({ ...folded(other, aRun(2)) })).toEqual(['changed'])
  })

  test('a closed month loses a run, changes one, is out of order, keeps a file besides, or is not over', async () => {
    const closed = commitFiles(dir, base, folded(aRun(1), aRun(2)))
    const other = aRun(1, { payload: sharedPayload({ label: 'better' }) })
    const upsideDown = Buffer.concat([aRun(2).file, aRun(1).file])
    expect(await rulesOf({ [CLOSED]: segment(aRun(1)) }, closed)).toEqual(['removed'])
    expect(await rulesOf({ [CLOSED]: null }, closed)).toEqual(['removed'])
    expect(await rulesOf({ [CLOSED]: segment(other, aRun(2)) }, closed)).toEqual(['changed'])
    expect(await rulesOf({ [CLOSED]: upsideDown }, closed)).toEqual(['segment'])
    expect(await rulesOf({ [CLOSED]: segment(aRun(1), aRun(2)), [pathOf(aRun(1))]: null })).toEqual(['duplicate-run'])
    const early = segmentPath('gut', '2026-12')
    expect(await rulesOf({ [early]: segment(aRun(9)) })).toEqual(['segment'])
  })

  test('an erasure by who may not', async () => {
    const thief = { ...stone(aRun(1).runId, stranger), [pathOf(aRun(1))]: null }
    expect(await rulesOf(thief)).toEqual(['removed', 'signers'])
    const guest = commitFiles(dir, base, {
      [projectPath('oral')]: projectFile('oral', { keys: [keyEntry(stranger)] }, stranger),
    })
    expect(await rulesOf(thief, guest)).toEqual(['removed'])
  })

  test('a retention policy by who is no maintainer does not let months expire', async () => {
    const body = { schema: 'benchmark.hub-retention/1', version: 1, raw_days: 1, aggregated_days: 365, archive: 'none' }
    const path = 'registry/policy/retention.json'
    const drop = { [pathOf(aRun(1))]: null, [pathOf(aRun(2))]: null }
    expect(await rulesOf({ [path]: documents.bytes(signedBy(stranger, body)), ...drop })).toEqual([
      'removed',
      'signers',
    ])
    expect(await rulesOf({ [path]: documents.bytes(signedBy(maintainer, body)), ...drop })).toEqual([])
  })

  test('a rewritten history, a deleted branch; a new epoch by a maintainer passes', async () => {
    const tree = git(dir, ['rev-parse', `${base}^{tree}`])
    const root = git(dir, ['commit-tree', tree], 'other history', {
      GIT_AUTHOR_NAME: 'x',
      GIT_AUTHOR_EMAIL: 'x',
      GIT_COMMITTER_NAME: 'x',
      GIT_COMMITTER_EMAIL: 'x',
    })
    expect(brokenRules(await check(dir, base, root))).toEqual(['epoch'])
    expect(brokenRules(await check(dir, base, '0'.repeat(40)))).toEqual(['removed'])
    const epoch = { version: 2, epoch: 2, previous_head: base }
    const squashed = commitFiles(dir, null, { ...rightHub(), 'hub.json': hubFile(epoch) })
    expect(brokenRules(await check(dir, base, squashed))).toEqual([])
    const usurped = commitFiles(dir, null, { ...rightHub(), 'hub.json': hubFile(epoch, stranger) })
    expect(brokenRules(await check(dir, base, usurped))).toEqual(['epoch'])
    const thinned = commitFiles(dir, null, { ...rightHub(), 'hub.json': hubFile(epoch), [pathOf(aRun(1))]: null })
    expect(brokenRules(await check(dir, base, thinned))).toEqual(['removed'])
  })
})

test('a flood of findings is cut, and says so', async () => {
  const junk = Array.from({ length: 1100 }, (_, index) => [`junk/${index % 10}/${index}`, 'x'])
  const { findings } = await check(dir, base, commitFiles(dir, base, Object.fromEntries(junk) as Files))
  expect(findings.length).toBe(1001)
  expect(findings.at(-1)?.message).toBe('100 more findings of the rule unknown-path are not listed.')
})
