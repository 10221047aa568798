import { Problem } from '../../core/problem.ts'

const REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  ENOSPC: [
    'there is no space left',
    'Free some space, or choose another folder with local.cache_dir; then fetch again.',
  ],
  EDQUOT: [
    'your quota is used up',
    'Free some space, or choose another folder with local.cache_dir; then fetch again.',
  ],
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

/** Runs `act`; a failure becomes a {@link storageProblem}. */
export const stored = async <T>(action: string, path: string, act: () => Promise<T> | T): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    throw storageProblem(action, path, error)
  }
}
