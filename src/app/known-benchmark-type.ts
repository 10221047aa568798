import { BENCHMARK_TYPES } from '../core/benchmark-types.ts'
import { nearest, Problem } from '../core/problem.ts'

/** The type itself when there is one of that name; `E_USAGE` with the nearest names otherwise. */
export const knownBenchmarkType = (type: string): string => {
  const known = BENCHMARK_TYPES.map(({ id }) => id)
  if (known.includes(type)) return type
  throw new Problem('E_USAGE', `There is no benchmark type "${type}".`, {
    hints: [...nearest(type, known).map((name) => `Did you mean "${name}"?`), `Known: ${known.join(', ')}.`],
  })
}
