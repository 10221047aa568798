import { NO_VOCABULARY } from '../names/gene-vocabulary.ts'
import { metricOfVersionKey, scoredVersion } from '../metrics/metric-versions.ts'
import type { ComparedRun, DifferingKey } from './comparison.ts'

/** What runs from before there was a key mean by not having it. */
export const BEFORE: Readonly<Record<string, string>> = { vocabulary: NO_VOCABULARY }
/** The sample lists may differ: only common samples are compared. */
export const MAY_DIFFER: ReadonlySet<string> = new Set(['samples'])
/** What can be made to differ on purpose, to see what it does. Another truth or scoring rule makes other numbers. */
export const CONTROLLABLE = ['database', 'machine', 'vocabulary'] as const

const UNKNOWN = 'unknown'
const ABSENT = 'none'

/** Keys of scoring in which the sides differ; those of single metrics are `metricVersionKeys`. */
export const scoreKeys = (
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
): readonly DifferingKey[] => {
  const runs = [...baseline, ...candidate]
  const keys = new Set(runs.flatMap(({ comparability }) => Object.keys(comparability)))
  return [...keys]
    .filter((key) => !MAY_DIFFER.has(key) && metricOfVersionKey(key) === null)
    .sort()
    .flatMap((key) => {
      const valueOf = ({ comparability }: ComparedRun): string => comparability[key] ?? BEFORE[key] ?? ABSENT
      if (new Set(runs.map(valueOf)).size <= 1) return []
      return [differing(key, oneOf(baseline.map(valueOf)), oneOf(candidate.map(valueOf)), 'scores')]
    })
}

/** By metric: scores made with two versions of its definition. */
export const metricVersionKeys = (
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
): ReadonlyMap<string, DifferingKey> => {
  const keys = [...baseline, ...candidate].flatMap(({ comparability }) => Object.keys(comparability))
  const metrics = new Set(keys.flatMap((key) => metricOfVersionKey(key) ?? []))
  const found = [...metrics].flatMap((metric): [string, DifferingKey][] => {
    const words = (runs: readonly ComparedRun[]): string =>
      oneOf(runs.map(({ comparability }) => scoredVersion(comparability, metric)))
    const [from, to] = [words(baseline), words(candidate)]
    return from === to ? [] : [[metric, differing('metric version', from, to, 'scores')]]
  })
  return new Map(found)
}

/** The machine forbids comparing resources; one nobody knows is not the same as any other. */
export const machineKey = (
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
): readonly DifferingKey[] => {
  const machines = [...baseline, ...candidate].map(({ machine }) => machine)
  if (new Set(machines).size === 1 && machines[0] !== null) return []
  const words = (runs: readonly ComparedRun[]): string => oneOf(runs.map(({ machine }) => machine ?? UNKNOWN))
  return [differing('machine', words(baseline), words(candidate), 'resources')]
}

const oneOf = (values: readonly string[]): string => [...new Set(values)].sort().join(' and ')

const differing = (
  key: string,
  baseline: string,
  candidate: string,
  forbids: DifferingKey['forbids'],
): DifferingKey => {
  const controlledBy = CONTROLLABLE.find((word) => key === word) ?? null
  return { key, baseline, candidate, forbids, pipeline: null, controlledBy }
}

/** Whether nothing forbids comparing the scores of two runs. */
export const isComparable = (
  baseline: Pick<ComparedRun, 'comparability'>,
  candidate: Pick<ComparedRun, 'comparability'>,
): boolean => {
  const valueOf = ({ comparability }: Pick<ComparedRun, 'comparability'>, key: string): string =>
    comparability[key] ?? BEFORE[key] ?? ABSENT
  return [...new Set([...Object.keys(baseline.comparability), ...Object.keys(candidate.comparability)])].every(
    (key) => MAY_DIFFER.has(key) || valueOf(baseline, key) === valueOf(candidate, key),
  )
}
