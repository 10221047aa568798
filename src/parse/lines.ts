/** Calls `take` for each line of a block, without its line end; answers how many lines were ended. */
export const eachLine = (
  text: string,
  firstLine: number,
  take: (start: number, end: number, line: number, isEnded: boolean) => void,
): number => {
  let line = firstLine
  for (let start = 0; start < text.length; line++) {
    const feed = text.indexOf('\n', start)
    const next = feed < 0 ? text.length : feed
    take(start, next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next, line, feed >= 0)
    start = next + 1
  }
  return line - firstLine
}

/** The first lines of a file, for recognising it: at most `most`, without line ends; one that was cut is left out. */
export const headLines = (head: string, most: number): string[] => {
  const lines = head.split('\n', most + 1).map((line) => line.replace(/\r$/, ''))
  const isCut = lines.length <= most && !head.endsWith('\n')
  return isCut && lines.length > 1 ? lines.slice(0, -1) : lines.slice(0, most)
}
