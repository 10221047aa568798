/** Wiring of the exchange with a hub: opened only when a command needs it. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuthRequest, Authentication } from '../app/hub/authenticate.ts'
import type { EraseRequest } from '../app/hub/erase-run.ts'
import type { HubChange } from '../app/hub/hub-change.ts'
import type { HubDeps } from '../app/hub/hub-deps.ts'
import type { HubStatus } from '../app/hub/hub-status.ts'
import type { InitHubRequest, InitialisedHub } from '../app/hub/init-hub.ts'
import type { MaintenanceRequest } from '../app/hub/maintenance.ts'
import type { PrivacyPreview } from '../app/hub/preview-privacy.ts'
import type { RegisterRequest, Registration } from '../app/hub/register-project.ts'
import type { SyncRequest, SyncResult } from '../app/hub/sync-hub.ts'
import type { OnTransfer } from '../app/hub/transfer-progress.ts'
import type { ViewReport } from '../app/hub/view-ports.ts'
import type { UploadRequest, UploadResult, Visibility } from '../app/hub/upload-runs.ts'
import type { Files, RunnerIdentity, RunStore } from '../app/ports.ts'
import { hubMonthOf } from '../core/hub/names.ts'
import { Problem } from '../core/problem.ts'
import type { ProjectSettings } from '../core/project-config.ts'
import { packageFile } from '../package-files.ts'
import { hubAddress } from './hub-address.ts'
import { clock, packageVersion } from './parts.ts'

/** What the wiring takes from the project around it. */
export interface HubContext {
  readonly root: string
  readonly databaseFile: string
  readonly settings: () => Promise<ProjectSettings>
  readonly files: () => Promise<Files>
  readonly store: (access: 'read' | 'write') => Promise<RunStore>
  /** Called at the end, in reverse order. */
  readonly onClose: (close: () => void) => void
}

/** What was written as folders and files. */
interface HubView extends ViewReport {
  readonly hub: string
  readonly dir: string
}

/** One hub with everything that can be done with it from this project. */
export interface Hub {
  upload(request: UploadRequest, onProgress?: OnTransfer): Promise<UploadResult>
  sync(request: SyncRequest, onProgress?: OnTransfer): Promise<SyncResult>
  status(options: { readonly offline: boolean }): Promise<HubStatus>
  authenticate(request: AuthRequest): Promise<Authentication>
  register(request: RegisterRequest): Promise<Registration>
  init(request: InitHubRequest): Promise<InitialisedHub>
  publish(request: { readonly files: readonly string[]; readonly dryRun: boolean }): Promise<HubChange>
  compact(request: MaintenanceRequest): Promise<HubChange>
  retain(request: MaintenanceRequest): Promise<HubChange>
  squash(request: MaintenanceRequest): Promise<HubChange>
  /** `run`: an id in the hub, or a run of this project. */
  erase(request: { readonly run: string } & Omit<EraseRequest, 'runId'>): Promise<HubChange>
  /** Writes what was read into a folder. */
  view(dir: string): Promise<HubView>
  preview(runId: string, visibility: Visibility | null): Promise<PrivacyPreview>
}

/** URL or folder of the hub: given, else the project's. Throws `E_CONFIG` when there is none. */
const hubUrl = (given: string | undefined, config: ProjectSettings, root: string): string => {
  const url = given ?? config.centralHub?.url
  if (url === undefined)
    throw new Problem('E_CONFIG', 'This project has no hub.', {
      hints: ['Set central_hub.url in .benchmark/config.yaml (benchmark init --central-hub URL), or give --hub.'],
    })
  // Relative folders start at the project, or, on the command line, where the user stands.
  return hubAddress(url, given === undefined ? root : process.cwd())
}

/** Folder of a hub's mirror: readable, and the hub's alone. */
const mirrorName = (url: string): string =>
  `${url.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(-40)}-${createHash('sha256').update(url).digest('hex').slice(0, 8)}`

/** Keeps a registration for the day there is a hub. */
export const registerLater = async (
  context: Pick<HubContext, 'root' | 'settings' | 'files'>,
  request: RegisterRequest,
): Promise<Registration> => {
  const [{ queueRegistration }, keys, files, config] = await Promise.all([
    import('../app/hub/register-project.ts'),
    import('../hub/keys/index.ts'),
    context.files(),
    context.settings(),
  ])
  const { name, type, owner } = config.project
  const deps = { keys: keys.createKeyStore(process.env) }
  return queueRegistration(deps, { name, type, owner, files, folder: context.root }, request, null)
}

/** Opens a hub. Nothing is asked of the network yet. */
export const openHub = async (
  context: HubContext,
  given: string | undefined,
  access: 'read' | 'write',
): Promise<Hub> => {
  const config = await context.settings()
  const url = hubUrl(given, config, context.root)
  const isConfigured = given === undefined
  const [git, keys, documents, runs, stores, { createCredentials }, identity] = await Promise.all([
    import('../hub/git-hub.ts'),
    import('../hub/keys/index.ts'),
    import('../hub/documents/hub-documents.ts'),
    import('../hub/documents/run-reader.ts'),
    import('./hub-store.ts'),
    import('../hub/credentials.ts'),
    import('../exec/runner-identity.ts'),
  ])
  const credentials = createCredentials({
    environment: process.env,
    // A token of the environment is for the project's hub, not for whichever one --hub names.
    hubUrl: config.centralHub === null ? url : hubAddress(config.centralHub.url, context.root),
    apiKey: isConfigured ? (config.centralHub?.apiKey ?? null) : null,
    isNamed: !isConfigured,
  })
  const repository = git.createHubRepository({
    url,
    mirrorDir: join(config.local.cacheDir, 'hubs', mirrorName(url)),
    environment: process.env,
    credentials,
  })
  const store = stores.openHubStore(context.databaseFile, access)
  context.onClose(() => {
    store.close()
    void repository.close()
  })
  const deps: HubDeps = {
    repository,
    documents: documents.createHubDocuments(),
    signatures: keys.createSignatures(),
    runs: runs.createRunReader(),
    keys: keys.createKeyStore(process.env),
    credentials,
    outbox: store.outbox,
    index: store.index,
    audit: store.audit,
    clock,
    random: Math.random,
    randomBytes,
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    toolVersion: packageVersion(),
    publicPipelines: async () => (await import('../config/built-in-parameters.ts')).builtInParameters(),
    owner: JSON.stringify(identity.runnerIdentity()),
    isAlive: (owner) => identity.isRunnerAlive(JSON.parse(owner) as RunnerIdentity),
  }
  const { name } = config.project
  const register = async (request: RegisterRequest): Promise<Registration> => {
    const [{ registerProject }, { forgetRegistration }, files] = await Promise.all([
      import('../app/hub/register-project.ts'),
      import('../app/hub/pending-registration.ts'),
      context.files(),
    ])
    const { type, owner } = config.project
    const registration = await registerProject(deps, { name, type, owner, files, folder: context.root }, request)
    if (registration.state !== 'queued') forgetRegistration(files, context.root)
    return registration
  }
  /** Delivers a registration that waits; returns what to tell about it. */
  const deliverRegistration = async (): Promise<readonly string[]> => {
    const { pendingRegistration } = await import('../app/hub/pending-registration.ts')
    const pending = pendingRegistration(await context.files(), context.root)
    if (pending === null) return []
    const request = { ...pending, way: 'commit', bundleFile: null, revoke: null } as const
    const { project, state, nextSteps } = await register(request)
    return state === 'registered' || state === 'unchanged'
      ? [`Project ${project} is registered.`]
      : [`Registration of ${project}: ${state}. ${nextSteps.join(' ')}`]
  }
  return {
    upload: async (request, onProgress) => {
      const { uploadRuns } = await import('../app/hub/upload-runs.ts')
      const runs = await context.store('write')
      const notes = await deliverRegistration()
      const result = await uploadRuns(
        deps,
        { store: runs, project: name, visibility: config.sharing.visibility },
        request,
        onProgress,
      )
      return { ...result, notes: [...notes, ...result.notes] }
    },
    sync: async (request, onProgress) => {
      const { syncHub } = await import('../app/hub/sync-hub.ts')
      const notes = await deliverRegistration()
      const result = await syncHub(deps, request, onProgress)
      return { ...result, notes: [...notes, ...result.notes] }
    },
    status: async (options) =>
      (await import('../app/hub/hub-status.ts')).hubStatus(deps, { project: name, ...options }),
    authenticate: async (request) => (await import('../app/hub/authenticate.ts')).authenticate(deps, request, name),
    register,
    init: async (request) => {
      const [{ initHub }, { createHubFolder }] = await Promise.all([
        import('../app/hub/init-hub.ts'),
        import('../hub/git/create-folder.ts'),
      ])
      await createHubFolder(url, process.env)
      const template = (file: string): string => readFileSync(packageFile(`templates/hub/${file}`), 'utf8')
      return initHub({ ...deps, template }, request)
    },
    compact: async (request) => (await import('../app/hub/compact-hub.ts')).compactHub(deps, request),
    retain: async (request) => (await import('../app/hub/retain-hub.ts')).retainHub(deps, request),
    squash: async (request) => (await import('../app/hub/squash-hub.ts')).squashHub(deps, request),
    erase: async ({ run, ...request }) => {
      const [{ eraseRun }, { HUB_RUN_ID }] = await Promise.all([
        import('../app/hub/erase-run.ts'),
        import('../core/hub/names.ts'),
      ])
      const localRunId = HUB_RUN_ID.test(run) ? run : (await context.store('read')).resolve(run)
      // An anonymised run has another name in the hub.
      const shared = deps.outbox.list({ hub: repository.url, localRunId }).find(({ state }) => state === 'pushed')
      const change = await eraseRun(deps, { ...request, runId: shared?.runId ?? localRunId })
      if (!request.dryRun) deps.outbox.markErased(repository.url, [shared?.runId ?? localRunId])
      return change
    },
    view: async (dir) => {
      const [{ viewHub }, { createViewWriter }] = await Promise.all([
        import('../app/hub/view-hub.ts'),
        import('../exec/view-folder.ts'),
      ])
      const { index, sha256 } = deps
      const report = viewHub(
        { index, documents: deps.documents, sha256, writer: createViewWriter() },
        { url: repository.url, dir },
      )
      return { hub: repository.url, ...report }
    },
    publish: async ({ files, dryRun }) => {
      const [{ publishDocuments }, disk] = await Promise.all([
        import('../app/hub/publish-documents.ts'),
        context.files(),
      ])
      return publishDocuments(deps, { files: files.map((file) => ({ name: file, text: disk.readText(file) })), dryRun })
    },
    preview: async (reference, visibility) => {
      const [{ previewPrivacy }, { projectName }, runs] = await Promise.all([
        import('../app/hub/preview-privacy.ts'),
        import('../app/hub/upload-runs.ts'),
        context.store('read'),
      ])
      const runId = runs.resolve(reference)
      return previewPrivacy(deps, {
        run: runs.run(runId),
        plan: runs.plan(runId),
        project: projectName(name),
        visibility: visibility ?? config.sharing.visibility,
        month: hubMonthOf(clock.now()),
        tags: [],
        branch: null,
      })
    },
  }
}
