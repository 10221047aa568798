import type { RunnerIdentity } from '../app/ports.ts'
import { machineIdentity, startOf } from './local/machine-identity.ts'

/** This process, told apart from every other one there was or will be. */
export const runnerIdentity = (): RunnerIdentity => ({
  ...machineIdentity(),
  pid: process.pid,
  startTicks: startOf(process.pid) ?? '',
})

/** Whether a runner still works. One on another machine cannot be asked, so it is taken to be alive. */
export const isRunnerAlive = (runner: RunnerIdentity): boolean => {
  const { host, bootId } = machineIdentity()
  if (runner.host !== host) return true
  return runner.bootId === bootId && startOf(runner.pid) === runner.startTicks
}
