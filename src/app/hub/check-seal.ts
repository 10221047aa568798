/** Seals of one change: whether they are right, and whether one went that should have stayed. */
import { refusal } from '../../core/hub/finding.ts'
import { sealPath, segmentPath } from '../../core/hub/layout.ts'
import { Problem } from '../../core/problem.ts'
import type { ChangeWithBytes } from './change-blobs.ts'
import { type ChangeContext, type ChangeTask, findingAt, linesById, settled } from './change-context.ts'
import type { Oid, TreeReader } from './git-ports.ts'
import { entryOf, MOST_SEAL_BYTES, MOST_SEGMENT_BYTES, plainFile } from './hub-tree.ts'
import { faultySeal, judgeSeal, type Seal, type SealVerdict } from './judge-seal.ts'

interface Month {
  readonly project: string
  readonly month: string
}

/** The verdict on the seal that a month has after the change; null: it has none. */
export const sealOfMonth = (context: ChangeContext, { project, month }: Month): Promise<SealVerdict | null> =>
  context.sealVerdict(project, month, async () => {
    const { reader, after } = context.request
    const path = sealPath(project, month)
    const entry = await entryOf(reader, after, path)
    if (entry === null) return null
    const bytes = entry.mode === '100644' ? await smallFile(reader, after, path) : null
    return bytes === null
      ? faultySeal(refusal('size', 'It is no plain file, or too large for a seal.'))
      : judge(context, { project, month }, bytes)
  })

// There are as many as closed months, and a stream for each would start git for each. What cannot be read spares nothing.
const smallFile = async (reader: TreeReader, tree: Oid, path: string): Promise<Uint8Array | null> => {
  try {
    return await reader.file(tree, path, MOST_SEAL_BYTES)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

const judge = async (context: ChangeContext, { project, month }: Month, bytes: Uint8Array): Promise<SealVerdict> => {
  const { deps, request, state } = context
  const rules = {
    project,
    month,
    salt: state.salt(),
    keys: (await state.project(project))?.keys ?? [],
    pins: request.pins?.(project) ?? new Set<string>(),
    // As with runs: what was there before anybody looked is as old as its month says.
    firstSeenAt: request.before === null ? `${month}-01` : request.now.toISOString(),
  }
  return judgeSeal(deps, rules, bytes, await context.monthBytes(project, month))
}

/** A seal that was added, changed or removed. One that counts stays until its closed month changes. */
export async function* sealTasks(
  context: ChangeContext,
  { change }: ChangeWithBytes,
  place: Month,
): AsyncGenerator<ChangeTask, void, undefined> {
  const { path } = change
  const { mode, reader, before } = context.request
  const verdict = change.after === null ? null : await sealOfMonth(context, place)
  if (verdict?.complaint) yield settled(findingAt(path, verdict.complaint))
  if (mode === 'sync') return
  if (verdict?.seal) yield* brokenLines(context, path, place, verdict.seal)
  const old = before === null ? null : await plainFile(reader, before, path, MOST_SEAL_BYTES)
  if (old === null || (await judge(context, place, old)).seal === null) return
  const message = 'What the closed month had for a seal is right, and stays until the month changes.'
  yield settled(findingAt(path, refusal(change.after === null ? 'removed' : 'changed', message)))
}

/** Lines the month had before that readers would take on the seal's word. What is new in it is checked as every run is. */
async function* brokenLines(
  { deps, request }: ChangeContext,
  path: string,
  { project, month }: Month,
  { key }: Seal,
): AsyncGenerator<ChangeTask, void, undefined> {
  const { reader, before } = request
  const bytes =
    before === null ? null : await plainFile(reader, before, segmentPath(project, month), MOST_SEGMENT_BYTES)
  if (bytes === null) return
  for (const [runId, line] of linesById(bytes)) {
    const { document } = await deps.runs.read(line, [key])
    if (document?.isSigned === false)
      yield settled(findingAt(path, refusal('seal', 'It vouches for a run whose signature is wrong.'), runId))
  }
}

/** A seal that stays as it is while its month changes: it should have gone, or been made anew. */
export async function* keptSealTasks(
  context: ChangeContext,
  place: Month,
): AsyncGenerator<ChangeTask, void, undefined> {
  const { reader, before, after } = context.request
  const path = sealPath(place.project, place.month)
  const kept = await entryOf(reader, after, path)
  if (kept === null || before === null || (await entryOf(reader, before, path))?.oid !== kept.oid) return
  const verdict = await sealOfMonth(context, place)
  if (verdict?.complaint) yield settled(findingAt(path, verdict.complaint))
}
