import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The ResFinder database of Debian's `resfinder-db`. */
export const resfinderDatabase = '/usr/share/resfinder/db'

/** Which of these programs (names on the PATH, or absolute paths) are not installed here. */
export const missingTools = (names: readonly string[]): string[] => names.filter((name) => !isInstalled(name))

const isInstalled = (name: string): boolean =>
  name.startsWith('/')
    ? existsSync(name)
    : (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && isProgram(join(folder, name)))

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
