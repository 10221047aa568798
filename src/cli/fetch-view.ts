import type { FetchProgress } from '../app/hub/fetch-dataset.ts'
import { formatBytes, formatSeconds } from '../render/format-number.ts'
import { plainLine } from '../render/plain-text.ts'
import { progressLine } from './progress-line.ts'

/** Shows how far a fetch is. */
interface FetchView {
  readonly onProgress: (progress: FetchProgress) => void
  close(): void
}

const REPORT_EVERY_MS = 30_000

export const createFetchView = (stream: NodeJS.WriteStream): FetchView => {
  const startedAt = performance.now()
  const line = progressLine(stream, { isLive: stream.isTTY, reportEveryMs: REPORT_EVERY_MS })
  return {
    onProgress: (progress) => line.show(() => fetchLine(progress, (performance.now() - startedAt) / 1000)),
    close: () => line.close(),
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
