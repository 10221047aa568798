import type { BaselineStore } from '../app/ports.ts'
import type { Baseline } from '../core/baseline.ts'
import { Problem } from '../core/problem.ts'
import type { Connection } from './open.ts'
import { guardedBy } from './sqlite-problem.ts'
import type { Statements } from './statements.ts'

const SAME_PLACE = `ifnull('=' || branch, '') = ifnull('=' || @branch, '') AND ifnull('=' || label, '') = ifnull('=' || @label, '')`

/** Baselines by branch and label; at most one in each place. */
export const createBaselines = (db: Connection, statements: Statements): BaselineStore => {
  const guarded = guardedBy(db.name)
  const set = db.transaction(({ branch, label, runId, setAt }: Baseline): void => {
    const run = statements<{ key: number }>('SELECT key FROM run WHERE id = ?').get(runId)
    if (!run) throw new Problem('E_NOT_FOUND', `There is no run ${runId}.`, { hints: ['See `benchmark list`.'] })
    statements(`DELETE FROM baseline WHERE ${SAME_PLACE}`).run({ branch, label })
    statements('INSERT INTO baseline (branch, label, run_key, set_at) VALUES (?, ?, ?, ?)').run(
      branch,
      label,
      run.key,
      setAt,
    )
  })
  return {
    all: guarded(() =>
      statements<Baseline>(`
        SELECT baseline.branch, baseline.label, run.id AS runId, baseline.set_at AS setAt
        FROM baseline JOIN run ON run.key = baseline.run_key
        ORDER BY baseline.branch, baseline.label`).all(),
    ),
    set: guarded((baseline) => {
      set.immediate(baseline)
    }),
    clear: guarded(
      ({ branch, label }) => statements(`DELETE FROM baseline WHERE ${SAME_PLACE}`).run({ branch, label }).changes > 0,
    ),
  }
}
