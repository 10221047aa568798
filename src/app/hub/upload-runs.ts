import { COMMUNITY, hubMonthOf, isHubName, suggestHubName } from '../../core/hub/names.ts'
import { runPath } from '../../core/hub/layout.ts'
import type { RunPlan } from '../../core/plan.ts'
import { Problem } from '../../core/problem.ts'
import type { RunState } from '../../core/run.ts'
import { DEMONSTRATION_DATASET } from '../embedded-benchmark.ts'
import type { RunStore } from '../ports.ts'
import { deliverOutbox, type Delivery } from './deliver-outbox.ts'
import type { HubDeps } from './hub-deps.ts'
import type { Visibility } from './make-document.ts'
import { prepareDocument } from './prepare-document.ts'
import type { OutboxEntry } from './store-ports.ts'
import type { OnTransfer } from './transfer-progress.ts'

/** What `benchmark upload` was asked for. */
export interface UploadRequest {
  /** References of runs; none: only deliver what waits. */
  readonly runs: 'all' | readonly string[]
  /** Null: as the configuration says. */
  readonly visibility: Visibility | null
  readonly tags: readonly string[]
  readonly branch: string | null
  /** Share anonymised runs although too few others look like them. */
  readonly allowSmallGroup: boolean
  /** False: only queue. */
  readonly deliver: boolean
}

/** What became of an upload. */
export interface UploadResult {
  readonly hub: string
  /** Runs (ids of this machine) that are in the hub now. */
  readonly uploaded: readonly string[]
  readonly queued: readonly string[]
  /** Of these, the ones that do not go by themselves. */
  readonly held: readonly string[]
  readonly rejected: readonly { readonly runId: string; readonly reason: string }[]
  readonly visibility: Visibility | null
  readonly head: string | null
  readonly bytesSent: number
  readonly notes: readonly string[]
}

export interface UploadContext {
  readonly store: RunStore
  /** `project.name` of the configuration. */
  readonly project: string | null
  /** `sharing.visibility` of the configuration. */
  readonly visibility: Visibility
}

export type { Visibility }

const FINISHED: ReadonlySet<RunState> = new Set(['completed', 'incomplete', 'cancelled', 'imported'])

/**
 * Queues runs for the hub and delivers what is due. A hub that cannot be reached is no failure: what is queued waits.
 * Throws `E_HUB` when the hub was reached and refuses.
 */
export const uploadRuns = async (
  deps: HubDeps,
  context: UploadContext,
  request: UploadRequest,
  onProgress: OnTransfer = () => undefined,
): Promise<UploadResult> => {
  const { store } = context
  const { runIds, notes } =
    request.runs === 'all'
      ? finishedRuns(store)
      : { runIds: [...new Set(request.runs.map((reference) => store.resolve(reference)))], notes: [] }
  const visibility = request.visibility ?? context.visibility
  const project = runIds.length === 0 ? '' : projectName(context.project)
  const rejected: { runId: string; reason: string }[] = []
  for (const runId of runIds) {
    const reason = await enqueueRun(deps, context, { ...request, visibility }, project, runId)
    if (reason !== null) rejected.push({ runId, reason })
  }
  const delivery = request.deliver ? await deliverOutbox(deps, onProgress) : null
  const result = summarise(deps, runIds, rejected, visibility, delivery)
  return { ...result, notes: [...result.notes, ...notes] }
}

/** Every finished run but demonstrations, and what there is to say of those. */
const finishedRuns = (store: RunStore): { readonly runIds: readonly string[]; readonly notes: readonly string[] } => {
  const finished = store.headers().filter(({ state }) => FINISHED.has(state))
  const shared = finished.filter(({ runId }) => !isDemonstration(store, runId))
  const left = finished.length - shared.length
  const those = left === 1 ? '1 run of the demonstration is' : `${left} runs of the demonstration are`
  return {
    runIds: shared.map(({ runId }) => runId),
    notes: left === 0 ? [] : [`${those} not shared by --all; --run-id shares one.`],
  }
}

// Nobody shares the embedded benchmark by mistake; asked for by name it goes like any other.
const isDemonstration = (store: RunStore, runId: string): boolean =>
  planOf(store, runId)?.dataset?.id === DEMONSTRATION_DATASET

/** The id of this project in the hub. Throws `E_CONFIG` with what to write instead. */
export const projectName = (name: string | null): string => {
  if (name === null)
    throw new Problem('E_CONFIG', 'The project has no name.', {
      hints: ['Set project.name in .benchmark/config.yaml, or: benchmark register --name NAME'],
    })
  if (isHubName(name) && name !== COMMUNITY) return name
  const suggestion = suggestHubName(name)
  throw new Problem('E_CONFIG', `“${name}” cannot be the name of a project in a hub.`, {
    hints: [
      'Names there are lower-case letters, digits and dashes, at most 63, and not “community”.',
      ...(suggestion === null ? [] : [`Set project.name in .benchmark/config.yaml to ${suggestion}.`]),
    ],
  })
}

/** Queues one run; returns why it is not shared, or null. */
const enqueueRun = async (
  deps: HubDeps,
  context: UploadContext,
  request: Omit<UploadRequest, 'visibility'> & { readonly visibility: Visibility },
  project: string,
  runId: string,
): Promise<string | null> => {
  const { store } = context
  const { visibility } = request
  const { state } = store.header(runId)
  if (!FINISHED.has(state))
    return state === 'interrupted'
      ? `it was interrupted and has not finished; benchmark run --resume ${runId}`
      : `it has not finished (${state})`
  if (visibility === 'private')
    return 'it is private, and stays here; --visibility community shares it without names, --visibility public with them'
  const at = deps.clock.now()
  const month = hubMonthOf(at)
  const folder = visibility === 'community' ? COMMUNITY : project
  // An anonymised document has a new random id each time: made once, kept for good.
  const known = deps.outbox
    .list({ hub: deps.repository.url, localRunId: runId })
    .find((entry) => entry.visibility === visibility && entry.state !== 'rejected')
  if (known !== undefined && known.state !== 'held') return null
  if (request.deliver) await deps.repository.askAhead()
  const prepared = await prepareDocument(deps, {
    run: store.run(runId),
    plan: planOf(store, runId),
    project,
    visibility,
    month,
    tags: request.tags,
    branch: request.branch,
  })
  if (prepared.kind === 'refused') return prepared.reason
  const isHeld = prepared.kind === 'held' && !request.allowSmallGroup
  if (known !== undefined) {
    // Held before: by now others may look like it, or its owner does not mind.
    if (!isHeld) deps.outbox.requeue([known.id])
    return null
  }
  if (request.visibility !== context.visibility)
    deps.audit.append({
      at: at.toISOString(),
      action: 'visibility',
      objectHash: prepared.contentSha256,
      detail: { run: runId, from: context.visibility, to: visibility },
    })
  const { outcome } = deps.outbox.enqueue({
    hub: deps.repository.url,
    project: folder,
    localRunId: runId,
    runId: prepared.runId,
    visibility,
    month,
    path: runPath(folder, month, prepared.runId),
    bytes: prepared.bytes,
    contentSha256: prepared.contentSha256,
    state: isHeld ? 'held' : 'queued',
    reason: isHeld ? prepared.reason : null,
    createdAt: at.toISOString(),
  })
  if (outcome === 'already') return null
  deps.audit.append({
    at: at.toISOString(),
    action: 'enqueue',
    objectHash: prepared.contentSha256,
    detail: {
      run: runId,
      hub: deps.repository.url,
      visibility,
      ...(prepared.kind === 'held' ? { small_group: isHeld ? 'held' : 'accepted' } : {}),
    },
  })
  return null
}

// Imported runs have none.
const planOf = (store: RunStore, runId: string): RunPlan | null => {
  try {
    return store.plan(runId)
  } catch (error) {
    if (error instanceof Problem && error.code === 'E_NOT_FOUND') return null
    throw error
  }
}

const summarise = (
  deps: HubDeps,
  runIds: readonly string[],
  refused: readonly { runId: string; reason: string }[],
  visibility: Visibility,
  delivery: Delivery | null,
): UploadResult => {
  const { url } = deps.repository
  // Whatever was asked for, and whatever else went or still waits.
  const asked = new Set(runIds)
  const delivered = new Set(delivery?.pushed.map(({ id }) => id))
  const entries = deps.outbox
    .list({ hub: url })
    .filter(({ id, localRunId, state }) => asked.has(localRunId) || delivered.has(id) || WAITING.has(state))
  const inState = (test: (entry: OutboxEntry) => boolean): readonly string[] => [
    ...new Set(entries.filter(test).map(({ localRunId }) => localRunId)),
  ]
  const now = delivery?.refused ?? []
  const isOlder = ({ id }: OutboxEntry): boolean => now.every(({ entry }) => entry.id !== id)
  const rejected = [
    ...refused,
    ...now.map(({ entry, reason }) => ({ runId: entry.localRunId, reason })),
    ...entries
      // Of this visibility: what became of the run as another document is no failure of what was asked for now.
      .filter((entry) => REFUSED.has(entry.state) && asked.has(entry.localRunId) && isOlder(entry))
      .filter((entry) => entry.visibility === visibility)
      .map(({ localRunId, reason, state }) => ({ runId: localRunId, reason: reason ?? state })),
  ]
  const problem = delivery?.problem ?? null
  if (problem !== null && problem.code !== 'E_OFFLINE') throw stillQueued(problem, inState(isWaiting).length)
  const held = entries.filter(({ state }) => state === 'held')
  return {
    hub: url,
    uploaded: inState(({ state }) => state === 'pushed'),
    queued: inState(isWaiting),
    held: held.map(({ localRunId }) => localRunId),
    rejected,
    visibility: runIds.length === 0 ? null : visibility,
    head: delivery?.head ?? null,
    bytesSent: delivery?.bytesSent ?? 0,
    notes: [
      ...(problem === null ? [] : [`The hub cannot be reached now: ${problem.message}`]),
      ...held.map(
        ({ localRunId, reason }) =>
          `${localRunId} is held back. ${reason ?? 'It would identify you.'} --allow-small-group shares it all the same.`,
      ),
    ],
  }
}

const WAITING: ReadonlySet<OutboxEntry['state']> = new Set(['queued', 'inflight', 'held'])
const REFUSED: ReadonlySet<OutboxEntry['state']> = new Set(['conflict', 'rejected'])
const isWaiting = ({ state }: OutboxEntry): boolean => WAITING.has(state)

const stillQueued = (problem: Problem, waiting: number): Problem =>
  new Problem(problem.code, problem.message, {
    hints: [
      ...problem.hints,
      ...(waiting === 0
        ? []
        : [`${waiting === 1 ? 'The run waits' : `${waiting} runs wait`} in the outbox; nothing is lost.`]),
    ],
    cause: problem,
  })
