import { spawnSync } from 'node:child_process'
import { childCpuSeconds } from './child-cpu.ts'

/** What one call of a command took, in seconds. */
export interface ChildCost {
  readonly wall: number
  readonly cpu: number
  /** The work without the start-up: the last two words the command prints, where it says so. */
  readonly workWall: number
  readonly workCpu: number
}

/** Costs of each command over some rounds; the commands take turns, so that the load of the machine hits all alike. */
export const costInTurns = (
  commands: readonly (readonly string[])[],
  rounds: number,
): readonly (readonly ChildCost[])[] => {
  const costs: ChildCost[][] = commands.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, command] of commands.entries()) costs[index]?.push(costOf(command))
  return costs
}

const costOf = ([program = '', ...args]: readonly string[]): ChildCost => {
  const [cpu, wall] = [childCpuSeconds(), performance.now()]
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  const [workWall = Number.NaN, workCpu = Number.NaN] = stdout.trim().split(/\s/).slice(-2).map(Number)
  return { wall: (performance.now() - wall) / 1000, cpu: childCpuSeconds() - cpu, workWall, workCpu }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN
