import { Problem } from '../../core/problem.ts'
import type { CommitOutcome } from './commit-loop.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { refusalHints } from './refusal-hints.ts'
import type { HubDeps } from './hub-deps.ts'

/** What a maintenance command changed, or would change. */
export interface HubChange {
  readonly hub: string
  readonly action: 'compact' | 'retain' | 'erase' | 'squash' | 'register' | 'publish'
  /** Null where nothing was to do, or nothing was to be done. */
  readonly commit: Oid | null
  /** Files written and removed. */
  readonly changed: number
  readonly removed: number
  readonly runs: number
  /** What to know, one sentence each. */
  readonly notes: readonly string[]
}

/** The change as it came out. Throws `E_HUB` when the hub refused it or could not be reached to the end. */
export const changeOf = (
  { repository }: Pick<HubDeps, 'repository'>,
  action: HubChange['action'],
  outcome: CommitOutcome,
  changes: readonly FileChange[],
  { runs, notes }: Pick<HubChange, 'runs' | 'notes'>,
): HubChange => {
  if (outcome.kind !== 'pushed' && outcome.kind !== 'nothing') throw notDone(repository.url, outcome)
  return {
    hub: repository.url,
    action,
    commit: outcome.kind === 'pushed' ? outcome.commit : null,
    changed: changes.filter(({ bytes }) => bytes !== null).length,
    removed: changes.filter(({ bytes }) => bytes === null).length,
    runs,
    notes,
  }
}

const notDone = (url: string, outcome: Extract<CommitOutcome, { readonly message: string | null }>): Problem => {
  const said = outcome.message === null ? [] : [`It says: ${outcome.message}`]
  switch (outcome.kind) {
    case 'refused':
      return new Problem('E_HUB', `The hub ${url} refuses the change.`, {
        hints: [
          ...said,
          ...refusalHints(outcome.message, [
            'A token or key with the right to write is needed: benchmark auth --status',
          ]),
        ],
      })
    case 'contended':
      return new Problem('E_HUB', `Others write to the hub ${url} all the time; try again.`)
    default:
      return new Problem('E_HUB', `The hub ${url} fell silent after something was sent; try again to find out.`, {
        hints: said,
      })
  }
}
