/** Starting the shim: in a session of its own, with files instead of pipes, so that it needs nobody. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AttemptSpec } from '../../app/ports.ts'
import { packageFile } from '../../package-files.ts'
import { makeFolder, storeProblem } from '../store-problem.ts'
import { STDERR_LOG, STDOUT_LOG } from './attempt-folder.ts'
import { MARKER } from './process-table.ts'

export interface Launch {
  readonly spec: AttemptSpec
  /** Absolute path of the program: the shell then cannot mistake its name for one of its own commands. */
  readonly program: string
  readonly environment: NodeJS.ProcessEnv
  readonly cgroup: string | null
  /** False when an earlier start in this folder may be running: then nothing may be emptied. */
  readonly first: boolean
}

export type Launched =
  { readonly child: ChildProcess; readonly pid: number; readonly reason: null } | { readonly reason: string }

export const launch = async (order: Launch): Promise<Launched> => {
  const { spec } = order
  const stdout = openLog(spec.stdoutFile ?? join(spec.dir, STDOUT_LOG), order.first)
  try {
    const stderr = openLog(join(spec.dir, STDERR_LOG), order.first)
    try {
      return await spawnShim(order, stdout, stderr)
    } finally {
      closeSync(stderr)
    }
  } finally {
    closeSync(stdout)
  }
}

// Appending matters: the log can be emptied under the program without leaving a hole.
const openLog = (path: string, empty: boolean): number => {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (empty ? constants.O_TRUNC : 0)
  makeFolder(dirname(path))
  try {
    return openSync(path, flags)
  } catch (error) {
    throw storeProblem('write', path, error)
  }
}

const spawnShim = (order: Launch, stdout: number, stderr: number): Promise<Launched> =>
  new Promise((resolve) => {
    const { spec } = order
    const fail = (error: unknown): void => resolve({ reason: spawnFailure(error) })
    const shim = [packageFile('templates/exec/shim.sh'), spec.dir, order.cgroup ?? '']
    let child: ChildProcess
    try {
      child = spawn('/bin/sh', [...shim, order.program, ...spec.argv.slice(1)], {
        cwd: spec.cwd,
        env: { ...order.environment, ...spec.env, [MARKER]: spec.attemptId },
        detached: true,
        stdio: ['ignore', stdout, stderr],
      })
    } catch (error) {
      fail(error)
      return
    }
    if (child.pid === undefined) child.once('error', fail)
    else resolve({ child, pid: child.pid, reason: null })
  })

const spawnFailure = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'E2BIG') return 'The command line and its environment are longer than this system allows.'
  if (code === 'EAGAIN') return 'The limit of processes is reached (ulimit -u).'
  if (code === 'ENOMEM') return 'There is not enough memory to start another process.'
  return `The command could not be started: ${message}.`
}
