import { execFileSync } from 'node:child_process'
import { hostname } from 'node:os'
import { readSmall, readStat } from './proc.ts'

export interface MachineIdentity {
  readonly host: string
  /** Changes with every boot: pids of an earlier boot mean nothing. */
  readonly bootId: string
}

let known: MachineIdentity | undefined

/** This machine since its last boot. */
export const machineIdentity = (): MachineIdentity => (known ??= { host: hostname(), bootId: bootId() })

const bootId = (): string => readSmall('/proc/sys/kernel/random/boot_id')?.trim() ?? bootTimeByPs()

// Only where there is no /proc: process 1 started when the machine did.
const bootTimeByPs = (): string => startOfByPs(1) ?? 'unknown'

/** When a process started, in the finest unit this system tells; null when there is no such process. */
export const startOf = (pid: number): string | null =>
  process.platform === 'linux' ? (readStat(pid)?.startTicks ?? null) : startOfByPs(pid)

const startOfByPs = (pid: number): string | null => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || null
  } catch {
    return null
  }
}
