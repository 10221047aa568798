/** `hub view`: the hub as folders and files, from what this machine has read of it. */
import { COMMUNITY, HUB_RUN_ID, isHubName } from '../../core/hub/names.ts'
import { Problem } from '../../core/problem.ts'
import type { HubIndex } from './store-ports.ts'
import type { ViewReport, ViewWriter } from './view-ports.ts'

const LINE_FEED = new Uint8Array([10])

/**
 * Writes `registry/`, `warehouse/results/<project>/<run_id>/run.json` and `warehouse/aggregated/` below `dir`. Only
 * what was found right at a sync is in it; `runIdOf` reads the id out of an exact document.
 */
export const viewHub = (
  deps: {
    readonly index: Pick<HubIndex, 'state' | 'registry' | 'documents'>
    readonly writer: ViewWriter
    readonly runIdOf: (line: Uint8Array) => string | null
  },
  request: { readonly url: string; readonly dir: string },
): ViewReport => {
  const { index, writer, runIdOf } = deps
  if (index.state(request.url)?.syncedAt == null)
    throw new Problem('E_HUB', 'Nothing was read from this hub yet.', { hints: ['`benchmark sync` reads it.'] })
  const files = function* () {
    for (const { path, bytes } of index.registry(request.url, '')) yield { path, bytes }
    for (const { project, line } of index.documents(request.url)) {
      const runId = runIdOf(line)
      // The database is ours, and still: these become paths on somebody's disk.
      if (runId === null || !HUB_RUN_ID.test(runId) || !(isHubName(project) || project === COMMUNITY)) continue
      yield { path: `warehouse/results/${project}/${runId}/run.json`, bytes: withLineFeed(line) }
    }
  }
  return writer.write(request.dir, request.url, files())
}

const withLineFeed = (line: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(line.length + 1)
  bytes.set(line)
  bytes.set(LINE_FEED, line.length)
  return bytes
}
