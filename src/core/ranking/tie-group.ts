import { reachableSamples } from '../comparison/needed.ts'
import { friedmanTest } from '../stats/friedman.ts'
import { holm } from '../stats/multiple-testing.ts'
import { seededRandom } from '../stats/random.ts'
import { signFlipTest } from '../stats/sign-flip.ts'
import { partOf, settled, wholeOf } from './metric-means.ts'
import { type Basis, basisOf, seedFor } from './observation.ts'
import { type CandidateUtilities, STATUS, type UtilityTable } from './utility-table.ts'

const LEVEL = 0.05

/** Who cannot be told from the best by these samples, in the order of the table. */
export interface TieGroup {
  readonly members: readonly boolean[]
  /** Holm-adjusted p of each candidate against the best; null for the best itself. */
  readonly pAdjusted: readonly (number | null)[]
  readonly basis: Basis
}

/**
 * Paired sign-flip tests of the per-sample scores against the best, adjusted after Holm at 5 %. With fewer than six
 * samples no test can reach 5 %, and nobody is told apart.
 */
export const tieGroup = (table: UtilityTable, best: number, seed: string): TieGroup => {
  const bestScores = samplePoints(table, best, 'low')
  const tests = table.candidates.flatMap((candidate, c) => {
    if (c === best) return []
    const others = samplePoints(table, c, 'high')
    const differences = table.samples.map(({ weight }, i) => weight * ((bestScores[i] ?? 0) - (others[i] ?? 0)))
    // One stream for each candidate: another one on the board does not change what is drawn for this one.
    const random = seededRandom(seedFor(seed, `tie-group/${candidate.key}`))
    return [{ c, test: signFlipTest(differences, random) }]
  })
  const adjusted = holm(tests.map(({ test }) => test.p))
  const pAdjusted = table.candidates.map((): number | null => null)
  for (const [index, { c }] of tests.entries()) pAdjusted[c] = adjusted[index] ?? 1
  const m = table.samples.length
  const reachable = tests.length === 0 || m >= reachableSamples(tests.length, LEVEL)
  return {
    members: pAdjusted.map((p) => p === null || p > LEVEL),
    pAdjusted,
    basis: basisOf({
      method: tests.some(({ test }) => !test.isExact)
        ? 'paired_sign_flip_monte_carlo_holm'
        : 'paired_sign_flip_exact_holm',
      n: tests.length,
      m,
      level: LEVEL,
      assumption: 'differences_symmetric',
      seed: tests.some(({ test }) => !test.isExact) ? seed : null,
      warnings: reachable ? [] : ['too_few_samples_to_separate'],
    }),
  }
}

/** Friedman's test of the scores by sample: whether candidates differ at all. For information only. */
export interface OverallTest {
  readonly statistic: number
  readonly df: number
  readonly p: number
  readonly basis: Basis
}

const ENOUGH_FOR_FRIEDMAN = 10

/** Whether any candidates differ, from 10 samples on; null below, or where nothing varies. */
export const overallTest = (table: UtilityTable): OverallTest | null => {
  const m = table.samples.length
  if (m < ENOUGH_FOR_FRIEDMAN) return null
  const columns = table.candidates.map((_candidate, c) => samplePoints(table, c, 'low'))
  const test = friedmanTest(table.samples.map((_sample, i) => columns.map((points) => points[i] ?? 0)))
  return (
    test && {
      ...test,
      basis: basisOf({ method: 'friedman_chi_square', n: table.candidates.length, m, df: test.df }),
    }
  )
}

/** The score of each single sample, missing values at their worst (`low`) or best (`high`). */
export const samplePoints = (table: UtilityTable, c: number, missing: 'low' | 'high'): Float64Array => {
  const candidate: CandidateUtilities | undefined = table.candidates[c]
  const { metrics, aggregate } = table.board
  const width = table.samples.length
  return Float64Array.from(table.samples, (_sample, i) => {
    let sum = 0
    let total = 0
    for (const [k, { weight }] of metrics.entries()) {
      const at = k * width + i
      const status = candidate?.status[at]
      if (status === STATUS.notApplicable || weight === 0) continue
      const utility = status === STATUS.missing ? (missing === 'low' ? 0 : 1) : (candidate?.utility[at] ?? 0)
      sum += weight * partOf(utility, aggregate)
      total += weight
    }
    return total === 0 ? 0 : settled(wholeOf(sum / total, aggregate))
  })
}
