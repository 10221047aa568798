/** One build at a time in a folder: two would take each other's files for somebody else's. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunnerIdentity } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import { isRunnerAlive, runnerIdentity } from './runner-identity.ts'

/** Name of the lock in a site's folder: who is building. */
export const LOCK = '.building-by'

/** Takes the lock of a folder, also from a process that is gone. Throws `E_BUSY` while another one builds. */
export const takeSiteLock = (root: string): void => {
  const file = join(root, LOCK)
  const me = runnerIdentity()
  for (;;)
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx' })
      return
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error
      const holder = holderOf(file)
      const isOther = holder !== null && (holder.pid !== me.pid || holder.host !== me.host)
      if (isOther && isRunnerAlive(holder))
        throw new Problem(
          'E_BUSY',
          `Another dashboard is being written to ${root} (process ${String(holder.pid)} on ${holder.host}).`,
          {
            hints: [`Wait until it is done, or name another folder with --output. If it is gone, remove ${file}.`],
            cause: error,
          },
        )
      rmSync(file, { force: true })
    }
}

export const releaseSiteLock = (root: string): void => {
  rmSync(join(root, LOCK), { force: true })
}

/** Null where the holder was killed before it had written its name. */
const holderOf = (file: string): RunnerIdentity | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunnerIdentity
  } catch {
    return null
  }
}
