/**
 * Seeded simulations of the ranking, and how long its bootstrap takes.
 *
 * Close races: five pipelines whose true scores are 0.01 apart, sample difficulty shared by all, own noise on top. How
 * often does the rank interval cover the true rank, and how often does the set "lower rank bound = 1" hold the truly
 * best one? The figures the design was made with: 86 % (m = 3), 95 % (5), 97 % (8), 99 % (10 and more), and the winner
 * by score alone is the best one in 52 to 73 %.
 */
import { makeBoard } from '../../../src/core/ranking/board.ts'
import { meansOf, scoresOf, weightsOf } from '../../../src/core/ranking/metric-means.ts'
import type { Observation } from '../../../src/core/ranking/observation.ts'
import { collectRanks, pairedDraws } from '../../../src/core/ranking/rank-intervals.ts'
import { rankCandidates } from '../../../src/core/ranking/rank-candidates.ts'
import { tieGroup } from '../../../src/core/ranking/tie-group.ts'
import { buildUtilityTable, type UtilityTable } from '../../../src/core/ranking/utility-table.ts'
import { normalQuantile } from '../../../src/core/stats/normal.ts'
import { type RandomSource, seededRandom } from '../../../src/core/stats/random.ts'

/** One row of the table: samples, and shares of races in percent. */
export interface RankingFigures {
  readonly m: number
  readonly races: number
  /** Winner by score is the truly best. */
  readonly naive: number
  /** The truly best has lower rank bound 1. */
  readonly boundOne: number
  /** Candidates with lower rank bound 1, on average. */
  readonly size: number
  /** Rank intervals that cover the true rank, over all candidates. */
  readonly coverage: number
  /** The truly best is in the tie group of the paired tests, and its size. */
  readonly tied: number
  readonly tieSize: number
}

const PIPELINES = 5
const GAP = 0.01
const DIFFICULTY = 0.1
const NOISE = 0.03

const gauss = (random: RandomSource): number => normalQuantile(random() + 2 ** -33)

const race = (m: number, random: RandomSource): UtilityTable => {
  const samples = Array.from({ length: m }, (_none, i) => `s${String(i)}`)
  const difficulty = samples.map(() => DIFFICULTY * gauss(random))
  const rows = Array.from({ length: PIPELINES }, (_none, p) =>
    samples.map((sample, i) => observation(p, sample, 0.8 - GAP * p + (difficulty[i] ?? 0) + NOISE * gauss(random))),
  ).flat()
  const board = makeBoard({
    // Wide anchors: clamping would be a second subject.
    metrics: [{ metric: 'f1_score', level: null, rank: null, anchor: { worst: -1, best: 2, scale: 'linear' } }],
    datasets: [{ dataset: 'races', samples }],
  })
  return buildUtilityTable(board, rows)
}

const observation = (p: number, sample: string, value: number): Observation => ({
  runId: `run-${String(p)}`,
  candidate: { project: null, pipeline: `p${String(p)}`, version: null, params: {} },
  dataset: 'races',
  sample,
  metric: 'f1_score',
  level: null,
  rank: null,
  value,
  reason: null,
  machine: null,
  trust: 'local',
  date: '2026-01-01T00:00:00.000Z',
  contributor: 'simulation',
})

/** Figures of close races with m samples each. */
export const closeRaces = (m: number, races: number): RankingFigures => {
  const random = seededRandom(20_261_101 + m)
  let [naive, boundOne, size, covered, tied, tieSize] = [0, 0, 0, 0, 0, 0]
  for (let race_ = 0; race_ < races; race_++) {
    const table = race(m, random)
    const seed = String(race_)
    const ranks = collectRanks(table, seed)
    pairedDraws(
      table,
      seed,
    )((means) => {
      ranks.visit(means)
    })
    const intervals = ranks.finish().intervals ?? []
    const means = meansOf(table)
    const scores = new Float64Array(PIPELINES)
    scoresOf(means.low, means.applies, weightsOf(table.board), 'arithmetic', scores)
    const best = scores.indexOf(Math.max(...scores))
    if (best === 0) naive++
    if (intervals[0]?.rankLow === 1) boundOne++
    size += intervals.filter(({ rankLow }) => rankLow === 1).length
    covered += intervals.filter(({ rankLow, rankHigh }, p) => rankLow <= p + 1 && p + 1 <= rankHigh).length
    const ties = tieGroup(table, best, seed)
    if (ties.members[0] === true) tied++
    tieSize += ties.members.filter(Boolean).length
  }
  const percent = (count: number, of = races): number => Math.round((1000 * count) / of) / 10
  return {
    m,
    races,
    naive: percent(naive),
    boundOne: percent(boundOne),
    size: Math.round((100 * size) / races) / 100,
    coverage: percent(covered, races * PIPELINES),
    tied: percent(tied),
    tieSize: Math.round((100 * tieSize) / races) / 100,
  }
}

/** Processor time of the bootstrap and of the whole ranking in milliseconds, median of three. */
export interface RankingTimes {
  readonly pipelines: number
  readonly samples: number
  readonly metrics: number
  readonly bootstrapMs: number
  readonly rankingMs: number
}

/** Times one ranking of a large field. */
export const rankingTimes = (pipelines = 300, samples = 40): RankingTimes => {
  const random = seededRandom(7)
  const metrics = ['sensitivity', 'precision', 'f1_score', 'wall_seconds', 'peak_rss_bytes']
  const names = Array.from({ length: samples }, (_none, i) => `s${String(i)}`)
  const rows = Array.from({ length: pipelines }, (_none, p) => {
    const skill = random()
    return names.flatMap((sample) =>
      metrics.map((metric): Observation => {
        const u = Math.min(1, Math.max(0, 0.3 + 0.5 * skill + 0.1 * gauss(random)))
        const value = metric === 'wall_seconds' ? 60 * 1440 ** u : metric === 'peak_rss_bytes' ? 2 ** (30 + 8 * u) : u
        return { ...observation(p, sample, value), metric }
      }),
    )
  }).flat()
  const board = makeBoard({
    metrics: metrics.map((metric) => ({ metric, level: null, rank: null })),
    datasets: [{ dataset: 'races', samples: names }],
  })
  const table = buildUtilityTable(board, rows)
  const seed = '0'
  const bootstrapMs = medianTime(() => {
    const ranks = collectRanks(table, seed)
    pairedDraws(
      table,
      seed,
    )((means) => {
      ranks.visit(means)
    })
    ranks.finish()
  })
  const rankingMs = medianTime(() => rankCandidates({ board, rows }))
  return { pipelines, samples, metrics: metrics.length, bootstrapMs, rankingMs }
}

// Processor time, because what else the machine does is no matter of the ranking.
const medianTime = (work: () => unknown): number => {
  const times = [0, 1, 2].map(() => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.round(times.sort((left, right) => left - right)[1] ?? 0)
}

/** The part on rankings of `npm run bench:statistics`. */
export const rankingTable = (races = 400): string => {
  const header =
    'samples | winner is best | bound 1 holds best | set size | rank covered | tie group holds best | tie size'
  const rows = [3, 5, 8, 10, 20].map((m) => {
    const { naive, boundOne, size, coverage, tied, tieSize } = closeRaces(m, races)
    return [m, `${naive} %`, `${boundOne} %`, size, `${coverage} %`, `${tied} %`, tieSize].join(' | ')
  })
  const { pipelines, samples, metrics, bootstrapMs, rankingMs } = rankingTimes()
  return [
    `Ranking: ${races} seeded races of ${PIPELINES} pipelines, true scores ${GAP} apart`,
    header,
    ...rows,
    `${pipelines} pipelines x ${samples} samples x ${metrics} metrics x 2,000 draws, processor time: bootstrap ${bootstrapMs} ms, whole ranking ${rankingMs} ms`,
  ].join('\n')
}
