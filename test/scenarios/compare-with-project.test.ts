import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/hub-scene.ts'
import { tempDir } from '../support/harness.ts'

const place = tempDir('compare with project')
const hub = join(place, 'hub.git')
const anna = person(place, 'anna-project', hub)
const bert = person(place, 'bert-project', hub)

interface Compared {
  readonly verdict: string
  readonly baseline: string[]
  readonly reference: { kind: string; name: string }
  readonly changes: { pipeline: string; metric: string; n_common: number; verdict: string; effect: number | null }[]
  readonly not_comparable: { key: string; forbids: string }[]
}

beforeAll(async () => {
  expect((await anna.run('hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
  for (const one of [anna, bert]) {
    const tested = await one.run('test', '--quick')
    expect(tested.exit, tested.stderr).toBe(0)
    const registered = await one.run('register')
    expect(registered.exit, registered.stderr).toBe(0)
  }
}, 240_000)

describe('compare --with project:NAME', () => {
  test('before anything was read, and for names nobody has, it says what to do', async () => {
    const unread = await bert.run('compare', '--with', 'project:anna-project')
    expect(unread.exit).toBe(3)
    expect(unread.stderr).toContain('benchmark sync')
    expect((await anna.run('upload', '--run-id', 'latest', '--visibility', 'public')).exit).toBe(0)
    expect((await bert.run('sync')).exit).toBe(0)
    const mistyped = await bert.run('compare', '--with', 'project:ana-project')
    expect(mistyped.exit).toBe(3)
    expect(mistyped.stderr).toContain('Did you mean "anna-project"?')
  }, 120_000)

  test('the same pipelines on the same samples: every score pairs and is the same; times of one machine are compared', async () => {
    const result = await bert.run('compare', '--with', 'project:anna-project', '--all', '--json')
    expect(result.exit, result.stderr).toBe(0)
    const found = result.json() as Compared
    expect(found).toMatchObject({ reference: { kind: 'project', name: 'anna-project' } })
    // Memory of short processes may be known by other means in one run than in the other; scores are not touched by it.
    expect(found.not_comparable.filter(({ forbids }) => forbids !== 'resources')).toEqual([])
    const scores = found.changes.filter(({ metric }) => ['sensitivity', 'precision', 'f1_score'].includes(metric))
    expect(scores.length).toBeGreaterThanOrEqual(9)
    for (const { effect, verdict } of scores) {
      if (effect !== null) expect(effect).toBe(0)
      expect(['equivalent', 'inconclusive', 'not-comparable']).toContain(verdict)
    }
    expect(scores.some(({ n_common: common }) => common >= 5)).toBe(true)
    expect(found.changes.some(({ metric }) => metric === 'wall_seconds')).toBe(true)
    const text = await bert.run('compare', '--with', 'project:anna-project')
    expect(text.stdout).toContain('against project anna-project: run ')
    expect(text.stdout).toContain('from the hub')
  }, 120_000)

  test('another truth is never compared in silence: the key that differs is named', async () => {
    const other = person(place, 'carl-project', hub)
    other.addRuns(1)
    const result = await other.run('sync')
    expect(result.exit, result.stderr).toBe(0)
    const compared = await other.run('compare', '--with', 'project:anna-project', '--json')
    // Other pipelines on another truth: either nothing is in common, or it is said why nothing is compared.
    expect([0, 3]).toContain(compared.exit)
    if (compared.exit === 3) expect(compared.stderr + compared.stdout).toContain('in common')
    else expect((compared.json() as Compared).not_comparable.length).toBeGreaterThan(0)
  }, 120_000)
})
