/** Ending a process tree: ask, wait, force, and look whether it worked. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, readStat } from './proc.ts'
import type { MemberProcess, ProcessTable, Root } from './process-table.ts'

export interface EndingTimes {
  /** Between asking and forcing. */
  readonly graceMs: number
  /** How long forcing is tried. */
  readonly forceMs: number
}

/** Signals a process only while it is the one that was seen: pids come round. */
const signal = (pid: number, startTicks: string, name: NodeJS.Signals): void => {
  if (startTicks !== '' && readStat(pid)?.startTicks !== startTicks) return
  try {
    process.kill(pid, name)
  } catch {
    // gone meanwhile, or not ours to end: the check afterwards tells
  }
}

const rootIsAlive = (root: Root): boolean =>
  process.platform === 'linux' ? isAlive(root.pid, root.startTicks) : exists(root.pid)

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Everybody of the tree who is alive, found without relying on what was seen before. */
const survivors = (table: ProcessTable, root: Root): readonly MemberProcess[] => {
  table.refresh()
  return table.members(root.marker)
}

const POLL_MS = 25

/** SIGTERM to the process group and to those who left it; whoever catches it may end in its own way. */
const askToEnd = (table: ProcessTable, root: Root): void => {
  const members = survivors(table, root)
  if (rootIsAlive(root)) {
    try {
      process.kill(-root.pid, 'SIGTERM')
    } catch {
      // the group is gone
    }
  }
  // Not twice to anybody: many programs take a second SIGTERM for impatience.
  for (const { pid, startTicks, group } of members)
    if (group !== root.pid || !rootIsAlive(root)) signal(pid, startTicks, 'SIGTERM')
}

/**
 * SIGKILL to everybody until nobody is left. The shim comes last: without its command it writes its record and goes.
 * Returns the pids that would not die.
 */
export const forceToEnd = async (table: ProcessTable, root: Root, forceMs: number): Promise<number[]> => {
  const start = performance.now()
  let left: readonly MemberProcess[]
  do {
    left = survivors(table, root)
    for (const { pid, startTicks } of left) signal(pid, startTicks, 'SIGKILL')
    const shim = rootIsAlive(root)
    if (left.length === 0 && !shim) return []
    if (shim && left.length === 0 && performance.now() - start > forceMs / 2)
      signal(root.pid, root.startTicks, 'SIGKILL')
    await sleep(POLL_MS)
  } while (performance.now() - start < forceMs)
  signal(root.pid, root.startTicks, 'SIGKILL')
  await sleep(POLL_MS)
  left = survivors(table, root)
  return [...left.map(({ pid }) => pid), ...(rootIsAlive(root) ? [root.pid] : [])]
}

/** The whole ladder, until `hasEnded` or nothing more can be done. Returns the pids that would not die. */
export const endTree = async (table: ProcessTable, root: Root, times: EndingTimes): Promise<number[]> => {
  askToEnd(table, root)
  const start = performance.now()
  while (performance.now() - start < times.graceMs) {
    await sleep(POLL_MS)
    if (!rootIsAlive(root) && survivors(table, root).length === 0) return []
  }
  return forceToEnd(table, root, times.forceMs)
}

// A process that is just going is no leftover.
const SETTLE_MS = 50

/** Ends what an attempt left behind after its own end. Null when there was nothing. */
export const endLeftovers = async (
  table: ProcessTable,
  root: Root,
  times: EndingTimes,
): Promise<{ readonly count: number; readonly unkillable: readonly number[] } | null> => {
  if (survivors(table, root).length === 0) return null
  await sleep(SETTLE_MS)
  const count = survivors(table, root).length
  if (count === 0) return null
  return { count, unkillable: await endTree(table, root, times) }
}
