import type { RunComparison } from '../../app/compare/run-comparison.ts'

/** Flags of `benchmark compare` that give the same verdicts again. */
export const comparedHow = ({ reference, controlled }: RunComparison): readonly string[] => [
  ...['--with', reference.asked],
  ...controlled.flatMap((word) => ['--controlled', word]),
]
