import { NO_VOCABULARY } from '../names/gene-vocabulary.ts'
import type { ComparedRun, DifferingKey } from './comparison.ts'

/** What runs from before there was a key mean by not having it. */
export const BEFORE: Readonly<Record<string, string>> = { vocabulary: NO_VOCABULARY }
/** The sample lists may differ: only common samples are compared. */
export const MAY_DIFFER: ReadonlySet<string> = new Set(['samples'])
/** What can be made to differ on purpose, to see what it does. Another truth or scoring rule makes other numbers. */
export const CONTROLLABLE = ['database', 'machine', 'vocabulary'] as const

const UNKNOWN = 'unknown'
const ABSENT = 'none'

/**
 * Keys in which the sides differ: those of the scores, of single pipelines (their databases), and the machine, which
 * forbids comparing resources. A machine nobody knows is not the same as any other.
 */
export const differingKeys = (
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
  matches: readonly (readonly [string, string])[],
): readonly DifferingKey[] => [
  ...scoreKeys(baseline, candidate),
  ...databaseKeys(baseline, candidate, matches),
  ...machineKey(baseline, candidate),
]

const scoreKeys = (baseline: readonly ComparedRun[], candidate: readonly ComparedRun[]): readonly DifferingKey[] => {
  const runs = [...baseline, ...candidate]
  const keys = new Set(runs.flatMap(({ comparability }) => Object.keys(comparability)))
  return [...keys]
    .filter((key) => !MAY_DIFFER.has(key))
    .sort()
    .flatMap((key) => {
      const valueOf = ({ comparability }: ComparedRun): string => comparability[key] ?? BEFORE[key] ?? ABSENT
      if (new Set(runs.map(valueOf)).size <= 1) return []
      return [differing(key, oneOf(baseline.map(valueOf)), oneOf(candidate.map(valueOf)), 'scores', null)]
    })
}

const databaseKeys = (
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
  matches: readonly (readonly [string, string])[],
): readonly DifferingKey[] => {
  const pairs = new Map(matches.map((pair) => [JSON.stringify(pair), pair]))
  return [...pairs]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, [before, after]]) => {
      const names = new Set(
        [...baseline.map((run) => run.databases?.[before]), ...candidate.map((run) => run.databases?.[after])].flatMap(
          (databases) => Object.keys(databases ?? {}),
        ),
      )
      return [...names].sort().flatMap((name) => {
        const from = oneOf(baseline.map((run) => run.databases?.[before]?.[name] ?? UNKNOWN))
        const to = oneOf(candidate.map((run) => run.databases?.[after]?.[name] ?? UNKNOWN))
        return from === to ? [] : [differing(`database:${name}`, from, to, 'pipeline', after)]
      })
    })
}

const machineKey = (baseline: readonly ComparedRun[], candidate: readonly ComparedRun[]): readonly DifferingKey[] => {
  const machines = [...baseline, ...candidate].map(({ machine }) => machine)
  if (new Set(machines).size === 1 && machines[0] !== null) return []
  const words = (runs: readonly ComparedRun[]): string => oneOf(runs.map(({ machine }) => machine ?? UNKNOWN))
  return [differing('machine', words(baseline), words(candidate), 'resources', null)]
}

const oneOf = (values: readonly string[]): string => [...new Set(values)].sort().join(' and ')

const differing = (
  key: string,
  baseline: string,
  candidate: string,
  forbids: DifferingKey['forbids'],
  pipeline: string | null,
): DifferingKey => {
  const controlledBy = CONTROLLABLE.find((word) => key === word || key.startsWith(`${word}:`)) ?? null
  return { key, baseline, candidate, forbids, pipeline, controlledBy }
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
