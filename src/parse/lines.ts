const RETURN = 13

/** Calls `take` for each line of a block, without its line end; answers how many lines were ended. */
export const eachLine = (bytes: Buffer, firstLine: number, take: (line: string, number: number) => void): number => {
  const lines = bytes.toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    take(line.charCodeAt(line.length - 1) === RETURN ? line.slice(0, -1) : line, firstLine + index)
  }
  return lines.length
}

/** What was taken from the last head: all formats look at the same one, in turn. */
let last = { head: '', taken: new Map<number, readonly string[]>() }

/** The first lines of a file, for recognising it: at most `most`, without line ends; one that was cut is left out. */
export const headLines = (head: string, most: number): readonly string[] => {
  if (last.head !== head) last = { head, taken: new Map() }
  const known = last.taken.get(most)
  if (known !== undefined) return known
  const lines = head.split('\n', most + 1).map((line) => line.replace(/\r$/, ''))
  const isCut = lines.length <= most && !head.endsWith('\n')
  const whole = isCut && lines.length > 1 ? lines.slice(0, -1) : lines.slice(0, most)
  last.taken.set(most, whole)
  return whole
}
