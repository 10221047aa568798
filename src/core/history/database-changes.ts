import type { HistoryPoint } from './history.ts'

/** From a version on another content of a database was read. */
export interface DatabaseChange {
  /** Position among the points. */
  readonly index: number
  /** Label of the point. */
  readonly from: string
  readonly database: string
  /** Digest, or `none`. */
  readonly before: string
  readonly after: string
}

const NONE = 'none'

/** Changes between versions that tell what they read; those that do not tell are passed over. */
export const databaseChanges = (points: readonly HistoryPoint[]): readonly DatabaseChange[] => {
  const known = new Map<string, string>()
  let isFirst = true
  return points.flatMap(({ label, databases }, index): DatabaseChange[] => {
    if (databases == null) return []
    const names = [...new Set([...known.keys(), ...Object.keys(databases)])].sort()
    const changes = names.flatMap((database): DatabaseChange[] => {
      const [before, after] = [known.get(database) ?? NONE, databases[database] ?? NONE]
      known.set(database, after)
      return isFirst || before === after ? [] : [{ index, from: label, database, before, after }]
    })
    isFirst = false
    return changes
  })
}
