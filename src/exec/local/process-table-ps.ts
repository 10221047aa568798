/**
 * The fallback for systems without /proc (macOS). Written from the manual of ps and run only against the ps of Linux:
 * children that left the process group and were reparented are not found, and short ones are missed.
 */
import { spawnSync } from 'node:child_process'
import type { ProcessTable, Root } from './process-table.ts'

interface Row {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly residentBytes: number
  readonly userTicks: number
  readonly state: string
}

/** `[[dd-]hh:]mm:ss[.cc]` as hundredths of a second. */
export const cpuTicks = (text: string): number => {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text]
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return Math.round((Number(days) * 86_400 + seconds) * 100)
}

/** Rows of `ps -axo pid=,ppid=,pgid=,rss=,time=,state=`. */
export const parsePs = (text: string): Row[] => {
  const rows: Row[] = []
  for (const line of text.split('\n')) {
    const [pid, parent, group, kilobytes, time, state] = line.trim().split(/\s+/)
    if (time === undefined || state === undefined) continue
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      residentBytes: Number(kilobytes) * 1024,
      userTicks: cpuTicks(time),
      state,
    })
  }
  return rows
}

export const psTable = (): ProcessTable => {
  const roots = new Map<string, Root>()
  let rows: Row[] = []
  return {
    method: 'ps',
    prime: () => undefined,
    follow: (root) => {
      roots.set(root.marker, root)
    },
    unfollow: (marker) => {
      roots.delete(marker)
    },
    refresh: () => {
      const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid=,pgid=,rss=,time=,state='], { encoding: 'utf8' })
      rows = parsePs(stdout ?? '')
    },
    members: (marker) => {
      const root = roots.get(marker)
      if (!root) return []
      const inside = new Set([root.pid])
      for (let before = 0; before !== inside.size;) {
        before = inside.size
        for (const row of rows) if (inside.has(row.parent) || row.group === root.pid) inside.add(row.pid)
      }
      return rows
        .filter(({ pid, state }) => inside.has(pid) && pid !== root.pid && !state.startsWith('Z'))
        .map(({ pid, parent, group, userTicks, residentBytes }) => ({
          pid,
          startTicks: '',
          parent,
          group,
          userTicks,
          systemTicks: 0, // ps tells only the sum
          residentBytes,
          escaped: !inside.has(parent),
        }))
    },
  }
}
