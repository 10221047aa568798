import type { Parameters } from '../../core/pipeline.ts'
import type { Clock } from '../ports.ts'
import type { HubRepository } from './git-ports.ts'
import type { AuditLog, HubIndex, Outbox } from './store-ports.ts'
import type { Credentials, HubDocuments, KeyStore, RunReader, Signatures } from './trust-ports.ts'

/** Everything the exchange with one hub needs. */
export interface HubDeps {
  readonly repository: HubRepository
  readonly documents: HubDocuments
  readonly signatures: Signatures
  readonly runs: RunReader
  readonly keys: KeyStore
  readonly credentials: Credentials
  readonly outbox: Outbox
  readonly index: HubIndex
  readonly audit: AuditLog
  readonly clock: Clock
  /** Uniform in [0, 1): only for waiting times. */
  readonly random: () => number
  readonly randomBytes: (count: number) => Uint8Array
  readonly sha256: (bytes: Uint8Array | string) => string
  readonly toolVersion: string
  /** Pipelines everybody has (the built-in catalogue), with the parameters they are declared with. */
  readonly publicPipelines: () => Promise<ReadonlyMap<string, readonly Parameters[]>>
  /** This process as claims name it, and whether the process of another claim still lives. */
  readonly owner: string
  readonly isAlive: (owner: string) => boolean
}
