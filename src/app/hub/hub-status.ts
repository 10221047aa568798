import { projectPath } from '../../core/hub/layout.ts'
import { Problem } from '../../core/problem.ts'
import type { HubDeps } from './hub-deps.ts'
import type { OutboxEntry, OutboxState } from './store-ports.ts'

/** Whether a hub knows a project and the key that signs its runs here. */
export type RegistrationState = 'registered' | 'unknown' | 'other-key' | 'no-key' | 'not-read'

/** A hub as it is known here, and whether it answers. */
export interface HubStatus {
  readonly hub: string
  readonly name: string | null
  readonly audience: 'community' | 'public' | null
  readonly epoch: number | null
  readonly state: 'never-synced' | 'ok' | 'diverged'
  /** Null: it was not asked. */
  readonly reachable: boolean | null
  readonly problem: string | null
  readonly head: string | null
  readonly remoteHead: string | null
  readonly syncedAt: string | null
  readonly runs: number
  readonly projects: number
  readonly quarantined: number
  readonly outbox: Readonly<Record<OutboxState, number>>
  /** Everything that is not in the hub yet, oldest first. */
  readonly waiting: readonly OutboxEntry[]
  readonly project: string | null
  readonly registration: RegistrationState
  readonly keyId: string | null
  readonly token: { readonly found: boolean; readonly source: string | null; readonly fingerprint: string | null }
}

/** Tells what is known of a hub; asks it for its head unless `offline`. Its silence is an answer, not a failure. */
export const hubStatus = async (
  deps: HubDeps,
  options: { readonly project: string | null; readonly offline: boolean },
): Promise<HubStatus> => {
  const { url } = deps.repository
  const state = deps.index.state(url)
  const [token, answer] = await Promise.all([
    deps.credentials.find(url),
    options.offline ? null : ask(() => deps.repository.remoteHead()),
  ])
  const [hubFile] = deps.index.registry(url, 'hub.json')
  const hub = hubFile === undefined ? null : deps.documents.hub(hubFile.bytes).document
  const counts = deps.index.counts(url)
  const key = options.project === null ? null : deps.keys.existingProjectKey(options.project)
  return {
    hub: url,
    name: hub?.name ?? null,
    audience: hub?.audience ?? null,
    epoch: hub?.epoch ?? null,
    state: state?.head == null ? 'never-synced' : state.state,
    reachable: answer === null ? null : answer.problem === null,
    problem: answer?.problem ?? null,
    head: state?.head ?? null,
    remoteHead: answer?.head ?? null,
    syncedAt: state?.syncedAt ?? null,
    ...counts,
    outbox: deps.outbox.counts(url),
    waiting: deps.outbox.list({ hub: url }).filter((entry) => entry.state !== 'pushed'),
    project: options.project,
    registration: registrationState(deps, options.project, key?.keyId ?? null, hub !== null),
    keyId: key?.keyId ?? null,
    token: {
      found: token !== null,
      source: token?.source ?? null,
      fingerprint: token === null ? null : deps.sha256(token.token).slice(0, 8),
    },
  }
}

const ask = async (
  question: () => Promise<{ readonly head: string | null }>,
): Promise<{ readonly head: string | null; readonly problem: string | null }> => {
  try {
    return { head: (await question()).head, problem: null }
  } catch (error) {
    if (error instanceof Problem) return { head: null, problem: error.message }
    throw error
  }
}

const registrationState = (
  deps: HubDeps,
  project: string | null,
  keyId: string | null,
  wasRead: boolean,
): RegistrationState => {
  if (keyId === null || project === null) return 'no-key'
  if (!wasRead) return 'not-read'
  const [file] = deps.index.registry(deps.repository.url, projectPath(project))
  const registered = file === undefined ? null : deps.documents.project(file.bytes).document
  if (registered === null) return 'unknown'
  return registered.keys.some((key) => key.key_id === keyId && key.status === 'active') ? 'registered' : 'other-key'
}
