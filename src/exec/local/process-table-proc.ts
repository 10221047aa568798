import { allPids, environmentValue, isDead, type ProcessStat, readStat } from './proc.ts'
import { MARKER, type MemberProcess, type ProcessTable, type Root } from './process-table.ts'

interface Entry {
  readonly marker: string
  stat: ProcessStat
}

// A pid known to be a stranger's is not looked at again. After a pause so long that the pid may have come round
// to somebody else, everything is forgotten.
const FORGET_AFTER_MS = 30_000

/** Processes of attempts, from /proc. */
export const procTable = (pageBytes: number): ProcessTable => {
  const roots = new Map<string, Root>()
  let known = new Map<number, Entry | null>()
  let lastLookMs = -Infinity

  const isRoot = (pid: number): Root | undefined => {
    for (const root of roots.values()) if (root.pid === pid) return root
    return undefined
  }

  const ownerOf = (stat: ProcessStat, next: Map<number, Entry | null>): string | null => {
    const bySession = isRoot(stat.session) ?? isRoot(stat.pid)
    if (bySession && (stat.pid !== bySession.pid || stat.startTicks === bySession.startTicks)) return bySession.marker
    const parent = next.get(stat.parent)
    if (parent) return parent.marker
    const marker = environmentValue(stat.pid, MARKER)
    return marker !== null && roots.has(marker) ? marker : null
  }

  const refresh = (): void => {
    const next = new Map<number, Entry | null>()
    const fresh: ProcessStat[] = []
    for (const pid of allPids()) {
      const before = known.get(pid)
      if (before === null) {
        next.set(pid, null)
        continue
      }
      const stat = readStat(pid)
      if (stat === null) continue
      if (before?.stat.startTicks === stat.startTicks && roots.has(before.marker)) {
        before.stat = stat
        next.set(pid, before)
      } else fresh.push(stat)
    }
    let unowned = fresh
    // Twice, because a child's pid can be lower than its parent's.
    for (let pass = 0; pass < 2 && unowned.length > 0; pass++) {
      const still: ProcessStat[] = []
      for (const stat of unowned) {
        const marker = ownerOf(stat, next)
        if (marker === null) still.push(stat)
        else next.set(stat.pid, { marker, stat })
      }
      unowned = still
    }
    for (const stat of unowned) next.set(stat.pid, null)
    known = next
    lastLookMs = performance.now()
  }

  const isEscaped = (stat: ProcessStat, root: Root): boolean => {
    let parent = stat.parent
    for (let depth = 0; depth < 1000; depth++) {
      if (parent === root.pid) return false
      const entry = known.get(parent)
      if (!entry || entry.marker !== root.marker || isDead(entry.stat)) return true
      parent = entry.stat.parent
    }
    return true
  }

  return {
    method: 'proc',
    prime: () => {
      if (roots.size > 0 || performance.now() - lastLookMs < FORGET_AFTER_MS) return
      known = new Map(allPids().map((pid) => [pid, null]))
      lastLookMs = performance.now()
    },
    follow: (root, existing) => {
      roots.set(root.marker, root)
      if (existing) known = new Map()
      else known.delete(root.pid)
    },
    unfollow: (marker) => {
      roots.delete(marker)
    },
    refresh,
    members: (marker) => {
      const root = roots.get(marker)
      if (!root) return []
      const members: MemberProcess[] = []
      for (const entry of known.values()) {
        if (entry?.marker !== marker) continue
        const { stat } = entry
        if (stat.pid === root.pid || isDead(stat)) continue
        members.push({
          pid: stat.pid,
          startTicks: stat.startTicks,
          parent: stat.parent,
          group: stat.group,
          userTicks: stat.userTicks + stat.childUserTicks,
          systemTicks: stat.systemTicks + stat.childSystemTicks,
          residentBytes: stat.residentPages * pageBytes,
          escaped: isEscaped(stat, root),
        })
      }
      return members
    },
  }
}
