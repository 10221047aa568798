import type { BaselineChange, BaselineEntry } from '../../app/baseline/set-baseline.ts'
import { baselinePlaceWords } from '../../core/baseline.ts'
import { formatTime } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { textTable } from './text-table.ts'

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
export const renderBaselines = (baselines: readonly BaselineEntry[], width?: number): string => {
  if (baselines.length === 0)
    return 'No baseline is set. Set one with `benchmark baseline set RUN`, for example `benchmark baseline set latest`.'
  const rows = baselines.map(({ branch, label, run, setAt }) => [
    branch ?? 'any',
    label ?? 'any',
    run.runId,
    formatTime(run.startedAt),
    run.state,
    run.commit?.slice(0, 10) ?? '',
    run.pipelines.join(', '),
    formatTime(setAt),
  ])
  return textTable(
    ['branch', 'label', 'run', 'started (UTC)', 'state', 'commit', 'pipelines', 'set (UTC)'],
    rows,
    width,
  )
}
