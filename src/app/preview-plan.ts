import type { Pipeline } from '../core/pipeline.ts'
import type { PlannedExecution, RunPlan } from '../core/plan.ts'
import { type Eta, estimateRemaining } from '../core/schedule/eta.ts'
import { parameterKey } from '../core/schedule/matrix.ts'
import { primaryMetricsOf } from '../core/primary-metrics.ts'
import { seededRandom } from '../core/stats/random.ts'
import type { HistoryReads } from './history/history-ports.ts'
import { earlierOutputs, type FindEarlierOutput, whyGone } from './earlier-outputs.ts'
import { outputKey } from './output-key.ts'
import { type PlannedPower, powerOfPlan, type PowerRequest } from './plan-power.ts'
import { pipelineOf, prepareAttempt, samplesOf } from './prepare-attempt.ts'
import { cellOf, durationHistory } from './run-progress.ts'
import type { RunnerDeps } from './runner-deps.ts'

/** What would become of one planned execution. */
interface PreviewRow {
  readonly execution: PlannedExecution
  readonly fate: 'run' | 'cached' | 'skipped' | 'impossible'
  readonly why: string | null
  readonly argv: readonly string[]
}

export interface PlanPreview {
  readonly rows: readonly PreviewRow[]
  /** Programs that are not installed, by pipeline. */
  readonly missingPrograms: readonly { readonly pipeline: string; readonly programs: readonly string[] }[]
  readonly eta: Eta | null
  /** What a comparison of its pipelines with earlier runs could show. */
  readonly power: PlannedPower
}

/** What a run of this plan would do. Starts and stores nothing. */
export const previewPlan = async (
  deps: RunnerDeps & { readonly which: (program: string) => string | null; readonly history: HistoryReads },
  plan: RunPlan,
): Promise<PlanPreview> => {
  const missingPrograms = plan.pipelines
    .map((pipeline) => ({
      pipeline: pipeline.name,
      programs: programsOf(pipeline).filter((program) => deps.which(program) === null),
    }))
    .filter(({ programs }) => programs.length > 0)
  const rows: PreviewRow[] = []
  const findEarlier = earlierOutputs(deps, plan.runId)
  for (const execution of plan.executions) rows.push(await previewOne(deps, plan, execution, findEarlier))
  const toRun = rows.filter(({ fate }) => fate === 'run').map(({ execution }) => cellOf(execution))
  return {
    rows,
    missingPrograms,
    eta: estimateRemaining({
      waiting: toRun,
      running: [],
      history: durationHistory(deps.store, plan),
      maxParallel: plan.maxParallel,
      random: seededRandom(plan.seed),
    }),
    power: powerOfPlan(deps.history, await toPowerRequest(deps, plan)),
  }
}

const toPowerRequest = async ({ executor }: RunnerDeps, plan: RunPlan): Promise<PowerRequest> => {
  const machine = (await executor.environment())['machine_fingerprint']
  const pipelines = new Set(plan.executions.map(({ pipeline, params }) => parameterKey(pipeline, params)))
  return {
    benchmarkType: plan.benchmarkType,
    truthSha256: plan.truth?.sha256 ?? null,
    machine: typeof machine === 'string' ? machine : null,
    samples: plan.samples.length,
    repeats: plan.repeats,
    pipelines: pipelines.size,
    primaryMetrics: primaryMetricsOf(plan.evaluation),
  }
}

const programsOf = (pipeline: Pipeline): readonly string[] => {
  const first = pipeline.command.kind === 'argv' ? pipeline.command.words[0] : pipeline.command.shell
  return [...new Set([...(first === undefined || first.includes('{') ? [] : [first]), ...pipeline.requires])]
}

const previewOne = async (
  deps: RunnerDeps,
  plan: RunPlan,
  execution: PlannedExecution,
  findEarlier: FindEarlierOutput,
): Promise<PreviewRow> => {
  if (execution.skip !== null) return { execution, fate: 'skipped', why: execution.skip, argv: [] }
  const spec = prepareAttempt(deps, plan, execution, 1)
  if ('problem' in spec) return { execution, fate: 'impossible', why: spec.problem, argv: [] }
  if (plan.useCache && !execution.warmup) {
    const { key } = await outputKey(deps, {
      pipeline: pipelineOf(plan, execution),
      params: execution.params,
      samples: samplesOf(plan, execution),
      projectRoot: deps.projectRoot,
    })
    const earlier = findEarlier(key, execution.repeat)
    if (earlier.state === 'there')
      return { execution, fate: 'cached', why: `outputs of run ${earlier.execution.runId}`, argv: spec.argv }
    if (earlier.state === 'gone')
      return { execution, fate: 'run', why: whyGone(deps.store, earlier.execution), argv: spec.argv }
  }
  return { execution, fate: 'run', why: null, argv: spec.argv }
}
