import { expect, test } from 'vitest'
import { makeBoard } from '../../../src/core/ranking/board.ts'
import { rankCandidates, type Ranking } from '../../../src/core/ranking/rank-candidates.ts'
import { observed, sampleNames, series } from '../../support/observations.ts'

const byName = ({
  entries,
}: Ranking): Readonly<Record<string, Ranking['entries'][number]['secondOpinion'] | undefined>> =>
  Object.fromEntries(entries.map(({ candidate, secondOpinion }) => [candidate.pipeline, secondOpinion]))

test('Borda points and sums of positions are those counted by hand', () => {
  const board = makeBoard({
    metrics: [series('sensitivity'), series('precision')],
    datasets: [{ dataset: 'mock', samples: sampleNames(2) }],
  })
  const opinions = byName(
    rankCandidates({
      board,
      rows: [
        ...observed({ pipeline: 'a', values: { sensitivity: [0.9, 0.7], precision: [0.2, 0.2] } }),
        ...observed({ pipeline: 'b', values: { sensitivity: [0.8, 0.8], precision: [0.6, 0.1] } }),
        ...observed({ pipeline: 'c', values: { sensitivity: [0.1, 0.1], precision: [0.9, 0.9] } }),
      ],
    }),
  )
  // Means: sensitivity 0.8 0.8 0.1 (ranks 1.5 1.5 3), precision 0.2 0.35 0.9 (3 2 1); points 3 - rank, averaged.
  expect([opinions['a']?.borda, opinions['b']?.borda, opinions['c']?.borda]).toEqual([0.75, 1.25, 1])
  expect([opinions['a']?.bordaRank, opinions['b']?.bordaRank, opinions['c']?.bordaRank]).toEqual([3, 1, 2])
  // Positions - 1 over (metric, sample): a 0 1 2 1, b 1 0 1 2, c 2 2 0 0; both metrics weigh a half, over two samples.
  expect([opinions['a']?.positions, opinions['b']?.positions, opinions['c']?.positions]).toEqual([2, 2, 2])
  expect(opinions['a']?.positionsRank).toBe(1)
})

test('ratios are those of the values, and their order does not depend on the field', () => {
  const board = makeBoard({
    metrics: [{ ...series('wall_seconds'), anchor: { worst: 1e5, best: 1, scale: 'log' } }],
    datasets: [{ dataset: 'mock', samples: sampleNames(2) }],
  })
  const a = observed({ pipeline: 'a', values: { wall_seconds: [10, 40] } })
  const b = observed({ pipeline: 'b', values: { wall_seconds: [40, 40] } })
  const opinions = byName(rankCandidates({ board, rows: [...a, ...b] }))
  // sqrt(10 · 40) = 20 against 40.
  expect(opinions['a']?.ratio).toBeCloseTo(1, 12)
  expect(opinions['b']?.ratio).toBeCloseTo(0.5, 12)
})

test('rules that tell different stories are warned of', () => {
  const board = makeBoard({
    metrics: [
      { ...series('sensitivity'), weight: 2 },
      { ...series('precision'), weight: 1 },
    ],
    datasets: [{ dataset: 'mock', samples: sampleNames(1) }],
  })
  // Hair-thin lead in the heavy metric, far behind in the light one: positions see only the lead.
  const rows = [0, 1, 2, 3, 4].flatMap((place) =>
    observed({
      pipeline: `p${String(place)}`,
      values: { sensitivity: [0.8 - 0.001 * place], precision: [0.2 + 0.2 * place] },
    }),
  )
  const { agreements, bases } = rankCandidates({ board, rows })
  expect(agreements).toHaveLength(6)
  expect(agreements.find(({ rules }) => rules.join() === 'score,positions')?.tauB).toBeCloseTo(-1, 12)
  expect(bases?.secondOpinions.warnings).toContain('rules_disagree: score, positions')
})
