import { nearest, Problem } from '../core/problem.ts'
import type { Statements } from './statements.ts'

// Names further back than this are not offered as corrections: comparing with every name would take too long.
const SUGGESTION_POOL = 1000
const MOST_CANDIDATES = 10

/** Turns `latest`, `latest~N`, a label, a run id or a unique beginning of one into a run id. */
export const createResolve = (statements: Statements): ((reference: string) => string) => {
  const ids = (sql: string, ...values: unknown[]): string[] =>
    statements<{ id: string }>(sql)
      .all(...values)
      .map(({ id }) => id)

  return (reference) => {
    const backwards = /^latest(?:~(\d{1,9}))?$/.exec(reference)
    if (backwards) {
      const steps = Number(backwards[1] ?? 0)
      const [found] = ids('SELECT id FROM run ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ?', steps)
      if (found === undefined)
        throw tooFewRuns(reference, statements<{ n: number }>('SELECT count(*) AS n FROM run').get()?.n ?? 0)
      return found
    }
    const [exact] = ids('SELECT id FROM run WHERE id = ?', reference)
    if (exact !== undefined) return exact
    const [labelled] = ids('SELECT id FROM run WHERE label = ? ORDER BY started_at DESC, id DESC LIMIT 1', reference)
    if (labelled !== undefined) return labelled

    const prefix = reference.toLowerCase()
    const candidates = /^[0-9a-z-]+$/.test(prefix)
      ? ids(
          'SELECT id FROM run WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?',
          prefix,
          `${prefix}{`, // the character after z: end of the range of ids beginning so
          MOST_CANDIDATES + 1,
        )
      : []
    const [only, ...others] = candidates
    if (only !== undefined && others.length === 0) return only
    if (only !== undefined) throw ambiguous(reference, candidates)
    throw notFound(reference, [
      ...ids('SELECT label AS id FROM run WHERE label IS NOT NULL GROUP BY label LIMIT ?', SUGGESTION_POOL),
      ...ids('SELECT id FROM run ORDER BY started_at DESC LIMIT ?', SUGGESTION_POOL),
    ])
  }
}

const tooFewRuns = (reference: string, stored: number): Problem =>
  new Problem(
    'E_NOT_FOUND',
    stored === 0
      ? 'There are no runs in this project yet.'
      : `There is no run ${reference}: only ${stored} ${stored === 1 ? 'run is' : 'runs are'} stored.`,
    { hints: [stored === 0 ? 'Start one with `benchmark run`.' : 'See `benchmark list`.'] },
  )

const ambiguous = (reference: string, candidates: readonly string[]): Problem =>
  new Problem('E_NOT_FOUND', `"${reference}" is the beginning of several run ids.`, {
    hints: [
      `Give more of it: ${candidates.slice(0, MOST_CANDIDATES).join(', ')}${candidates.length > MOST_CANDIDATES ? ', …' : ''}.`,
    ],
  })

const notFound = (reference: string, names: readonly string[]): Problem =>
  new Problem('E_NOT_FOUND', `There is no run "${reference}" in this project.`, {
    hints: [...nearest(reference, names).map((name) => `Did you mean "${name}"?`), 'See `benchmark list`.'],
  })
