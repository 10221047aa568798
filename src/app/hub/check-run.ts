/** One run of a hub: whether it is what it claims to be, and whose it is. */
import { type HubComplaint, refusal } from '../../core/hub/finding.ts'
import { COMMUNITY, hubMonthOf } from '../../core/hub/names.ts'
import type { RegisteredKey } from '../../core/hub/registration.ts'
import { trustOf } from '../../core/hub/trust.ts'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import type { Seal } from './judge-seal.ts'
import type { RegistryState, TrustDeps } from './registry-state.ts'
import type { IndexedRun } from './store-ports.ts'

const DAY_MS = 86_400_000

/** A line of a segment, or a run file without its line feed. */
export interface FoundRun {
  readonly path: string
  readonly line: Uint8Array
  readonly project: string
  readonly month: string
  /** Id that the path or the segment's order gives it. */
  readonly runId: string
  /** Was in the tree before, there or as a file of its own: not new. */
  readonly isFolded: boolean
  /** Of its segment, where it counts: its key's holder vouches for the line, so that key need not be tried. */
  readonly seal: Seal | null
}

export interface RunRules {
  readonly mode: 'sync' | 'check'
  readonly now: Date
  /** Key ids pinned for a project. */
  readonly pins: (project: string) => ReadonlySet<string>
  /** When the run was first seen, UTC. */
  readonly firstSeenAt: (run: FoundRun) => string
}

export type RunVerdict =
  { readonly run: IndexedRun; readonly complaint: null } | { readonly run: null; readonly complaint: HubComplaint }

/** Judges one run. Does not look at other runs, so that many can be judged at once. */
export const checkRun = async (
  deps: TrustDeps,
  state: RegistryState,
  rules: RunRules,
  found: FoundRun,
): Promise<RunVerdict> => {
  const hub = state.hub()
  if (hub === null) return refused(refusal('document', 'The hub has no hub.json that counts.'))
  // With the line feed, as in a file.
  if (found.line.length + 1 > hub.limits.run_bytes)
    return refused(refusal('size', `A run of this hub may have ${hub.limits.run_bytes} bytes.`))
  const keys = (await state.project(found.project))?.keys ?? null
  const read = await deps.runs.read(found.line, found.seal?.otherKeys ?? keys ?? [])
  if (read.document === null) return refused(refusal('document', read.fault))
  const { document, isSigned } = read.document
  const complaint =
    placeComplaint(document, found) ??
    audienceComplaint(document, hub.audience) ??
    monthComplaint(document, found.month, rules.now) ??
    (await erasedComplaint(state, document))
  if (complaint !== null) return refused(complaint)
  if (isSigned === false)
    return refused(refusal('signature', 'Its signature does not fit its content and the key it names.'))
  return judgeSigner(rules, found, document, keys)
}

const refused = (complaint: HubComplaint): RunVerdict => ({ run: null, complaint })

const placeComplaint = (document: HubRunDocument, found: FoundRun): HubComplaint | null =>
  document.project_id === found.project && document.run_id === found.runId
    ? null
    : refusal('document', `It says it is run ${document.run_id} of ${document.project_id}, and stands elsewhere.`)

const audienceComplaint = (
  { visibility, project_id }: HubRunDocument,
  audience: 'community' | 'public',
): HubComplaint | null => {
  if ((project_id === COMMUNITY) !== (visibility === 'community'))
    return refusal('visibility', 'Anonymised runs stand in the folder "community", and nothing else does.')
  return audience === 'community' && visibility === 'public'
    ? refusal('visibility', 'This hub takes anonymised runs only, and the run is a named one.')
    : null
}

// The month is the one of the upload's decision: not before the run, and not in the future. A day of grace for clocks.
const monthComplaint = ({ payload }: HubRunDocument, month: string, now: Date): HubComplaint | null => {
  if (month > hubMonthOf(new Date(now.getTime() + DAY_MS)))
    return refusal('month', `The month ${month} has not begun yet.`)
  // Nearly always, and then there is no need to count days.
  if (month >= payload.started_at.slice(0, 7)) return null
  return month < hubMonthOf(new Date(Date.parse(payload.started_at) - DAY_MS))
    ? refusal('month', `The run started ${payload.started_at.slice(0, 10)}, after the month ${month}.`)
    : null
}

const erasedComplaint = async (state: RegistryState, document: HubRunDocument): Promise<HubComplaint | null> =>
  (await state.isErased(document.run_id, document.project_id))
    ? refusal('erased', 'This run was erased from the hub and does not come back.')
    : null

const judgeSigner = (
  rules: RunRules,
  found: FoundRun,
  document: HubRunDocument,
  keys: readonly RegisteredKey[] | null,
): RunVerdict => {
  const { project, month, path, line } = found
  const keyId = document.signer.key_id
  const trust = trustOf({ project, keyId, keys, pins: rules.pins(project), firstSeenAt: rules.firstSeenAt(found) })
  if (trust === 'refused')
    return refused(refusal('revoked', 'It is signed with a key that had been revoked when the run first appeared.'))
  if (rules.mode === 'check' && trust === 'unknown-owner' && !found.isFolded)
    return refused(
      keys === null
        ? refusal('unregistered', `The project ${project} is not registered in this hub.`)
        : refusal('not-owner', `It is not signed by a key of the project ${project}.`),
    )
  return { run: { document, line, path, month, trust }, complaint: null }
}
