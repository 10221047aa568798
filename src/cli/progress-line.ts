/** One line of progress: redrawn in place on a terminal, a line of its own now and then elsewhere. */
export interface ProgressLine {
  /** Shows `text()` when it is time again. */
  show(text: () => string): void
  /** Something else begins: the next line is due after a whole interval. */
  restart(): void
  /** Takes a redrawn line away. Twice does no harm. */
  close(): void
}

const REDRAW_EVERY_MS = 150
const ERASE = '\r\u001b[K'
const NARROWEST = 20

// Not `performance.now()`: it takes Node a millisecond to load.
const milliseconds = (): number => process.uptime() * 1000

export const progressLine = (
  stream: NodeJS.WriteStream,
  { isLive, reportEveryMs }: { readonly isLive: boolean; readonly reportEveryMs: number },
): ProgressLine => {
  let shownAt = milliseconds()
  let isDrawn = false
  return {
    show: (text) => {
      const now = milliseconds()
      if (now - shownAt < (isLive ? REDRAW_EVERY_MS : reportEveryMs)) return
      shownAt = now
      // A line that wraps cannot be erased.
      const width = Math.max(NARROWEST, stream.columns || 80) - 1
      stream.write(isLive ? `${ERASE}${text().slice(0, width)}` : `${text()}\n`)
      isDrawn = isLive
    },
    restart: () => {
      shownAt = milliseconds()
    },
    close: () => {
      if (isDrawn) stream.write(ERASE)
      isDrawn = false
    },
  }
}
