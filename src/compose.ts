/** The only module that knows which adapter stands behind which port. Adapters are imported on first use. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Problem } from './core/problem.ts'

export interface Project {
  /** Absolute folder that holds `.benchmark/` (or would). */
  readonly root: string
  close(): Promise<void>
}

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

/** Opens nothing: each part opens itself when first asked for. */
export const openProject = (folder: string | undefined): Project => {
  const root = findRoot(folder)
  const closers: (() => Promise<void> | void)[] = []
  return {
    root,
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
}
