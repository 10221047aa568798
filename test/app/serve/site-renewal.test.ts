import { expect, test } from 'vitest'
import { createSiteRenewal } from '../../../src/app/serve/site-renewal.ts'
import { Problem } from '../../../src/core/problem.ts'

/** Time that passes when it is told to, and a site that is written when it is told to. */
const scene = (options: { readonly isThere: boolean }) => {
  let [now, results, site] = [0, 'one', options.isThere ? 'old' : null]
  let problem: Problem | null = null
  const builds: (() => void)[] = []
  const stale: string[] = []
  const sleepers: (() => void)[] = []
  const { renew, renewFully } = createSiteRenewal({
    clock: {
      monotonic: () => now,
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          sleepers.push(resolve)
          signal?.addEventListener('abort', () => resolve())
        }),
    },
    sources: () => Promise.resolve(results),
    site: () => site,
    build: () =>
      new Promise((resolve) =>
        builds.push(() => {
          if (problem === null) site = `of ${results}`
          resolve(problem)
        }),
      ),
    onStale: ({ message }) => stale.push(message),
  })
  return {
    ...{ renew, renewFully, builds, stale, sleepers },
    later: () => (now += 1001),
    change: (to: string) => (results = to),
    touchSite: (to: string | null) => (site = to),
    failWith: (to: Problem | null) => (problem = to),
  }
}

const settled = async (promise: Promise<void>): Promise<boolean> => {
  let done = false
  const mark = (): void => void (done = true)
  promise.then(mark, mark)
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  return done
}

test('many ask, one build; nothing is looked at again before a second has passed', async () => {
  const { renew, builds, later, change } = scene({ isThere: false })
  const asked = Array.from({ length: 50 }, () => renew())
  expect(await settled(asked[0]!)).toBe(false)
  expect(builds).toHaveLength(1)
  builds[0]!()
  await Promise.all(asked)
  change('two')
  await renew()
  expect(builds).toHaveLength(1)
  later()
  const again = [renew(), renew()]
  await settled(again[0]!)
  expect(builds).toHaveLength(2)
  builds[1]!()
  await Promise.all(again)
  later()
  await renew()
  expect(builds).toHaveLength(2)
})

test('an older site is shown after a while; without one there is nothing to show but to wait', async () => {
  const old = scene({ isThere: true })
  const asked = old.renew()
  expect(await settled(asked)).toBe(false)
  old.sleepers[0]!()
  await asked
  // The build goes on, and is not begun again.
  old.later()
  const meanwhile = old.renew()
  await settled(meanwhile)
  expect(old.builds).toHaveLength(1)
  old.builds[0]!()
  await meanwhile

  const none = scene({ isThere: false })
  const waiting = none.renew()
  await settled(waiting)
  expect(none.sleepers).toHaveLength(0)
  none.builds[0]!()
  await waiting
})

test('a site somebody else wrote or removed is written again', async () => {
  const { renew, builds, later, touchSite } = scene({ isThere: false })
  for (const change of [null, () => touchSite('of another'), () => touchSite(null)]) {
    change?.()
    later()
    const before = builds.length
    const asked = renew()
    await settled(asked)
    expect(builds).toHaveLength(before + 1)
    builds.at(-1)()
    await asked
  }
})

test('what prevents it is told once, and is tried again when something changed', async () => {
  const none = scene({ isThere: false })
  none.failWith(new Problem('E_INPUT', 'There are no runs to show.'))
  const asked = none.renew()
  await settled(asked)
  none.builds[0]!()
  await expect(asked).rejects.toThrow('no runs')
  none.later()
  await expect(none.renew()).rejects.toThrow('no runs')
  expect(none.builds).toHaveLength(1)
  none.change('two')
  none.failWith(null)
  none.later()
  const better = none.renew()
  await settled(better)
  none.builds[1]!()
  await better

  const old = scene({ isThere: true })
  old.failWith(new Problem('E_STORE', 'The disk is full.'))
  const stale = old.renew()
  await settled(stale)
  old.builds[0]!()
  await stale
  old.later()
  await old.renew()
  expect(old.stale).toEqual(['The disk is full.'])
  expect(old.builds).toHaveLength(1)
})

test('while somebody else writes it, it is tried again', async () => {
  const { renew, builds, later, failWith, stale } = scene({ isThere: true })
  failWith(new Problem('E_BUSY', 'Another dashboard is being written.'))
  for (const count of [1, 2]) {
    later()
    const asked = renew()
    await settled(asked)
    expect(builds).toHaveLength(count)
    builds.at(-1)()
    await asked
  }
  expect(stale).toEqual([])
})

test('while somebody else writes the first one, it is waited for', async () => {
  const { renew, builds, failWith, sleepers } = scene({ isThere: false })
  failWith(new Problem('E_BUSY', 'Another dashboard is being written.'))
  const asked = renew()
  await settled(asked)
  builds[0]?.()
  expect(await settled(asked)).toBe(false)
  failWith(null)
  sleepers[0]?.()
  await settled(asked)
  builds[1]?.()
  await asked
  expect(builds).toHaveLength(2)
})

test('who counts on it waits for the results of now, however long that takes', async () => {
  const { renew, renewFully, builds, change, sleepers, failWith } = scene({ isThere: true })
  const looking = renew()
  await settled(looking)
  sleepers[0]?.()
  await looking
  // What is being written is of the results before this change.
  change('two')
  const asked = [renewFully(), renewFully()]
  expect(await settled(asked[0]!)).toBe(false)
  builds[0]?.()
  expect(await settled(asked[0]!)).toBe(false)
  expect(builds).toHaveLength(2)
  builds[1]?.()
  await Promise.all(asked)

  // Within a second of the last look, while somebody else writes it.
  change('three')
  failWith(new Problem('E_BUSY', 'Another dashboard is being written.'))
  const again = renewFully()
  await settled(again)
  builds[2]?.()
  expect(await settled(again)).toBe(false)
  failWith(null)
  sleepers.at(-1)?.()
  await settled(again)
  builds[3]?.()
  await again

  change('four')
  failWith(new Problem('E_STORE', 'The disk is full.'))
  const failed = renewFully()
  await settled(failed)
  builds[4]?.()
  await expect(failed).rejects.toThrow('full')
})
