import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const LOOK_BYTES = 4096
const MOST_CHARACTERS = 200

/** The last line a program wrote to a log, shortened, or null: most programs name the cause of their failure there. */
export const lastWords = (path: string): string | null => {
  try {
    const fd = openSync(path, 'r')
    try {
      const size = fstatSync(fd).size
      const bytes = Buffer.alloc(Math.min(size, LOOK_BYTES))
      readSync(fd, bytes, 0, bytes.length, size - bytes.length)
      const lines = bytes.toString('utf8').split(/[\r\n]+/)
      // The first line may be the end of one.
      const line = (size > bytes.length ? lines.slice(1) : lines).map((one) => one.trim()).findLast((one) => one !== '')
      if (line === undefined) return null
      return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}
