import { describe, expect, test } from 'vitest'
import { judgeEpoch, looksLike } from '../../../src/core/hub/registration.ts'
import { trustOf } from '../../../src/core/hub/trust.ts'

const key = (key_id: string, revoked_at: string | null = null) => ({
  key_id,
  public_key: `public ${key_id}`,
  status: revoked_at === null ? ('active' as const) : ('revoked' as const),
  added_at: '2026-01-01T00:00:00.000Z',
  revoked_at,
})
const hub = { name: 'h', salt: '00', version: 4, epoch: 2, previous_head: 'before', maintainers: [key('m')] }
const ours = { ...hub, head: 'head' }
const next = { ...hub, version: 5, epoch: 3, previous_head: 'head' }
const BY_MAINTAINER = new Set(['m'])

describe('a rewritten history', () => {
  test('counts as the next epoch in place of our head, signed by a maintainer we know', () => {
    expect(judgeEpoch(ours, next, BY_MAINTAINER)).toEqual({ kind: 'accepted' })
  })
  test('does not when nobody we know signed, the epoch or the version goes back, or it is another hub', () => {
    for (const [changes, signedBy] of [
      [{}, new Set<string>()],
      [{}, new Set(['x'])],
      [{ epoch: 4 }, new Set<string>()],
      [{ epoch: 1 }, BY_MAINTAINER],
      [{ epoch: 2 }, BY_MAINTAINER],
      [{ version: 4 }, BY_MAINTAINER],
      [{ salt: '11' }, BY_MAINTAINER],
      [{ maintainers: [key('x')] }, BY_MAINTAINER],
    ] as const)
      expect(judgeEpoch(ours, { ...next, ...changes }, signedBy).kind).toBe('refused')
  })
  test('that replaces a head or epochs we never read is told apart', () => {
    expect(judgeEpoch(ours, { ...next, epoch: 9 }, BY_MAINTAINER).kind).toBe('gap')
    expect(judgeEpoch(ours, { ...next, previous_head: 'later' }, BY_MAINTAINER).kind).toBe('gap')
  })
})

describe('trust', () => {
  const question = { project: 'gut', keyId: 'a', keys: [key('a')], pins: new Set<string>(), firstSeenAt: '2026-06-01' }
  test('is that of the registration, of the pins, and of the time', () => {
    const revoked = [key('a', '2026-07-01T00:00:00.000Z'), key('b')]
    expect(trustOf(question)).toBe('owner')
    expect(trustOf({ ...question, pins: new Set(['a']) })).toBe('owner')
    expect(trustOf({ ...question, pins: new Set(['z']) })).toBe('unknown-owner')
    expect(trustOf({ ...question, keyId: 'x' })).toBe('unknown-owner')
    expect(trustOf({ ...question, keys: null })).toBe('unknown-owner')
    expect(trustOf({ ...question, keys: revoked })).toBe('revoked')
    expect(trustOf({ ...question, keys: revoked, firstSeenAt: '2026-07-02T00:00:00.000Z' })).toBe('refused')
    expect(trustOf({ ...question, project: 'community', keys: null })).toBe('anonymous')
  })
})

test('names one slip or one look apart are alike; numbered siblings are not', () => {
  expect([looksLike('gut-lab', 'gutlab'), looksLike('gut', 'gtu'), looksLike('lab-l', 'lab-1')]).toEqual([
    true,
    true,
    true,
  ])
  expect([looksLike('lab-1', 'lab-2'), looksLike('gut', 'gut'), looksLike('gut', 'oral')]).toEqual([
    false,
    false,
    false,
  ])
})
