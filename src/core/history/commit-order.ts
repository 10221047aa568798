/** A run as far as its place in time goes. */
interface OrderedRun {
  readonly runId: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly commit: string | null
}

/**
 * Runs in the order of what was measured: by the topology of commits, oldest first, where it is known; else by the time
 * they ended. Runs of a commit nobody knows keep their place in time; the others share the remaining places in the order of their
 * commits, so that a run of an old commit made today stands where that commit does.
 *
 * @param topology commits, ancestors first
 */
export const inCommitOrder = <Run extends OrderedRun>(
  runs: readonly Run[],
  topology: readonly string[],
): readonly Run[] => {
  const place = new Map(topology.map((commit, index) => [commit, index]))
  const placeOf = ({ commit }: Run): number | undefined => (commit === null ? undefined : place.get(commit))
  const inTime = [...runs].sort((left, right) => (timeKey(left) < timeKey(right) ? -1 : 1))
  const byCommit = inTime
    .filter((run) => placeOf(run) !== undefined)
    .sort((left, right) => (placeOf(left) ?? 0) - (placeOf(right) ?? 0))
  let next = 0
  return inTime.map((run) => (placeOf(run) === undefined ? run : (byCommit[next++] ?? run)))
}

const timeKey = ({ startedAt, finishedAt, runId }: OrderedRun): string => `${finishedAt ?? startedAt} ${runId}`
