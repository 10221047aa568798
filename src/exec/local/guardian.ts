/**
 * A shell that waits for our death. As long as this process lives it only keeps a list; when its input ends without
 * the list being empty, it stops the commands at their time limits. One for all attempts, so that none pays for it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { packageFile } from '../../package-files.ts'
import type { Root } from './process-table.ts'

export interface Guardian {
  /** `deadlineUptime`: seconds since boot. Folders with a line break in their name are left to us alone. */
  watch(root: Root, deadlineUptime: number, graceSeconds: number, dir: string): void
  forget(root: Root): void
}

export const createGuardian = (environment: NodeJS.ProcessEnv): Guardian => {
  let child: ChildProcess | null = null
  const watched = new Set<number>()

  const begin = (): ChildProcess => {
    const started = spawn('/bin/sh', [packageFile('templates/exec/guardian.sh')], {
      cwd: '/',
      env: environment,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const gone = (): void => {
      if (child === started) child = null
    }
    started.once('error', gone)
    started.once('exit', gone)
    started.stdin.on('error', gone)
    started.unref()
    // Nobody is kept alive by a pipe to somebody who waits for his death.
    if (started.stdin instanceof Socket) started.stdin.unref()
    return started
  }

  const tell = (line: string): void => {
    child ??= begin()
    child.stdin?.write(`${line}\n`)
  }

  return {
    watch: (root, deadlineUptime, graceSeconds, dir) => {
      if (dir.includes('\n')) return
      watched.add(root.pid)
      tell(`+ ${root.pid} ${root.startTicks} ${Math.ceil(deadlineUptime)} ${graceSeconds} ${dir}`)
    },
    forget: (root) => {
      if (watched.delete(root.pid)) tell(`- ${root.pid}`)
    },
  }
}
