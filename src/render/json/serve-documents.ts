import type { RunState } from '../../core/run.ts'
import type { RunStartedDocument } from '../../generated/run-started.ts'
import type { ServeDocument } from '../../generated/serve.ts'

/** Where a server listens, and what starting runs takes. */
export interface Listening {
  /** With a slash at its end. */
  readonly url: string
  readonly host: string
  readonly port: number
  readonly token: string
  readonly project: string
}

/** `benchmark.serve/1` */
export const toServeDocument = (listening: Listening, pid: number): ServeDocument => ({
  schema: 'benchmark.serve/1',
  ...{ url: listening.url, openapi: `${listening.url}api/v1/openapi.json`, token: listening.token },
  ...{ host: listening.host, port: listening.port, pid, project: listening.project },
})

/** `benchmark.run-started/1` */
export const toRunStartedDocument = (runId: string, state: RunState): RunStartedDocument => ({
  schema: 'benchmark.run-started/1',
  run_id: runId,
  status: state === 'running' || state === 'completed' || state === 'incomplete' ? state : 'queued',
  status_url: `/api/v1/benchmark/status/${runId}`,
})
