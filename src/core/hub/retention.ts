/** What of a hub expires when. */
import { monthEnd } from './compaction.ts'

const DAY_MS = 86_400_000

/** The policy of `registry/policy/retention.json`, days. */
export interface RetentionPolicy {
  readonly raw_days: number
  readonly aggregated_days: number
}

/**
 * Whether the runs of a month have expired. Counted from the month's end, so that a run lives at least `raw_days`, and
 * at most a month longer.
 */
export const rawExpired = (policy: RetentionPolicy, month: string, now: Date): boolean =>
  now.getTime() >= monthEnd(month) + policy.raw_days * DAY_MS

/** Whether the frozen aggregates of a month have expired. */
export const aggregatesExpired = (policy: RetentionPolicy, month: string, now: Date): boolean =>
  now.getTime() >= monthEnd(month) + policy.aggregated_days * DAY_MS
