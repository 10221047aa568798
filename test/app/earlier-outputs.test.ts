import { expect, test } from 'vitest'
import { earlierOutputs, whyGone } from '../../src/app/earlier-outputs.ts'
import type { ReusableExecution } from '../../src/app/ports.ts'

const earlier = (runId: string): ReusableExecution => ({
  runId,
  executionId: 1,
  attempt: 1,
  finishedAt: null,
  outputsDir: `/results/${runId}`,
  resources: null,
})

const finding = (runs: readonly string[], gone: Set<string>, known: Parameters<typeof earlierOutputs>[2] = []) => {
  let asked = 0
  const store = {
    reusable: () => {
      asked++
      return runs.map(earlier)
    },
  }
  const find = earlierOutputs({ store, files: { exists: (path) => !gone.has(path) } }, 'now', known)
  return {
    find: (repeat: number) => {
      const found = find('key', repeat)
      return found.state === 'none' ? 'none' : `${found.state} ${found.execution.runId}`
    },
    asked: () => asked,
  }
}

test('the n-th repeat takes the n-th measurement whose outputs are there', () => {
  const { find, asked } = finding(['a', 'b', 'c'], new Set(['/results/a']))
  expect([1, 2, 3].map(find)).toEqual(['there b', 'there c', 'gone a'])
  expect(asked()).toBe(1)
  expect(finding([], new Set()).find(1)).toBe('none')
  expect(finding(['a'], new Set()).find(2)).toBe('none')
})

test('no measurement is counted twice when outputs go while the run goes on', () => {
  const gone = new Set<string>()
  const { find } = finding(['a', 'b', 'c'], gone)
  expect(find(2)).toBe('there b')
  gone.add('/results/a')
  // It is looked for again before it is read; what matters is that it is not b.
  expect(find(1)).toBe('there a')
  const resumed = finding(['a', 'b', 'c'], gone, [
    { cachedFrom: { runId: 'b', executionId: 1, finishedAt: null } },
    { cachedFrom: null },
  ])
  expect(resumed.find(1)).not.toContain('there b')
})

test('says when outputs were removed, where that is known', () => {
  const store = { pruned: () => new Map([[1, '2026-11-27T01:02:03.000Z']]) }
  expect(whyGone(store, earlier('a'))).toBe('the outputs of run a were removed by `benchmark prune` on 2026-11-27')
  expect(whyGone(store, { runId: 'a', executionId: 2 })).toContain('not in their folder any more')
})
