import type { Files } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'

/** The text of a file that a flag names. Throws `E_NOT_FOUND` where there is none. */
export const readSettingFile = (files: Pick<Files, 'exists' | 'readText'>, file: string): string => {
  if (!files.exists(file)) throw new Problem('E_NOT_FOUND', `There is no file ${file}.`, { hints: ['Check the path.'] })
  return files.readText(file)
}
