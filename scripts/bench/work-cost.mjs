import { performance } from 'node:perf_hooks'
import { cpuUsage } from 'node:process'

/** Starts the clocks; what it answers gives wall and CPU seconds since, as the last two words of a line. */
export const startWork = () => {
  const [wall, cpu] = [performance.now(), cpuUsage()]
  return () => {
    const { user, system } = cpuUsage(cpu)
    return `${(performance.now() - wall) / 1000} ${(user + system) / 1e6}`
  }
}
