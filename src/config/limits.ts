import { DURATION_HINT, parseDuration, parseSize, SIZE_HINT } from '../core/units.ts'
import type { Path } from './yaml-source.ts'

type Report = (message: string, path: Path, hint?: string) => void

/** Milliseconds of a duration in a declaration or configuration; null when there is none or it is wrong. */
export const readDuration = (text: unknown, path: Path, report: Report): number | null => {
  if (typeof text !== 'string') return null
  const milliseconds = parseDuration(text)
  if (milliseconds !== null && milliseconds > 0) return milliseconds
  report(`"${text}" is not a duration.`, path, DURATION_HINT)
  return null
}

/** Bytes of a size in a declaration or configuration; null when there is none or it is wrong. */
export const readSize = (text: unknown, path: Path, report: Report): number | null => {
  if (typeof text !== 'string') return null
  const bytes = parseSize(text)
  if (bytes !== null && bytes > 0) return bytes
  report(`"${text}" is not a size.`, path, SIZE_HINT)
  return null
}
