import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../core/problem.ts'

/** A program that was started; it goes on when this process ends. */
export interface Detached {
  /** Resolves when it has ended, however it did, while this process is there to see it. */
  readonly ended: Promise<void>
}

/** Starts a program in a session of its own, output appended to a file, and does not wait for it. */
export const startDetached = async (argv: readonly string[], logFile: string): Promise<Detached> => {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a')
  const [program = '', ...args] = argv
  try {
    return await new Promise<Detached>((resolve, reject) => {
      const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] })
      const ended = new Promise<void>((end) => child.once('exit', () => end()))
      child.once('spawn', () => {
        child.unref()
        resolve({ ended })
      })
      child.once('error', (cause) =>
        reject(new Problem('E_EXECUTOR', `The background runner could not be started: ${cause.message}`, { cause })),
      )
    })
  } finally {
    closeSync(log)
  }
}
