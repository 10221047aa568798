import { Problem } from '../core/problem.ts'
import type { RunFolders, RunStore } from './ports.ts'

export interface RebuildResult {
  /** Run ids that are in the database now and were not before. */
  readonly restored: readonly string[]
  /** Run ids the database already had; they are left as they are. */
  readonly present: readonly string[]
  readonly damaged: readonly { readonly path: string; readonly problem: Problem }[]
}

/** Brings runs from their folders back into the database. Repeating it changes nothing; a damaged folder stops nothing. */
export const rebuildDatabase = (
  deps: { readonly store: RunStore; readonly folders: RunFolders },
  dir: string,
): RebuildResult => {
  const folders = deps.folders.find(dir)
  if (folders.length === 0)
    throw new Problem('E_NOT_FOUND', `There are no runs in ${dir}.`, {
      hints: ['Name a results folder, or the folder of one run (it holds metadata.json and metrics.json).'],
    })
  const restored: string[] = []
  const present: string[] = []
  const damaged: { path: string; problem: Problem }[] = []
  for (const folder of folders) {
    const found = readOrProblem(deps.folders, folder)
    if (found instanceof Problem) damaged.push({ path: folder, problem: found })
    else if (deps.store.has(found.run.runId)) present.push(found.run.runId)
    else {
      deps.store.insertFinished(found.run, found.plan)
      restored.push(found.run.runId)
    }
  }
  return { restored, present, damaged }
}

const readOrProblem = (folders: RunFolders, folder: string): ReturnType<RunFolders['read']> | Problem => {
  try {
    return folders.read(folder)
  } catch (error) {
    if (error instanceof Problem && error.code === 'E_INPUT') return error
    throw error
  }
}
