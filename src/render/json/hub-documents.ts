import type { Authentication } from '../../app/hub/authenticate.ts'
import type { HubStatus } from '../../app/hub/hub-status.ts'
import type { InitialisedHub } from '../../app/hub/init-hub.ts'
import type { Registration } from '../../app/hub/register-project.ts'
import type { SyncResult } from '../../app/hub/sync-hub.ts'
import type { UploadResult } from '../../app/hub/upload-runs.ts'
import { toSnakeCase } from '../../documents/key-case.ts'
import type { AuthDocument } from '../../generated/auth.ts'
import type { HubInitDocument } from '../../generated/hub-init.ts'
import type { HubStatusDocument } from '../../generated/hub-status.ts'
import type { RegistrationDocument } from '../../generated/registration.ts'
import type { SyncDocument } from '../../generated/sync.ts'
import type { UploadDocument } from '../../generated/upload.ts'

/** `benchmark.upload/1` */
export const toUploadDocument = (result: UploadResult): UploadDocument => ({
  schema: 'benchmark.upload/1',
  hub: result.hub,
  uploaded: [...result.uploaded],
  queued: [...result.queued],
  rejected: result.rejected.map(({ runId, reason }) => ({ run_id: runId, reason })),
  visibility: result.visibility,
  head: result.head,
  bytes_sent: result.bytesSent,
  notes: [...result.notes],
})

/** `benchmark.sync/1` */
export const toSyncDocument = (result: SyncResult): SyncDocument => ({
  schema: 'benchmark.sync/1',
  hub: result.hub,
  head: result.head,
  added: result.added,
  removed: result.removed,
  quarantined: result.quarantined.map(({ path, reason }) => ({ path, reason })),
  bytes_received: result.bytesReceived,
  delivered: [...result.delivered],
  queued: result.queued,
  notes: [...result.notes],
})

/** `benchmark.hub-status/1` */
export const toHubStatusDocument = (status: HubStatus): HubStatusDocument => {
  const { outbox, waiting, ...rest } = status
  return {
    schema: 'benchmark.hub-status/1',
    ...(toSnakeCase(rest, new Set()) as Omit<HubStatusDocument, 'schema' | 'outbox' | 'waiting'>),
    outbox: { ...outbox },
    waiting: waiting.map(({ localRunId, state, reason, attempts, nextAt }) => ({
      run_id: localRunId,
      state,
      reason,
      attempts,
      next_at: nextAt,
    })),
  }
}

/** `benchmark.auth/1` */
export const toAuthDocument = ({
  hub,
  origin,
  action,
  found,
  source,
  withheld,
  fingerprint,
  token,
  accepted,
  keyId,
}: Authentication): AuthDocument => ({
  schema: 'benchmark.auth/1',
  hub,
  origin,
  action,
  found,
  source,
  withheld,
  fingerprint,
  token,
  accepted,
  key_id: keyId,
})

/** `benchmark.registration/1` */
export const toRegistrationDocument = (registration: Registration): RegistrationDocument => ({
  schema: 'benchmark.registration/1',
  hub: registration.hub,
  project: registration.project,
  state: registration.state,
  key_id: registration.keyId,
  branch: registration.branch,
  file: registration.file,
  commit: registration.commit,
  next_steps: [...registration.nextSteps],
})

/** `benchmark.hub-init/1` */
export const toHubInitDocument = (made: InitialisedHub): HubInitDocument => ({
  schema: 'benchmark.hub-init/1',
  hub: made.hub,
  name: made.name,
  state: made.state,
  commit: made.commit,
  files: [...made.files],
  maintainer_key: made.maintainerKey,
})
