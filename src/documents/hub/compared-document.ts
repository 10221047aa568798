/** The way back from a shared run to one side of a comparison. */
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import { RESOURCE_VALUES } from '../../core/metrics/resources.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Execution, Resources } from '../../core/run.ts'
import { known, missing, type Reason, REASONS, type Score } from '../../core/score.ts'
import type { HubRunDocument, RunPayload, SharedExecution } from '../../generated/hub-run.ts'

/**
 * A shared run as comparisons want it; null where its document holds quantiles instead of single scores, which pair with
 * nothing. Samples have the names they were shared under.
 */
export const comparedDocument = ({ run_id: runId, payload }: HubRunDocument): ComparedRun | null =>
  payload.condensed === null
    ? {
        runId,
        executions: payload.executions.map((execution, index) => executionOf(execution, index + 1, payload)),
        comparability: definedOnly(payload.comparability),
        machine: payload.environment.machine_fingerprint,
      }
    : null

const executionOf = (execution: SharedExecution, id: number, payload: RunPayload): Execution => {
  const pipeline = payload.pipelines[execution.pipeline]
  if (pipeline === undefined) throw new RangeError('A shared execution names a pipeline that is not in its document')
  const sample = sampleAt(execution.sample, payload)
  return {
    id,
    pipeline: pipeline.name,
    version: pipeline.version,
    params: definedOnly(pipeline.params) satisfies Parameters,
    sample,
    repeat: execution.repeat,
    warmup: false,
    attempt: 1,
    state: execution.state,
    reason: null,
    exitCode: execution.exit_code,
    signal: null,
    startedAt: null,
    finishedAt: null,
    outputKey: null,
    databases: pipeline.databases === undefined ? null : definedOnly(pipeline.databases),
    cachedFrom: null,
    resources: resourcesOf(execution, payload),
    scores: scoresOf(execution, sample, payload),
    warnings: [],
  }
}

const scoresOf = (execution: SharedExecution, sample: string | null, payload: RunPayload): readonly Score[] =>
  execution.scores.flatMap(([series, of, value]) => {
    const found = payload.series[series]
    if (found === undefined || found.metric in RESOURCE_VALUES) return []
    const quantity = typeof value === 'number' ? known(value) : missing(reasonOf(value))
    return [{ ...found, ...quantity, sample: of === null ? sample : sampleAt(of, payload) }]
  })

// Reasons of later versions are reasons too; what they say is not known here.
const reasonOf = (code: string): Reason => REASONS.find((reason) => reason === code) ?? 'not_measured'

const resourcesOf = ({ scores, method, noisy }: SharedExecution, payload: RunPayload): Resources | null => {
  const instrument = method === null ? undefined : payload.methods[method]
  if (instrument === undefined) return null
  const values = new Map<string, number>()
  for (const [series, , value] of scores) {
    const metric = payload.series[series]?.metric
    if (metric !== undefined && metric in RESOURCE_VALUES && typeof value === 'number') values.set(metric, value)
  }
  const of = (metric: string): number | null => values.get(metric) ?? null
  return {
    wallSeconds: of('wall_seconds'),
    cpuSeconds: of('cpu_seconds'),
    cpuUserSeconds: null,
    cpuSystemSeconds: null,
    peakRssBytes: of('peak_rss_bytes'),
    peakRssSumBytes: null,
    peakPssBytes: null,
    biggestProcessBytes: null,
    cgroupPeakBytes: null,
    readCharsBytes: null,
    writtenCharsBytes: null,
    readBytes: of('read_bytes'),
    writeBytes: of('write_bytes'),
    outputBytes: of('output_bytes'),
    cpuEfficiency: of('cpu_efficiency'),
    method: { ...instrument, intervalMs: null, ticks: null, escapedProcesses: null, samplingGapSeconds: null },
    noise:
      noisy === null
        ? null
        : {
            ...{ otherCpuShare: null, stealShare: null, psiCpuSomeAverage: null, loadAverage: null },
            ...{ coRunning: 0, noisy },
          },
  }
}

const sampleAt = (position: number | null, { samples }: RunPayload): string | null =>
  position === null ? null : (samples[position] ?? null)

const definedOnly = <T>(of: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(of).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
