import { classifyPath, HUB_FILE, projectPath } from '../../core/hub/layout.ts'
import { activeKeys, judgeEpoch } from '../../core/hub/registration.ts'
import { trustOf } from '../../core/hub/trust.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { registryOf } from './accepted-registry.ts'
import { mayBeGone } from './change-context.ts'
import { deliverOutbox } from './deliver-outbox.ts'
import type { Oid } from './git-ports.ts'
import type { HubDeps } from './hub-deps.ts'
import { readHubFile } from './hub-file.ts'
import { knownKeys, lostKeys } from './known-keys.ts'
import { openRegistry, type RegistryState, signersOf } from './registry-state.ts'
import type { HubState, Quarantined } from './store-ports.ts'
import { changesAfter, createSyncSteps } from './sync-steps.ts'
import type { OnTransfer } from './transfer-progress.ts'
import { validateChange } from './validate-change.ts'

export interface SyncRequest {
  /** Throw everything read before away. */
  readonly fresh: boolean
}

/** What a sync brought. */
export interface SyncResult {
  readonly hub: string
  readonly head: string
  readonly added: number
  readonly removed: number
  readonly quarantined: readonly Quarantined[]
  readonly bytesReceived: number
  /** Own runs that had waited and are in the hub now. */
  readonly delivered: readonly string[]
  /** Own runs that still wait. */
  readonly queued: number
  readonly notes: readonly string[]
}

/**
 * Delivers what waits, then takes in what is new in the hub. Costs follow what changed. An interrupted sync goes on where
 * it was. Throws `E_OFFLINE` when the hub cannot be reached and `E_HUB` when its history was rewritten by nobody we know.
 */
export const syncHub = async (
  deps: HubDeps,
  request: SyncRequest,
  onProgress: OnTransfer = () => undefined,
): Promise<SyncResult> => {
  const { repository, index, outbox } = deps
  const before = request.fresh ? knownKeys(deps) : null
  if (request.fresh) {
    await repository.alone(() => repository.forget())
    index.drop(repository.url)
  }
  const delivery = await deliverOutbox(deps, onProgress)
  const read = await repository.alone(() => readNews(deps, onProgress))
  const waiting = outbox.list({ hub: repository.url }).filter(({ state }) => state === 'queued' || state === 'held')
  return {
    hub: repository.url,
    ...read,
    delivered: [...new Set(delivery.pushed.map(({ localRunId }) => localRunId))],
    queued: waiting.length,
    notes: [
      ...(before === null ? [] : lostKeys(before, knownKeys(deps))),
      ...read.notes,
      ...(index.isEmpty(repository.url) ? ['There are no runs in this hub yet: benchmark upload shares one.'] : []),
      ...delivery.refused.map(({ entry, reason }) => `Not shared: ${entry.localRunId}: ${reason}.`),
      ...(delivery.problem === null ? [] : [`Not everything was delivered: ${delivery.problem.message}`]),
    ],
  }
}

type News = Pick<SyncResult, 'head' | 'added' | 'removed' | 'quarantined' | 'bytesReceived' | 'notes'>

const readNews = async (deps: HubDeps, onProgress: OnTransfer): Promise<News> => {
  const { repository, index } = deps
  const { url } = repository
  // Opening the mirror takes as long as the answer does.
  const [remote, local] = await Promise.all([repository.remoteHead(), repository.localHead()])
  if (remote.head === null)
    throw new Problem('E_HUB', `The hub ${url} is empty.`, {
      hints: ['Whoever keeps it makes it one: benchmark hub init'],
    })
  const before = index.state(url)
  const nothing = { head: remote.head, added: 0, removed: 0, quarantined: [], notes: [] }
  if (before?.head === remote.head && before.target === null && before.state === 'ok')
    return { ...nothing, bytesReceived: remote.bytesReceived }
  let { bytesReceived } = remote
  let { head } = remote
  if (local !== remote.head) {
    const fetched = await repository.fetch(
      (done) => onProgress({ phase: 'fetch', done, total: null, unit: 'bytes' }),
      remote.head,
    )
    bytesReceived += fetched.bytesReceived
    head = fetched.head ?? remote.head
  }
  const { tree } = await repository.commit(head)
  const epoch = await acceptHistory(deps, before, { head, tree })
  await repository.adopt(head)
  const taken = await takeIn(deps, before, { head, tree, ...epoch }, onProgress)
  return { head, bytesReceived, ...taken, notes: [...epoch.notes, ...taken.notes] }
}

interface AcceptedHistory {
  readonly hub: HubConfigDocument
  readonly newEpoch: boolean
  readonly notes: readonly string[]
}

/** Whether the new head may follow what was read before. Marks the hub diverged and throws when not. */
const acceptHistory = async (
  deps: HubDeps,
  before: HubState | null,
  after: { readonly head: Oid; readonly tree: Oid },
): Promise<AcceptedHistory> => {
  const { repository, index } = deps
  const hub = await readHubFile(deps, { commit: after.head, tree: after.tree })
  const ours = acceptedHub(deps)
  if (before?.head == null || ours === null || (await repository.descends(after.head, before.head)))
    return { hub, newEpoch: false, notes: [] }
  const signedBy = await signersOf(deps.signatures, hub, activeKeys(ours.maintainers), hub.salt)
  const verdict = judgeEpoch({ ...ours, head: before.head }, hub, signedBy)
  // Whoever was away before a squash cannot have read the head it replaced; the signature is what counts.
  if (verdict.kind !== 'refused') {
    const notes = [`The hub began a new epoch (${hub.epoch}), signed by a maintainer.`]
    return { hub, newEpoch: true, notes: verdict.kind === 'gap' ? [...notes, `Note: ${verdict.reason}.`] : notes }
  }
  index.markDiverged(repository.url)
  throw new Problem('E_HUB', `The history of the hub ${repository.url} was rewritten: ${verdict.reason}.`, {
    hints: [
      'What was read before is kept; nothing new is taken in.',
      'Ask the hub’s maintainer. If the new history is right after all: benchmark sync --fresh',
    ],
  })
}

/** `hub.json` as it was taken in last. */
const acceptedHub = ({ index, documents, repository }: HubDeps): HubConfigDocument | null => {
  const file = index.registry(repository.url, HUB_FILE).find(({ path }) => path === HUB_FILE)
  return file === undefined ? null : documents.hub(file.bytes).document
}

interface Target extends AcceptedHistory {
  readonly head: Oid
  readonly tree: Oid
}

const takeIn = async (
  deps: HubDeps,
  before: HubState | null,
  target: Target,
  onProgress: OnTransfer,
): Promise<Pick<News, 'added' | 'removed' | 'quarantined' | 'notes'>> => {
  const { repository, index } = deps
  const { url } = repository
  const now = deps.clock.now()
  const since = before?.tree == null ? null : await readableTree(deps, before.tree)
  const cursor = before?.target?.head === target.head ? before.target.cursor : ''
  // What counted before decides about what comes, also where everything is read again.
  const accepted = registryOf(index.registry(url, ''))
  index.begin(url, target, target.hub.epoch, { afresh: since === null && before?.head != null })
  const gone: string[] = []
  const changes = changesAfter(repository.diff(since, target.tree), cursor, gone)
  const state = await openRegistry(deps, accepted)
  const validated = validateChange(deps, {
    state,
    mode: 'sync',
    reader: repository,
    before: since,
    after: target.tree,
    changes,
    accepted,
    now,
    newEpoch: target.newEpoch,
    pins: pinnedKeys(deps),
  })
  const steps = createSyncSteps(deps, now.toISOString(), gone, cursor)
  const total = since === null ? await countFiles(deps, target.tree) : null
  for await (const item of validated) {
    steps.take(item)
    onProgress({ phase: 'check', done: steps.found.files, total, unit: 'files' })
  }
  steps.flush()
  const { found } = steps
  pinKeys(deps, found.projects, now)
  const { removed, missing } = await finish(deps, state, now)
  deps.audit.append({
    at: now.toISOString(),
    action: 'sync',
    objectHash: deps.sha256(target.head),
    detail: { hub: url, head: target.head, added: found.added, removed },
  })
  return {
    added: found.added,
    removed,
    quarantined: [...found.quarantined, ...missing],
    notes: found.warnings.slice(0, 20),
  }
}

/** Pinned keys by project, asked once for each: they change after everything was read. */
const pinnedKeys = ({ index, repository }: HubDeps): ((project: string) => ReadonlySet<string>) => {
  const known = new Map<string, ReadonlySet<string>>()
  return (project) => {
    const found = known.get(project) ?? new Set(index.pins(repository.url, project).map(({ keyId }) => keyId))
    known.set(project, found)
    return found
  }
}

/** A tree read before, when the mirror still holds it. */
const readableTree = async ({ repository }: HubDeps, tree: Oid): Promise<Oid | null> => {
  try {
    return (await repository.list(tree, '')).length > 0 ? tree : null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

const countFiles = async ({ repository }: HubDeps, tree: Oid): Promise<number> => {
  let files = 0
  // Nothing is said of seals that are right, so they are no steps on the way.
  for await (const { path } of repository.diff(null, tree)) files += classifyPath(path)?.kind === 'seal' ? 0 : 1
  return files
}

/** Ends a sync: what is gone by a tombstone or an expiry is dropped, what is gone otherwise is kept and reported. */
const finish = async (
  { index, outbox, repository }: HubDeps,
  state: RegistryState,
  now: Date,
): Promise<{ readonly removed: number; readonly missing: readonly Quarantined[] }> => {
  const expected = new Set<string>()
  const gone = index.gone(repository.url)
  for (const run of gone) if (await mayBeGone({ request: { now }, state }, run)) expected.add(run.runId)
  const erased: string[] = []
  for (const { runId, project } of gone) if (await state.isErased(runId, project)) erased.push(runId)
  outbox.markErased(repository.url, erased)
  return index.finish(repository.url, now.toISOString(), ({ runId }) => expected.has(runId))
}

/** First use pins the keys of a project; a changed registration gives runs that were there another trust. */
const pinKeys = ({ index, documents, repository }: HubDeps, projects: ReadonlySet<string>, now: Date): void => {
  const { url } = repository
  for (const project of projects) {
    const file = index.registry(url, projectPath(project)).find(({ path }) => path === projectPath(project))
    const registered = file === undefined ? null : documents.project(file.bytes).document
    if (registered === null) continue
    if (index.pins(url, project).length === 0)
      for (const { key_id: keyId, alg, public_key: publicKey } of registered.keys)
        index.pin(url, project, { keyId, alg, publicKey }, now.toISOString())
    const pins = new Set(index.pins(url, project).map(({ keyId }) => keyId))
    index.retrust(url, project, (keyId, firstSeenAt) => {
      const trust = trustOf({ project, keyId, keys: registered.keys, pins, firstSeenAt })
      // It was taken in before: refusing is for runs that are new.
      return trust === 'refused' ? 'revoked' : trust
    })
  }
}
