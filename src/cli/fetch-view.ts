import type { FetchProgress } from '../app/hub/fetch-dataset.ts'
import { formatBytes, formatSeconds } from '../render/format-number.ts'
import { plainLine } from '../render/plain-text.ts'

/** Shows how far a fetch is: one redrawn line on a terminal, a line now and then elsewhere. */
export interface FetchView {
  readonly onProgress: (progress: FetchProgress) => void
  close(): void
}

const REDRAW_EVERY_MS = 200
const REPORT_EVERY_MS = 30_000

export const createFetchView = (stream: NodeJS.WriteStream): FetchView => {
  const startedAt = performance.now()
  let shownAt = stream.isTTY ? 0 : startedAt
  let isDrawn = false
  return {
    onProgress: (progress) => {
      const now = performance.now()
      if (now - shownAt < (stream.isTTY ? REDRAW_EVERY_MS : REPORT_EVERY_MS)) return
      shownAt = now
      const line = fetchLine(progress, (now - startedAt) / 1000)
      if (!stream.isTTY) return void stream.write(`${line}\n`)
      stream.write(`\r\u001b[0K${line.slice(0, Math.max(20, stream.columns || 80) - 1)}`)
      isDrawn = true
    },
    close: () => {
      if (isDrawn) stream.write('\r\u001b[0K')
    },
  }
}

/** `[3/12] 1.2 GB of 4.0 GB, 25 MB/s, ETA 1m 52s: a.fastq.gz`. The speed is of this attempt only. */
const fetchLine = (progress: FetchProgress, seconds: number): string => {
  const { filesDone, files, bytesDone, bytes, bytesBefore, current } = progress
  const speed = seconds > 0 ? (bytesDone - bytesBefore) / seconds : 0
  const pace =
    speed > 0 ? `, ${formatBytes(speed)}/s, ETA ${formatSeconds((bytes - bytesDone) / speed)}` : ', ETA: estimating'
  const names = current.length === 0 ? '' : `: ${plainLine(current.join(', '))}`
  return `[${filesDone}/${files}] ${formatBytes(bytesDone)} of ${formatBytes(bytes)}${bytesDone < bytes ? pace : ''}${names}`
}
