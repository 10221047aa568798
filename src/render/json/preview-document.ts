import type { PlanPreview } from '../../app/preview-plan.ts'
import type { RunPlan } from '../../core/plan.ts'
import type { RunPreviewDocument } from '../../generated/run-preview.ts'
import { toPlanPowerDocument } from './plan-power-document.ts'

/** The JSON of `run --dry-run`. */
export const toPreviewDocument = (plan: RunPlan, preview: PlanPreview): RunPreviewDocument => ({
  schema: 'benchmark.run-preview/1',
  benchmark_type: plan.benchmarkType,
  order: plan.order,
  seed: plan.seed,
  max_parallel: plan.maxParallel,
  repeats: plan.repeats,
  warmup: plan.warmup,
  results_dir: plan.resultsDir,
  executions: preview.rows.map(({ execution, fate, why, argv }) => ({
    id: execution.id,
    pipeline: execution.pipeline,
    params: execution.params,
    sample: execution.sample,
    repeat: execution.repeat,
    warmup: execution.warmup,
    fate,
    why,
    argv: [...argv],
  })),
  missing_programs: preview.missingPrograms.map(({ pipeline, programs }) => ({ pipeline, programs: [...programs] })),
  eta_seconds: preview.eta,
  power: toPlanPowerDocument(preview.power),
  warnings: [...plan.warnings],
})
