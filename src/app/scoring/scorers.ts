import { findBenchmarkType } from '../../core/benchmark-types.ts'
import { nearest, Problem } from '../../core/problem.ts'
import { amrScorer } from './amr-scorer.ts'
import { assemblyScorer } from './assembly-scorer.ts'
import type { BenchmarkScorer } from './benchmark-scorer.ts'
import { binningScorer } from './binning-scorer.ts'
import { pathogenScorer } from './pathogen-scorer.ts'
import { profileScorer } from './profile-scorer.ts'

/** One for each benchmark type that can be scored. A new type is an object here. */
const SCORERS: readonly BenchmarkScorer[] = [amrScorer, profileScorer, assemblyScorer, binningScorer, pathogenScorer]

/** How a benchmark type is scored, or null for one whose runs only measure resources. */
export const scorerOf = (benchmarkType: string): BenchmarkScorer | null =>
  SCORERS.find((scorer) => scorer.benchmarkType === benchmarkType) ?? null

/** As {@link scorerOf}; throws `E_USAGE` for a type that is not scored. */
export const requireScorer = (benchmarkType: string): BenchmarkScorer => {
  const scorer = scorerOf(benchmarkType)
  if (scorer !== null) return scorer
  const known = SCORERS.map((one) => one.benchmarkType)
  throw new Problem(
    'E_USAGE',
    findBenchmarkType(benchmarkType) === undefined
      ? `There is no benchmark type "${benchmarkType}".`
      : `Outputs of the type ${benchmarkType} cannot be scored.`,
    {
      hints: [
        ...nearest(benchmarkType, known, 1).map((name) => `Did you mean ${name}?`),
        `Types that can be scored: ${known.join(', ')}.`,
      ],
    },
  )
}
