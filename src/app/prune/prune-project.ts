import { ownName, setAsideName } from '../../core/prune/prunable-names.ts'
import { Problem } from '../../core/problem.ts'
import { folderOf, nameOf } from '../../core/relative-path.ts'
import { TRACE_PATTERN } from '../report/process-use.ts'
import type { Clock, Files } from '../ports.ts'
import { createNotes, type Notes, type Records } from './notes.ts'
import { type FindDeps, findPrunable, type Part, type Prunable } from './find-prunable.ts'
import type { PrunedItem, PruneKind, PruneResult } from './prune-result.ts'

export interface PruneRequest {
  readonly kinds: ReadonlySet<PruneKind>
  readonly olderThanMs: number
  readonly isDryRun: boolean
  /** Told before each folder that is emptied: how many of how many are done. */
  readonly onProgress: (item: Pick<PrunedItem, 'path'>, done: number, of: number) => void
}

export interface PruneDeps extends FindDeps {
  readonly files: Pick<Files, 'glob'>
  readonly clock: Pick<Clock, 'now'>
  /** Opened when something goes, and again where that failed. */
  readonly records: () => Promise<Records>
}

/**
 * Removes files that no number depends on. Whatever is removed is out of everybody's sight before its first file goes,
 * so that being killed leaves nothing half; the next call finishes it. What cannot be removed is among the problems.
 */
export const pruneProject = async (deps: PruneDeps, request: PruneRequest): Promise<PruneResult> => {
  const { kinds, olderThanMs, isDryRun } = request
  const found = findPrunable(deps, { kinds, olderThanMs, now: deps.clock.now().getTime() })
  const result = { isDryRun, kinds: [...kinds], olderThanMs, kept: found.kept }
  if (isDryRun || found.items.length === 0)
    return {
      ...result,
      items: found.items.map((item) => toItem(item, item.parts)),
      problems: withoutDoubles(found.problems),
    }
  // Written before anything goes, so of what was chosen: what a killed process removed must be in the log too.
  const notes = createNotes(deps.records)
  const detail = detailOf(request, found.items)
  await notes.write(
    ({ audit }) => void audit.append({ at: deps.clock.now().toISOString(), action: 'prune', objectHash: null, detail }),
  )
  const problems = [...found.problems]
  const items: PrunedItem[] = []
  for (const [done, item] of found.items.entries()) {
    request.onProgress({ path: item.folder }, done, found.items.length)
    const removed = await removeItem({ ...deps, notes }, request, item, problems)
    if (removed.length > 0) items.push(toItem(item, removed))
  }
  return { ...result, items, problems: withoutDoubles([...problems, ...(await notes.unwritten())]) }
}

// A folder that cannot be written to is in the way of everything in it.
const withoutDoubles = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [problem.message, problem])).values(),
]

const toItem = ({ kind, folder, runId }: Prunable, parts: readonly Part[]): PrunedItem => ({
  ...{ kind, path: folder, runId, count: parts.length },
  files: parts.reduce((sum, { files }) => sum + files, 0),
  bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
})

const detailOf = ({ olderThanMs }: PruneRequest, items: readonly Prunable[]): Readonly<Record<string, unknown>> => {
  const kinds: Record<string, { count: number; bytes: number }> = {}
  for (const item of items) {
    const { kind, count, bytes } = toItem(item, item.parts)
    const sum = (kinds[kind] ??= { count: 0, bytes: 0 })
    sum.count += count
    sum.bytes += bytes
  }
  const runs = [...new Set(items.flatMap(({ runId }) => runId ?? []))]
  return { older_than_seconds: olderThanMs / 1000, chosen: kinds, ...(runs.length === 0 ? {} : { runs }) }
}

type RemoveDeps = PruneDeps & { readonly notes: Notes }

/** Returns the parts that are gone. */
const removeItem = async (
  deps: RemoveDeps,
  request: PruneRequest,
  item: Prunable,
  problems: Problem[],
): Promise<readonly Part[]> => {
  const { kind, folder, runId, parts } = item
  if (runId !== null && !mayStillGo(deps, runId)) return []
  const gone: Part[] = []
  const attempt = async (part: Part, remove: () => boolean | Promise<boolean>): Promise<void> => {
    try {
      if (await remove()) gone.push(part)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problems.push(error)
    }
  }
  switch (kind) {
    case 'outputs':
      for (const part of await setAside(deps, request, item, problems))
        await attempt(part, () => deps.disk.remove(part.path))
      break
    case 'mirrors':
      for (const part of parts) await attempt(part, () => deps.mirrors.remove(folder))
      break
    case 'downloads': {
      // A fetch that takes the content up meanwhile touches it first.
      const before = deps.clock.now().getTime() - request.olderThanMs
      for (const part of parts) await attempt(part, () => deps.disk.remove(part.path, before))
      break
    }
    default:
      for (const part of parts) await attempt(part, () => deps.disk.remove(part.path))
  }
  return gone
}

// Much may have happened since the choice: emptying the folders before this one can take long.
const mayStillGo = ({ store }: RemoveDeps, runId: string): boolean =>
  store.has(runId) &&
  store.lease.holder()?.runId !== runId &&
  !store.baselines.all().some((baseline) => baseline.runId === runId)

/** Takes the outputs of a run out of everybody's sight and notes that; returns what is left to be deleted. */
const setAside = async (
  { disk, files, store, clock, notes }: RemoveDeps,
  { kinds }: PruneRequest,
  { folder, runId, parts }: Prunable,
  problems: Problem[],
): Promise<readonly Part[]> => {
  if (runId === null) return []
  const known = store.pruned(runId)
  const aside: Part[] = []
  for (const part of parts)
    try {
      const name = part.isSetAside ? part.name : setAsideName(part.name)
      if (!part.isSetAside && !disk.setAside(folder, part.name, name)) continue
      const moved = { ...part, name, path: `${folder}/${name}` }
      try {
        // The traces of workflows hold numbers that are nowhere else.
        if (!kinds.has('logs'))
          for (const trace of files.glob(moved.path, TRACE_PATTERN))
            disk.moveFile(trace, folderOf(folder), `logs/${ownName(name)}/${nameOf(trace)}`)
      } catch (error) {
        if (!part.isSetAside) disk.setAside(folder, name, part.name)
        throw error
      }
      aside.push(moved)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problems.push(error)
    }
  const news = aside.flatMap(({ executionId, isSetAside }) =>
    executionId === null || (isSetAside && known.has(executionId)) ? [] : [executionId],
  )
  const at = clock.now().toISOString()
  if (news.length > 0) await notes.write((records) => records.store.markPruned(runId, new Set(news), at))
  return aside
}
