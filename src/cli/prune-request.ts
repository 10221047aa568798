import type { PruneRequest } from '../app/prune/prune-project.ts'
import type { PruneKind } from '../app/prune/prune-result.ts'
import { Problem } from '../core/problem.ts'
import { parseDuration } from '../core/units.ts'

interface PruneFlags {
  readonly 'older-than': string
  readonly 'dry-run'?: boolean
  readonly logs?: boolean
  readonly only?: readonly PruneKind[] | undefined
}

const BY_DEFAULT: readonly PruneKind[] = ['outputs', 'downloads', 'mirrors', 'leftovers']

/** The flags of `benchmark prune` as a request. Throws `E_USAGE` for an age that cannot be read. */
export const toPruneRequest = (flags: PruneFlags): Omit<PruneRequest, 'onProgress'> => {
  const olderThanMs = parseDuration(flags['older-than'])
  if (olderThanMs === null)
    throw new Problem('E_USAGE', `--older-than ${flags['older-than']} cannot be read.`, {
      hints: ['Write an age with its unit: 90d, 12h or 1d12h.'],
    })
  return {
    olderThanMs,
    isDryRun: flags['dry-run'] === true,
    kinds: new Set([...(flags.only ?? BY_DEFAULT), ...(flags.logs === true ? (['logs'] as const) : [])]),
  }
}
