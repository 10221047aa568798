/** What judging one change of a hub needs, and what comes out of it. */
import { segmentLines, runIdOfLine } from '../../core/hub/compaction.ts'
import type { HubComplaint, HubFinding } from '../../core/hub/finding.ts'
import { segmentPath } from '../../core/hub/layout.ts'
import { rawExpired } from '../../core/hub/retention.ts'
import type { AcceptedRegistry } from './accepted-registry.ts'
import type { FoundRun } from './check-run.ts'
import type { Oid, TreeChange, TreeReader } from './git-ports.ts'
import { MOST_SEGMENT_BYTES, plainFile } from './hub-tree.ts'
import type { SealVerdict } from './judge-seal.ts'
import type { KnownRuns } from './known-runs.ts'
import type { RegistryState, TrustDeps } from './registry-state.ts'
import type { IndexedRun, RegistryFile } from './store-ports.ts'

const MOST_RUN_BYTES = 1024 * 1024
const MOST_REGISTRY_BYTES = 16 * 1024 * 1024

export interface ChangeRequest {
  /** `sync`: take what is right. `check`: nothing may be wrong. */
  readonly mode: 'sync' | 'check'
  readonly reader: TreeReader
  /** Tree before; null: everything is new. */
  readonly before: Oid | null
  readonly after: Oid
  /** Differences of the two, in path order; those the reader finds when not given (a sync goes on after its cursor). */
  readonly changes?: AsyncIterable<TreeChange>
  readonly accepted: AcceptedRegistry
  /** `accepted`, opened; give it to go on with what the change made of it. */
  readonly state?: RegistryState
  readonly now: Date
  /** The history before was replaced by a maintainer, and that was judged already. */
  readonly newEpoch?: boolean
  /** Whoever sends the change was found by others to be a maintainer: files for people and forges may change. */
  readonly byMaintainer?: boolean
  /** Key ids pinned for a project; none when not given. */
  readonly pins?: (project: string) => ReadonlySet<string>
  /** When a run was first seen here, UTC; null: never before. */
  readonly firstSeenAt?: (runId: string) => string | null
  /** Null: nobody knows, or somebody else looks after it (the index of a sync). */
  readonly known?: KnownRuns | null
}

/** What came out for one path, in path order. */
export type ValidatedChange =
  | { readonly kind: 'run'; readonly path: string; readonly run: IndexedRun; readonly isNew: boolean }
  | { readonly kind: 'registry'; readonly path: string; readonly file: RegistryFile }
  | { readonly kind: 'removed'; readonly path: string }
  | { readonly kind: 'removed-registry'; readonly path: string }
  | { readonly kind: 'finding'; readonly path: string; readonly finding: HubFinding }

/** Something to do, in order: what is settled already, or a run to judge beside others. */
export type ChangeTask =
  | { readonly kind: 'settled'; readonly items: readonly ValidatedChange[] }
  | { readonly kind: 'run'; readonly found: FoundRun }

export interface ChangeContext {
  readonly deps: TrustDeps
  readonly request: ChangeRequest
  readonly state: RegistryState
  /** Bytes of a project's closed month after the change; null: there is no such segment, or none that can be read. */
  readonly monthBytes: (project: string, month: string) => Promise<Uint8Array | null>
  /** Its lines by run id. */
  readonly monthLines: (project: string, month: string) => Promise<ReadonlyMap<string, Uint8Array> | null>
  readonly noteMonth: (project: string, month: string, bytes: Uint8Array | null) => void
  /** What was found about the seal of a project's month, found once. */
  readonly sealVerdict: (
    project: string,
    month: string,
    find: () => Promise<SealVerdict | null>,
  ) => Promise<SealVerdict | null>
}

interface CurrentMonth {
  readonly key: string
  readonly bytes: Uint8Array | null
  lines?: ReadonlyMap<string, Uint8Array>
  seal?: Promise<SealVerdict | null>
}

export const createContext = (deps: TrustDeps, request: ChangeRequest, state: RegistryState): ChangeContext => {
  // Paths come in order: a month's segment, its seal, its folder. One month is all that is ever needed.
  let current: CurrentMonth | null = null
  const noteMonth = (project: string, month: string, bytes: Uint8Array | null): CurrentMonth =>
    (current = { key: `${project}/${month}`, bytes })
  const monthOf = async (project: string, month: string): Promise<CurrentMonth> =>
    current?.key === `${project}/${month}`
      ? current
      : noteMonth(
          project,
          month,
          await plainFile(request.reader, request.after, segmentPath(project, month), MOST_SEGMENT_BYTES),
        )
  return {
    deps,
    request,
    state,
    noteMonth,
    monthBytes: async (project, month) => (await monthOf(project, month)).bytes,
    monthLines: async (project, month) => {
      const known = await monthOf(project, month)
      return known.bytes === null ? null : (known.lines ??= linesById(known.bytes))
    },
    sealVerdict: async (project, month, find) => ((await monthOf(project, month)).seal ??= find()),
  }
}

/** Lines of a segment by run id; what is no run is left out. */
export const linesById = (bytes: Uint8Array): ReadonlyMap<string, Uint8Array> => {
  const lines = new Map<string, Uint8Array>()
  for (const line of segmentLines(bytes) ?? []) {
    const runId = runIdOfLine(line)
    if (runId !== null) lines.set(runId, line)
  }
  return lines
}

/** Bytes above which a file of this path is not even read. */
export const readLimit = (state: RegistryState, path: string): number => {
  if (path.startsWith('registry/') || !path.startsWith('warehouse/results/')) return MOST_REGISTRY_BYTES
  return path.endsWith('.jsonl') ? MOST_SEGMENT_BYTES : Math.max(MOST_RUN_BYTES, state.hub()?.limits.run_bytes ?? 0)
}

/** Whether a run may be gone: it was erased, or its month expired. */
export const mayBeGone = async (
  { request, state }: { readonly request: Pick<ChangeRequest, 'now'>; readonly state: RegistryState },
  run: { readonly runId: string; readonly project: string; readonly month: string },
): Promise<boolean> => {
  const policy = state.retention()
  if (policy !== null && rawExpired(policy, run.month, request.now)) return true
  return state.isErased(run.runId, run.project)
}

export const findingAt = (path: string, complaint: HubComplaint, runId: string | null = null): ValidatedChange => ({
  kind: 'finding',
  path,
  finding: { ...complaint, path, runId },
})

export const settled = (...items: readonly ValidatedChange[]): ChangeTask => ({ kind: 'settled', items })
