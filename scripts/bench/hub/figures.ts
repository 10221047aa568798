/** How the figures of these benches are taken and written. */
import { ROUND_TRIP_MS } from './far-away.ts'

export const seconds = (value: number): string => `${value.toFixed(2)} s`
export const milliseconds = (value: number): string => `${(value * 1000).toFixed(0)} ms`
/** Name of a row that is measured over a network. */
export const AWAY = `wall time, ${ROUND_TRIP_MS} ms away`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
export const ratio = (ours: number, theirs: number): string => `${(ours / theirs).toFixed(1)} ×`

/** The call that took the least time: others were hit by what else the machine did. */
export const cheapest = <Cost extends { readonly wall: number }>(costs: readonly Cost[]): Cost =>
  costs.reduce((best, cost) => (cost.wall < best.wall ? cost : best))

/** A line of the report of a bench. */
export const say = (what: string, figure: string): void => void process.stdout.write(`${what.padEnd(44)} ${figure}\n`)

/** Processor time of this process while something is done, in milliseconds. */
export const cpuMs = (act: () => unknown): number => {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
