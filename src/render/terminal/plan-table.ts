import type { PlanPreview } from '../../app/preview-plan.ts'
import type { RunPlan } from '../../core/plan.ts'
import { formatCommand } from '../../core/split-command.ts'
import { formatSeconds } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { renderPlanPower } from './plan-power-text.ts'
import { textTable } from './text-table.ts'

const SHOWN = 60

/** The matrix of a run that has not started: what would run, in which order, with which command. */
export const renderPlan = (plan: RunPlan, preview: PlanPreview, width?: number): string => {
  const counts = new Map<string, number>()
  for (const { fate } of preview.rows) counts.set(fate, (counts.get(fate) ?? 0) + 1)
  const rows = preview.rows.slice(0, SHOWN).map(({ execution, fate, why, argv }) => [
    String(execution.id),
    execution.pipeline,
    Object.entries(execution.params)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' '),
    execution.sample ?? 'all samples',
    execution.warmup ? `warm-up ${execution.repeat}` : String(execution.repeat),
    why === null ? fate : `${fate}: ${why}`,
    formatCommand(argv),
  ])
  const lines = [
    `${preview.rows.length} executions: ${plan.pipelines.length} pipelines, ${plan.samples.length} samples, ${plan.repeats} repeats, order ${plan.order} (seed ${plan.seed}), ${plan.maxParallel} at a time`,
    textTable(['#', 'pipeline', 'parameters', 'sample', 'repeat', 'would', 'command'], rows, width),
  ]
  if (preview.rows.length > SHOWN) lines.push(`… and ${preview.rows.length - SHOWN} more (--json shows all)`)
  lines.push([...counts].map(([fate, count]) => `${fate} ${count}`).join(', '))
  lines.push(
    preview.eta
      ? `expected time ${formatSeconds(preview.eta.p50)} (up to ${formatSeconds(preview.eta.p90)})`
      : 'expected time unknown: not every pipeline has run here before',
  )
  lines.push('', renderPlanPower(preview.power), '')
  for (const { pipeline, programs } of preview.missingPrograms)
    lines.push(`Warning: ${pipeline} needs ${programs.join(', ')}, not on the PATH`)
  for (const warning of plan.warnings) lines.push(`Warning: ${warning}`)
  lines.push('Nothing was started (--dry-run).')
  return lines.map(plainText).join('\n')
}
