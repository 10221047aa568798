import type { Candidate, Observation } from '../../src/core/ranking/observation.ts'
import type { Parameters } from '../../src/core/pipeline.ts'
import type { Reason } from '../../src/core/score.ts'

/** Values of one candidate, sample by sample; a text is the reason why there is none. */
export interface Measured {
  readonly pipeline: string
  readonly params?: Parameters
  readonly project?: string | null
  readonly dataset?: string
  readonly runId?: string
  readonly contributor?: string
  readonly trust?: string
  readonly date?: string
  readonly values: Readonly<Record<string, readonly (number | Reason)[]>>
}

const candidateOf = ({ pipeline, params = {}, project = null }: Measured): Candidate => ({
  project,
  pipeline,
  version: '1.0',
  params,
})

/** Rows of a candidate; the i-th value of a metric (`sensitivity` or `sensitivity@gene`) is of sample s<i>. */
export const observed = (measured: Measured): readonly Observation[] => {
  const candidate = candidateOf(measured)
  return Object.entries(measured.values).flatMap(([name, values]) => {
    const [metric = name, level = null] = name.split('@')
    return values.map((value, index): Observation => ({
      runId: measured.runId ?? `run-${measured.pipeline}`,
      candidate,
      dataset: measured.dataset ?? 'mock',
      sample: `s${String(index)}`,
      metric,
      level,
      rank: null,
      value: typeof value === 'number' ? value : null,
      reason: typeof value === 'number' ? null : value,
      machine: null,
      trust: measured.trust ?? 'owner',
      date: measured.date ?? '2026-11-01T00:00:00.000Z',
      contributor: measured.contributor ?? measured.pipeline,
    }))
  })
}

/** Ids of the first samples. */
export const sampleNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_none, index) => `s${String(index)}`)

/** A metric without level and rank. */
export const series = (
  metric: string,
  level: string | null = null,
): { metric: string; level: string | null; rank: null } => ({
  metric,
  level,
  rank: null,
})
