import { Problem } from '../core/problem.ts'

const FREE =
  'Free some space, or choose another folder with local.cache_dir; then try again. What was stored before is intact.'

const REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  ENOSPC: ['there is no space left', FREE],
  EDQUOT: ['your quota is used up', FREE],
  EFBIG: ['it would be larger than files may be here', 'Look at ulimit -f, or choose another file system.'],
  EACCES: ['access is denied', 'Give yourself the permission, or choose another folder with local.cache_dir.'],
  EPERM: ['access is denied', 'Give yourself the permission, or choose another folder with local.cache_dir.'],
  EROFS: ['the file system is read-only', 'Choose another folder with local.cache_dir.'],
}

/** A failure of this machine's own storage: no other source would help. What was fetched stays, to go on from. */
const storageProblem = (action: string, path: string, error: unknown): Problem => {
  if (error instanceof Problem) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const [what, next] = REASONS[code] ?? [error instanceof Error ? error.message : String(error), 'Check the path.']
  return new Problem('E_STORE', `Cannot ${action} ${path}: ${what}.`, { hints: [next], cause: error })
}

/** What git says of a disk, by the code the system gives it. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/no space left on device|out of disk ?space/i, 'ENOSPC'],
  [/disk quota exceeded/i, 'EDQUOT'],
  [/read-only file system/i, 'EROFS'],
]

/**
 * A failure that is this machine's storage's, by its code or by what git said; every other one comes back as it is. `path`: what
 * the storage is for.
 */
export const storageFailure = (path: string, error: unknown, said = ''): unknown => {
  const code = SAID.find(([words]) => words.test(said))?.[1] ?? (error as NodeJS.ErrnoException).code ?? ''
  return code in REASONS ? storageProblem('write', path, Object.assign(new Error(said), { code })) : error
}

/** Runs `act`; a failure becomes a {@link storageProblem}. */
export const stored = async <T>(action: string, path: string, act: () => Promise<T> | T): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    throw storageProblem(action, path, error)
  }
}
