import type { OnTransfer, TransferProgress } from '../app/hub/transfer-progress.ts'
import { formatBytes, formatInteger, formatSeconds } from '../render/format-number.ts'

/** Shows an exchange while it works: one redrawn line on a terminal, a line now and then elsewhere. */
export interface TransferView {
  readonly onProgress: OnTransfer
  close(): void
}

const PHASES = { fetch: 'Receiving', check: 'Checking', send: 'Sending', write: 'Writing' } as const
const REDRAW_MS = 100
const REPORT_EVERY_MS = 10_000

export const transferView = (stream: NodeJS.WriteStream, quiet: boolean): TransferView => {
  const isLive = stream.isTTY && !quiet
  let phase = ''
  let startedAt = performance.now()
  let shownAt = startedAt
  let isDrawn = false
  return {
    onProgress: (progress) => {
      const now = performance.now()
      if (progress.phase !== phase) {
        phase = progress.phase
        startedAt = now
        shownAt = now
      }
      if (now - shownAt < (isLive ? REDRAW_MS : REPORT_EVERY_MS)) return
      shownAt = now
      const line = lineOf(progress, (now - startedAt) / 1000)
      stream.write(isLive ? `\r\u001b[K${line}` : `${line}\n`)
      isDrawn = isLive
    },
    close: () => {
      if (isDrawn) stream.write('\r\u001b[K')
      isDrawn = false
    },
  }
}

const lineOf = ({ phase, done, total, unit }: TransferProgress, seconds: number): string => {
  const amount = (n: number): string => (unit === 'bytes' ? formatBytes(n) : `${formatInteger(n)} ${unit}`)
  if (total === null || total <= 0) return `${PHASES[phase]}: ${amount(done)}`
  const left = done > 0 && seconds > 1 ? `, about ${formatSeconds((seconds * (total - done)) / done)} left` : ''
  return `${PHASES[phase]}: ${amount(done)} of ${amount(total)}${left}`
}
