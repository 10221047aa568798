/** Calls `take` for each line of a block, without its line end; answers how many lines were ended. */
export const eachLine = (bytes: Buffer, firstLine: number, take: (line: string, number: number) => void): number => {
  const lines = bytes.toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    take(line.endsWith('\r') ? line.slice(0, -1) : line, firstLine + index)
  }
  return lines.length
}

/** The first lines of a file, for recognising it: at most `most`, without line ends; one that was cut is left out. */
export const headLines = (head: string, most: number): string[] => {
  const lines = head.split('\n', most + 1).map((line) => line.replace(/\r$/, ''))
  const isCut = lines.length <= most && !head.endsWith('\n')
  return isCut && lines.length > 1 ? lines.slice(0, -1) : lines.slice(0, most)
}
