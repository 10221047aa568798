import { compactMonth, isClosedMonth, type MonthFile, runIdOfLine } from '../../core/hub/compaction.ts'
import { RESULTS, runPath, segmentPath } from '../../core/hub/layout.ts'
import { isHubMonth } from '../../core/hub/names.ts'
import type { FileChange, Oid } from './git-ports.ts'
import type { HubDeps } from './hub-deps.ts'

/** More than this at once would make an upload slow; the next one goes on. */
const MOST_FILES = 2000

/** Changes that fold the closed months of a project into one file each. */
export const foldClosedMonths = async (
  deps: Pick<HubDeps, 'repository'>,
  tree: Oid,
  project: string,
  limits: { readonly segment_bytes: number; readonly run_bytes: number },
  now: Date,
): Promise<readonly FileChange[]> => {
  const { repository } = deps
  const changes: FileChange[] = []
  let files = 0
  for (const { name: month, isFolder } of await repository.list(tree, `${RESULTS}/${project}`)) {
    if (!isFolder || !isHubMonth(month) || !isClosedMonth(month, now)) continue
    const found = await monthFiles(deps, tree, project, month, limits.run_bytes)
    files += found.length
    if (files > MOST_FILES && changes.length > 0) break
    const path = segmentPath(project, month)
    const segment = await repository.file(tree, path)
    const folded = compactMonth(segment, found, { segmentBytes: limits.segment_bytes }, runIdOfLine)
    if (folded.segment !== null) changes.push({ path, bytes: folded.segment })
    changes.push(...folded.removed.map((gone) => ({ path: gone, bytes: null })))
  }
  return changes
}

const monthFiles = async (
  { repository }: Pick<HubDeps, 'repository'>,
  tree: Oid,
  project: string,
  month: string,
  runBytes: number,
): Promise<readonly MonthFile[]> => {
  const wanted: { oid: Oid; path: string }[] = []
  for (const { name, oid, isFolder } of await repository.list(tree, `${RESULTS}/${project}/${month}`))
    if (!isFolder && name.endsWith('.json')) wanted.push({ oid, path: runPath(project, month, name.slice(0, -5)) })
  const files: MonthFile[] = []
  for await (const { path, bytes } of repository.blobs(inOrder(wanted), () => runBytes))
    if (bytes !== null) files.push({ path, runId: path.slice(path.lastIndexOf('/') + 1, -5), bytes })
  return files
}

/** A list as a stream. */
async function* inOrder<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items
}
