/** The one validator of a hub's changes: what `sync` takes in and what `hub check` lets pass are the same rules. */
import type { HubFinding, HubRule } from '../../core/hub/finding.ts'
import { refusal, warning } from '../../core/hub/finding.ts'
import { sameBytes } from '../../core/hub/compaction.ts'
import { HUB_FILE } from '../../core/hub/layout.ts'
import { aggregatesExpired } from '../../core/hub/retention.ts'
import { type ChangeWithBytes, withBytes } from './change-blobs.ts'
import {
  type ChangeContext,
  type ChangeRequest,
  type ChangeTask,
  createContext,
  findingAt,
  readLimit,
  settled,
  type ValidatedChange,
} from './change-context.ts'
import { runFileTasks, segmentTasks } from './check-month.ts'
import { sealTasks } from './check-seal.ts'
import { checkRegistryFile } from './check-registry.ts'
import { checkRun, type RunRules } from './check-run.ts'
import { mapInOrder } from './in-order.ts'
import { createQuota, type Quota } from './quota.ts'
import { openRegistry, type TrustDeps } from './registry-state.ts'

/** Runs that are read, parsed and verified at once: enough that the thread for signatures has work while we write. */
const IN_FLIGHT = {
  items: 2048,
  weight: 8 * 1024 * 1024,
  weigh: (task: ChangeTask): number => (task.kind === 'run' ? task.found.line.length : 0),
}
/** Findings of one rule that are told one by one. */
const MOST_OF_A_RULE = 1000

/**
 * Judges a change file by file, in path order: registry documents first, because they say whose the runs are. Memory
 * does not grow with the change but for its run ids. Nothing of it is believed before it came out of here.
 */
export async function* validateChange(
  deps: TrustDeps,
  request: ChangeRequest,
): AsyncGenerator<ValidatedChange, void, undefined> {
  const state = request.state ?? (await openRegistry(deps, request.accepted))
  const context = createContext(deps, request, state)
  const rules: RunRules = {
    mode: request.mode,
    now: request.now,
    pins: request.pins ?? (() => new Set<string>()),
    firstSeenAt: ({ runId, month, isFolded }) => {
      // What was there before anybody looked is as old as its month says; only what comes now comes after a revocation.
      const seen = request.firstSeenAt?.(runId) ?? null
      return seen ?? (isFolded || request.before === null ? `${month}-01` : request.now.toISOString())
    },
  }
  const judge = async (task: ChangeTask): Promise<readonly ValidatedChange[]> => {
    if (task.kind === 'settled') return task.items
    const { found } = task
    const verdict = await checkRun(deps, state, rules, found)
    return verdict.run === null
      ? [findingAt(found.path, verdict.complaint, found.runId)]
      : [{ kind: 'run', path: found.path, run: verdict.run, isNew: !found.isFolded }]
  }
  const flood = createFloodGate()
  const quota = createQuota(context)
  for await (const items of mapInOrder(tasksOf(context), IN_FLIGHT, judge))
    for (const item of items)
      for (const told of item.kind === 'run' ? await withNeighbours(context, quota, item) : [item])
        if (told.kind !== 'finding' || flood.lets(told.finding)) yield told
  for (const finding of [...(await quota.atEnd()), ...flood.rest()])
    yield { kind: 'finding', path: finding.path, finding }
}

/** A run that is right by itself, beside the others. In `check` one complaint is enough; in `sync` it is taken in or not. */
const withNeighbours = async (
  { request }: ChangeContext,
  quota: Quota,
  item: Extract<ValidatedChange, { kind: 'run' }>,
): Promise<readonly ValidatedChange[]> => {
  const { document, month } = item.run
  const runId = document.run_id
  // What a reader keeps of runs that claim one id is for the index to say, which knows whose they are and what was there.
  const claim = request.mode === 'sync' ? `${item.run.trust} ${document.project_id} ${runId}` : runId
  const first = quota.firstPath(claim, item.path)
  if (first !== null)
    return [findingAt(item.path, refusal('duplicate-run', `The same run id stands at ${first} too.`), runId)]
  if (!item.isNew || !request.known) return [item]
  const place = await request.known.place(runId)
  // Also at this very path: in a forged tree a name can stand twice.
  if (place !== null)
    return [findingAt(item.path, refusal('duplicate-run', `The hub has this run id already, at ${place.path}.`), runId)]
  const found: ValidatedChange[] = [item]
  const twin = await request.known.sameContent(document.content_sha256)
  if (twin !== null && twin.runId !== runId) {
    const complain = twin.project === document.project_id ? warning : refusal
    const message = `Its content is the content of run ${twin.runId} of ${twin.project}.`
    found.push(findingAt(item.path, complain('copied-content', message), runId))
  }
  const complaint = quota.another(document.project_id, month)
  if (complaint !== null) found.push(findingAt(item.path, complaint, runId))
  return found
}

async function* tasksOf(context: ChangeContext): AsyncGenerator<ChangeTask, void, undefined> {
  const { request, state } = context
  const dropped = { count: 0 }
  const changes = request.changes ?? request.reader.diff(request.before, request.after)
  const folders = createFolderWidths(context)
  for await (const read of withBytes(request.reader, changes, (path) => readLimit(state, path), dropped)) {
    const { change, place } = read
    if (place?.kind !== 'hub' && place?.kind !== 'furniture' && place !== null && state.hub() === null) {
      const message = 'Without a hub.json that counts, nothing in a hub can be judged.'
      yield settled(findingAt(HUB_FILE, refusal('document', message)))
      return
    }
    const tooWide = await folders.complaint(change.path)
    if (tooWide === 'told') continue
    if (tooWide !== null) yield settled(tooWide)
    else yield* fileTasks(context, read)
  }
  if (dropped.count > 0)
    yield settled(findingAt('', refusal('unknown-path', `${dropped.count} more files have no place in a hub.`)))
}

async function* fileTasks(context: ChangeContext, read: ChangeWithBytes): AsyncGenerator<ChangeTask, void, undefined> {
  const { change, place } = read
  const { path } = change
  if (place === null) {
    // What never belonged there may go.
    if (change.after !== null) yield settled(findingAt(path, refusal('unknown-path', 'This has no place in a hub.')))
    return
  }
  if (change.after !== null && change.after.mode !== '100644') {
    yield settled(
      findingAt(path, refusal('mode', `Only plain files are allowed, and this has mode ${change.after.mode}.`)),
    )
    return
  }
  switch (place.kind) {
    case 'furniture':
      yield* furnitureTasks(context.request, path)
      return
    case 'run':
      yield* runFileTasks(context, read, place)
      return
    case 'segment':
      yield* segmentTasks(context, read, place)
      return
    case 'seal':
      yield* sealTasks(context, read, place)
      return
    default:
      yield await registryTask(context, read)
  }
}

// Who made a commit cannot be told from the commit: whoever runs the check must know, or the files must not change.
function* furnitureTasks(request: ChangeRequest, path: string): Generator<ChangeTask, void, undefined> {
  if (request.mode === 'sync' || request.before === null || request.byMaintainer === true) return
  const message = 'Workflows, the README and settings of git are for maintainers to change.'
  yield settled(findingAt(path, refusal('furniture', message)))
}

const registryTask = async (context: ChangeContext, { change, place, after }: ChangeWithBytes): Promise<ChangeTask> => {
  const { path } = change
  const { deps, request, state } = context
  if (place === null || place.kind === 'furniture') return settled()
  if (place.kind === 'run' || place.kind === 'segment' || place.kind === 'seal') return settled()
  if (change.after === null) {
    const policy = state.retention()
    const isExpired =
      place.kind === 'aggregate' && policy !== null && aggregatesExpired(policy, path.slice(-12, -5), request.now)
    const gone = { kind: 'removed-registry', path } as const
    return isExpired
      ? settled(gone)
      : settled(findingAt(path, refusal('removed', 'What is registered is changed, never removed.')))
  }
  if (after === null) return settled(findingAt(path, refusal('size', 'The file is too large.')))
  const known = request.mode === 'sync' ? await state.before(path) : null
  // A sync that goes on, or reads everything again, meets what it has taken in already.
  if (known !== null && sameBytes(known, after))
    return settled({ kind: 'registry', path, file: { path, bytes: after } })
  const versions = request.mode === 'check' && request.before !== null ? 'exact' : 'growing'
  const isNew = change.before === null
  const newEpoch = request.newEpoch ?? false
  const complaints = await checkRegistryFile(deps, state, { path, place, bytes: after, isNew, versions, newEpoch })
  const findings = complaints.map((complaint) => findingAt(path, complaint))
  if (complaints.some(({ severity }) => severity === 'error')) return settled(...findings)
  return settled(...findings, { kind: 'registry', path, file: { path, bytes: after } })
}

/** Folders that have more entries than the hub allows: told once, and nothing in them is looked at. */
const createFolderWidths = ({ request, state }: ChangeContext) => {
  let folder: string | null = null
  let isTooWide = false
  const complaint = async (path: string): Promise<ValidatedChange | 'told' | null> => {
    const own = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    const limits = state.hub()?.limits
    if (own === folder || limits === undefined) return own === folder && isTooWide ? 'told' : null
    folder = own
    const entries = (await request.reader.list(request.after, own)).length
    isTooWide = entries > limits.folder_entries
    if (!isTooWide) return null
    const message = `The folder has ${entries} entries, and ${limits.folder_entries} are allowed.`
    return findingAt(own, refusal('quota', message))
  }
  return { complaint }
}

/** Lets so many findings of a rule through and counts the others: somebody else's flood must not fill our disk. */
const createFloodGate = () => {
  const counts = new Map<HubRule, number>()
  return {
    lets: ({ rule }: HubFinding): boolean => {
      const count = (counts.get(rule) ?? 0) + 1
      counts.set(rule, count)
      return count <= MOST_OF_A_RULE
    },
    rest: (): readonly HubFinding[] =>
      [...counts]
        .filter(([, count]) => count > MOST_OF_A_RULE)
        .map(([rule, count]) => ({
          path: '',
          runId: null,
          ...refusal(rule, `${count - MOST_OF_A_RULE} more findings of the rule ${rule} are not listed.`),
        })),
  }
}
