import { classifyPath, RESULTS } from '../../core/hub/layout.ts'
import type { ValidatedChange } from './change-context.ts'
import type { TreeChange } from './git-ports.ts'
import type { HubDeps } from './hub-deps.ts'
import type { IndexedRun, Quarantined, RegistryFile } from './store-ports.ts'

const STEP_RUNS = 1000
const STEP_BYTES = 8 * 1024 * 1024

/** Collects what was validated into steps for the index; each step is a transaction with the path it got to. */
export interface SyncSteps {
  take(item: ValidatedChange): void
  /** Writes what is left. */
  flush(): void
  readonly found: {
    readonly added: number
    readonly files: number
    readonly quarantined: readonly Quarantined[]
    readonly warnings: readonly string[]
    /** Projects whose registration is new or changed. */
    readonly projects: ReadonlySet<string>
  }
}

/** `gone`: paths that disappeared or were replaced, filled while changes are read; taken from here as steps are made. */
export const createSyncSteps = (
  { index, repository }: Pick<HubDeps, 'index' | 'repository'>,
  at: string,
  gone: string[],
  cursor: string,
): SyncSteps => {
  let runs: IndexedRun[] = []
  let bytes = 0
  let registry: RegistryFile[] = []
  let removedRegistry: string[] = []
  let quarantined: Quarantined[] = []
  // A month is done when the next path begins, not before its last line.
  let done = cursor
  let current = cursor
  const found = {
    added: 0,
    files: 0,
    quarantined: [] as Quarantined[],
    warnings: [] as string[],
    projects: new Set<string>(),
  }
  const flush = (): void => {
    if (runs.length + registry.length + removedRegistry.length + quarantined.length + gone.length === 0) return
    const removedPaths = gone.splice(0)
    const result = index.apply(repository.url, {
      added: runs,
      removedPaths,
      quarantined,
      registry,
      removedRegistry,
      cursor: done,
      at,
    })
    found.added += result.added
    found.quarantined.push(...quarantined, ...result.tampered)
    runs = []
    bytes = 0
    registry = []
    removedRegistry = []
    quarantined = []
  }
  const add = (item: ValidatedChange): void => {
    switch (item.kind) {
      case 'run':
        bytes += item.run.line.length
        return void runs.push(item.run)
      case 'registry': {
        const place = classifyPath(item.path)
        if (place?.kind === 'project') found.projects.add(place.project)
        return void registry.push(item.file)
      }
      case 'removed-registry':
        return void removedRegistry.push(item.path)
      case 'removed':
        return
      case 'finding': {
        const { severity, path, runId, message } = item.finding
        if (severity === 'error') quarantined.push({ path, runId, reason: message })
        else found.warnings.push(`${path}: ${message}`)
      }
    }
  }
  return {
    found,
    take: (item) => {
      if (item.path > current) {
        done = current
        current = item.path
        found.files += 1
        if (runs.length >= STEP_RUNS || bytes >= STEP_BYTES) flush()
      }
      add(item)
      // Whose a run is must be known before the runs come.
      if (item.kind === 'registry' && registry.length >= STEP_RUNS) flush()
    },
    flush: () => {
      done = current
      flush()
    },
  }
}

/** Changes after a path; those before it were done by a sync that was interrupted. Notes which results go or change. */
export async function* changesAfter(
  changes: AsyncIterable<TreeChange>,
  cursor: string,
  gone: string[],
): AsyncGenerator<TreeChange, void, undefined> {
  for await (const change of changes) {
    // Of what was done before the cursor, the lines are in already and do not come again.
    if (change.before !== null && change.path > cursor && change.path.startsWith(`${RESULTS}/`)) gone.push(change.path)
    // Registry documents are few, and what follows must be judged by them.
    if (change.path > cursor || !change.path.startsWith(`${RESULTS}/`)) yield change
  }
}
