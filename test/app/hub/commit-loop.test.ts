import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backOffMs, commitAndPush, type CommitPlan, type HubHead } from '../../../src/app/hub/commit-loop.ts'
import {
  aBareRepository,
  git,
  gitCliHub,
  prepareCommit,
  type PushMood,
  removeRepository,
} from '../../support/git-cli-hub.ts'

const AUTHOR = { name: 'bm-test', email: 'test@benchmark.invalid' }
const slept: number[] = []
const clock = {
  now: () => new Date('2026-11-26T00:00:00Z'),
  sleep: (ms: number) => {
    slept.push(ms)
    return Promise.resolve()
  },
}
const add = (path: string): CommitPlan => ({
  changes: [{ path, bytes: Buffer.from(`${path}\n`) }],
  message: `add ${path}`,
  author: AUTHOR,
})

let remote: string
beforeEach(() => {
  remote = aBareRepository()
  slept.length = 0
})
afterEach(() => removeRepository(remote))

const somebodyElse = (path: string) => () => {
  let parent: string | null = null
  try {
    parent = git(remote, ['rev-parse', '--verify', '--quiet', 'refs/heads/main'])
  } catch {
    // Nobody pushed yet.
  }
  const { commit } = prepareCommit(remote, { parent, ...add(path), at: 1 })
  git(remote, ['update-ref', 'refs/heads/main', commit])
}
const filesOf = (): string[] => git(remote, ['ls-tree', '-r', '--name-only', 'main']).split('\n')
const push = async (moods: PushMood[], path = 'mine', tries?: number) => {
  const hub = gitCliHub(remote, moods)
  const heads: HubHead[] = []
  try {
    const outcome = await commitAndPush(
      { repository: hub, clock, random: () => 0.5 },
      {
        plan: async (head) => {
          heads.push(head)
          return head.tree !== null && (await hub.file(head.tree, path)) !== null ? null : add(path)
        },
        ...(tries === undefined ? {} : { tries }),
      },
    )
    return { outcome, heads }
  } finally {
    await hub.close()
  }
}

describe('committing to a hub', () => {
  test('an empty hub gets its first commit', async () => {
    const { outcome, heads } = await push([])
    expect(outcome).toMatchObject({ kind: 'pushed', attempts: 1 })
    expect(heads).toEqual([{ commit: null, tree: null }])
    expect(filesOf()).toEqual(['mine'])
  })

  test('when somebody was faster, the change is planned again on the new head and both are in', async () => {
    somebodyElse('first')()
    const { outcome } = await push([{ before: somebodyElse('second') }, { before: somebodyElse('third') }])
    expect(outcome).toMatchObject({ kind: 'pushed', attempts: 3 })
    expect(filesOf()).toEqual(['first', 'mine', 'second', 'third'])
    expect(slept).toEqual([250, 500])
  })

  test('an accepted push whose answer was lost is seen by reading the head', async () => {
    const { outcome } = await push([{ report: (report) => ({ ...report, answer: 'unknown' }) }])
    expect(outcome).toMatchObject({ kind: 'pushed', attempts: 1 })
  })

  test('a server that claims to have refused what it took is not believed', async () => {
    const { outcome } = await push([{ report: (report) => ({ ...report, answer: 'refused' }) }])
    expect(outcome.kind).toBe('pushed')
  })

  test('a server that claims to have taken what it refused is not believed either', async () => {
    const lie = { lost: true, report: (report: object) => ({ ...report, answer: 'accepted', message: 'ok' }) as never }
    const { outcome } = await push([lie, lie, lie, lie])
    expect(outcome).toMatchObject({ kind: 'refused', attempts: 3 })
  })

  test('a push that was accepted although nobody could be asked afterwards is not made twice', async () => {
    const { outcome } = await push([{ deaf: true }])
    expect(outcome).toMatchObject({ kind: 'nothing', attempts: 2 })
    expect(git(remote, ['rev-list', '--count', 'main'])).toBe('1')
  })

  test('a line that breaks is tried again; one that stays broken ends as unknown', async () => {
    expect((await push([{ lost: true }])).outcome).toMatchObject({ kind: 'pushed', attempts: 2 })
    const broken = Array.from({ length: 4 }, () => ({ lost: true }))
    expect((await push(broken, 'other', 4)).outcome).toMatchObject({ kind: 'unknown', attempts: 4 })
  })

  test('a head that keeps moving ends as contended, and nothing of ours is in', async () => {
    const moods = Array.from({ length: 3 }, (_, index) => ({ before: somebodyElse(`other-${index}`) }))
    expect((await push(moods, 'mine', 3)).outcome).toMatchObject({ kind: 'contended', attempts: 3 })
    expect(filesOf()).not.toContain('mine')
  })

  test('a rewritten history stops everything before anything is sent', async () => {
    somebodyElse('first')()
    const hub = gitCliHub(remote)
    const request = { plan: () => Promise.resolve(add('mine')) }
    await commitAndPush({ repository: hub, clock, random: () => 0 }, request)
    const { commit } = prepareCommit(remote, { parent: null, ...add('usurped'), at: 2 })
    git(remote, ['update-ref', 'refs/heads/main', commit])
    await expect(commitAndPush({ repository: hub, clock, random: () => 0 }, request)).rejects.toMatchObject({
      code: 'E_HUB',
      message: expect.stringContaining('rewritten') as string,
    })
    expect(filesOf()).toEqual(['usurped'])
    await hub.close()
  })

  test('what the last look refuses is not sent', async () => {
    const hub = gitCliHub(remote)
    const refuse = () => {
      throw new Error('a secret')
    }
    const request = { plan: () => Promise.resolve(add('mine')), beforeSending: refuse }
    await expect(commitAndPush({ repository: hub, clock, random: () => 0 }, request)).rejects.toThrow('a secret')
    expect(await hub.remoteHead()).toMatchObject({ head: null })
    await hub.close()
  })

  test('waits are jittered in full and never above half a minute', () => {
    expect(backOffMs(0, () => 0)).toBe(0)
    expect(backOffMs(0, () => 1)).toBe(500)
    expect(backOffMs(9, () => 1)).toBe(30_000)
  })
})
