import { expect, test } from 'vitest'
import { type Blessing, isAbout, placeBlessings } from '../../../src/core/history/blessing.ts'
import { inCommitOrder } from '../../../src/core/history/commit-order.ts'

const blessing = (change: Partial<Blessing> = {}): Blessing => ({
  ...{ run: 'r2', commit: 'c2', metric: 'sensitivity', level: 'gene', rank: null, pipeline: 'kma' },
  ...{ why: 'agreed', by: 'Ada', at: '2026-11-23T10:15:02.000Z', ...change },
})

test('a blessing is about the series it names, and about all where it names none', () => {
  const series = { metric: 'sensitivity', level: 'gene', rank: null, pipeline: 'kma' }
  expect(isAbout(blessing(), series)).toBe(true)
  expect(isAbout(blessing({ level: null, pipeline: null }), series)).toBe(true)
  expect(isAbout(blessing({ pipeline: 'blastn' }), series)).toBe(false)
  expect(isAbout(blessing({ level: 'allele' }), series)).toBe(false)
  expect(isAbout(blessing({ metric: 'precision' }), series)).toBe(false)
})

test('it counts from its run on, elsewhere from the first run of that commit, else nowhere', () => {
  const runs = (...pairs: readonly (readonly [string, string | null])[]) =>
    pairs.map(([runId, commit]) => ({ runId, commit }))
  const from = (one: Blessing, all: ReturnType<typeof runs>) => [...placeBlessings([one], all).keys()]
  expect(from(blessing(), runs(['r1', 'c2'], ['r2', 'c2']))).toEqual(['r2'])
  expect(from(blessing(), runs(['r8', 'c1'], ['r9', 'c2'], ['r10', 'c2']))).toEqual(['r9'])
  expect(from(blessing(), runs(['r8', 'c1'], ['r9', null]))).toEqual([])
  expect(from(blessing({ commit: null }), runs(['r9', null]))).toEqual([])
})

test('runs of known commits stand in their order, the others where they were in time', () => {
  const run = (runId: string, hour: number, commit: string | null) => ({
    ...{ runId, startedAt: `2026-11-23T0${hour}:00:00.000Z`, finishedAt: null, commit },
  })
  const runs = [run('late-old', 4, 'a'), run('new', 3, 'c'), run('unknown', 2, null), run('middle', 1, 'b')]
  const names = (topology: readonly string[]) => inCommitOrder(runs, topology).map(({ runId }) => runId)
  expect(names([])).toEqual(['middle', 'unknown', 'new', 'late-old'])
  expect(names(['a', 'b', 'c'])).toEqual(['late-old', 'unknown', 'middle', 'new'])
})
