import type { RunStatus } from '../../app/run-status.ts'
import { formatSeconds } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'

/** Where a run stands, in a few lines. */
export const renderStatus = (status: RunStatus, options: TableOptions): string => {
  if (isForPrograms(options) || options.format === 'markdown') return statusTable(status, options)
  const counts = Object.entries(status.counts).map(([state, count]) => `${count} ${state.replaceAll('_', ' ')}`)
  const lines = [
    `run       ${status.runId}`,
    `state     ${status.state}${status.runner ? ` (process ${status.runner.pid} on ${status.runner.host})` : ''}`,
    `progress  ${Math.floor(status.progress * 100)} % (${counts.join(', ')})`,
  ]
  if (status.runner)
    lines.push(
      `ETA       ${status.eta ? `${formatSeconds(status.eta.p50)} (up to ${formatSeconds(status.eta.p90)})` : 'not known yet'}`,
    )
  for (const { pipeline, sample, elapsedSeconds } of status.running)
    lines.push(
      `running   ${pipeline} ${sample ?? 'all samples'}${elapsedSeconds === null ? '' : ` for ${formatSeconds(elapsedSeconds)}`}`,
    )
  if (status.state === 'interrupted') lines.push(`→ benchmark run --resume ${status.runId}`)
  return lines.map(plainText).join('\n')
}

/** The same as one row, for programs and for text around it. */
const statusTable = ({ runId, state, progress, counts, eta }: RunStatus, options: TableOptions): string => {
  const seconds = (value: number | undefined) => ({
    text: value === undefined ? '–' : formatSeconds(value),
    value: value ?? null,
  })
  return renderTable(
    {
      head: [
        'run',
        'state',
        'progress',
        'ETA',
        'ETA at most',
        ...Object.keys(counts).map((name) => name.replaceAll('_', ' ')),
      ],
      keys: ['run_id', 'state', 'progress', 'eta_p50_seconds', 'eta_p90_seconds', ...Object.keys(counts)],
      rows: [
        [
          ...[runId, state],
          { text: `${String(Math.floor(progress * 100))} %`, value: progress },
          ...[seconds(eta?.p50), seconds(eta?.p90)],
          ...Object.values(counts).map(String),
        ],
      ],
    },
    options,
  )
}
