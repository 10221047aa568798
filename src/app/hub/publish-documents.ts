import { acceptEpoch } from './accept-epoch.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { benchmarkPath, datasetPath, HUB_FILE, policyPath, projectPath } from '../../core/hub/layout.ts'
import { type Finding, problemOf } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { commitAuthor } from './commit-author.ts'
import { commitAndPush, type CommitPlan, type HubHead } from './commit-loop.ts'
import type { FileChange } from './git-ports.ts'
import { type HubChange, changeOf } from './hub-change.ts'
import type { HubDeps } from './hub-deps.ts'
import { readHubFile } from './hub-file.ts'
import { DOCUMENT_BYTES } from './make-document.ts'
import { maintainerKeyOf } from './maintenance.ts'
import { signDocument } from './sign-document.ts'
import type { Parsed, SigningKey } from './trust-ports.ts'

export interface PublishRequest {
  /** Name shown in messages, and the text of the file. */
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly dryRun: boolean
}

type Body = Readonly<Record<string, unknown>>

/** Where a document of each kind stands, from what it says about itself. */
const PLACES: Readonly<Record<string, (body: Body) => string>> = {
  'benchmark.hub/1': () => HUB_FILE,
  'benchmark.hub-project/1': ({ id }) => projectPath(String(id)),
  'benchmark.hub-benchmark/1': ({ type }) => benchmarkPath(String(type)),
  'benchmark.hub-dataset/1': ({ id }) => datasetPath(String(id)),
  'benchmark.hub-retention/1': () => policyPath('retention'),
  'benchmark.hub-anonymisation/1': () => policyPath('anonymisation'),
}

/** Puts documents into the registry: version raised, signed, committed. Throws `E_INPUT` with everything wrong in them. */
export const publishDocuments = async (deps: HubDeps, request: PublishRequest): Promise<HubChange> => {
  const bodies = readBodies(request.files)
  let planned: readonly FileChange[] = []
  const outcome = await commitAndPush(deps, {
    acceptRewrite: acceptEpoch(deps),
    plan: async (head): Promise<CommitPlan | null> => {
      const hub = await readHubFile(deps, head)
      const key = maintainerKeyOf(deps, hub)
      planned = await changesFor(deps, head, { key, hub }, bodies)
      if (planned.length === 0 || request.dryRun) return null
      const what = planned.map(({ path }) => path).join(', ')
      return { changes: planned, message: `Registry: ${what}\n`, author: commitAuthor(key) }
    },
  })
  if (outcome.kind === 'pushed')
    deps.audit.append({
      at: deps.clock.now().toISOString(),
      action: 'policy',
      objectHash: deps.sha256(outcome.commit),
      detail: { hub: deps.repository.url, paths: planned.map(({ path }) => path) },
    })
  return changeOf(deps, 'publish', outcome, planned, {
    runs: 0,
    notes: planned.map(({ path }) => `${request.dryRun ? 'Would write' : 'Wrote'} ${path}.`),
  })
}

interface NamedBody {
  readonly name: string
  readonly path: string
  readonly body: Body
}

const readBodies = (files: PublishRequest['files']): readonly NamedBody[] => {
  const findings: Finding[] = []
  const bodies: NamedBody[] = []
  for (const { name, text } of files) {
    const complain = (message: string, hint?: string): void => {
      findings.push({ message, location: { file: name }, ...(hint === undefined ? {} : { hint }) })
    }
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch (error) {
      complain(`It is no JSON: ${error instanceof Error ? error.message : 'unreadable'}.`)
      continue
    }
    const schema = (body as { schema?: unknown } | null)?.schema
    const place = typeof schema === 'string' ? PLACES[schema] : undefined
    if (place === undefined)
      complain(`Its "schema" is ${JSON.stringify(schema) ?? 'missing'}.`, `one of ${Object.keys(PLACES).join(', ')}`)
    else bodies.push({ name, path: place(body as Body), body: body as Body })
  }
  if (findings.length > 0)
    throw problemOf('E_INPUT', 'Some documents cannot be published; nothing was changed.', findings)
  return bodies
}

const changesFor = async (
  deps: HubDeps,
  { tree }: HubHead,
  { key, hub }: { readonly key: SigningKey; readonly hub: HubConfigDocument },
  bodies: readonly NamedBody[],
): Promise<readonly FileChange[]> => {
  const findings: Finding[] = []
  const changes: FileChange[] = []
  for (const { name, path, body } of bodies) {
    const before = tree === null ? null : await deps.repository.file(tree, path)
    const previous = before === null ? null : (JSON.parse(new TextDecoder().decode(before)) as Body)
    const version = previous === null ? 1 : Number(previous['version'])
    const same = signDocument({ ...body, version }, key, hub)
    if (before !== null && withoutSignatures(same) === withoutSignatures(previous ?? {})) continue
    const bytes = deps.documents.bytes(
      previous === null ? same : signDocument({ ...body, version: version + 1 }, key, hub),
    )
    const { fault } = parserOf(deps, path)(bytes)
    const tooLarge = path === HUB_FILE ? runBytesFault(body) : null
    if (tooLarge !== null) findings.push({ ...tooLarge, location: { file: name } })
    else if (fault === null) changes.push({ path, bytes })
    else findings.push({ message: fault, location: { file: name } })
  }
  if (findings.length > 0)
    throw problemOf('E_INPUT', 'Some documents cannot be published; nothing was changed.', findings)
  return changes
}

// The schema allows more, for programs to come; those of today would take in no such run.
const runBytesFault = (body: Body): Omit<Finding, 'location'> | null => {
  const wanted = (body['limits'] as { run_bytes?: unknown } | undefined)?.run_bytes
  if (typeof wanted !== 'number' || wanted <= DOCUMENT_BYTES) return null
  return {
    message: `limits.run_bytes is ${wanted}, and no reader takes a run of more than ${DOCUMENT_BYTES} bytes.`,
    hint: `write ${DOCUMENT_BYTES} or less: larger runs share quantiles instead of single scores`,
  }
}

const withoutSignatures = (document: object): string => canonicalJson({ ...document, signatures: undefined })

const parserOf = ({ documents }: HubDeps, path: string): ((bytes: Uint8Array) => Parsed<unknown>) => {
  if (path === HUB_FILE) return (bytes) => documents.hub(bytes)
  if (path.startsWith('registry/projects/')) return (bytes) => documents.project(bytes)
  if (path.startsWith('registry/benchmarks/')) return (bytes) => documents.benchmark(bytes)
  if (path.startsWith('registry/datasets/')) return (bytes) => documents.dataset(bytes)
  if (path === policyPath('retention')) return (bytes) => documents.retention(bytes)
  return (bytes) => documents.anonymisation(bytes)
}
