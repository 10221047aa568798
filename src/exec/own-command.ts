import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'

/** What a command of this program printed on standard output. */
export interface OwnCommand {
  /** Null when it was ended by a signal or could not be started. */
  readonly done: Promise<{ readonly exit: number | null; readonly stdout: string }>
  readonly kill: () => void
}

/** Runs a command of this program beside this process, and after everything else on this machine that wants to run. */
export const runOwnCommand = (program: string, argv: readonly string[]): OwnCommand => {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'ignore'] })
  const done = new Promise<{ exit: number | null; stdout: string }>((resolve) => {
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.once('error', () => resolve({ exit: null, stdout: '' }))
    child.once('close', (exit) => resolve({ exit, stdout: Buffer.concat(parts).toString('utf8') }))
  })
  if (child.pid !== undefined) lowerPriority(child.pid)
  return { done, kill: () => void child.kill() }
}

const lowerPriority = (pid: number): void => {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Gone already, or a system that does not allow it: then it runs like any other program.
  }
}
