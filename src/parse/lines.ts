const RETURN = 13

const withoutReturn = (line: string): string => (line.charCodeAt(line.length - 1) === RETURN ? line.slice(0, -1) : line)

/** Calls `take` for each line of a block, without its line end; answers how many lines were ended. */
export const eachLine = (bytes: Buffer, firstLine: number, take: (line: string, number: number) => void): number => {
  const lines = bytes.toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    take(withoutReturn(line), firstLine + index)
  }
  return lines.length
}

/** No format looks at more lines of a head. */
const MOST_HEAD_LINES = 200

/** The lines of the last head, one more than any format looks at, and what was taken of them: all look at the same one, in turn. */
let last = { head: '', lines: [] as readonly string[], taken: new Map<number, readonly string[]>() }

/** The first lines of a file, for recognising it: at most `most` (up to 200), without line ends; one that was cut is left out. */
export const headLines = (head: string, most: number): readonly string[] => {
  if (last.head !== head)
    last = { head, lines: head.split('\n', MOST_HEAD_LINES + 1).map(withoutReturn), taken: new Map() }
  const known = last.taken.get(most)
  if (known !== undefined) return known
  const lines = last.lines.slice(0, most + 1)
  const isCut = lines.length <= most && !head.endsWith('\n')
  const whole = isCut && lines.length > 1 ? lines.slice(0, -1) : lines.slice(0, most)
  last.taken.set(most, whole)
  return whole
}
