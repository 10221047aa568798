import { newBenchmarkDocuments } from '../../core/hub/benchmark-definitions.ts'
import { benchmarkPath, HUB_FILE, policyPath } from '../../core/hub/layout.ts'
import { isHubName, suggestHubName } from '../../core/hub/names.ts'
import { Problem } from '../../core/problem.ts'
import type { HubAnonymisationDocument } from '../../generated/hub-anonymisation.ts'
import type { HubRetentionDocument } from '../../generated/hub-retention.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { commitAndPush, type CommitPlan, type HubHead } from './commit-loop.ts'
import { commitAuthor } from './commit-author.ts'
import type { FileChange } from './git-ports.ts'
import type { HubDeps } from './hub-deps.ts'
import { DOCUMENT_BYTES } from './make-document.ts'
import { registeredKey, signDocument } from './sign-document.ts'
import type { HubIdentity } from './trust-ports.ts'

/** What `benchmark hub init` was asked for. */
export interface InitHubRequest {
  /** Null = made from the last part of its path. */
  readonly name: string | null
  readonly title: string | null
  readonly audience: 'community' | 'public'
  readonly rawDays: number
}

/** What became of it. */
export interface InitialisedHub {
  readonly hub: string
  readonly name: string
  /** `completed`: there was a repository with something in it, and the hub's files were added. */
  readonly state: 'created' | 'completed' | 'unchanged'
  readonly commit: string
  readonly files: readonly string[]
  readonly maintainerKey: string
  readonly nextSteps: readonly string[]
}

export interface InitHubDeps extends Pick<
  HubDeps,
  'repository' | 'documents' | 'keys' | 'audit' | 'clock' | 'random' | 'randomBytes' | 'sha256' | 'toolVersion'
> {
  /** A template of `templates/hub`. */
  readonly template: (name: string) => string
}

/** Files for people and forges: where they go, and the template each is made from. */
const FURNITURE: Readonly<Record<string, string>> = {
  'README.md': 'README.md',
  '.gitattributes': 'gitattributes',
  '.github/workflows/hub-check.yml': 'github/check.yml',
  '.github/workflows/hub-dashboard.yml': 'github/dashboard.yml',
  '.gitlab-ci.yml': 'gitlab-ci.yml',
}

const LIMITS: HubConfigDocument['limits'] = {
  run_bytes: DOCUMENT_BYTES,
  segment_bytes: 16_777_216,
  folder_entries: 3000,
  projects: 3000,
  runs_per_project_per_day: 1000,
}

/** Makes a repository a hub. One that is a hub already is left as it is. Throws `E_HUB` when it cannot be written to. */
export const initHub = async (deps: InitHubDeps, request: InitHubRequest): Promise<InitialisedHub> => {
  const { repository } = deps
  const name = hubName(request.name, repository.url)
  let files: readonly FileChange[] = []
  let existing: HubConfigDocument | null = null
  let wasEmpty = true
  const salt = Array.from(deps.randomBytes(32), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const identity = { name, salt }
  const outcome = await commitAndPush(deps, {
    plan: async (head) => {
      wasEmpty = head.commit === null
      existing = await existingHub(deps, head)
      if (existing !== null) return null
      files = await firstFiles(deps, head, { ...request, ...identity })
      return firstCommit(deps, identity, files)
    },
  })
  const found = existing as HubConfigDocument | null
  if (outcome.kind === 'nothing' && found !== null)
    return {
      hub: repository.url,
      name: found.name,
      state: 'unchanged',
      commit: outcome.head ?? '',
      files: [],
      maintainerKey: found.maintainers[0].key_id,
      nextSteps: [
        ...(found.name === name ? [] : [`Its name stays ${found.name}: the name of a hub never changes.`]),
        `Projects join with: benchmark init --central-hub ${repository.url} && benchmark register`,
      ],
    }
  if (outcome.kind !== 'pushed')
    throw new Problem('E_HUB', `${repository.url} cannot be written to.`, {
      hints: [
        ...('message' in outcome && outcome.message !== null ? [`It says: ${outcome.message}`] : []),
        'A token or key with the right to write is needed: benchmark auth --token … On GitHub it must also be allowed to write workflows.',
      ],
    })
  const key = deps.keys.maintainerKey(identity)
  deps.audit.append({
    at: deps.clock.now().toISOString(),
    action: 'register',
    objectHash: deps.sha256(outcome.commit),
    detail: { what: 'hub', hub: repository.url, maintainer: key.keyId },
  })
  return {
    hub: repository.url,
    name,
    state: wasEmpty ? 'created' : 'completed',
    commit: outcome.commit,
    files: files.map(({ path }) => path),
    maintainerKey: key.keyId,
    nextSteps: [
      `Keep a copy of that key: it is in ${deps.keys.folder}, and without it nobody can change policies, datasets or limits.`,
      'Protect the branch main against force pushes and deletion.',
      `Projects join with: benchmark init --central-hub ${repository.url} && benchmark register`,
    ],
  }
}

const hubName = (given: string | null, url: string): string => {
  if (given !== null) {
    if (isHubName(given)) return given
    const suggestion = suggestHubName(given)
    throw new Problem('E_USAGE', `“${given}” cannot be the name of a hub.`, {
      hints: [`Use lower-case letters, digits and dashes${suggestion === null ? '' : `, for example ${suggestion}`}.`],
    })
  }
  const last = url.replace(/\/+$/, '').replace(/\.git$/, '')
  return suggestHubName(last.slice(last.search(/[^/:]*$/))) ?? 'hub'
}

const existingHub = async (deps: InitHubDeps, head: HubHead): Promise<HubConfigDocument | null> => {
  const bytes = head.tree === null ? null : await deps.repository.file(head.tree, HUB_FILE)
  if (bytes === null) return null
  const { document, fault } = deps.documents.hub(bytes)
  if (document !== null) return document
  throw new Problem('E_HUB', `There is a hub.json in ${deps.repository.url} already, and it cannot be used: ${fault}`, {
    hints: ['Nothing was changed.'],
  })
}

const firstFiles = async (
  deps: InitHubDeps,
  head: HubHead,
  { name, salt, title, audience, rawDays }: InitHubRequest & HubIdentity,
): Promise<readonly FileChange[]> => {
  const { documents, repository } = deps
  const key = deps.keys.maintainerKey({ name, salt })
  const now = deps.clock.now().toISOString()
  const signed = (document: object): Uint8Array => documents.bytes(signDocument(document, key, { salt }))
  const hub: Omit<HubConfigDocument, 'signatures'> = {
    schema: 'benchmark.hub/1',
    name,
    title: title ?? name,
    audience,
    layout: 'month-files/1',
    epoch: 1,
    previous_head: null,
    version: 1,
    salt,
    limits: LIMITS,
    maintainers: [registeredKey(key, now)],
  }
  const retention: Omit<HubRetentionDocument, 'signatures'> = {
    schema: 'benchmark.hub-retention/1',
    version: 1,
    raw_days: rawDays,
    aggregated_days: 365,
    archive: 'Aggregates older than that may be moved to an archive repository by a maintainer.',
  }
  const anonymisation: Omit<HubAnonymisationDocument, 'signatures'> = {
    schema: 'benchmark.hub-anonymisation/1',
    version: 1,
    group_size: 5,
    significant_digits: 3,
  }
  const fill = (text: string): string =>
    text
      .replaceAll('@TITLE@', () => title ?? name)
      .replaceAll('@URL@', () => repository.url)
      .replaceAll('@VERSION@', () => deps.toolVersion)
  const furniture: FileChange[] = []
  for (const [path, template] of Object.entries(FURNITURE)) {
    // What the forge or its owner wrote before stays.
    if (head.tree !== null && (await repository.file(head.tree, path)) !== null) continue
    furniture.push({ path, bytes: new TextEncoder().encode(fill(deps.template(template))) })
  }
  return [
    { path: HUB_FILE, bytes: signed(hub) },
    ...newBenchmarkDocuments().map((definition) => ({
      path: benchmarkPath(definition.type),
      bytes: signed(definition),
    })),
    { path: policyPath('retention'), bytes: signed(retention) },
    { path: policyPath('anonymisation'), bytes: signed(anonymisation) },
    ...furniture,
  ]
}

const firstCommit = (deps: InitHubDeps, hub: HubIdentity, changes: readonly FileChange[]): CommitPlan => ({
  changes,
  message: `Make this a hub: ${hub.name}\n`,
  author: commitAuthor(deps.keys.maintainerKey(hub)),
})
