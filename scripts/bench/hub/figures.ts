/** How the figures of these benches are written. */
export const seconds = (value: number): string => `${value.toFixed(2)} s`
export const milliseconds = (value: number): string => `${(value * 1000).toFixed(0)} ms`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
export const ratio = (ours: number, theirs: number): string => `${(ours / theirs).toFixed(1)} ×`

/** The call that took the least time: others were hit by what else the machine did. */
export const cheapest = <Cost extends { readonly wall: number }>(costs: readonly Cost[]): Cost =>
  costs.reduce((best, cost) => (cost.wall < best.wall ? cost : best))
