import type { ParameterValue } from './pipeline.ts'
import type { Execution } from './run.ts'

/**
 * Executions as people read them: by pipeline as declared, then parameters, sample as listed, repeat. They are kept in
 * the (shuffled) order they ran in, which says nothing to a reader.
 */
export const inReadingOrder = (
  executions: readonly Execution[],
  pipelines: readonly string[],
  samples: readonly string[],
): readonly Execution[] =>
  [...executions].sort(
    (left, right) =>
      place(pipelines, left.pipeline) - place(pipelines, right.pipeline) ||
      compareParameters(left.params, right.params) ||
      place(samples, left.sample) - place(samples, right.sample) ||
      Number(right.warmup) - Number(left.warmup) ||
      left.repeat - right.repeat ||
      left.id - right.id,
  )

// What is not listed comes last.
const place = (names: readonly string[], name: string | null): number => {
  const index = name === null ? -1 : names.indexOf(name)
  return index === -1 ? names.length : index
}

// Numbers by size, so that 80 comes before 100.
const compareParameters = (left: Execution['params'], right: Execution['params']): number => {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
  for (const name of names) {
    const order = compareValues(left[name], right[name])
    if (order !== 0) return order
  }
  return 0
}

const compareValues = (left: ParameterValue | undefined, right: ParameterValue | undefined): number => {
  if (left === right) return 0
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left) < String(right) ? -1 : 1
}
