/** Wiring of the dashboard: reads only, asks no network, writes one folder. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DashboardReport } from '../app/dashboard/build-dashboard.ts'
import { createHubCatalogue } from '../app/hub/hub-catalogue.ts'
import type { ConfigSource } from '../app/ports.ts'
import { policyPath } from '../core/hub/layout.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { Problem } from '../core/problem.ts'
import type { ProjectConfig } from '../core/project-config.ts'
import type { HubProjectDocument } from '../generated/hub-project.ts'
import { packageFile } from '../package-files.ts'
import { hubAddress } from './hub-address.ts'
import { packageVersion } from './parts.ts'

/** What a dashboard is made of, and where it goes. */
export interface DashboardRequest {
  /** Absolute. */
  readonly folder: string
  /** Another hub than the project's. */
  readonly hub?: string
  /** Write into a folder that is not empty and no dashboard. */
  readonly force: boolean
  /** Leave the runs of this machine out. */
  readonly sharedOnly: boolean
}

const DEFAULT_GROUP = 5

/** What the wiring takes from the project around it. */
interface DashboardContext {
  readonly root: string
  readonly config: () => Promise<ConfigSource>
}

/** Where a dashboard goes that nobody named a folder for; git ignores it. */
export const defaultFolder = (root: string): string => join(root, '.benchmark', 'dashboard')

/** Address of the first page of a written dashboard. */
export const dashboardUrl = (folder: string): string => pathToFileURL(join(folder, 'index.html')).href

export { openInBrowser } from '../exec/open-browser.ts'

/** Builds or renews the dashboard of a project. */
export const writeDashboard = async (
  { root, config }: DashboardContext,
  request: DashboardRequest,
): Promise<DashboardReport> => {
  const [
    { openDatabaseForReading },
    { createRankingReads },
    { createRegistryReads },
    { createDashboardReads },
    { createHubDocuments },
    { openSite },
    { buildDashboard },
    { createSitePages },
    { loadCharts },
  ] = await Promise.all([
    import('../store/open.ts'),
    import('../store/rank/ranking-reads.ts'),
    import('../store/rank/hub-registry.ts'),
    import('../store/dashboard/dashboard-reads.ts'),
    import('../hub/documents/hub-documents.ts'),
    import('../exec/site-folder.ts'),
    import('../app/dashboard/build-dashboard.ts'),
    import('../render/html/dashboard/site-pages.ts'),
    import('../render/html/charts/chart.ts'),
  ])
  const databaseFile = join(root, '.benchmark', 'benchmark.db')
  const source = await config()
  const settings = source.load()
  const given = request.hub ?? settings.centralHub?.url ?? null
  const hub = given === null ? null : hubAddress(given, request.hub === undefined ? root : process.cwd())
  if (hub === null && request.sharedOnly)
    throw new Problem('E_CONFIG', 'Nothing is shared: this project has no hub.', {
      hints: ['Set central_hub.url in .benchmark/config.yaml, then run `benchmark sync`; or leave out --shared-only.'],
    })
  const chart = await loadCharts()
  const db = openDatabaseForReading(databaseFile)
  try {
    const registry = createRegistryReads(db)
    const documents = createHubDocuments()
    const isRead = hub !== null && existsSync(databaseFile)
    const files = (prefix: string) => (hub !== null && isRead ? registry.registry(hub, prefix) : [])
    const catalogue = createHubCatalogue(hub === null ? [] : [{ url: hub, registryFiles: files }], documents)
    const [policy] = files(policyPath('anonymisation'))
    const groupSize = (policy && documents.anonymisation(policy.bytes).document?.group_size) ?? DEFAULT_GROUP
    const registered = new Map(
      files('registry/projects/').flatMap(({ bytes }): [string, HubProjectDocument][] => {
        const { document } = documents.project(bytes)
        return document === null ? [] : [[document.id, document]]
      }),
    )
    const version = packageVersion()
    const withOwn = !request.sharedOnly
    const read = (folder: string) => (file: string) => readFileSync(packageFile(`templates/${folder}/${file}`), 'utf8')
    return buildDashboard({
      rank: {
        ...{ reads: createRankingReads(db), catalogue, config: settings, hub },
        syncedAt: hub === null ? null : registry.syncedAt(hub),
      },
      reads: createDashboardReads(db, { hub, withOwn }),
      ...{ groupSize, withOwn, registered, version, sha256 },
      groups: { ...settings.leaderboards, methodClasses: methodClasses(source.catalogue(), settings) },
      pages: createSitePages({ read: { own: read('dashboard'), shared: read('report') }, chart, sha256, version }),
      openSite: () => openSite(request.folder, { force: request.force, version }),
    })
  } finally {
    db.close()
  }
}

/** As configured; else whether a pipeline starts from reads or from contigs, of those that are known here. */
const methodClasses = (
  catalogue: ReadonlyMap<string, Pipeline>,
  { leaderboards }: Pick<ProjectConfig, 'leaderboards'>,
): ReadonlyMap<string, string> =>
  new Map([
    ...[...catalogue.values()].flatMap(({ name, needs }): [string, string][] =>
      needs.length === 0 ? [] : [[name, needs.includes('fasta') ? 'from contigs' : 'from reads']],
    ),
    ...leaderboards.methodClasses,
  ])

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
