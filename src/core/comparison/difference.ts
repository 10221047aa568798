import type { Parameters } from '../pipeline.ts'
import { type Execution, hasOutputs, type Run } from '../run.ts'
import { parameterKey } from '../schedule/matrix.ts'
import type { Direction } from '../score.ts'
import { BEFORE, MAY_DIFFER } from './comparability.ts'

/** One metric of one pipeline in two runs, over the samples both have a value for. A description, not a verdict. */
export interface Difference {
  readonly pipeline: string
  readonly params: Parameters
  readonly metric: string
  readonly level: string | null
  readonly unit: string
  readonly direction: Direction
  /** Samples with a value on both sides. */
  readonly nCommon: number
  /** Means over those samples; null when there are none. */
  readonly baseline: number | null
  readonly candidate: number | null
  /** candidate - baseline. */
  readonly difference: number | null
}

/** Keys in which two runs differ and must not: with any of them, scores are not comparable. */
export const incomparable = (baseline: Run, candidate: Run): string[] => {
  const keys = new Set([...Object.keys(baseline.comparability), ...Object.keys(candidate.comparability)])
  return [...keys].filter((key) => !MAY_DIFFER.has(key) && valueOf(baseline, key) !== valueOf(candidate, key)).sort()
}

const valueOf = ({ comparability }: Run, key: string): string | undefined => comparability[key] ?? BEFORE[key]

/** Differences of the candidate's primary metrics, run time and memory to the baseline, paired by sample. */
export const differences = (baseline: Run, candidate: Run): Difference[] => {
  const before = collect(baseline.executions)
  const after = collect(candidate.executions)
  const wanted = new Set(candidate.primaryMetrics.map(({ metric, level }) => `${metric}\n${level ?? ''}`))
  const found: Difference[] = []
  for (const [key, now] of after) {
    const then = before.get(key)
    if (
      !then ||
      !(
        now.resource ||
        wanted.size === 0 ||
        wanted.has(`${now.metric}\n${now.level ?? ''}`) ||
        wanted.has(`${now.metric}\n`)
      )
    )
      continue
    const common = [...now.bySample.keys()].filter((sample) => then.bySample.has(sample)).sort()
    const meanOf = (side: Series): number | null =>
      common.length === 0
        ? null
        : common.reduce((sum, sample) => sum + mean(side.bySample.get(sample) ?? []), 0) / common.length
    const [from, to] = [meanOf(then), meanOf(now)]
    const { pipeline, params, metric, level, unit, direction } = now
    found.push({
      pipeline,
      params,
      metric,
      level,
      unit,
      direction,
      nCommon: common.length,
      baseline: from,
      candidate: to,
      difference: from === null || to === null ? null : to - from,
    })
  }
  return found
}

interface Series extends Pick<Difference, 'pipeline' | 'params' | 'metric' | 'level' | 'unit' | 'direction'> {
  readonly resource: boolean
  readonly bySample: Map<string, number[]>
}

const collect = (executions: readonly Execution[]): Map<string, Series> => {
  const all = new Map<string, Series>()
  for (const { pipeline, params, sample, warmup, state, scores, resources } of executions) {
    if (warmup || !hasOutputs(state)) continue
    const add = (
      metric: string,
      level: string | null,
      unit: string,
      direction: Direction,
      of: string,
      value: number | null,
      resource: boolean,
    ): void => {
      if (value === null) return
      const key = [parameterKey(pipeline, params), metric, level ?? ''].join('\n')
      const series = all.get(key) ?? {
        pipeline,
        params,
        metric,
        level,
        unit,
        direction,
        resource,
        bySample: new Map<string, number[]>(),
      }
      all.set(key, series)
      series.bySample.set(of, [...(series.bySample.get(of) ?? []), value])
    }
    for (const score of scores)
      if (score.rank === null)
        add(score.metric, score.level, score.unit, score.direction, score.sample ?? '', score.value, false)
    add('wall_seconds', null, 's', 'lower', sample ?? '', resources?.wallSeconds ?? null, true)
    add('peak_rss_bytes', null, 'bytes', 'lower', sample ?? '', resources?.peakRssBytes ?? null, true)
  }
  return all
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
