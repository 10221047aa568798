import type { RunStatus } from '../../app/run-status.ts'
import type { StatusDocument } from '../../generated/status.ts'

/** The JSON of `benchmark status`. */
export const toStatusDocument = (status: RunStatus): StatusDocument => ({
  schema: 'benchmark.status/1',
  run_id: status.runId,
  state: status.state,
  progress: status.progress,
  eta_seconds: status.eta,
  executions: { ...status.counts },
  running: status.running.map(({ id, pipeline, sample, elapsedSeconds }) => ({
    id,
    pipeline,
    sample,
    elapsed_seconds: elapsedSeconds,
  })),
  runner: status.runner && { host: status.runner.host, pid: status.runner.pid },
})
