import { inReadingOrder } from '../core/reading-order.ts'
import { RUN_FILES } from '../core/run-folder.ts'
import type { RunPlan } from '../core/plan.ts'
import type { Execution, Run, RunState } from '../core/run.ts'
import { summarise } from '../core/metrics/summarise.ts'
import { toMetadataDocument, toMetricsDocument } from '../documents/run-document.ts'
import type { RunnerDeps } from './runner-deps.ts'

/** Derives the run's numbers from its executions, stores them, and exports the run as files people can read. */
export const finishRun = (
  deps: Pick<RunnerDeps, 'store' | 'files' | 'clock' | 'sha256Text'>,
  plan: RunPlan,
  executions: readonly Execution[],
  state: RunState,
  scoring: Readonly<Record<string, string>>,
): Run => {
  const samples = plan.samples.map(({ id }) => id)
  const { pipelines } = deps.store.header(plan.runId)
  const summary = summarise({ executions: inReadingOrder(executions, pipelines, samples), samples })
  const earlier = deps.store.run(plan.runId).comparability
  const key = planKey(
    { benchmarkType: plan.benchmarkType, truthSha256: plan.truth?.sha256 ?? null, samples },
    deps.sha256Text,
  )
  const comparability = { ...earlier, ...scoring, ...key }
  deps.store.saveSummary(plan.runId, summary, comparability, plan.warnings)
  deps.store.setRunState(plan.runId, state, state === 'interrupted' ? null : deps.clock.now().toISOString())
  if (state !== 'interrupted') deps.files.removeTree(`${plan.resultsDir}/scratch`)
  const run = deps.store.run(plan.runId)
  deps.files.writeAtomically(
    `${plan.resultsDir}/${RUN_FILES.metadata}`,
    `${JSON.stringify(toMetadataDocument(run, plan), null, 2)}\n`,
  )
  deps.files.writeAtomically(
    `${plan.resultsDir}/${RUN_FILES.metrics}`,
    `${JSON.stringify(toMetricsDocument(run), null, 2)}\n`,
  )
  return run
}

/** What two runs must share to be compared, as far as it is known before anything is scored; the rest comes from the scoring. */
export const planKey = (
  plan: { readonly benchmarkType: string; readonly truthSha256: string | null; readonly samples: readonly string[] },
  sha256Text: (text: string) => string,
): Record<string, string> => ({
  benchmark_type: plan.benchmarkType,
  truth_sha256: plan.truthSha256 ?? 'none',
  samples: sha256Text(JSON.stringify([...plan.samples].sort())),
})
