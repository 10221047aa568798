/** Runs that were erased, without naming them. */

/**
 * What a run's tombstone is called: SHA-256 over the salt of `hub.json` and the run id. Whoever has the id can look it
 * up; whoever has only the hub cannot tell which run it was.
 */
export const tombstoneHash = (salt: string, runId: string, sha256: (text: string) => string): string =>
  sha256(`benchmark-tombstone-v1\0${salt}\0${runId}`)
