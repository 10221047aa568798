import type { DatabaseDigests } from '../../core/databases.ts'
import { type Candidate, candidateKey } from '../../core/ranking/observation.ts'

/** A candidate that read several contents of a database: what stands in its row is not of one and the same. */
export interface MixedDatabase {
  readonly candidate: Candidate
  readonly database: string
  /** Digests, in order. */
  readonly contents: readonly string[]
}

/** Candidates whose runs, on several datasets or before and after a resume, read different contents of a database. */
export const mixedDatabases = (
  runs: readonly Candidate[],
  databasesOf: readonly (readonly DatabaseDigests[])[],
): readonly MixedDatabase[] => {
  const read = new Map<string, { readonly candidate: Candidate; readonly contents: Map<string, Set<string>> }>()
  for (const [index, candidate] of runs.entries()) {
    const key = candidateKey(candidate)
    const { contents } = read.get(key) ?? { contents: new Map<string, Set<string>>() }
    read.set(key, { candidate, contents })
    for (const databases of databasesOf[index] ?? [])
      for (const [name, content] of Object.entries(databases))
        if (content !== null) contents.set(name, (contents.get(name) ?? new Set()).add(content))
  }
  return [...read.values()].flatMap(({ candidate, contents }) =>
    [...contents]
      .filter(([, different]) => different.size > 1)
      .map(([database, different]) => ({ candidate, database, contents: [...different].sort() })),
  )
}
