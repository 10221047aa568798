/** Run files and closed months of one change: what is new, what was folded, and whether anything is lost. */
import { monthEnd, runIdOfLine, sameBytes, segmentLines } from '../../core/hub/compaction.ts'
import { refusal } from '../../core/hub/finding.ts'
import { RESULTS } from '../../core/hub/layout.ts'
import type { ChangeWithBytes } from './change-blobs.ts'
import { type ChangeContext, type ChangeTask, findingAt, linesById, mayBeGone, settled } from './change-context.ts'
import { keptSealTasks, sealOfMonth } from './check-seal.ts'
import type { Oid, TreeReader } from './git-ports.ts'

const LINE_FEED = 10
const DAY_MS = 86_400_000

interface Month {
  readonly project: string
  readonly month: string
}

/** A run file that was added, removed or, which never happens rightly, changed. */
export async function* runFileTasks(
  context: ChangeContext,
  { change, before, after }: ChangeWithBytes,
  place: Month & { readonly runId: string },
): AsyncGenerator<ChangeTask, void, undefined> {
  const { path } = change
  const { runId } = place
  if (change.before !== null && change.after !== null) {
    yield settled(findingAt(path, refusal('changed', 'A run never changes once it is in a hub.'), runId))
  } else if (change.after !== null) {
    if (after === null) yield settled(findingAt(path, refusal('size', 'The file is too large for a run.'), runId))
    else if (after.at(-1) !== LINE_FEED || after.indexOf(LINE_FEED) !== after.length - 1)
      yield settled(findingAt(path, refusal('document', 'A run file is one line with one line feed.'), runId))
    else yield { kind: 'run', found: { path, line: after.subarray(0, -1), ...place, isFolded: false, seal: null } }
  } else {
    yield settled({ kind: 'removed', path })
    const complaint = await removalComplaint(context, before, place)
    if (complaint !== null) yield settled(findingAt(path, complaint, runId))
  }
}

const removalComplaint = async (
  context: ChangeContext,
  before: Uint8Array | null,
  place: Month & { readonly runId: string },
) => {
  const line = (await context.monthLines(place.project, place.month))?.get(place.runId)
  if (line !== undefined && before !== null && sameBytes(line, before.subarray(0, -1))) return null
  if (line !== undefined) return refusal('changed', 'The closed month holds other bytes under the id of this run.')
  return (await mayBeGone(context, place))
    ? null
    : refusal('removed', 'The run is gone, and was neither folded into its month, nor expired, nor erased.')
}

/** A closed month that appeared, grew, shrank or went. */
export async function* segmentTasks(
  context: ChangeContext,
  { change, before, after }: ChangeWithBytes,
  place: Month,
): AsyncGenerator<ChangeTask, void, undefined> {
  const { path } = change
  if (change.before !== null && before === null) {
    yield settled(findingAt(path, refusal('size', 'What the month held before cannot be read, so it must not change.')))
    return
  }
  const old = before === null ? new Map<string, Uint8Array>() : linesById(before)
  if (change.after === null) {
    context.noteMonth(place.project, place.month, null)
    yield settled({ kind: 'removed', path })
    yield* lostLines(context, path, place, old, new Map())
    yield* keptSealTasks(context, place)
    return
  }
  const lines = after === null ? null : segmentLines(after)
  const limit = context.state.hub()?.limits.segment_bytes ?? 0
  if (after === null || lines === null || after.length > limit) {
    const isTooLarge = after === null || after.length > limit
    const why = isTooLarge ? `A closed month of this hub may have ${limit} bytes.` : 'It is not lines with line feeds.'
    yield settled(findingAt(path, refusal(isTooLarge ? 'size' : 'segment', why)))
    return
  }
  if (monthEnd(place.month) > context.request.now.getTime() + DAY_MS)
    yield settled(findingAt(path, refusal('segment', `The month ${place.month} is not over and cannot be closed.`)))
  context.noteMonth(place.project, place.month, after)
  const now = (await context.monthLines(place.project, place.month)) ?? new Map<string, Uint8Array>()
  yield* lostLines(context, path, place, old, now)
  yield* newLines(context, path, place, { lines, old })
  // After its lines: an interrupted sync goes on after the last path that anything was said about.
  yield* keptSealTasks(context, place)
}

async function* lostLines(
  context: ChangeContext,
  path: string,
  place: Month,
  old: ReadonlyMap<string, Uint8Array>,
  now: ReadonlyMap<string, Uint8Array>,
): AsyncGenerator<ChangeTask, void, undefined> {
  for (const [runId, line] of old) {
    const kept = now.get(runId)
    if (kept !== undefined && !sameBytes(kept, line))
      yield settled(findingAt(path, refusal('changed', 'A run of the closed month was changed.'), runId))
    if (kept === undefined && !(await mayBeGone(context, { runId, ...place })))
      yield settled(
        findingAt(path, refusal('removed', 'The closed month lost a run that neither expired nor was erased.'), runId),
      )
  }
}

async function* newLines(
  context: ChangeContext,
  path: string,
  place: Month,
  { lines, old }: { readonly lines: readonly Uint8Array[]; readonly old: ReadonlyMap<string, Uint8Array> },
): AsyncGenerator<ChangeTask, void, undefined> {
  const { request } = context
  const { reader, before, after } = request
  const folder = `${RESULTS}/${place.project}/${place.month}`
  const filesBefore = before === null ? new Set<string>() : await namesIn(reader, before, folder)
  const filesAfter = await namesIn(reader, after, folder)
  // The check is what keeps a seal from covering anything up: it takes no word for a signature.
  const seal = request.mode === 'sync' ? ((await sealOfMonth(context, place))?.seal ?? null) : null
  let last = ''
  for (const [index, line] of lines.entries()) {
    const runId = runIdOfLine(line)
    if (runId === null) {
      yield settled(findingAt(path, refusal('document', `Line ${index + 1} is no run.`)))
      continue
    }
    if (runId <= last)
      yield settled(findingAt(path, refusal('segment', `Line ${index + 1} is not in the order of run ids.`), runId))
    last = runId
    // A reader takes a month that changed anew: whatever of it does not come again is gone.
    const isKept = old.has(runId)
    if (isKept && request.mode === 'check') continue
    if (filesAfter.has(`${runId}.json`))
      yield settled(findingAt(path, refusal('duplicate-run', 'The run still has a file of its own.'), runId))
    else {
      const isFolded = isKept || filesBefore.has(`${runId}.json`)
      yield { kind: 'run', found: { path, line, ...place, runId, isFolded, seal } }
    }
  }
}

const namesIn = async (reader: TreeReader, tree: Oid, folder: string): Promise<ReadonlySet<string>> =>
  new Set((await reader.list(tree, folder)).map(({ name }) => name))
