import type { Authentication } from '../../app/hub/authenticate.ts'
import type { HubStatus } from '../../app/hub/hub-status.ts'
import type { InitialisedHub } from '../../app/hub/init-hub.ts'
import type { Registration } from '../../app/hub/register-project.ts'
import type { SyncResult } from '../../app/hub/sync-hub.ts'
import type { UploadResult } from '../../app/hub/upload-runs.ts'
import { formatBytes, formatInteger } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { firstFew } from './first-few.ts'

const count = (n: number, one: string, many = `${one}s`): string => `${formatInteger(n)} ${n === 1 ? one : many}`
const lines = (parts: readonly (string | null)[]): string =>
  plainText(parts.filter((part) => part !== null && part !== '').join('\n'))

/** What became of an upload. */
export const renderUpload = (result: UploadResult): string => {
  const { uploaded, held, rejected, notes } = result
  const queued = result.queued.filter((runId) => !held.includes(runId))
  return lines([
    uploaded.length === 0 ? null : `In the hub ${result.hub}: ${firstFew(uploaded)}.`,
    queued.length === 0
      ? null
      : `Queued: ${firstFew(queued)}. Nothing is lost; the next upload or sync that reaches the hub delivers ${queued.length === 1 ? 'it' : 'them'}.`,
    ...rejected.map(({ runId, reason }) => `Not shared: ${runId}: ${reason}`),
    uploaded.length + result.queued.length + rejected.length === 0 ? 'There is nothing to upload.' : null,
    ...notes,
  ])
}

/** What a sync brought. */
export const renderSync = (result: SyncResult): string => {
  const { added, removed, quarantined, notes } = result
  const changed = [
    added === 0 ? null : `${count(added, 'run')} new`,
    removed === 0 ? null : `${count(removed, 'run')} gone (erased or expired)`,
  ].filter((part) => part !== null)
  return lines([
    `Hub ${result.hub}: ${changed.length === 0 ? 'nothing new' : changed.join(', ')} (${formatBytes(result.bytesReceived)} received).`,
    result.delivered.length === 0 ? null : `Delivered on the way: ${firstFew(result.delivered)}.`,
    result.queued === 0
      ? null
      : `${count(result.queued, 'run')} still ${result.queued === 1 ? 'waits' : 'wait'}: benchmark hub status.`,
    quarantined.length === 0 ? null : `${count(quarantined.length, 'path')} not taken in:`,
    ...quarantined.slice(0, 20).map(({ path, reason }) => `  ${path}: ${reason}`),
    quarantined.length > 20 ? `  … and ${quarantined.length - 20} more (--json lists all)` : null,
    ...notes,
  ])
}

const REGISTRATION: Readonly<Record<HubStatus['registration'], string>> = {
  registered: 'registered with the key of this machine',
  unknown: 'not registered: its runs count as of an unknown owner. benchmark register',
  'other-key':
    'registered with another key than this machine’s. benchmark register adds this one if you have the other',
  'no-key': 'no key yet: benchmark register makes one',
  'not-read': 'unknown until the hub was read: benchmark sync',
}

/** A hub as it is known here. */
export const renderHubStatus = (status: HubStatus): string => {
  const { outbox, token } = status
  const isBehind = status.remoteHead !== null && status.remoteHead !== status.head
  return lines([
    `Hub ${status.hub}${status.name === null ? '' : ` (${status.name}, ${status.audience})`}`,
    `  answers:      ${status.reachable === null ? 'not asked (--offline)' : status.reachable ? `yes${isBehind ? ', and has news: benchmark sync' : ', nothing new'}` : `no: ${status.problem}`}`,
    `  read here:    ${status.syncedAt === null ? 'never: benchmark sync' : `${status.syncedAt}, commit ${status.head?.slice(0, 12)}, ${count(status.runs, 'run')} of ${count(status.projects, 'project')}`}`,
    status.state === 'diverged'
      ? '  DIVERGED:     its history was rewritten without a signed new epoch; what was read before is kept, nothing new is taken.'
      : null,
    status.quarantined === 0 ? null : `  not taken in: ${count(status.quarantined, 'path')}`,
    `  outbox:       ${
      Object.entries(outbox)
        .filter(([, n]) => n > 0)
        .map(([state, n]) => `${n} ${state}`)
        .join(', ') || 'empty'
    }`,
    ...status.waiting
      .slice(0, 10)
      .map(
        ({ localRunId, state, reason, attempts }) =>
          `    ${localRunId}: ${state}${attempts > 0 ? ` after ${count(attempts, 'try', 'tries')}` : ''}${reason === null ? '' : `: ${reason}`}`,
      ),
    `  project:      ${status.project === null ? 'none (project.name of the configuration)' : `${status.project}: ${REGISTRATION[status.registration]}`}`,
    status.keyId === null ? null : `  key:          ${status.keyId}`,
    `  token:        ${token.found ? `from ${token.source} (sha256 ${token.fingerprint}…)` : 'none'}`,
  ])
}

/** What was done with a token; the token itself only when it was asked for, and then nothing else. */
export const renderAuth = (auth: Authentication): string => {
  if (auth.action === 'shown' && auth.token !== null) return auth.token
  const answer =
    auth.accepted === null
      ? auth.problem === null
        ? null
        : `The hub could not be asked: ${auth.problem}`
      : auth.accepted
        ? 'The hub answers.'
        : `The hub refuses it: ${auth.problem}`
  if (auth.action === 'removed') return plainText(`No token is kept for ${auth.origin ?? auth.hub} any more.`)
  return lines([
    auth.origin === null
      ? `The hub ${auth.hub} is reached without a token.`
      : auth.found
        ? `Token for ${auth.origin}: from ${auth.source} (sha256 ${auth.fingerprint}…).`
        : auth.withheld === null
          ? `No token for ${auth.origin}. benchmark auth --token <token>, or set BENCHMARK_HUB_TOKEN.`
          : `The token of ${auth.withheld} is not sent to ${auth.origin}: nobody here said that it may be. If it is yours for there: benchmark auth --confirm`,
    answer,
    auth.keyId === null ? null : `Runs of this project are signed with the key ${auth.keyId}.`,
  ])
}

/** What became of a registration, and what to do now. */
export const renderRegistration = (registration: Registration): string => {
  const hub = registration.hub ?? 'no hub'
  return lines([
    {
      registered: `Project ${registration.project} is registered in ${hub} with the key ${registration.keyId}.`,
      unchanged: `Project ${registration.project} was already registered with the key ${registration.keyId}; nothing changed.`,
      branch: `The registration of ${registration.project} stands on the branch ${registration.branch} of ${hub}, and counts once a maintainer has merged it.`,
      bundle: `The registration of ${registration.project} is in ${registration.file}, and counts once a maintainer has merged it into ${hub}.`,
      queued: `${registration.hub === null ? 'There is no hub yet' : `The hub ${hub} cannot be reached`}; the registration of ${registration.project} waits and goes with the first exchange.`,
    }[registration.state],
    ...registration.nextSteps.map((step) => `  → ${step}`),
  ])
}

/** What was written into a new hub. */
export const renderHubInit = (made: InitialisedHub): string =>
  lines([
    made.state === 'unchanged'
      ? `${made.hub} is a hub already, named ${made.name}; nothing changed.`
      : `${made.hub} is now a hub, named ${made.name}: ${count(made.files.length, 'file')} written.`,
    `Whoever has the key ${made.maintainerKey} may change its registry.`,
    ...made.nextSteps.map((step) => `  → ${step}`),
  ])
