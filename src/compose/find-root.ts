import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Problem } from '../core/problem.ts'

/** Finds the project: the given folder, else the nearest folder upwards with `.benchmark/`, else the current one. */
export const findRoot = (folder: string | undefined): string => {
  if (folder !== undefined) {
    const root = resolve(folder)
    if (!existsSync(root))
      throw new Problem('E_NOT_FOUND', `The project folder ${folder} does not exist.`, { hints: ['Check --project.'] })
    return root
  }
  for (let at = process.cwd(); ; at = dirname(at)) {
    if (existsSync(join(at, '.benchmark'))) return at
    if (dirname(at) === at) return process.cwd()
  }
}
