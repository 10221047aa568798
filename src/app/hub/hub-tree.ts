/** Reading what stands in a hub's tree, for those who change it. */
import { type MonthFile, runIdOfLine, segmentLines } from '../../core/hub/compaction.ts'
import { RESULTS, runPath, segmentPath } from '../../core/hub/layout.ts'
import { HUB_RUN_ID, isHubMonth, isHubName } from '../../core/hub/names.ts'
import type { Oid, TreeReader } from './git-ports.ts'

/** No hub can ask for more: a segment is held in memory. */
export const MOST_SEGMENT_BYTES = 256 * 1024 * 1024
/** Many times what a seal has. */
export const MOST_SEAL_BYTES = 64 * 1024
const MONTH_FILE = /^([^.]*)\.(jsonl|seal\.json)$/

/** A project's month, and in which forms it is there. */
export interface HubMonth {
  readonly project: string
  readonly month: string
  readonly segment: Oid | null
  readonly seal: Oid | null
  readonly hasFolder: boolean
}

const NOTHING = { segment: null, seal: null, hasFolder: false } as const

/** Months of all projects (or one), by project and month. */
export async function* monthsOf(
  reader: TreeReader,
  tree: Oid,
  only: string | null = null,
): AsyncGenerator<HubMonth, void, undefined> {
  const projects = only === null ? (await reader.list(tree, RESULTS)).map(({ name }) => name) : [only]
  for (const project of projects.filter(isHubName)) {
    const months = new Map<string, Omit<HubMonth, 'project' | 'month'>>()
    for (const { name, isFolder, oid } of await reader.list(tree, `${RESULTS}/${project}`)) {
      const [, month = '', ending] = isFolder ? [name, name, null] : (MONTH_FILE.exec(name) ?? [])
      if (!isHubMonth(month)) continue
      const found = isFolder ? { hasFolder: true } : ending === 'jsonl' ? { segment: oid } : { seal: oid }
      months.set(month, { ...NOTHING, ...months.get(month), ...found })
    }
    for (const [month, found] of [...months].sort(([left], [right]) => (left < right ? -1 : 1)))
      yield { project, month, ...found }
  }
}

/** Run files of a month with their bytes, by run id. A file above `maxBytes` is left out. */
export const runFilesOf = async (
  reader: TreeReader,
  tree: Oid,
  { project, month }: Pick<HubMonth, 'project' | 'month'>,
  maxBytes: number,
): Promise<readonly MonthFile[]> => {
  const entries = await reader.list(tree, `${RESULTS}/${project}/${month}`)
  const wanted = async function* () {
    for (const { name, oid, mode } of entries) {
      const runId = name.replace(/\.json$/, '')
      if (mode === '100644' && name === `${runId}.json` && HUB_RUN_ID.test(runId))
        yield await Promise.resolve({ oid, path: runPath(project, month, runId) })
    }
  }
  const files: MonthFile[] = []
  for await (const { path, bytes } of reader.blobs(wanted(), () => maxBytes))
    if (bytes !== null) files.push({ path, runId: path.slice(path.lastIndexOf('/') + 1, -5), bytes })
  return files
}

/** The entry of a tree at a path, or null. */
export const entryOf = async (
  reader: TreeReader,
  tree: Oid,
  path: string,
): Promise<{ readonly oid: Oid; readonly mode: string } | null> => {
  const slash = path.lastIndexOf('/')
  const entries = await reader.list(tree, path.slice(0, Math.max(0, slash)))
  return entries.find(({ name }) => name === path.slice(slash + 1)) ?? null
}

/** Bytes of a plain file; null where there is none, or one of another mode or above `maxBytes`: a stranger's tree stops nobody. */
export const plainFile = async (
  reader: TreeReader,
  tree: Oid,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | null> => {
  const entry = await entryOf(reader, tree, path)
  if (entry?.mode !== '100644') return null
  const wanted = async function* () {
    yield await Promise.resolve({ oid: entry.oid, path })
  }
  for await (const { bytes } of reader.blobs(wanted(), () => maxBytes)) return bytes
  return null
}

export const segmentOf = (
  reader: TreeReader,
  tree: Oid,
  { project, month }: Pick<HubMonth, 'project' | 'month'>,
): Promise<Uint8Array | null> => reader.file(tree, segmentPath(project, month), MOST_SEGMENT_BYTES)

/** Every run of a month, folded or not: path, id and line, by run id. What is no run is left out. */
export const runsOfMonth = async (
  reader: TreeReader,
  tree: Oid,
  month: HubMonth,
  maxBytes: number,
): Promise<readonly { readonly path: string; readonly runId: string; readonly line: Uint8Array }[]> => {
  const runs = new Map<string, { path: string; runId: string; line: Uint8Array }>()
  const folded = month.segment === null ? null : await segmentOf(reader, tree, month)
  for (const line of folded === null ? [] : (segmentLines(folded) ?? [])) {
    const runId = runIdOfLine(line)
    if (runId !== null) runs.set(runId, { path: segmentPath(month.project, month.month), runId, line })
  }
  for (const { path, runId, bytes } of month.hasFolder ? await runFilesOf(reader, tree, month, maxBytes) : [])
    if (!runs.has(runId)) runs.set(runId, { path, runId, line: bytes.subarray(0, -1) })
  return [...runs.values()].sort((left, right) => (left.runId < right.runId ? -1 : 1))
}
