import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../core/problem.ts'

/** Starts a program in a session of its own, output appended to a file, and does not wait for it. */
export const startDetached = async (argv: readonly string[], logFile: string): Promise<void> => {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a')
  const [program = '', ...args] = argv
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] })
      child.once('spawn', () => {
        child.unref()
        resolve()
      })
      child.once('error', (cause) =>
        reject(new Problem('E_EXECUTOR', `The background runner could not be started: ${cause.message}`, { cause })),
      )
    })
  } finally {
    closeSync(log)
  }
}
