/** What all changes by maintainers have in common: keys, signatures, and what is said when a hub says no. */
import { signedRegistryBytes } from '../../core/hub/signed-bytes.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { CommitLoopDeps, CommitOutcome } from './commit-loop.ts'
import type { TrustDeps } from './registry-state.ts'
import type { AuditLog } from './store-ports.ts'
import type { KeyStore, SigningKey } from './trust-ports.ts'

export interface MaintenanceDeps extends TrustDeps, CommitLoopDeps {
  readonly keys: KeyStore
  readonly audit: AuditLog
}

interface HubSignature {
  readonly key_id: string
  readonly sig: string
}

/** The document with one signature, whatever it carried before. */
export const signDocument = <T extends object>(document: T, key: SigningKey): T & { signatures: [HubSignature] } => ({
  ...document,
  signatures: [{ key_id: key.keyId, sig: key.sign(signedRegistryBytes(document)) }],
})

/** This user's maintainer key, when the hub counts it; else null. */
export const countedMaintainerKey = (keys: KeyStore, hub: HubConfigDocument): SigningKey | null => {
  const key = keys.existingMaintainerKey(hub.name)
  const isCounted = hub.maintainers.some(({ key_id, status }) => key_id === key?.keyId && status === 'active')
  return isCounted ? key : null
}

/** The same; `E_HUB` when there is none. */
export const requireMaintainerKey = (keys: KeyStore, hub: HubConfigDocument): SigningKey => {
  const key = countedMaintainerKey(keys, hub)
  if (key !== null) return key
  throw new Problem('E_HUB', `This machine has no key of a maintainer of the hub ${hub.name}.`, {
    hints: ['hub.json lists the keys of its maintainers; whoever made the hub has the first of them.'],
  })
}

/** Name in commits: never the user's own git identity. */
export const commitAuthor = (key: SigningKey | null): { readonly name: string; readonly email: string } =>
  key === null
    ? { name: 'benchmark', email: 'benchmark@benchmark.invalid' }
    : { name: `bm-${key.keyId.slice(0, 8)}`, email: `${key.keyId}@benchmark.invalid` }

/** Passes what is in the hub now; `E_HUB` says why the rest is not. */
export const requireDone = (
  outcome: CommitOutcome,
): Extract<CommitOutcome, { readonly kind: 'pushed' | 'nothing' }> => {
  if (outcome.kind === 'pushed' || outcome.kind === 'nothing') return outcome
  const said = outcome.message === null ? '' : ` It said: ${outcome.message}`
  const why = {
    refused: `The hub refuses the change.${said}`,
    contended: `Others were faster ${outcome.attempts} times; nothing was changed.`,
    unknown: 'The hub fell silent, and whether it took the change is not known.',
  }[outcome.kind]
  throw new Problem('E_HUB', why, { hints: ['The same command again finds out what is there and goes on.'] })
}
