import type { PlanPreview } from '../../app/preview-plan.ts'
import type { RunPlan } from '../../core/plan.ts'
import { formatCommand } from '../../core/split-command.ts'
import { formatSeconds } from '../format-number.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { Table, TableOptions } from '../table/table.ts'
import { powerParts } from './plan-power-text.ts'
import { textTablePart } from './text-table.ts'

const SHOWN = 60

/** The matrix of a run that has not started: what would run, in which order, with which command. */
export const renderPlan = (plan: RunPlan, preview: PlanPreview, options: TableOptions = {}): string => {
  const counts = new Map<string, number>()
  for (const { fate } of preview.rows) counts.set(fate, (counts.get(fate) ?? 0) + 1)
  const rows = preview.rows
    .slice(0, SHOWN)
    .map(({ execution, fate, why, argv }) => [
      String(execution.id),
      execution.pipeline,
      parametersText(execution.params),
      execution.sample ?? 'all samples',
      execution.warmup ? `warm-up ${execution.repeat}` : String(execution.repeat),
      why === null ? fate : `${fate}: ${why}`,
      formatCommand(argv),
    ])
  const parts: PagePart[] = [
    `${preview.rows.length} executions: ${plan.pipelines.length} pipelines, ${plan.samples.length} samples, ${plan.repeats} repeats, order ${plan.order} (seed ${plan.seed}), ${plan.maxParallel} at a time`,
    textTablePart(['#', 'pipeline', 'parameters', 'sample', 'repeat', 'would', 'command'], rows, options),
  ]
  if (preview.rows.length > SHOWN) parts.push(`… and ${preview.rows.length - SHOWN} more (--json shows all)`)
  parts.push([...counts].map(([fate, count]) => `${fate} ${count}`).join(', '))
  parts.push(
    preview.eta
      ? `expected time ${formatSeconds(preview.eta.p50)} (up to ${formatSeconds(preview.eta.p90)})`
      : 'expected time unknown: not every pipeline has run here before',
  )
  parts.push('', ...powerParts(preview.power, options), '')
  for (const { pipeline, programs } of preview.missingPrograms)
    parts.push(`Warning: ${pipeline} needs ${programs.join(', ')}, not on the PATH`)
  for (const warning of plan.warnings) parts.push(`Warning: ${warning}`)
  parts.push('Nothing was started (--dry-run).')
  return renderPage(parts, () => planRows(plan, preview), options)
}

const parametersText = (params: PlanPreview['rows'][number]['execution']['params']): string =>
  Object.entries(params)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')

/** Every execution, one a row. */
const planRows = ({ pipelines }: RunPlan, { rows }: PlanPreview): Table => ({
  head: ['id', 'pipeline', 'version', 'params', 'sample', 'repeat', 'warmup', 'would', 'why', 'command'],
  rows: rows.map(({ execution, fate, why, argv }) => [
    ...[String(execution.id), execution.pipeline],
    pipelines.find(({ name }) => name === execution.pipeline)?.version ?? '',
    ...[JSON.stringify(execution.params), execution.sample ?? '', String(execution.repeat)],
    ...[String(execution.warmup), fate, why ?? '', formatCommand(argv)],
  ]),
})
