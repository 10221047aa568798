import type { RunList } from '../../app/list-runs.ts'
import { formatInteger, formatSeconds, formatTime } from '../format-number.ts'
import { textColumns } from './text-columns.ts'

/** Stored runs, newest first, with how many there are when not all are shown. */
export const renderRunList = ({ runs, total }: RunList, width?: number): string => {
  if (total === 0) return 'No runs. Start one with `benchmark run`, or `benchmark test --quick` to see one at work.'
  const rows = runs.map((run) => [
    run.runId,
    formatTime(run.startedAt),
    run.finishedAt === null || run.state === 'imported'
      ? ''
      : formatSeconds((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000),
    run.state,
    run.label ?? '',
    run.tags.join(', '),
    run.branch ?? '',
    run.pipelines.join(', '),
    String(run.samples.length),
  ])
  const head = ['run', 'started (UTC)', 'took', 'state', 'label', 'tags', 'branch', 'pipelines', 'samples']
  // A column nobody filled says nothing.
  const used = head.map((_, column) => rows.some((row) => row[column] !== ''))
  const kept = (row: readonly string[]): string[] => row.filter((_, column) => used[column])
  const lines = [textColumns(kept(head), rows.map(kept), width)]
  if (runs.length < total)
    lines.push(`${formatInteger(runs.length)} of ${formatInteger(total)} runs; --limit 0 shows all.`)
  return lines.join('\n')
}
