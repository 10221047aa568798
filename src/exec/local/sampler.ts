/** One timer for all attempts of an executor: one refresh of the process table serves everybody who is due. */
import type { ProcessTable } from './process-table.ts'

export interface Sampled {
  /** When it wants to be looked at next, on the clock of `performance.now()`. */
  dueMs: number
  /** Looks, and sets `dueMs`. */
  look(nowMs: number): void
}

export interface Sampler {
  add(sampled: Sampled): void
  remove(sampled: Sampled): void
  /** Milliseconds one look at everything takes, as a moving average. */
  costMs(): number
}

// Who is due this soon is looked at now: one walk instead of two.
const TOGETHER_MS = 15

export const createSampler = (table: ProcessTable): Sampler => {
  const all = new Set<Sampled>()
  let timer: NodeJS.Timeout | undefined
  let costMs = 0

  const tick = (): void => {
    const start = performance.now()
    const due = [...all].filter(({ dueMs }) => dueMs <= start + TOGETHER_MS)
    if (due.length > 0) {
      table.refresh()
      for (const sampled of due) sampled.look(start)
      costMs += 0.2 * (performance.now() - start - costMs)
    }
    arm()
  }

  const arm = (): void => {
    clearTimeout(timer)
    if (all.size === 0) return
    let next = Infinity
    for (const { dueMs } of all) next = Math.min(next, dueMs)
    // Timers hold at most 24.8 days.
    timer = setTimeout(tick, Math.min(Math.max(1, next - performance.now()), 2 ** 31 - 1))
  }

  return {
    add: (sampled) => {
      all.add(sampled)
      arm()
    },
    remove: (sampled) => {
      all.delete(sampled)
      if (all.size === 0) clearTimeout(timer)
    },
    costMs: () => costMs,
  }
}

// Short jobs need their figures too: the first looks come close together.
const FIRST_LOOKS_MS = [12, 30, 60, 100, 150, 200, 250]
const DENSE_FOR_MS = 60_000
const DENSE_MS = 250
const SPARSE_MS = 1000
const SLOWEST_MS = 5000
const PS_MS = 1000

/**
 * Milliseconds until the next look. Looking costs at most 1 % of a core: the interval is at least a hundred times the
 * duration of a look. An interval asked for by the user is kept.
 */
export const nextLook = (
  elapsedMs: number,
  table: Pick<ProcessTable, 'method'>,
  costMs: number,
  wantedMs: number | null,
): { readonly inMs: number; readonly intervalMs: number } => {
  const base = wantedMs ?? (table.method === 'ps' ? PS_MS : elapsedMs < DENSE_FOR_MS ? DENSE_MS : SPARSE_MS)
  const intervalMs = wantedMs ?? Math.round(Math.min(Math.max(base, 100 * costMs), Math.max(SLOWEST_MS, base)))
  const first = table.method === 'ps' ? undefined : FIRST_LOOKS_MS.find((at) => at > elapsedMs + 3)
  return { inMs: first === undefined ? intervalMs : Math.min(first - elapsedMs, intervalMs), intervalMs }
}
