/** Which processes belong to which attempt, kept up to date at a cost that grows with the jobs, not with the machine. */

/** Environment variable that marks every process of an attempt. */
export const MARKER = 'BENCHMARK_ATTEMPT'

export interface MemberProcess {
  readonly pid: number
  readonly startTicks: string
  readonly parent: number
  readonly group: number
  /** CPU time of its own and of the children it has waited for, in clock ticks. */
  readonly userTicks: number
  readonly systemTicks: number
  readonly residentBytes: number
  /** Nobody between it and the shim will wait for it: its CPU time never reaches the shim. */
  readonly escaped: boolean
}

/** The root of an attempt's tree. */
export interface Root {
  readonly marker: string
  readonly pid: number
  readonly startTicks: string
}

export interface ProcessTable {
  readonly method: 'proc' | 'ps'
  /** From now on everybody already alive is known to be a stranger (cheap; before starting something new). */
  prime(): void
  /** Follows a tree. `existing`: it started earlier, so nobody alive may be taken for a stranger unseen. */
  follow(root: Root, existing: boolean): void
  unfollow(marker: string): void
  refresh(): void
  /** Living processes as of the last refresh, without the shim. */
  members(marker: string): readonly MemberProcess[]
}
