/** `hub view`: the hub as folders and files, from what this machine has read of it. */
import { createFreezer, DEFAULT_GROUP_SIZE, type Freezer } from '../../core/hub/aggregates.ts'
import { runIdOfLine, withLineFeed } from '../../core/hub/compaction.ts'
import { policyPath } from '../../core/hub/layout.ts'
import { COMMUNITY, HUB_RUN_ID, isHubName } from '../../core/hub/names.ts'
import { Problem } from '../../core/problem.ts'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import { aggregateInput, aggregatePathOf, unsignedAggregate } from './frozen-month.ts'
import type { HubIndex } from './store-ports.ts'
import type { HubDocuments } from './trust-ports.ts'
import type { ViewReport, ViewWriter } from './view-ports.ts'

export interface ViewDeps {
  readonly index: Pick<HubIndex, 'state' | 'registry' | 'documents'>
  readonly documents: Pick<HubDocuments, 'bytes' | 'anonymisation'>
  readonly writer: ViewWriter
  readonly sha256: (text: string) => string
}

/**
 * Writes `registry/`, `warehouse/results/<project>/<run_id>/run.json` and `warehouse/aggregated/by_…/` below `dir`: frozen
 * aggregates as they are, and those of the runs that are there, made here and unsigned. Only what was found right at a
 * sync is in it. Throws `E_HUB` when nothing was read yet.
 */
export const viewHub = (
  deps: ViewDeps,
  request: { readonly url: string; readonly dir: string },
): ViewReport & { readonly dir: string } => {
  const { index, writer } = deps
  const { url, dir } = request
  if (index.state(url)?.syncedAt == null)
    throw new Problem('E_HUB', 'Nothing was read from this hub yet.', { hints: ['benchmark sync reads it.'] })
  return { ...writer.write(dir, url, files(deps, url)), dir }
}

interface ViewFile {
  readonly path: string
  readonly bytes: Uint8Array
}

function* files(deps: ViewDeps, url: string): Generator<ViewFile> {
  const written = new Set<string>()
  for (const { path, bytes } of deps.index.registry(url, '')) {
    written.add(path)
    yield { path, bytes }
  }
  const months = new Map<string, Freezer>()
  const groupSize = groupSizeOf(deps, url)
  for (const { project, month, line } of deps.index.documents(url)) {
    const runId = runIdOfLine(line)
    // The database is ours, and still: these become paths on somebody's disk.
    if (runId === null || !HUB_RUN_ID.test(runId) || !(isHubName(project) || project === COMMUNITY)) continue
    yield { path: `warehouse/results/${project}/${runId}/run.json`, bytes: withLineFeed(line) }
    const freezer = months.get(month) ?? createFreezer(month, groupSize)
    months.set(month, freezer)
    freezer.add(aggregateInput(JSON.parse(new TextDecoder().decode(line)) as HubRunDocument))
  }
  for (const [, freezer] of [...months].sort(([left], [right]) => (left < right ? -1 : 1)))
    for (const aggregate of freezer.freeze()) {
      const path = aggregatePathOf(aggregate, deps.sha256)
      // What a maintainer froze and signed counts more than what can still be computed.
      if (!written.has(path))
        yield { path, bytes: deps.documents.bytes(unsignedAggregate(aggregate, null, deps.sha256)) }
    }
}

const groupSizeOf = ({ index, documents }: ViewDeps, url: string): number => {
  const [policy] = index.registry(url, policyPath('anonymisation'))
  return (policy && documents.anonymisation(policy.bytes).document?.group_size) ?? DEFAULT_GROUP_SIZE
}
