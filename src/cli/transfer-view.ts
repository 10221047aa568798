import type { OnTransfer, TransferProgress } from '../app/hub/transfer-progress.ts'
import { formatBytes, formatInteger, formatSeconds } from '../render/format-number.ts'
import { progressLine } from './progress-line.ts'

/** Shows how far an exchange is. */
interface TransferView {
  readonly onProgress: OnTransfer
  close(): void
}

const PHASES = { fetch: 'Receiving', check: 'Checking', send: 'Sending', write: 'Writing' } as const
const REPORT_EVERY_MS = 10_000

/** `quiet`: nothing is redrawn, as where a program reads along. */
export const transferView = (stream: NodeJS.WriteStream, quiet: boolean): TransferView => {
  const line = progressLine(stream, { isLive: stream.isTTY && !quiet, reportEveryMs: REPORT_EVERY_MS })
  let phase = ''
  // Not `performance`: it takes Node a millisecond to load.
  let startedAt = process.uptime()
  return {
    onProgress: (progress) => {
      if (progress.phase !== phase) {
        phase = progress.phase
        startedAt = process.uptime()
        line.restart()
      }
      line.show(() => lineOf(progress, process.uptime() - startedAt))
    },
    close: () => line.close(),
  }
}

const lineOf = ({ phase, done, total, unit }: TransferProgress, seconds: number): string => {
  const amount = (n: number): string => (unit === 'bytes' ? formatBytes(n) : `${formatInteger(n)} ${unit}`)
  if (total === null || total <= 0) return `${PHASES[phase]}: ${amount(done)}`
  const left = done > 0 && seconds > 1 ? `, about ${formatSeconds((seconds * (total - done)) / done)} left` : ''
  return `${PHASES[phase]}: ${amount(done)} of ${amount(total)}${left}`
}
