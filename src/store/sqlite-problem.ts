import { Problem } from '../core/problem.ts'

interface Explanation {
  readonly message: (file: string) => string
  readonly hints: readonly string[]
}

const REBUILD = 'The scores are also in the results folder: move the database away and run `benchmark import`.'

// By SQLite's primary result code; extended codes (SQLITE_IOERR_WRITE) are found by their beginning.
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  SQLITE_BUSY: {
    message: (file) => `The database ${file} stayed locked by another process.`,
    hints: ['Try again when the other benchmark command has ended; `benchmark status` shows what is running.'],
  },
  SQLITE_LOCKED: {
    message: (file) => `The database ${file} is locked.`,
    hints: ['Try again when the other benchmark command has ended.'],
  },
  SQLITE_CORRUPT: { message: (file) => `The database ${file} is damaged.`, hints: [REBUILD] },
  SQLITE_NOTADB: { message: (file) => `The file ${file} is not a database of this program.`, hints: [REBUILD] },
  SQLITE_FULL: {
    message: (file) => `There is no space left to write the database ${file}.`,
    hints: ['Free some space and repeat the command; what was stored before is intact.'],
  },
  SQLITE_IOERR: {
    message: (file) => `Reading or writing the database ${file} failed.`,
    hints: ['Check free space and the health of the disk or network share, then repeat the command.'],
  },
  SQLITE_READONLY: {
    message: (file) => `The database ${file} cannot be written.`,
    hints: ['Check the permissions of the file and its folder; `list` and `show` work without writing.'],
  },
  SQLITE_CANTOPEN: {
    message: (file) => `The database ${file} cannot be opened.`,
    hints: ['Check that its folder exists and that you may read and write there.'],
  },
  EACCES: {
    message: (file) => `You may not look at the database ${file}.`,
    hints: ['Check the permissions of the file and its folder.'],
  },
  SQLITE_PERM: {
    message: (file) => `You may not open the database ${file}.`,
    hints: ['Check the permissions of the file and its folder.'],
  },
}

/** What an error from better-sqlite3 means for the user; errors that are bugs of this program come back unchanged. */
export const storeProblem = (error: unknown, file: string): unknown => {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  if (isMissingBinding(error, code)) return missingBinding(error)
  // better-sqlite3 looks at the folder itself and throws this before SQLite is asked.
  if (error instanceof TypeError && error.message.includes('directory does not exist'))
    return new Problem('E_STORE', `The folder of the database ${file} does not exist.`, {
      hints: ['Run `benchmark init` in the project folder, or check --project.'],
      cause: error,
    })
  if (typeof code !== 'string') return error
  const known = Object.keys(EXPLANATIONS).find((primary) => code === primary || code.startsWith(`${primary}_`))
  const explanation = known === undefined ? undefined : EXPLANATIONS[known]
  if (!explanation) return error
  return new Problem('E_STORE', explanation.message(file), { hints: explanation.hints, cause: error })
}

/** Runs something on the database and turns its errors into Problems. */
export const withStoreProblems = <T>(file: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw storeProblem(error, file)
  }
}

/** Wraps functions so that what SQLite throws becomes a `Problem` about that file. */
export const guardedBy =
  (file: string) =>
  <Values extends unknown[], Result>(act: (...values: Values) => Result) =>
  (...values: Values): Result =>
    withStoreProblems(file, () => act(...values))

const isMissingBinding = (error: Error, code: unknown): boolean =>
  code === 'ERR_DLOPEN_FAILED' ||
  (code === 'MODULE_NOT_FOUND' && error.message.includes('better')) ||
  error.message.startsWith('Could not locate the bindings file')

const missingBinding = (cause: Error): Problem =>
  new Problem('E_STORE', 'The SQLite module of this installation does not work with this Node.js.', {
    hints: [
      'Install benchmark again with this Node.js, with its optional dependencies.',
      'For Node.js before 22.14 `npm rebuild better-sqlite3` where benchmark is installed makes it (needs a C++ compiler and Python when no prebuilt one fits).',
    ],
    cause,
  })
