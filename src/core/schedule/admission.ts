import type { ResourceRequest } from '../pipeline.ts'

/** What the machine (or the part of it we may use) offers. */
export interface Capacity {
  readonly cpus: number
  readonly memoryBytes: number
}

/**
 * Whether one more job may start beside those running. A job alone always may: its request was checked against the
 * machine when the run was planned.
 */
export const admits = (
  job: ResourceRequest,
  running: readonly ResourceRequest[],
  capacity: Capacity,
  maxParallel: number,
): boolean => {
  if (running.length === 0) return true
  if (running.length >= maxParallel) return false
  const cpus = running.reduce((sum, { cpus }) => sum + cpus, job.cpus)
  const memory = running.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), job.memoryBytes ?? 0)
  return cpus <= Math.max(capacity.cpus, maxParallel) && memory <= capacity.memoryBytes
}

/** Why a pipeline can never run on this machine, or null. */
export const exceeds = (request: ResourceRequest, capacity: Capacity): string | null => {
  if (request.cpus > capacity.cpus) return `asks for ${request.cpus} CPUs, this machine offers ${capacity.cpus}`
  if (request.memoryBytes !== null && request.memoryBytes > capacity.memoryBytes)
    return `asks for ${gib(request.memoryBytes)} GiB of memory, this machine offers ${gib(capacity.memoryBytes)} GiB`
  return null
}

const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1)
