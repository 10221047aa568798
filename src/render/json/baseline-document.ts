import type { BaselineChange, BaselineEntry } from '../../app/baseline/set-baseline.ts'
import type { BaselineDocument, BaselineEntry as EntryDocument } from '../../generated/baseline.ts'

/** What `baseline set|show|clear --json` prints. */
export const toBaselineDocument = ({ set, removed, baselines }: BaselineChange): BaselineDocument => ({
  schema: 'benchmark.baseline/1',
  set: set === null ? null : entryDocument(set),
  removed: removed.map(entryDocument),
  baselines: baselines.map(entryDocument),
})

const entryDocument = ({ branch, label, runId, setAt, run }: BaselineEntry): EntryDocument => ({
  ...{ branch, label, run_id: runId, set_at: setAt },
  state: run.state,
  started_at: run.startedAt,
  run_label: run.label,
  run_branch: run.branch,
  commit: run.commit,
  pipelines: [...run.pipelines],
})
