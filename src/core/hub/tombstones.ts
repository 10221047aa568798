/** Runs that were erased, without naming them. */
import type { RegisteredKey } from './registration.ts'
import { activeKeys } from './registration.ts'

/**
 * What a run's tombstone is called: SHA-256 over the salt of `hub.json` and the run id. Whoever has the id can look it
 * up; whoever has only the hub cannot tell which run it was.
 */
export const tombstoneHash = (salt: string, runId: string, sha256: (text: string) => string): string =>
  sha256(`benchmark-tombstone-v1\0${salt}\0${runId}`)

/** Keys whose signature erases a run: active ones of its project, and maintainers'. Anonymised runs: maintainers only. */
export const erasers = (
  projectKeys: readonly RegisteredKey[] | null,
  maintainers: readonly RegisteredKey[],
): readonly RegisteredKey[] => [...activeKeys(projectKeys ?? []), ...activeKeys(maintainers)]

/** Whether a tombstone erases a run: one of those who may has signed it. `signedBy`: whose signature is right. */
export const erases = (
  signedBy: ReadonlySet<string>,
  projectKeys: readonly RegisteredKey[] | null,
  maintainers: readonly RegisteredKey[],
): boolean => erasers(projectKeys, maintainers).some(({ key_id }) => signedBy.has(key_id))
