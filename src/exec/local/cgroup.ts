/**
 * Control groups (version 2), where the system lets us have one for each attempt: the kernel's own peak, and the only
 * certain word on "out of memory". Checked against folders made by hand; no machine of the authors delegates one.
 */
import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type CgroupSupport =
  { readonly parent: string; readonly reason: null } | { readonly parent: null; readonly reason: string }

export interface CgroupFigures {
  /** Page cache included: an upper bound of what the programs needed. */
  readonly peakBytes: number | null
  readonly outOfMemoryKills: number | null
}

const none = (reason: string): CgroupSupport => ({ parent: null, reason })

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Where groups of attempts may be made: beside our own group, where its parent belongs to us and accounts memory. */
export const findCgroupParent = (root = ''): CgroupSupport => {
  if (process.platform !== 'linux') return none('this system has no control groups')
  const mount = /^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(read(`${root}/proc/self/mountinfo`) ?? '')?.[1]
  if (mount === undefined) return none('control groups version 2 are not mounted')
  const own = /^0::(\/.*)$/m.exec(read(`${root}/proc/self/cgroup`) ?? '')?.[1]
  if (own === undefined) return none('this process is in no control group of version 2')
  const mounted = `${root}${mount}`
  if (!/\bmemory\b/.test(read(join(mounted, 'cgroup.controllers')) ?? ''))
    return none('the memory controller is not available in version 2')
  if (own === '/') return none('this process is in the root group, beside which no group can be made')
  const parent = join(mounted, dirname(own))
  if (!/\bmemory\b/.test(read(join(parent, 'cgroup.subtree_control')) ?? ''))
    return none('memory is not accounted for in our part of the tree')
  try {
    // Moving a process needs the right to write in the nearest common group.
    accessSync(parent, constants.W_OK)
    accessSync(join(parent, 'cgroup.procs'), constants.W_OK)
  } catch {
    return none('our part of the tree is not delegated to this user')
  }
  return { parent, reason: null }
}

/** The group of an attempt: found again by name after a restart. */
export const groupOf = (parent: string, attemptId: string): string =>
  join(parent, `benchmark-${attemptId.replaceAll(/[^\w.-]/g, '_')}`)

/** A fresh group for an attempt, because peaks cannot be reset everywhere. Null when the kernel refuses. */
export const makeCgroup = (parent: string, attemptId: string, memoryBytes: number | null): string | null => {
  const group = groupOf(parent, attemptId)
  try {
    mkdirSync(group)
    if (memoryBytes !== null) {
      writeFileSync(join(group, 'memory.max'), String(memoryBytes))
      // All or nothing: a pipeline whose worker was killed must not go on with half of its data.
      writeFileSync(join(group, 'memory.oom.group'), '1')
    }
    return group
  } catch {
    removeCgroup(group)
    return null
  }
}

export const readCgroup = (group: string): CgroupFigures => {
  const peak = Number.parseInt(read(join(group, 'memory.peak')) ?? '', 10)
  const kills = /^oom_kill (\d+)$/m.exec(read(join(group, 'memory.events')) ?? '')?.[1]
  return { peakBytes: peak > 0 ? peak : null, outOfMemoryKills: kills === undefined ? null : Number(kills) }
}

export const removeCgroup = (group: string): void => {
  try {
    rmdirSync(group)
  } catch {
    // somebody is still in it, or it never was
  }
}
