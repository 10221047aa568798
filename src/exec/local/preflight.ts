/** Everything that would keep a command from starting, found before the shim runs: its 127 would look like the tool's. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { findProgram } from '../find-program.ts'

export type Preflight =
  { readonly program: string; readonly reason: null } | { readonly program: null; readonly reason: string }

const refuse = (reason: string): Preflight => ({ program: null, reason })

/** The absolute path of the program to run, or why it cannot be run, in the user's words. */
export const preflight = (argv: readonly string[], cwd: string, searchPath: string): Preflight => {
  const [name] = argv
  if (name === undefined || name === '') return refuse('The command is empty.')
  const folder = statSync(cwd, { throwIfNoEntry: false })
  if (!folder) return refuse(`The working folder ${cwd} does not exist.`)
  if (!folder.isDirectory()) return refuse(`The working folder ${cwd} is not a folder.`)

  const { path, why } = findProgram(name, searchPath, cwd)
  if (why === 'missing')
    return refuse(
      name.includes('/')
        ? `The program ${name} does not exist.`
        : `The program "${name}" is not installed, or not on the PATH.`,
    )
  if (path === null) return refuse(`The program ${name} may not be executed: it lacks the permission (chmod +x).`)
  const interpreter = interpreterOf(path)
  if (interpreter !== null && findProgram(interpreter, searchPath, cwd).path === null)
    return refuse(`The script ${path} asks for the interpreter ${interpreter}, which is not installed.`)
  return { program: path, reason: null }
}

// `#!/usr/bin/env python3`: env is there, python3 may not be.
const interpreterOf = (path: string): string | null => {
  const line = firstLine(path)
  if (!line.startsWith('#!')) return null
  const words = line.slice(2).trim().split(/\s+/)
  if (words[0]?.endsWith('/env')) {
    const name = words.slice(1).find((word) => !word.startsWith('-') && !word.includes('='))
    return name ?? null
  }
  return words[0] || null
}

const firstLine = (path: string): string => {
  const head = Buffer.alloc(256)
  try {
    const fd = openSync(path, 'r')
    try {
      const text = head.toString('utf8', 0, readSync(fd, head, 0, head.length, 0))
      return text.split('\n', 1)[0] ?? ''
    } finally {
      closeSync(fd)
    }
  } catch {
    return '' // executable but not readable: the kernel will judge
  }
}
