/** What is to be fetched: one description of a dataset, from a hub, a `dataset.json` or a `dataset.yaml`. */
import { isLabelOrigin, type Dataset, type FetchedFrom } from '../../core/dataset.ts'
import { BENCHMARK_TYPES } from '../../core/benchmark-types.ts'
import { datasetPathFaults } from '../../core/hub/dataset-files.ts'
import { Problem, problemOf } from '../../core/problem.ts'
import { folderOf, pathInside } from '../../core/relative-path.ts'
import { findNamed } from '../find-named.ts'
import type { ConfigSource, Files } from '../ports.ts'
import type { DatasetDescription, DatasetDocumentReader } from './fetch-ports.ts'
import type { HubCatalogue } from './hub-catalogue.ts'

/** A file to fetch: where it goes inside the folder, and what it must be. */
export interface DescribedFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly sources: readonly string[]
}

export interface DescribedDataset {
  /** Its paths are absolute: where the files will be. */
  readonly dataset: Dataset
  readonly files: readonly DescribedFile[]
  /** Hub or file. */
  readonly from: string
  /** Null: the project's own dataset.yaml says it, and stays as it is. */
  readonly fetched: FetchedFrom | null
  /** Folder that relative sources start at when the user names none. */
  readonly home: string | null
}

interface Deps {
  readonly root: string
  readonly config: Pick<ConfigSource, 'datasets' | 'dataset'>
  readonly files: Pick<Files, 'exists'>
  readonly documents: DatasetDocumentReader
  readonly hub: HubCatalogue
  readonly sha256: (bytes: Uint8Array) => string
}

/** Finds what `name` means: a dataset of the project or of a hub, else the description at `path` (a file or a folder). */
export const describeDataset = (deps: Deps, name: string, path: string): DescribedDataset => {
  const own = deps.config.datasets().get(name)
  const registered = deps.hub.datasets().get(name)
  // What was fetched from a hub follows the hub; what the project describes itself wins.
  if (registered !== undefined && (own === undefined || own.fetched?.from === registered.hub)) {
    const { document, hub, bytes } = registered
    return ofDocument(deps.root, document, { from: hub, documentSha256: deps.sha256(bytes), home: null })
  }
  if (own !== undefined) return ofProject(own)
  const file = [path, `${path}/dataset.json`, `${path}/dataset.yaml`].find(
    (candidate) => /\.(?:json|ya?ml)$/.test(candidate) && deps.files.exists(candidate),
  )
  if (file === undefined) {
    if (deps.files.exists(path)) throw new Problem('E_INPUT', `There is no dataset.json in ${path}.`)
    return findNamed(new Map<string, DescribedDataset>(namesOf(deps)), name, 'dataset')
  }
  if (!file.endsWith('.json')) return ofProject(deps.config.dataset(file))
  const { document, fault, sha256 } = deps.documents.read(file)
  if (document === null) throw new Problem('E_INPUT', `${file} does not describe a dataset: ${fault}.`)
  return ofDocument(deps.root, document, { from: file, documentSha256: sha256, home: folderOf(file) })
}

const namesOf = ({ hub, config }: Deps): [string, DescribedDataset][] =>
  // Only the names are looked at: this one is none of them.
  [...hub.datasets().keys(), ...config.datasets().keys()].map((id) => [id, undefined as never])

const ofDocument = (
  projectRoot: string,
  document: DatasetDescription,
  { from, documentSha256, home }: { from: string; documentSha256: string; home: string | null },
): DescribedDataset => {
  refuseFaults(document, from)
  const root = `${projectRoot}/.benchmark/datasets/${document.id}`
  const at = (path: string): string => `${root}/${path}`
  const fetched = { from, documentVersion: document.version, documentSha256 }
  const files = document.files.map(({ path, sha256, bytes, sources }) => ({
    path,
    sha256,
    bytes,
    sources: [...sources],
  }))
  return {
    dataset: {
      id: document.id,
      title: document.title,
      version: document.dataset_version,
      benchmarkType: document.benchmark_type,
      licence: document.licence,
      source: document.source,
      labels: document.labels,
      description: document.description,
      samplesheet: at(document.samplesheet),
      truth: document.truth === null ? null : at(document.truth),
      files: files.map((file) => ({ ...file, path: at(file.path) })),
      root,
      fetched,
      file: `${root}/dataset.yaml`,
    },
    files,
    from,
    fetched,
    home,
  }
}

const refuseFaults = (document: DatasetDescription, from: string): void => {
  const paths = document.files.map(({ path }) => path)
  const faults = [...datasetPathFaults(paths)]
  for (const [what, path] of [
    ['sample sheet', document.samplesheet],
    ['truth', document.truth],
  ] as const)
    if (path !== null && !paths.includes(path))
      faults.push(`The ${what} ${JSON.stringify(path)} is not among its files.`)
  if (!BENCHMARK_TYPES.some(({ id }) => id === document.benchmark_type))
    faults.push(`This version does not know the benchmark type ${document.benchmark_type}.`)
  if (document.labels !== null && !isLabelOrigin(document.labels))
    faults.push(`${JSON.stringify(document.labels)} does not say how its truth was made.`)
  if (faults.length > 0)
    throw problemOf(
      'E_INPUT',
      `The dataset ${document.id} as described by ${from} cannot be used.`,
      faults.map((message) => ({ message })),
    )
}

const ofProject = (dataset: Dataset): DescribedDataset => {
  const faults: string[] = []
  const files = dataset.files.flatMap(({ path, sha256, bytes, sources }): DescribedFile[] => {
    const inside = pathInside(dataset.root, path)
    if (sources.length === 0) return []
    if (inside === null) faults.push(`${path} is outside the dataset folder ${dataset.root}.`)
    else if (sha256 === null || bytes === null) faults.push(`${inside} names sources but not its sha256 and bytes.`)
    else return [{ path: inside, sha256, bytes, sources }]
    return []
  })
  faults.push(...datasetPathFaults(files.map(({ path }) => path)))
  if (faults.length > 0)
    throw problemOf(
      'E_CONFIG',
      `The dataset ${dataset.id} cannot be fetched.`,
      faults.map((message) => ({ message })),
    )
  if (files.length === 0)
    throw new Problem('E_INPUT', `No file of the dataset ${dataset.id} says where it can be fetched.`, {
      hints: [`Its files are used where they are. Sources are listed under \`files:\` of ${dataset.file}.`],
    })
  return { dataset, files, from: dataset.file, fetched: null, home: dataset.root }
}
