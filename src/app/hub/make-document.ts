/** From a run of this machine to the exact bytes that may leave it. */
import { checkGroup, type GroupCheck, type Traits } from '../../core/hub/group-size.ts'
import { newAnonymousId } from '../../core/hub/anonymous-id.ts'
import { COMMUNITY } from '../../core/hub/names.ts'
import { scanSecrets } from '../../core/hub/secret-scan.ts'
import { Problem } from '../../core/problem.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Run } from '../../core/run.ts'
import { anonymise, type RegisteredDataset } from '../../documents/hub/anonymise.ts'
import { sealRun } from '../../documents/hub/envelope.ts'
import { type Omission, type SharedRun, shareRun } from '../../documents/hub/share-run.ts'
import type { RunPayload, SharedArtifact, SharedDataset } from '../../generated/hub-run.ts'
import { traitsOf } from './community-groups.ts'
import type { HubDocuments, KeyStore } from './trust-ports.ts'

/** How far runs of a project may travel. */
export type Visibility = 'private' | 'community' | 'public'

export interface MakeDeps {
  readonly keys: Pick<KeyStore, 'projectKey' | 'communityKey' | 'pseudonymSecret'>
  readonly documents: Pick<HubDocuments, 'run'>
  readonly sha256Text: (text: string) => string
  /** HMAC-SHA-256, hexadecimal. */
  readonly hmacText: (secret: Uint8Array, text: string) => string
  readonly randomBytes: (count: number) => Uint8Array
  readonly toolVersion: string
}

export interface MakeRequest {
  readonly run: Run
  /** Of the run's plan; null where it has none. */
  readonly dataset: SharedDataset | null
  readonly artifacts?: readonly SharedArtifact[]
  readonly visibility: Visibility
  /** Name of the project in the hub. */
  readonly project: string
  /** Month of the upload, decided by the caller. */
  readonly month: string
  /** The hub's `registry/policy/anonymisation.json`. */
  readonly policy: { readonly version: number; readonly groupSize: number; readonly significantDigits: number }
  /** Pipelines of the built-in catalogue and of the hub, with the parameter sets they are declared with. */
  readonly publicPipelines: ReadonlyMap<string, readonly Parameters[]>
  /** Datasets of the hub's registry. */
  readonly datasets: ReadonlyMap<string, RegisteredDataset>
  /** Distinct contributors of the index, this user aside, whose anonymised runs have these traits (null: any). */
  readonly others: (traits: Traits) => number
}

/** What may leave, and everything somebody may want to know before it does. */
export interface MadeDocument {
  /** The exact file: canonical JSON and one line feed. */
  readonly bytes: Uint8Array
  readonly runId: string
  readonly projectId: string
  readonly contentSha256: string
  readonly visibility: 'community' | 'public'
  /** Why it should wait; null: it can go. */
  readonly held: string | null
  /** Null for named runs. */
  readonly group: GroupCheck | null
  readonly omissions: readonly Omission[]
}

export const DOCUMENT_BYTES = 256 * 1024
/** What stands around a payload, generously. */
const ENVELOPE_BYTES = 1024

/** Throws `E_USAGE` for private runs, `E_INPUT` for what cannot be shared as it is. */
export const makeDocument = (deps: MakeDeps, request: MakeRequest): MadeDocument => {
  const { visibility, run } = request
  if (visibility === 'private')
    throw new Problem('E_USAGE', `Run ${run.runId} is private and stays on this machine.`, {
      hints: [
        'Say as what: --visibility community (without names) or --visibility public (with them).',
        'For all runs of the project: sharing.visibility in .benchmark/config.yaml.',
      ],
    })
  const named = sharedRun(deps, request)
  return visibility === 'public' ? namedDocument(deps, request, named) : anonymousDocument(deps, request, named)
}

const sharedRun = (deps: MakeDeps, { run, dataset, artifacts = [] }: MakeRequest): SharedRun => {
  try {
    return shareRun(run, {
      dataset,
      artifacts,
      payloadBytes: DOCUMENT_BYTES - ENVELOPE_BYTES,
      sha256: deps.sha256Text,
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Problem('E_INPUT', `Run ${run.runId} cannot be shared as it is: ${error.message}.`, { cause: error })
  }
}

const namedDocument = (deps: MakeDeps, request: MakeRequest, { payload, omissions }: SharedRun) => {
  const { project, run } = request
  return sealed(deps, request, {
    payload,
    omissions,
    runId: run.runId,
    projectId: project,
    visibility: 'public',
    key: deps.keys.projectKey(project),
    held: null,
    group: null,
  })
}

const anonymousDocument = (deps: MakeDeps, request: MakeRequest, named: SharedRun): MadeDocument => {
  const { month, policy } = request
  const secret = deps.keys.pseudonymSecret(month)
  const runId = newAnonymousId(deps.randomBytes)
  const { payload, omissions } = anonymise(named, {
    significantDigits: policy.significantDigits,
    publicPipelines: request.publicPipelines,
    datasets: request.datasets,
    pseudonym: (text) => deps.hmacText(secret, text),
    runId,
  })
  const group = checkGroup(traitsOf(payload), request.others, policy.groupSize)
  const keepsMachine = group.outcome === 'as-is'
  return sealed(deps, request, {
    payload: keepsMachine ? payload : withoutMachine(payload),
    omissions: keepsMachine ? omissions : [...omissions, { field: 'environment', change: 'left out: too rare' }],
    runId,
    projectId: COMMUNITY,
    visibility: 'community',
    key: deps.keys.communityKey(month),
    held: group.outcome === 'held' ? heldBecause(group, policy.groupSize) : null,
    group,
  })
}

const heldBecause = ({ groupSize }: GroupCheck, wanted: number): string =>
  `It would identify you: ${groupSize === 1 ? 'nobody else shares' : `only ${groupSize - 1} others share`} ` +
  `what it tells, even without the machine; the hub asks for groups of ${wanted}.`

interface Sealable extends Pick<MadeDocument, 'runId' | 'projectId' | 'visibility' | 'held' | 'group' | 'omissions'> {
  readonly payload: RunPayload
  readonly key: ReturnType<KeyStore['projectKey']>
}

// The last gate: no secrets in it, and a document that every reader will accept.
const sealed = (deps: MakeDeps, { policy }: MakeRequest, given: Sealable): MadeDocument => {
  const { payload, key, ...told } = given
  const secrets = scanSecrets(payload)
  if (secrets.length > 0)
    throw new Problem('E_INPUT', 'This run holds what must not be shared; nothing was sent.', {
      findings: secrets.map(({ field, kind }) => ({ message: `"${field}" holds ${kind}.` })),
      hints: ['Take it out of the label, tags, names or parameters of the run, and share it again.'],
    })
  const { document, bytes } = sealRun({
    payload,
    runId: told.runId,
    projectId: told.projectId,
    visibility: told.visibility,
    toolVersion: deps.toolVersion,
    policyVersion: policy.version,
    key,
    sha256: deps.sha256Text,
  })
  const { fault } = deps.documents.run(bytes.subarray(0, -1))
  if (fault !== null) throw new Problem('E_INPUT', `This run cannot be shared as it is. ${fault}`)
  return { ...told, bytes, contentSha256: document.content_sha256 }
}

const withoutMachine = (payload: RunPayload): RunPayload => ({
  ...payload,
  environment: {
    os: null,
    kernel: null,
    architecture: null,
    cpu_model: null,
    cpus: null,
    memory_bytes: null,
    gpu: null,
    machine_fingerprint: null,
    file_system: null,
    container: null,
  },
})
