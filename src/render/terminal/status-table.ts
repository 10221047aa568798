import type { RunStatus } from '../../app/run-status.ts'
import { formatSeconds } from '../format-number.ts'
import { plainText } from '../plain-text.ts'

/** Where a run stands, in a few lines. */
export const renderStatus = (status: RunStatus): string => {
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
