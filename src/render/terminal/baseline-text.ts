import type { BaselineChange, BaselineEntry } from '../../app/baseline/set-baseline.ts'
import { baselinePlaceWords } from '../../core/baseline.ts'
import { formatTime } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'

/** What was set and cleared, one line each. */
export const renderBaselineChange = ({ set, removed }: BaselineChange): string => {
  const was = removed.length > 0 && set !== null ? ` instead of ${removed.map(({ runId }) => runId).join(', ')}` : ''
  const lines =
    set === null
      ? removed.map((one) => `Cleared the baseline of ${baselinePlaceWords(one)} (${one.runId}); the run stays.`)
      : [`Run ${set.runId} is now the baseline of ${baselinePlaceWords(set)}${was}.`]
  return lines.length === 0 ? 'No baseline was set.' : lines.map(plainLine).join('\n')
}

/** All baselines as a table, or how to set one. */
export const renderBaselines = (baselines: readonly BaselineEntry[], options: TableOptions): string => {
  if (baselines.length === 0 && !isForPrograms(options))
    return 'No baseline is set. Set one with `benchmark baseline set RUN`, for example `benchmark baseline set latest`.'
  const rows = baselines.map(({ branch, label, run, setAt }) => [
    { text: branch ?? 'any', value: branch },
    { text: label ?? 'any', value: label },
    run.runId,
    { text: formatTime(run.startedAt), value: run.startedAt },
    run.state,
    run.commit?.slice(0, 10) ?? '',
    run.pipelines.join(', '),
    { text: formatTime(setAt), value: setAt },
  ])
  const head = ['branch', 'label', 'run', 'started (UTC)', 'state', 'commit', 'pipelines', 'set (UTC)']
  const keys = ['branch', 'label', 'run_id', 'started_at', 'state', 'commit', 'pipelines', 'set_at']
  return renderTable({ head, keys, rows }, options)
}
