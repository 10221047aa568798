import type { RunList } from '../../app/list-runs.ts'
import { formatInteger, formatSeconds, formatTime } from '../format-number.ts'
import {
  isForPrograms,
  numberCell,
  renderTable,
  type Table,
  type TableOptions,
  withoutEmptyColumns,
} from '../table/table.ts'

/** Stored runs, newest first. */
export const renderRunList = (list: RunList, options: TableOptions = {}): string => {
  if (isForPrograms(options)) return renderTable(tableOf(list), options)
  if (list.total === 0)
    return 'No runs. Start one with `benchmark run`, or `benchmark test --quick` to see one at work.'
  const table = renderTable(withoutEmptyColumns(tableOf(list)), options)
  const more = moreRunsText(list)
  return more === null ? table : `${table}\n${options.format === 'markdown' ? '\n' : ''}${more}`
}

/** How many runs there are when not all are shown. */
export const moreRunsText = ({ runs, total }: RunList): string | null =>
  runs.length < total ? `${formatInteger(runs.length)} of ${formatInteger(total)} runs; --limit 0 shows all.` : null

const tableOf = ({ runs }: RunList): Table => ({
  head: ['run', 'started (UTC)', 'took', 'state', 'label', 'tags', 'branch', 'pipelines', 'samples'],
  keys: ['run_id', 'started_at', 'took_seconds', 'state', 'label', 'tags', 'branch', 'pipelines', 'samples'],
  rows: runs.map((run) => [
    run.runId,
    { text: formatTime(run.startedAt), value: run.startedAt },
    numberCell(tookSeconds(run), formatSeconds, ''),
    run.state,
    run.label ?? '',
    run.tags.join(', '),
    run.branch ?? '',
    run.pipelines.join(', '),
    String(run.samples.length),
  ]),
})

const tookSeconds = ({ startedAt, finishedAt, state }: RunList['runs'][number]): number | null =>
  finishedAt === null || state === 'imported' ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
