import { dirname, resolve } from 'node:path'
import type { Project } from '../compose.ts'

/** Writes a result to a file the user named, whole or not at all. */
export const writeOutput = async (project: Project, file: string, text: string): Promise<void> => {
  const files = await project.files()
  const path = resolve(file)
  files.makeDir(dirname(path))
  files.writeAtomically(path, text.endsWith('\n') ? text : `${text}\n`)
}
