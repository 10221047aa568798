import type { Dataset, DatasetFile } from '../core/dataset.ts'
import { pathInside } from '../core/relative-path.ts'
import { Problem } from '../core/problem.ts'
import { findNamed } from './find-named.ts'
import type { HubCatalogue, HubDataset } from './hub/hub-catalogue.ts'
import type { ConfigSource, Files } from './ports.ts'

/** Where a dataset is from, and whether it can be used now. */
export interface DatasetOrigin {
  readonly kind: 'builtin' | 'project' | 'fetched' | 'hub'
  /** Hub or file that describes it; null for the first two kinds. */
  readonly address: string | null
  /** Every file that names sources is here. */
  readonly fetched: boolean
}

/** A dataset that is known by name. `file` is null and paths are names in the dataset before it is fetched. */
export type ListedDataset = Omit<Dataset, 'file' | 'root'> & {
  readonly file: string | null
  readonly from: DatasetOrigin
}

interface Deps {
  readonly root: string
  readonly config: Pick<ConfigSource, 'datasets'>
  readonly files: Pick<Files, 'exists'>
  readonly hub: HubCatalogue
}

/** Every dataset that is known by name, sorted by id: those of the project win over those of hubs. */
export const listDatasets = (deps: Deps): readonly ListedDataset[] => [...known(deps).values()].sort(byId)

/** One of them, or `E_NOT_FOUND` with the nearest names. */
export const findDataset = (deps: Deps, id: string): ListedDataset => findNamed(known(deps), id, 'dataset')

/** A dataset that was fetched or needs no fetching; `E_NOT_FOUND` says what to do about others. */
export const usableDataset = (
  config: Pick<ConfigSource, 'datasets'>,
  id: string,
  elsewhere: ReadonlyMap<string, { readonly hub: string }>,
): Dataset => {
  const datasets = config.datasets()
  const found = datasets.get(id)
  if (found !== undefined) return found
  const registered = elsewhere.get(id)
  if (registered === undefined) return findNamed(new Map([...namesOf(elsewhere), ...datasets]), id, 'dataset')
  throw new Problem('E_NOT_FOUND', `The dataset "${id}" of ${registered.hub} was not fetched yet.`, {
    hints: [`Fetch it with: benchmark dataset fetch ${id}`],
  })
}

// For suggestions only: what is asked for is none of them.
const namesOf = (elsewhere: ReadonlyMap<string, unknown>): [string, Dataset][] =>
  [...elsewhere.keys()].map((id) => [id, undefined as never])

/** Where a dataset of the project is from. */
export const originOf = (dataset: Dataset, { root, files }: Pick<Deps, 'root' | 'files'>): DatasetOrigin => {
  const fetched = unfetchedFiles(dataset, files).length === 0
  if (dataset.fetched !== null) return { kind: 'fetched', address: dataset.fetched.from, fetched }
  return { kind: pathInside(root, dataset.file) === null ? 'builtin' : 'project', address: null, fetched }
}

/** Files of a dataset that are not here and say where they can be fetched. */
export const unfetchedFiles = (dataset: Dataset, files: Pick<Files, 'exists'>): readonly DatasetFile[] =>
  dataset.files.filter(({ path, sources }) => sources.length > 0 && !files.exists(path))

const known = (deps: Deps): ReadonlyMap<string, ListedDataset> => {
  const all = new Map<string, ListedDataset>()
  for (const hubDataset of deps.hub.datasets().values()) all.set(hubDataset.document.id, unfetched(hubDataset))
  for (const dataset of deps.config.datasets().values())
    all.set(dataset.id, { ...dataset, from: originOf(dataset, deps) })
  return all
}

const unfetched = ({ hub, document }: HubDataset): ListedDataset => ({
  id: document.id,
  title: document.title,
  version: document.dataset_version,
  benchmarkType: document.benchmark_type,
  licence: document.licence,
  source: document.source,
  labels: document.labels,
  description: document.description,
  samplesheet: document.samplesheet,
  truth: document.truth,
  files: document.files.map(({ path, sha256, bytes, sources }) => ({ path, sha256, bytes, sources: [...sources] })),
  fetched: null,
  file: null,
  from: { kind: 'hub', address: hub, fetched: false },
})

const byId = (left: ListedDataset, right: ListedDataset): number => (left.id < right.id ? -1 : 1)
