/** Child processes with plain pipes: all that talking to git needs, and loaded at once. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** Of what a program says when it fails, more is no use. */
const STDERR_BYTES = 1024 * 1024

interface ChildOptions {
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly timeoutMs?: number
  /** What it starts itself ends with it when it is killed; and it has no terminal, so that it can ask nobody. */
  readonly isGroup?: boolean
}

/** How a child ended. */
export interface ChildEnd {
  /** It could not be started, ended by a signal, or with another status than 0. */
  readonly failed: boolean
  /** Null: it was ended by a signal, or never started. */
  readonly status: number | null
  readonly stderr: string
  readonly timedOut: boolean
}

export interface Child {
  /** Writing to a child that has ended is no error: its end says why. */
  readonly stdin: Writable
  readonly stdout: Readable
  /** Never rejects. */
  readonly ended: Promise<ChildEnd>
  hasEnded(): boolean
  kill(): void
  /** Kills it and waits for nothing of it: whoever reads along must have stopped. */
  abandon(): void
}

/** Starts a program. It ends with this process at the latest: its input ends then. */
export const startChild = (program: string, args: readonly string[], options: ChildOptions): Child => {
  const isGroup = options.isGroup === true && process.platform !== 'win32'
  const end = (): void => kill(child, isGroup)
  const child = spawn(program, args, {
    env: options.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    detached: isGroup,
  })
  child.stdin.on('error', () => undefined)
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    ended: endOf(child, options.timeoutMs, end),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: end,
    abandon: () => {
      end()
      letGo(child)
    },
  }
}

const kill = (child: ChildProcessWithoutNullStreams, isGroup: boolean): void => {
  const isOver = child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  if (isOver) return
  if (isGroup) process.kill(-child.pid, 'SIGKILL')
  else child.kill('SIGKILL')
}

// Otherwise this process would not end before the child has.
const letGo = (child: ChildProcessWithoutNullStreams): void => {
  child.unref()
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy()
}

const endOf = (
  child: ChildProcessWithoutNullStreams,
  timeoutMs: number | undefined,
  giveUp: () => void,
): Promise<ChildEnd> => {
  const said: Buffer[] = []
  let bytes = 0
  child.stderr.on('data', (chunk: Buffer) => {
    if (bytes < STDERR_BYTES) said.push(chunk)
    bytes += chunk.length
  })
  let timedOut = false
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true
          giveUp()
        }, timeoutMs)
  return new Promise((resolve) => {
    const end = (status: number | null, more = ''): void => {
      clearTimeout(timer)
      resolve({
        failed: status !== 0,
        status,
        stderr: `${Buffer.concat(said).toString('utf8')}${more}`.trimEnd(),
        timedOut,
      })
    }
    child.once('error', (error) => end(null, error.message))
    child.once('close', (status) => end(status))
  })
}
