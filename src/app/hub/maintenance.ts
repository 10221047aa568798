/** What changes by maintainers have in common. */
import { activeKeys } from '../../core/hub/registration.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { HubDeps } from './hub-deps.ts'
import type { SigningKey } from './trust-ports.ts'

export type MaintenanceDeps = Pick<
  HubDeps,
  'repository' | 'documents' | 'signatures' | 'runs' | 'sha256' | 'clock' | 'random' | 'keys' | 'audit'
>

/** Whether to say only what would change. */
export interface MaintenanceRequest {
  readonly dryRun: boolean
}

/** This user's maintainer key, when the hub counts it; else null. */
export const countedMaintainerKey = (
  { keys }: Pick<MaintenanceDeps, 'keys'>,
  hub: HubConfigDocument,
): SigningKey | null => {
  const key = keys.existingMaintainerKey(hub)
  return activeKeys(hub.maintainers).some(({ key_id }) => key_id === key?.keyId) ? key : null
}

/** The same key where nothing goes without it. Throws `E_HUB` when this machine may not change the hub. */
export const maintainerKeyOf = (
  deps: Pick<MaintenanceDeps, 'keys' | 'repository'>,
  hub: HubConfigDocument,
): SigningKey => {
  const key = countedMaintainerKey(deps, hub)
  if (key !== null) return key
  throw new Problem('E_HUB', `This machine holds no key of a maintainer of ${deps.repository.url}.`, {
    hints: [
      `Maintainer keys of the hub: ${hub.maintainers.map(({ key_id }) => key_id).join(', ')}`,
      'Copy the key file from the machine where benchmark hub init was run (keys/ in the configuration folder of this program).',
    ],
  })
}

/** Name of commits that nobody has to sign for. */
export const ANYBODY = { name: 'benchmark', email: 'benchmark@benchmark.invalid' } as const

/** Sentences about what nobody can take back from a git repository. */
export const CANNOT_BE_RECALLED = [
  'Clones that others made before still hold what was there.',
  'Forks, pull requests and caches of the server may keep old commits until its keepers delete them.',
  'What was read, exported or published elsewhere is out of reach.',
] as const
