import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** CPU seconds (user + system) of all children this process has waited for, from the kernel's own accounting. */
export const childCpuSeconds = (): number => {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

/** CPU seconds of one call, averaged over `times`: single calls are shorter than the kernel's 10 ms tick is fine. */
export const cpuOf = (
  argv: readonly string[],
  times: number,
  options: { readonly cwd?: string; readonly input?: string } = {},
): number => {
  const [program = '', ...args] = argv
  const before = childCpuSeconds()
  for (let call = 0; call < times; call++) {
    const { status, stderr } = spawnSync(program, args, {
      cwd: options.cwd,
      input: options.input,
      stdio: ['pipe', 'ignore', 'pipe'],
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${String(status)}: ${stderr}`)
  }
  return (childCpuSeconds() - before) / times
}

/**
 * CPU seconds of one call of each command, averaged over `rounds`. The commands take turns, so that whatever else the
 * machine does meanwhile hits all of them alike and their ratios hold.
 */
export const cpuInTurns = (commands: readonly (readonly string[])[], rounds: number): readonly number[] => {
  const sums = commands.map(() => 0)
  for (let round = 0; round < rounds; round++)
    for (const [index, command] of commands.entries()) sums[index] = (sums[index] ?? 0) + cpuOf(command, 3)
  return sums.map((sum) => sum / rounds)
}
