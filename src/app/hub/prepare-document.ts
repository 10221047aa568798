import { hmac } from '../../core/hub/hmac.ts'
import { policyPath } from '../../core/hub/layout.ts'
import type { RunPlan } from '../../core/plan.ts'
import { Problem } from '../../core/problem.ts'
import type { Run } from '../../core/run.ts'
import type { RegisteredDataset } from '../../documents/hub/anonymise.ts'
import { type CommunityGroups, communityGroups } from './community-groups.ts'
import type { HubDeps } from './hub-deps.ts'
import { type MadeDocument, makeDocument, type Visibility } from './make-document.ts'
import type { HubIndex } from './store-ports.ts'

/** What is needed of everything there is to exchange. */
export type PrepareDeps = Pick<
  HubDeps,
  'repository' | 'documents' | 'keys' | 'index' | 'sha256' | 'randomBytes' | 'toolVersion' | 'publicPipelines'
>

export interface PrepareRequest {
  readonly run: Run
  /** Null for imported runs, which have none. */
  readonly plan: Pick<RunPlan, 'dataset'> | null
  /** Name of the project in the hub. */
  readonly project: string
  readonly visibility: Visibility
  /** Month of the upload. */
  readonly month: string
  /** Added to those of the run. */
  readonly tags: readonly string[]
  /** In place of the run's; null: the run's. */
  readonly branch: string | null
}

/** A document that may go (`ready`), one that would identify its owner (`held`), or why there is none. */
export type PreparedDocument =
  | ({ readonly kind: 'ready' } & MadeDocument)
  | ({ readonly kind: 'held'; readonly reason: string } & MadeDocument)
  | { readonly kind: 'refused'; readonly reason: string }

/** The exact bytes of a run for this hub, by its policy and what was read of it. Private runs are refused. */
export const prepareDocument = async (deps: PrepareDeps, request: PrepareRequest): Promise<PreparedDocument> => {
  try {
    const made = await documentFor(deps, request)
    return made.held === null ? { kind: 'ready', ...made } : { kind: 'held', reason: made.held, ...made }
  } catch (error) {
    if (!(error instanceof Problem) || (error.code !== 'E_INPUT' && error.code !== 'E_USAGE')) throw error
    return { kind: 'refused', reason: [error.message, ...error.findings.map(({ message }) => message)].join(' ') }
  }
}

/** The same, but what speaks against it is thrown: for a preview. */
export const documentFor = async (deps: PrepareDeps, request: PrepareRequest): Promise<MadeDocument> => {
  const { run, plan, project, visibility, month } = request
  const isAnonymous = visibility === 'community'
  return makeDocument(
    { ...deps, sha256Text: deps.sha256, hmacText: (secret, text) => hmac(deps.sha256, secret, text) },
    {
      run: { ...run, tags: [...new Set([...run.tags, ...request.tags])], branch: request.branch ?? run.branch },
      dataset: plan?.dataset ?? null,
      visibility,
      project,
      month,
      policy: anonymisationPolicy(deps),
      publicPipelines: isAnonymous ? await deps.publicPipelines() : new Map(),
      datasets: isAnonymous ? registeredDatasets(deps) : new Map(),
      others: (traits) => groupsOf(deps).others(traits, month, deps.keys.communityKey(month).keyId),
    },
  )
}

const DEFAULT_POLICY = { version: 1, groupSize: 5, significantDigits: 3 }

/** Rules of the hub, or the usual ones where it has none. */
export const anonymisationPolicy = ({
  index,
  documents,
  repository,
}: Pick<PrepareDeps, 'index' | 'documents' | 'repository'>): typeof DEFAULT_POLICY => {
  const path = policyPath('anonymisation')
  const file = index.registry(repository.url, path).find((one) => one.path === path)
  const policy = file === undefined ? null : documents.anonymisation(file.bytes).document
  if (policy === null) return DEFAULT_POLICY
  const { version, group_size, significant_digits } = policy
  return { version, groupSize: group_size, significantDigits: significant_digits }
}

const registeredDatasets = ({ index, documents, repository }: PrepareDeps): ReadonlyMap<string, RegisteredDataset> => {
  const datasets = index.registry(repository.url, 'registry/datasets/').flatMap(({ bytes }) => {
    const { document } = documents.dataset(bytes)
    if (document === null) return []
    const { id, dataset_version: version, labels, truth, files } = document
    const truthSha256 = files.find(({ path }) => path === truth)?.sha256 ?? null
    return [[id, { id, version, labels, truthSha256 }] as const]
  })
  return new Map(datasets)
}

// Many runs are prepared one after the other; the hub is read once for all of them, and again after a sync.
const known = new WeakMap<HubIndex, { readonly version: string; readonly groups: CommunityGroups }>()

const groupsOf = ({ index, repository: { url } }: PrepareDeps): CommunityGroups => {
  const version = `${url} ${index.state(url)?.head ?? ''}`
  const there = known.get(index)
  if (there?.version === version) return there.groups
  const groups = communityGroups(index, url)
  known.set(index, { version, groups })
  return groups
}
