/** How much memory a tree of processes needs, when what can be seen is one process at a time. */
import { readFile } from 'node:fs'
import { highWaterMark, kilobytes } from './proc.ts'
import type { MemberProcess } from './process-table.ts'

export interface MemoryPeaks {
  /** Largest sum of resident sizes seen at one moment: shared pages count once for each process. */
  rssSumBytes: number | null
  /** Largest resident size one process ever had, by its own account: sees peaks between two looks. */
  biggestProcessBytes: number | null
  /** Largest sum of proportional sizes seen: shared pages count once. */
  pssBytes: number | null
  /** The RSS sum when the proportional sizes were read at the highest point, and their share of it. */
  pssAt: { rssSumBytes: number; share: number } | null
  /** Milliseconds spent on reading proportional sizes, as estimated. */
  pssSpentMs: number
  pssLastAtMs: number
}

export const noMemoryPeaks = (): MemoryPeaks => ({
  rssSumBytes: null,
  biggestProcessBytes: null,
  pssBytes: null,
  pssAt: null,
  pssSpentMs: 0,
  pssLastAtMs: -Infinity,
})

// Reading status costs 0.03 ms each; a tree with more processes is judged by its biggest.
const HIGH_WATER_READS = 32

/**
 * Takes in what one look at the tree showed; returns the RSS sum. A process that has already given its memory back but
 * is not a zombie yet shows 0 bytes: where a tree shows nothing else, nothing has been seen, and no peak is kept.
 */
export const addLook = (peaks: MemoryPeaks, members: readonly MemberProcess[]): number => {
  let rssSum = 0
  for (const { residentBytes } of members) rssSum += residentBytes
  if (rssSum === 0) return 0
  peaks.rssSumBytes = Math.max(peaks.rssSumBytes ?? 0, rssSum)
  const biggest =
    members.length <= HIGH_WATER_READS
      ? members
      : [...members].sort((left, right) => right.residentBytes - left.residentBytes).slice(0, HIGH_WATER_READS)
  for (const { pid, residentBytes } of biggest)
    peaks.biggestProcessBytes = Math.max(peaks.biggestProcessBytes ?? 0, highWaterMark(pid) ?? residentBytes)
  return rssSum
}

const MS_PER_GIB = 15 // measured: 13-18 ms, during which the process cannot change its mappings
const MS_PER_PROCESS = 0.05
const BURST_MS = 50
const BUDGET_SHARE = 0.01
const NEW_PEAK = 1.05
// A tree that still grows will soon be higher; one that stays where it is deserves to be read at its true height.
const SETTLED_PEAK = 1.005

/** One look at a tree, for the decision whether to read its proportional sizes. */
interface PssLook {
  readonly rssSum: number
  /** RSS sum of the look before, or 0. */
  readonly before: number
  readonly processes: number
  readonly nowMs: number
  readonly elapsedMs: number
}

/** Whether it is time to read proportional sizes: at a new peak, and for at most 1 % of the time (after a burst). */
export const isPssDue = (peaks: MemoryPeaks, look: PssLook): boolean => {
  const isSettled = look.rssSum < SETTLED_PEAK * look.before
  const step = isSettled ? SETTLED_PEAK : NEW_PEAK
  if (look.rssSum < step * (peaks.pssAt?.rssSumBytes ?? 0) || look.rssSum === 0) return false
  if (look.elapsedMs > 60_000 && look.nowMs - peaks.pssLastAtMs < 10_000) return false
  return peaks.pssSpentMs + pssCostMs(look.rssSum, look.processes) <= BURST_MS + BUDGET_SHARE * look.elapsedMs
}

const pssCostMs = (bytes: number, processes: number): number =>
  (bytes / 2 ** 30) * MS_PER_GIB + processes * MS_PER_PROCESS

/**
 * Reads the proportional sizes of all members at once, off the main thread (2 s for 150 GiB), and keeps them when
 * nearly the whole tree was still there. Resolves with the share of the RSS sum, or null.
 */
export const readPss = async (
  peaks: MemoryPeaks,
  members: readonly MemberProcess[],
  rssSum: number,
  nowMs: number,
): Promise<number | null> => {
  peaks.pssSpentMs += pssCostMs(rssSum, members.length)
  peaks.pssLastAtMs = nowMs
  const rollups = await Promise.all(members.map(({ pid }) => rollup(pid)))
  let pss = 0
  let rss = 0
  for (const text of rollups) {
    pss += kilobytes(text, 'Pss') ?? 0
    rss += kilobytes(text, 'Rss') ?? 0
  }
  // Sizes in stat are off by some pages for each CPU; sizes in the roll-up are counted. And processes may have left.
  if (rss < 0.9 * rssSum) return null
  const share = Math.min(1, pss / rss)
  peaks.pssBytes = Math.max(peaks.pssBytes ?? 0, pss)
  if (rssSum >= (peaks.pssAt?.rssSumBytes ?? 0)) peaks.pssAt = { rssSumBytes: rssSum, share }
  return share
}

const rollup = (pid: number): Promise<string | null> =>
  new Promise((resolve) => {
    readFile(`/proc/${pid}/smaps_rollup`, 'latin1', (error, text) => {
      resolve(error ? null : text)
    })
  })

/**
 * The one figure to show: the RSS sum at its peak times the proportional share found there, or the plain sum where no
 * share was read. Never less than the biggest process had for itself: that bound sees spikes between two looks, and does
 * not shrink when other programs on the machine happen to share the same libraries.
 */
export const headline = (
  peaks: MemoryPeaks,
): { readonly bytes: number; readonly method: string } | { readonly bytes: null; readonly method: null } => {
  const { rssSumBytes, biggestProcessBytes, pssAt } = peaks
  if (rssSumBytes === null) return { bytes: null, method: null }
  const isPssFresh = pssAt !== null && pssAt.rssSumBytes * NEW_PEAK >= rssSumBytes
  const bytes = isPssFresh ? Math.round(rssSumBytes * pssAt.share) : rssSumBytes
  if (biggestProcessBytes !== null && biggestProcessBytes > bytes)
    return { bytes: biggestProcessBytes, method: 'process_hwm' }
  return { bytes, method: isPssFresh ? 'pss_at_rss_peak' : 'rss_sum' }
}
