/** The whole program as one file, started with the code V8 compiled for the same command before (decision 99). */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { requiringLate } from './late-modules.ts'
import type { BundleRun } from './run-bundled.ts'

/** Length of the identity `scripts/bundle.mjs` writes at the end of the file: a SHA-256 in hexadecimal digits. */
const IDENTITY_LENGTH = 64
/** By then a command has started, and V8 still has all of its code. */
const STARTED_MS = 1000
/** A folder copied file by file has times a little apart; a compiler takes longer than this. */
const COPY_SECONDS = 2

interface Bundle {
  readonly run: (root: string) => Promise<unknown>
}

/**
 * Loads `program.cjs` of the folder `dist` for a command line that starts with `words`. Null where there is none, or where the
 * modules it was made of are newer. Keeps the compiled code in `dist/compiled/` (`NODE_COMPILE_CACHE`: elsewhere; `NODE_DISABLE_COMPILE_CACHE`: nowhere)
 * when a command has ended well; a folder that cannot be written to is no fault, only slower.
 */
export const loadProgram = (words: readonly string[], dist: string): Bundle | null => {
  const file = join(dist, 'program.cjs')
  if (!isUpToDate(file, join(dist, 'cli', 'load-program.js'))) return null
  // The bundler writes ASCII only, and V8 takes such a text as it is.
  const source = readFileSync(file, 'latin1')
  const identity = source.trimEnd().slice(-IDENTITY_LENGTH)
  const folder = codeFolder(dist)
  const code = folder === null ? undefined : readCode(folder, words, identity)
  const script = new Script(source, { filename: file, cachedData: code })
  const module = { exports: {} as { run: BundleRun } }
  const start = script.runInThisContext() as (...parts: readonly unknown[]) => void
  start(module.exports, requiringLate(createRequire(file)), module, file, dist, importModule)
  let command: string | null = null
  const isNew = code === undefined || script.cachedDataRejected === true
  if (folder !== null && isNew) {
    let compiled: Buffer | null = null
    // V8 forgets code that has not run for a while: at the end of a long command that is what every start needs.
    setTimeout(() => (compiled = script.createCachedData()), STARTED_MS).unref()
    process.on('exit', (status) => {
      if (status === 0 && command !== null) keepCode(folder, command, [identity, compiled ?? script.createCachedData()])
    })
  }
  return { run: (root) => module.exports.run(root, (id) => (command = id)) }
}

const importModule = (specifier: string): Promise<unknown> => import(specifier) as Promise<unknown>

const isUpToDate = (bundle: string, module: string): boolean => {
  const [made, compiled] = [bundle, module].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs)
  return made !== undefined && (compiled ?? 0) <= made + COPY_SECONDS * 1000
}

const codeFolder = (dist: string): string | null => {
  const { NODE_DISABLE_COMPILE_CACHE: off, NODE_COMPILE_CACHE: elsewhere } = process.env
  if (off !== undefined && off !== '') return null
  return elsewhere === undefined || elsewhere === '' ? join(dist, 'compiled') : elsewhere
}

/** Code of one version of Node is of no use to another. */
const codeFile = (folder: string, command: string): string =>
  join(folder, `benchmark-${command.replaceAll(':', '.')}-${process.version}-${process.arch}`)

/** Compiled code of `hub init`, else of `hub`. V8 itself refuses what another version or other flags of it made. */
const readCode = (folder: string, words: readonly string[], identity: string): Buffer | undefined => {
  const names = words.filter((word) => /^[a-z][a-z-]*$/.test(word))
  for (const command of [names.join(':'), names[0] ?? '']) {
    const bytes = readIfThere(codeFile(folder, command))
    // V8 compares no more than the length of the text.
    if (bytes?.toString('latin1', 0, IDENTITY_LENGTH) === identity) return bytes.subarray(IDENTITY_LENGTH)
  }
  return undefined
}

const readIfThere = (file: string): Buffer | undefined => {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

const keepCode = (folder: string, command: string, [identity, code]: readonly [string, Buffer]): void => {
  const file = codeFile(folder, command)
  const part = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(part, Buffer.concat([Buffer.from(identity, 'latin1'), code]))
    renameSync(part, file)
  } catch {
    // Read-only, full, somebody else's: the next start compiles again.
  }
}
