import type { Parameters, ParameterValue } from './pipeline.ts'

/** Parameters as declared: a list is a sweep, null takes a default of the catalogue away. */
export type DeclaredParameters = Readonly<Record<string, ParameterValue | null | readonly ParameterValue[]>>

/** More points than anybody means; a typing slip in a range would otherwise plan a year of work. */
export const MAX_PARAMETER_SETS = 1000

/** How many points the lists span, duplicates in a list counted once. */
export const countParameterSets = (declared: DeclaredParameters): number =>
  axesOf(declared).reduce((product, [, values]) => product * values.length, 1)

/**
 * Every combination of the listed values, as an odometer turns: names in declaration order, the last one fastest.
 * Without any list there is one point; without any parameter it is empty.
 */
export const expandParameters = (declared: DeclaredParameters): readonly Parameters[] => {
  let points: Parameters[] = [{}]
  for (const [name, values] of axesOf(declared))
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })))
  return points
}

const axesOf = (declared: DeclaredParameters): [string, ParameterValue[]][] =>
  Object.entries(declared).flatMap(([name, value]): [string, ParameterValue[]][] =>
    value === null
      ? []
      : [[name, Array.isArray(value) ? [...new Set(value as ParameterValue[])] : [value as ParameterValue]]],
  )
