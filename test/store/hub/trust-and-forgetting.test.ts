import { beforeEach, describe, expect, test } from 'vitest'
import type { RunPayload } from '../../../src/generated/hub-run.ts'
import { createRunStore } from '../../../src/store/run-store.ts'
import { tempDir } from '../../support/harness.ts'
import { AT, file, freshIndex, nobody, step, target, text, URL, type FreshIndex } from '../../support/hub-index.ts'
import { aPlan, aRun } from '../../support/run-builder.ts'
import { sharedRun } from '../../support/shared-run.ts'

const dir = tempDir('hub index trust')
let db: FreshIndex['db']
let index: FreshIndex['index']
let sync: FreshIndex['sync']
let lines: FreshIndex['lines']
let everything: FreshIndex['everything']
beforeEach(() => {
  ;({ db, index, sync, lines, everything } = freshIndex(dir))
})
const filledTables = (): string[] =>
  Object.entries(everything())
    .filter(([, rows]) => rows.length > 0)
    .map(([name]) => name)

describe('trust', () => {
  const trusts = (): unknown[] =>
    db
      .prepare(
        'SELECT run.trust, variant.trust AS also FROM hub_run AS run JOIN hub_run_variant AS variant ON variant.run_key = run.key ORDER BY run.id',
      )
      .all()

  test('the first public key under an id stays pinned, for a project and for the hub', () => {
    const key = { keyId: 'k'.repeat(26), alg: 'ed25519' as const, publicKey: 'first' }
    index.pin(URL, 'lab', key, AT)
    index.pin(URL, 'lab', { ...key, publicKey: 'second' }, AT)
    index.pin(URL, null, { ...key, publicKey: 'maintainer' }, AT)
    expect(index.pins(URL, 'lab')).toEqual([{ keyId: key.keyId, publicKey: 'first' }])
    expect(index.pins(URL, null)).toEqual([{ keyId: key.keyId, publicKey: 'maintainer' }])
    expect(index.pins(URL, '__proto__')).toEqual([])
  })

  test('is judged anew by key and by when a run was first seen, in its project only', () => {
    const other = 'b'.repeat(26)
    sync('a', [
      {
        added: [
          sharedRun({ trust: 'unknown-owner' }),
          sharedRun({ name: 'bbbbbb', keyId: other }),
          sharedRun({ name: 'cccccc', project: 'other' }),
        ],
      },
    ])
    index.retrust(URL, 'lab', (keyId, seen) => (keyId === other && seen === AT ? 'revoked' : 'owner'))
    expect(trusts()).toEqual([0, 2, 0].map((trust) => ({ trust, also: trust })))
    sync('b', [{ added: [sharedRun({ trust: 'revoked' })] }])
    expect(trusts()[0]).toEqual({ trust: 2, also: 2 })
  })
})

describe('forgetting', () => {
  test('a removed run leaves neither rows nor names nor bytes in the files', () => {
    const secret = { samples: ['patient-4711', 'S2'], label: 'patient-4711', branch: 'patient-4711' }
    const parts: Partial<RunPayload> = {
      pipelines: [{ name: 'pipe-4711', version: null, params: { token: 'patient-4711' } }],
      comparability: { who: 'patient-4711' },
    }
    const neighbour = sharedRun({ name: 'bbbbbb' })
    sync('a', [{ added: [sharedRun({ payload: { ...secret, ...parts } }), neighbour] }])
    expect(sync('b', [{ removedPaths: [file('aaaaaa')] }], () => true).removed).toBe(1)
    expect(lines()).toEqual([text(neighbour)])
    expect(JSON.stringify(everything())).not.toContain('4711')
    expect(JSON.stringify(db.serialize().toString('latin1'))).not.toContain('4711')
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  test('dropping a hub leaves nothing of it, and another hub and the own runs alone', () => {
    const runs = createRunStore(db)
    runs.insertFinished(aRun(), aPlan())
    const own = everything()
    const elsewhere = 'https://other.example/hub.git'
    sync('a', [{ added: [sharedRun(), sharedRun({ name: 'bbbbbb', place: 'segment' })], registry: [] }])
    index.pin(URL, 'lab', { keyId: 'k'.repeat(26), alg: 'ed25519', publicKey: 'p' }, AT)
    index.begin(elsewhere, target('z'), 1)
    index.apply(elsewhere, step({ added: [sharedRun()] }))
    index.finish(elsewhere, AT, nobody)
    index.drop(URL)
    expect([index.state(URL), index.counts(URL).runs, index.counts(elsewhere).runs]).toEqual([null, 0, 1])
    expect([...index.documents(elsewhere)]).toHaveLength(1)
    index.drop(elsewhere)
    index.drop('https://never.example')
    expect(everything()).toEqual(own)
    expect(filledTables().filter((name) => name.startsWith('hub'))).toEqual([])
  })

  test('a variant that a shared run uses outlives the own run that made it', () => {
    const runs = createRunStore(db)
    const [execution] = aRun().executions
    runs.insertFinished(aRun(), aPlan())
    const { pipeline = '', version = null, params = {} } = execution ?? {}
    sync('a', [{ added: [sharedRun({ payload: { pipelines: [{ name: pipeline, version, params }] } })] }])
    runs.removeRun(aRun().runId)
    expect(db.prepare('SELECT count(*) AS n FROM variant JOIN hub_run_variant ON variant_key = key').get()).toEqual({
      n: 1,
    })
  })
})
