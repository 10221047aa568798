import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { count, type Counts, mean, naiveScores, type TruthTable } from './independent-scores.ts'

/** The parts of `benchmark.run/1` the integration tests look at. */
export interface RunJson {
  readonly schema: string
  readonly run_id: string
  readonly state: string
  readonly warnings: readonly string[]
  readonly executions: readonly {
    readonly id: number
    readonly pipeline: string
    readonly version: string | null
    readonly params: Readonly<Record<string, unknown>>
    readonly sample: string
    readonly state: string
    readonly reason: string | null
    readonly resources: { readonly wall_seconds: number | null; readonly peak_rss_bytes: number | null } | null
    readonly scores: readonly ScoreJson[]
  }[]
  readonly summary: readonly (ScoreJson & {
    readonly pipeline: string
    readonly params: Readonly<Record<string, unknown>>
    readonly method: { readonly aggregation: string }
  })[]
}
interface ScoreJson {
  readonly metric: string
  readonly level: string | null
  readonly value: number | null
  readonly reason: string | null
}

/** The output folder of an execution, found by its number. */
export const outputsOf = (project: string, run: RunJson, id: number): string => {
  const folder = join(project, '.benchmark', 'results', run.run_id, 'outputs')
  const [name] = readdirSync(folder).filter((entry) => entry.startsWith(`${String(id).padStart(3, '0')}-`))
  return join(folder, name!)
}

/**
 * Checks every gene-level score of every execution, and the macro averages, against naive counts from the raw outputs.
 * Returns the counts by `pipeline` (or `pipeline@setting`) and sample.
 */
export const expectScoresToBeRight = (
  run: RunJson,
  truth: TruthTable,
  calledBy: (execution: RunJson['executions'][number]) => ReadonlySet<string>,
  nameOf: (entry: { pipeline: string; params: Readonly<Record<string, unknown>> }) => string = ({ pipeline }) =>
    pipeline,
): Map<string, Map<string, Counts>> => {
  const counts = new Map<string, Map<string, Counts>>()
  const expected = new Map<string, Record<string, number | null>[]>()
  for (const execution of run.executions) {
    const where = `${nameOf(execution)} on ${execution.sample}`
    const counted = count(truth.get(execution.sample)!, calledBy(execution))
    const wanted = naiveScores(counted)
    for (const [metric, value] of Object.entries(wanted)) {
      const scores = execution.scores.filter((score) => score.metric === metric && score.level === 'gene')
      expect(scores, `${where}: ${metric}`).toHaveLength(1)
      expectEqual(scores[0]!.value, value, `${where}: ${metric}`)
    }
    counts.set(
      nameOf(execution),
      (counts.get(nameOf(execution)) ?? new Map<string, Counts>()).set(execution.sample, counted),
    )
    expected.set(nameOf(execution), [...(expected.get(nameOf(execution)) ?? []), wanted])
  }
  for (const [name, samples] of expected)
    for (const metric of ['sensitivity', 'precision', 'f1_score', 'specificity']) {
      const entries = run.summary.filter(
        (entry) =>
          nameOf(entry) === name &&
          entry.metric === metric &&
          entry.level === 'gene' &&
          entry.method.aggregation === 'macro',
      )
      expect(entries, `summary of ${name}: ${metric}`).toHaveLength(1)
      expectEqual(entries[0]!.value, mean(samples.map((scores) => scores[metric]!)), `summary of ${name}: ${metric}`)
    }
  return counts
}

const expectEqual = (actual: number | null, wanted: number | null, what: string): void => {
  if (wanted === null || actual === null) expect(actual, what).toBe(wanted)
  else expect(actual, what).toBeCloseTo(wanted, 12)
}
