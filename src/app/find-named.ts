import { nearest, Problem } from '../core/problem.ts'

/** The entry of that name, or `E_NOT_FOUND` with the nearest names. `kind` is the word users know it by. */
export const findNamed = <T>(entries: ReadonlyMap<string, T>, name: string, kind: 'pipeline' | 'dataset'): T => {
  const found = entries.get(name)
  if (found !== undefined) return found
  throw new Problem('E_NOT_FOUND', `There is no ${kind} named "${name}".`, {
    hints: [
      ...nearest(name, entries.keys()).map((near) => `Did you mean "${near}"?`),
      `benchmark ${kind} list shows every ${kind}.`,
      ...(kind === 'dataset' ? ['Those of a hub are known after benchmark sync.'] : []),
    ],
  })
}
