/** The only module that knows which adapter stands behind which port. Adapters are imported on first use. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type RunFolders, type RunStore } from './app/ports.ts'
import { Problem } from './core/problem.ts'

export interface Project {
  /** Absolute folder that holds `.benchmark/` (or would). */
  readonly root: string
  /** For reading, unless told otherwise; a project without a database reads as empty. */
  readonly store: (access?: 'read' | 'write') => Promise<RunStore>
  readonly runFolders: () => Promise<RunFolders>
  /** Folder that holds the run folders. */
  readonly resultsDir: () => Promise<string>
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
    store: async (access = 'read') => {
      const file = join(root, '.benchmark', 'benchmark.db')
      const [{ openDatabase, openDatabaseForReading }, create] = await Promise.all([
        import('./store/open.ts'),
        access === 'read'
          ? import('./store/run-queries.ts').then(({ createReadingStore }) => createReadingStore)
          : import('./store/run-store.ts').then(({ createRunStore }) => createRunStore),
      ])
      if (access === 'write') mkdirSync(dirname(file), { recursive: true })
      const warn = (text: string): void => void process.stderr.write(`Warning: ${text}\n`)
      const store = create(access === 'read' ? openDatabaseForReading(file) : openDatabase(file, { warn }))
      closers.push(() => store.close())
      return store
    },
    runFolders: async () => (await import('./store/run-folders.ts')).createRunFolders(),
    resultsDir: () => Promise.resolve(join(root, '.benchmark', 'results')),
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
}
