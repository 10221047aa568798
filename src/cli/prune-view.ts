import type { PruneRequest } from '../app/prune/prune-project.ts'
import { formatInteger } from '../render/format-number.ts'
import { plainLine } from '../render/plain-text.ts'
import { progressLine } from './progress-line.ts'

interface PruneView extends Pick<PruneRequest, 'onProgress'> {
  close(): void
}

const REPORT_EVERY_MS = 10_000

/** Shows how far removing is. `quiet`: nothing is redrawn, as where a program reads along. */
export const pruneView = (stream: NodeJS.WriteStream, quiet: boolean): PruneView => {
  const line = progressLine(stream, { isLive: stream.isTTY && !quiet, reportEveryMs: REPORT_EVERY_MS })
  return {
    onProgress: ({ path }, done, of) =>
      line.show(() => plainLine(`[${formatInteger(done)}/${formatInteger(of)}] removing in ${path}`)),
    close: () => line.close(),
  }
}
