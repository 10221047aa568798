/** Where everything stands in a hub's tree. A path is computed from content and must equal the path it was found at. */
import { COMMUNITY, HUB_RUN_ID, isHubMonth, isHubName } from './names.ts'

/** What a path in a hub holds. */
export type HubPath =
  | { readonly kind: 'hub' }
  | { readonly kind: 'project'; readonly project: string }
  | { readonly kind: 'benchmark'; readonly benchmarkType: string }
  | { readonly kind: 'dataset'; readonly dataset: string }
  | { readonly kind: 'policy'; readonly policy: 'retention' | 'anonymisation' }
  | { readonly kind: 'tombstone'; readonly hash: string }
  /** One run of an open month; `project` is `community` for anonymised ones. */
  | { readonly kind: 'run'; readonly project: string; readonly month: string; readonly runId: string }
  /** A closed month: the same bytes, one run a line, sorted by run id. */
  | { readonly kind: 'segment'; readonly project: string; readonly month: string }
  /** Who vouches for a closed month, byte by byte. Never for `community`: its keys are thrown away. */
  | { readonly kind: 'seal'; readonly project: string; readonly month: string }
  | { readonly kind: 'aggregate'; readonly by: 'pipeline' | 'dataset' | 'metric'; readonly key: string }
  /** For people and forges (README, workflows, `.gitattributes`): maintainers only, never read by us. */
  | { readonly kind: 'furniture' }

const FURNITURE = /^(?:README\.md|LICENSE|\.gitattributes|\.gitlab-ci\.yml|\.github\/(?:workflows\/)?[A-Za-z0-9._-]+)$/
const TOMBSTONE = /^([0-9a-f]{2})\/([0-9a-f]{64})$/
const MONTH_FILE = /^([^.]*)\.(jsonl|seal\.json)$/
const AGGREGATE_KEY = /^[a-z0-9][a-z0-9._-]{0,127}$/

export const HUB_FILE = 'hub.json'
export const RESULTS = 'warehouse/results'

/** What a path holds, or null for a path that has no place in a hub. */
export const classifyPath = (path: string): HubPath | null => {
  if (path === HUB_FILE) return { kind: 'hub' }
  if (FURNITURE.test(path)) return { kind: 'furniture' }
  const [top, section, ...rest] = path.split('/')
  if (top === 'registry') return registryPath(section, rest)
  if (top === 'warehouse' && section === 'results') return resultPath(rest)
  if (top === 'warehouse' && section === 'aggregated') return aggregatePath(rest)
  return null
}

const registryPath = (section: string | undefined, rest: readonly string[]): HubPath | null => {
  const [name = '', file] = rest
  if (section === 'tombstones' && rest.length === 2) {
    const [, folder, hash = ''] = TOMBSTONE.exec(`${name}/${(file ?? '').replace(/\.json$/, '')}`) ?? []
    return folder !== undefined && hash.startsWith(folder) && file === `${hash}.json`
      ? { kind: 'tombstone', hash }
      : null
  }
  if (section === 'policy' && rest.length === 1) {
    const policy = name.replace(/\.json$/, '')
    return name === `${policy}.json` && (policy === 'retention' || policy === 'anonymisation')
      ? { kind: 'policy', policy }
      : null
  }
  if (rest.length !== 2 || !isHubName(name)) return null
  if (section === 'projects' && file === 'project.json') return { kind: 'project', project: name }
  if (section === 'benchmarks' && file === 'benchmark.json') return { kind: 'benchmark', benchmarkType: name }
  if (section === 'datasets' && file === 'dataset.json') return { kind: 'dataset', dataset: name }
  return null
}

const resultPath = (rest: readonly string[]): HubPath | null => {
  const [project = '', month = '', file] = rest
  if (!isHubName(project)) return null
  if (rest.length === 2) {
    const [, name = '', ending] = MONTH_FILE.exec(month) ?? []
    if (!isHubMonth(name)) return null
    if (ending === 'jsonl') return { kind: 'segment', project, month: name }
    return project === COMMUNITY ? null : { kind: 'seal', project, month: name }
  }
  const runId = (file ?? '').replace(/\.json$/, '')
  return rest.length === 3 && isHubMonth(month) && file === `${runId}.json` && HUB_RUN_ID.test(runId)
    ? { kind: 'run', project, month, runId }
    : null
}

const aggregatePath = (rest: readonly string[]): HubPath | null => {
  const [dimension = '', key = '', file = ''] = rest
  const by = dimension.replace(/^by_/, '')
  const month = file.replace(/\.json$/, '')
  if (rest.length !== 3 || dimension !== `by_${by}` || file !== `${month}.json` || !isHubMonth(month)) return null
  if (by !== 'pipeline' && by !== 'dataset' && by !== 'metric') return null
  return AGGREGATE_KEY.test(key) ? { kind: 'aggregate', by, key } : null
}

export const projectPath = (project: string): string => `registry/projects/${project}/project.json`
export const benchmarkPath = (benchmarkType: string): string => `registry/benchmarks/${benchmarkType}/benchmark.json`
export const datasetPath = (dataset: string): string => `registry/datasets/${dataset}/dataset.json`
export const policyPath = (policy: 'retention' | 'anonymisation'): string => `registry/policy/${policy}.json`
export const tombstonePath = (hash: string): string => `registry/tombstones/${hash.slice(0, 2)}/${hash}.json`
export const runPath = (project: string, month: string, runId: string): string =>
  `${RESULTS}/${project}/${month}/${runId}.json`
export const segmentPath = (project: string, month: string): string => `${RESULTS}/${project}/${month}.jsonl`
export const sealPath = (project: string, month: string): string => `${RESULTS}/${project}/${month}.seal.json`
export const aggregateFilePath = (by: 'pipeline' | 'dataset' | 'metric', key: string, month: string): string =>
  `warehouse/aggregated/by_${by}/${key}/${month}.json`
