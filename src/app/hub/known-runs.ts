/** Runs that a hub held before a change, by id and by content. */
import { contentOfLine, runIdOfLine, segmentLines } from '../../core/hub/compaction.ts'
import { classifyPath } from '../../core/hub/layout.ts'
import type { Oid, TreeReader } from './git-ports.ts'

/** Where a run was, or who has the same content. */
export interface KnownRuns {
  place(runId: string): Promise<{ readonly path: string; readonly project: string; readonly month: string } | null>
  sameContent(contentSha256: string): Promise<{ readonly runId: string; readonly project: string } | null>
}

interface Place {
  readonly path: string
  readonly project: string
  readonly month: string
}

/**
 * Reads every run of a tree once, at the first question; about 300 bytes of memory a run stay. What is damaged in the
 * tree is passed over: it was complained about when it came.
 */
export const runsOfTree = (reader: TreeReader, tree: Oid, maxBytes: number): KnownRuns => {
  let index: Promise<{ places: Map<string, Place>; contents: Map<string, string> }> | null = null
  const read = () => (index ??= indexTree(reader, tree, maxBytes))
  return {
    place: async (runId) => (await read()).places.get(runId) ?? null,
    sameContent: async (contentSha256) => {
      const { places, contents } = await read()
      const runId = contents.get(contentSha256)
      const place = runId === undefined ? undefined : places.get(runId)
      return runId === undefined || place === undefined ? null : { runId, project: place.project }
    },
  }
}

const indexTree = async (reader: TreeReader, tree: Oid, maxBytes: number) => {
  const places = new Map<string, Place>()
  const contents = new Map<string, string>()
  const wanted = async function* () {
    for await (const { path, after } of reader.diff(null, tree)) {
      const kind = classifyPath(path)?.kind
      if (after !== null && (kind === 'run' || kind === 'segment')) yield { oid: after.oid, path }
    }
  }
  for await (const { path, bytes } of reader.blobs(wanted(), () => maxBytes)) {
    const place = classifyPath(path)
    if (bytes === null || (place?.kind !== 'run' && place?.kind !== 'segment')) continue
    const { project, month } = place
    const at = { path, project, month }
    for (const line of segmentLines(bytes) ?? []) {
      const runId = runIdOfLine(line)
      const content = contentOfLine(line)
      if (runId === null) continue
      places.set(runId, at)
      if (content !== null) contents.set(content, runId)
    }
  }
  return { places, contents }
}
