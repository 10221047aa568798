import type { HubFinding } from '../core/hub/finding.ts'
import type { HubCheckDocument } from '../generated/hub-check.ts'

interface Check {
  readonly base: string | null
  readonly head: string
  readonly newRuns: number
  readonly registryFiles: number
  readonly removed: number
  readonly findings: readonly HubFinding[]
  readonly isRefused: boolean
}

/** `benchmark.hub-check/1`. */
export const toHubCheckDocument = (check: Check): HubCheckDocument => ({
  schema: 'benchmark.hub-check/1',
  base: check.base,
  head: check.head,
  refused: check.isRefused,
  new_runs: check.newRuns,
  registry_files: check.registryFiles,
  removed: check.removed,
  findings: check.findings.map(({ path, rule, severity, message, runId }) => ({
    path,
    rule,
    severity,
    message,
    run_id: runId,
  })),
})
