import { canonicalJson } from '../../core/canonical-json.ts'
import { projectPath } from '../../core/hub/layout.ts'
import { Problem } from '../../core/problem.ts'
import { nameOf } from '../../core/relative-path.ts'
import { formatCommand } from '../../core/split-command.ts'
import { withoutKeys } from '../../documents/without-keys.ts'
import type { HubProjectDocument } from '../../generated/hub-project.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { knownBenchmarkType } from '../known-benchmark-type.ts'
import type { Files } from '../ports.ts'
import { acceptEpoch } from './accept-epoch.ts'
import { commitAuthor } from './commit-author.ts'
import { commitAndPush, type CommitOutcome, type CommitPlan, type HubHead } from './commit-loop.ts'
import type { HubDeps } from './hub-deps.ts'
import { readHubFile } from './hub-file.ts'
import { keepRegistration } from './pending-registration.ts'
import { registeredKey, signDocument } from './sign-document.ts'
import type { SigningKey } from './trust-ports.ts'
import { projectName } from './upload-runs.ts'

/** What `benchmark register` was asked for; nulls are taken from the configuration. */
export interface RegisterRequest {
  readonly name: string | null
  readonly type: string | null
  readonly homepage: string | null
  readonly owner: string | null
  readonly description: string | null
  readonly way: 'commit' | 'branch' | 'bundle'
  readonly bundleFile: string | null
  readonly revoke: { readonly keyId: string; readonly reason: string | null } | null
}

/** A registration that waits until a hub is configured and can be reached. Makes the key. */
export const queueRegistration = (
  deps: Pick<HubDeps, 'keys'>,
  context: Pick<RegisterContext, 'name' | 'type' | 'owner' | 'files' | 'folder'>,
  request: RegisterRequest,
  hub: string | null,
): Registration => {
  const project = projectName(request.name ?? context.name)
  const type = knownBenchmarkType(request.type ?? context.type)
  const { keyId } = deps.keys.projectKey(project)
  keepRegistration(context.files, context.folder, {
    ...request,
    name: project,
    type,
    owner: request.owner ?? context.owner,
  })
  const nextSteps =
    hub === null
      ? ['Set central_hub.url in .benchmark/config.yaml (benchmark init --central-hub URL), then: benchmark sync']
      : ['benchmark sync delivers it.']
  return { hub, project, state: 'queued', keyId, branch: null, file: null, commit: null, nextSteps }
}

export interface RegisterContext {
  readonly name: string | null
  readonly type: string
  readonly owner: string | null
  readonly files: Pick<Files, 'exists' | 'readText' | 'writeAtomically' | 'makeDir' | 'removeTree'>
  /** Where a bundle goes when nothing else is said. */
  readonly folder: string
}

/** What became of a registration. */
export interface Registration {
  /** Null: there is none yet. */
  readonly hub: string | null
  readonly project: string
  readonly state: 'registered' | 'unchanged' | 'branch' | 'bundle' | 'queued'
  readonly keyId: string
  readonly branch: string | null
  readonly file: string | null
  readonly commit: string | null
  readonly nextSteps: readonly string[]
}

/**
 * Writes the entry of a project into the hub: as a commit where that is allowed, else as a branch, else as a file for a
 * pull request. When the hub cannot be reached it waits for the next exchange.
 */
export const registerProject = async (
  deps: HubDeps,
  context: RegisterContext,
  request: RegisterRequest,
): Promise<Registration> => {
  const { repository } = deps
  const project = projectName(request.name ?? context.name)
  const type = knownBenchmarkType(request.type ?? context.type)
  const isNew = deps.keys.existingProjectKey(project) === null
  const key = deps.keys.projectKey(project)
  if (isNew)
    deps.audit.append({
      at: deps.clock.now().toISOString(),
      action: 'key',
      objectHash: deps.sha256(key.publicKey),
      detail: { what: 'made', project, key_id: key.keyId },
    })
  const wanted = { ...request, project, type, owner: request.owner ?? context.owner }
  const made = { hub: repository.url, project, keyId: key.keyId }
  const plan = (head: HubHead): Promise<CommitPlan | null> => planRegistration(deps, head, key, wanted)

  if (request.way === 'commit') {
    let outcome: CommitOutcome
    try {
      outcome = await commitAndPush(deps, { plan, acceptRewrite: acceptEpoch(deps) })
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'E_OFFLINE') throw error
      return queueRegistration(deps, context, request, repository.url)
    }
    if (outcome.kind === 'nothing')
      return { ...made, state: 'unchanged', branch: null, file: null, commit: null, nextSteps: [] }
    if (outcome.kind === 'pushed') {
      note(deps, project, outcome.commit)
      const nextSteps = ['benchmark upload --run-id latest --visibility public (or community) shares a run.']
      return { ...made, state: 'registered', branch: null, file: null, commit: outcome.commit, nextSteps }
    }
    if (outcome.kind !== 'refused')
      throw new Problem('E_HUB', `The hub ${repository.url} could not be changed now; try again.`)
  }
  return forPullRequest(deps, context, request, { ...made, plan })
}

/** The hub lets nobody change `main` from here: leaves a branch there, or a bundle here. */
const forPullRequest = async (
  deps: HubDeps,
  context: RegisterContext,
  request: RegisterRequest,
  {
    plan,
    ...made
  }: Pick<Registration, 'hub' | 'project' | 'keyId'> & {
    readonly plan: (head: HubHead) => Promise<CommitPlan | null>
  },
): Promise<Registration> =>
  deps.repository.alone(async () => {
    const { repository } = deps
    const { head } = await repository.fetch()
    if (head !== null) await repository.adopt(head)
    const tree = head === null ? null : (await repository.commit(head)).tree
    const planned = await plan({ commit: head, tree })
    if (planned === null) return { ...made, state: 'unchanged', branch: null, file: null, commit: null, nextSteps: [] }
    const at = Math.floor(deps.clock.now().getTime() / 1000)
    const prepared = await repository.prepare({ parent: head, at, ...planned })
    const branch = `register-${made.project}`
    if (request.way !== 'bundle') {
      const report = await repository.push(null, prepared, { branch })
      if (report.answer === 'accepted') {
        note(deps, made.project, prepared.commit)
        const nextSteps = [`Open a pull request from the branch ${branch} to main and ask a maintainer to merge it.`]
        return { ...made, state: 'branch', branch, file: null, commit: prepared.commit, nextSteps }
      }
    }
    const file = request.bundleFile ?? `${context.folder}/${branch}.bundle`
    context.files.writeAtomically(file, await repository.bundle(head, prepared, branch))
    const nextSteps = [
      `Give the file to a maintainer, who takes it in a clone of the hub with: ${formatCommand(['git', 'fetch', nameOf(file), branch])} && git merge FETCH_HEAD && git push`,
    ]
    return { ...made, state: 'bundle', branch, file, commit: prepared.commit, nextSteps }
  })

const note = (deps: HubDeps, project: string, commit: string): void => {
  deps.audit.append({
    at: deps.clock.now().toISOString(),
    action: 'register',
    objectHash: deps.sha256(commit),
    detail: { what: 'project', project, hub: deps.repository.url },
  })
}

type Wanted = RegisterRequest & { readonly project: string; readonly type: string }

const planRegistration = async (
  deps: HubDeps,
  head: HubHead,
  key: SigningKey,
  wanted: Wanted,
): Promise<CommitPlan | null> => {
  const hub = await readHubFile(deps, head)
  const path = projectPath(wanted.project)
  const bytes = head.tree === null ? null : await deps.repository.file(head.tree, path)
  const previous = bytes === null ? null : deps.documents.project(bytes).document
  if (bytes !== null && previous === null)
    throw new Problem('E_HUB', `The registration of ${wanted.project} in the hub is damaged; ask its maintainer.`)
  const signer = previous === null ? key : signerOf(deps, previous, hub, key)
  const next = nextRegistration(previous, key, wanted, deps.clock.now().toISOString())
  if (next === null) return null
  return {
    changes: [{ path, bytes: deps.documents.bytes(signDocument(next, signer, hub)) }],
    message: `${wanted.project}: ${previous === null ? 'register' : `registration, version ${next.version}`}\n`,
    author: commitAuthor(key),
  }
}

/** A key on this machine that may change an existing registration. */
const signerOf = (deps: HubDeps, previous: HubProjectDocument, hub: HubConfigDocument, key: SigningKey): SigningKey => {
  const isActive = (keys: HubProjectDocument['keys'], keyId: string | undefined): boolean =>
    keys.some((one) => one.key_id === keyId && one.status === 'active')
  if (isActive(previous.keys, key.keyId)) return key
  const maintainer = deps.keys.existingMaintainerKey(hub)
  if (maintainer !== null && isActive(hub.maintainers, maintainer.keyId)) return maintainer
  throw new Problem('E_HUB', `The project ${previous.id} is registered with other keys than the one of this machine.`, {
    hints: [
      'If it is your project, register from the machine that holds its key, or copy that key: keys/ in the configuration folder of this program.',
      'If it is somebody else’s, choose another name: --name.',
      `A maintainer can add this key: ${key.keyId}`,
    ],
  })
}

/** The registration as it should be; null when it is so already. */
const nextRegistration = (
  previous: HubProjectDocument | null,
  key: SigningKey,
  wanted: Wanted,
  now: string,
): Omit<HubProjectDocument, 'signatures'> | null => {
  const own = registeredKey(key, now)
  if (previous === null)
    return {
      schema: 'benchmark.hub-project/1',
      id: wanted.project,
      type: wanted.type,
      owner: wanted.owner,
      homepage: wanted.homepage,
      description: wanted.description,
      registered_at: now,
      version: 1,
      keys: [own],
    }
  const known = previous.keys.some(({ key_id }) => key_id === key.keyId)
  const keys = (known ? previous.keys : [...previous.keys, own]).map((one) =>
    one.key_id === wanted.revoke?.keyId && one.status === 'active'
      ? { ...one, status: 'revoked' as const, revoked_at: now, reason: wanted.revoke.reason }
      : one,
  ) as HubProjectDocument['keys']
  if (wanted.revoke !== null && !keys.some(({ key_id }) => key_id === wanted.revoke?.keyId))
    throw new Problem('E_NOT_FOUND', `The project ${previous.id} has no key ${wanted.revoke.keyId}.`, {
      hints: [`Its keys: ${previous.keys.map(({ key_id }) => key_id).join(', ')}`],
    })
  const before = withoutKeys(previous, 'signatures')
  const next = {
    ...before,
    type: wanted.type,
    owner: wanted.owner ?? previous.owner,
    homepage: wanted.homepage ?? previous.homepage,
    description: wanted.description ?? previous.description,
    keys,
  }
  return canonicalJson(next) === canonicalJson(before) ? null : { ...next, version: previous.version + 1 }
}
