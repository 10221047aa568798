import type { Dataset } from '../../core/dataset.ts'
import { sourcesOf } from '../../core/hub/dataset-files.ts'
import { Problem, problemOf } from '../../core/problem.ts'
import { pathInside } from '../../core/relative-path.ts'
import { datasetYaml } from '../../documents/dataset-yaml.ts'
import type { ConfigSource, Files } from '../ports.ts'
import { sampleFiles } from '../verify-dataset.ts'
import { describeDataset, type DescribedDataset, type DescribedFile } from './describe-dataset.ts'
import type { ContentCache, DatasetDocumentReader, FailedSource } from './fetch-ports.ts'
import type { HubCatalogue } from './hub-catalogue.ts'

/** Enough to fill a line, few enough for a server and a disk. */
const AT_ONCE = 3

export interface FetchRequest {
  /** A name, and the path it would be. */
  readonly name: string
  readonly path: string
  /** Places to look first: folders (absolute), `file:`, `http(s):` or `s3:`. */
  readonly from: readonly string[]
  readonly signal: AbortSignal
  readonly onProgress: (progress: FetchProgress) => void
}

/** How far a fetch is. */
export interface FetchProgress {
  readonly filesDone: number
  readonly files: number
  readonly bytesDone: number
  readonly bytes: number
  /** Bytes that were here when it began: no measure of its speed. */
  readonly bytesBefore: number
  readonly current: readonly string[]
}

export interface FetchDeps {
  readonly root: string
  readonly config: Pick<ConfigSource, 'datasets' | 'dataset' | 'samples'>
  readonly files: Files
  readonly cache: ContentCache
  readonly documents: DatasetDocumentReader
  readonly hub: HubCatalogue
  readonly sha256: (bytes: Uint8Array) => string
  readonly schemaUrl: string
}

interface FetchedFileReport extends DescribedFile {
  readonly outcome: 'present' | 'cached' | 'fetched'
  readonly source: string | null
  readonly received: number
  readonly failed: readonly FailedSource[]
}

export interface FetchedDataset {
  readonly dataset: Dataset
  readonly from: string
  readonly state: 'fetched' | 'unchanged'
  readonly files: readonly FetchedFileReport[]
  readonly warnings: readonly string[]
}

/**
 * Fetches every file of a dataset and registers it with the project. All content is verified before any of it is put in
 * place, and the dataset.yaml comes last: a dataset that is listed is whole. Throws `E_HUB` naming every file that no
 * source gives; what was fetched stays for the next attempt.
 */
export const fetchDataset = async (deps: FetchDeps, request: FetchRequest): Promise<FetchedDataset> => {
  const described = describeDataset(deps, request.name, request.path)
  const present = await whatIsThere(deps.cache, described, request.signal)
  const missing = described.files.filter((file) => !present.has(file.path))
  refuseTooLarge(deps.cache, missing)
  const reports = await obtainAll(deps.cache, described, missing, request)
  const text = yamlOf(deps, described)
  const { file, root } = described.dataset
  const isNew = text !== null && !(deps.files.exists(file) && deps.files.readText(file) === text)
  if (missing.length > 0 || isNew) {
    deps.files.makeDir(root)
    // From here until it is written again no dataset is listed whose files are of two versions.
    if (text !== null) deps.files.removeTree(file)
    for (const wanted of missing) await deps.cache.place(wanted, root, wanted.path)
    if (text !== null) {
      // Data are fetched, not committed; what describes them may be.
      deps.files.writeAtomically(`${root}/.gitignore`, '*\n!.gitignore\n!dataset.yaml\n')
      deps.files.writeAtomically(file, text)
    }
  }
  return {
    dataset: described.dataset,
    from: described.from,
    state: missing.length > 0 || isNew ? 'fetched' : 'unchanged',
    files: described.files.map(
      (wanted) => reports.get(wanted.path) ?? { ...wanted, outcome: 'present', source: null, received: 0, failed: [] },
    ),
    warnings: warningsOf(deps, described.dataset),
  }
}

const yamlOf = ({ root, schemaUrl }: FetchDeps, { dataset, fetched }: DescribedDataset): string | null =>
  fetched === null ? null : datasetYaml(dataset, { folder: dataset.root, root: dataset.root, project: root, schemaUrl })

const whatIsThere = async (
  cache: ContentCache,
  { dataset, files }: DescribedDataset,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const present = new Set<string>()
  for (const file of files) {
    if (signal.aborted) throw new Problem('E_INTERRUPTED', 'Fetching was stopped.')
    if (await cache.holds(file, dataset.root, file.path)) present.add(file.path)
  }
  return present
}

const refuseTooLarge = (cache: ContentCache, missing: readonly DescribedFile[]): void => {
  const free = cache.freeBytes()
  const contents = new Map(missing.map((file) => [file.sha256, file]))
  const needed = [...contents.values()].reduce((sum, file) => sum + file.bytes - cache.bytesHere(file), 0)
  if (free !== null && needed > free)
    throw new Problem('E_STORE', `There is not enough space: ${needed} bytes are needed, ${free} are free.`, {
      hints: ['Free some space, or choose another folder with local.cache_dir of the configuration.'],
    })
}

const obtainAll = async (
  cache: ContentCache,
  { dataset, home }: DescribedDataset,
  missing: readonly DescribedFile[],
  { from, signal, onProgress }: FetchRequest,
): Promise<ReadonlyMap<string, FetchedFileReport>> => {
  // Files with the same content are fetched once.
  const groups = byContent(missing)
  const there = new Map(
    groups.map(([first]) => [first?.sha256 ?? '', first === undefined ? 0 : cache.bytesHere(first)]),
  )
  const bytesBefore = sum(there.values())
  const bytes = groups.reduce((total, [first]) => total + (first?.bytes ?? 0), 0)
  const current = new Set<string>()
  const reports = new Map<string, FetchedFileReport>()
  const failed: { readonly path: string; readonly failed: readonly FailedSource[] }[] = []
  const tell = (): void =>
    onProgress({
      filesDone: reports.size,
      files: missing.length,
      bytesDone: sum(there.values()),
      bytes,
      bytesBefore,
      current: [...current],
    })
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const work = async (): Promise<void> => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      const [first] = group
      if (first === undefined) continue
      current.add(first.path)
      const sources = [...new Set(group.flatMap((file) => sourcesOf(file, from, home)))]
      const obtained = await cache.obtain(
        { ...first, sources },
        {
          signal: either,
          onBytes: (count) => {
            there.set(first.sha256, count)
            tell()
          },
        },
      )
      current.delete(first.path)
      const { outcome } = obtained
      if (outcome === 'failed') failed.push({ path: first.path, failed: obtained.failed })
      else
        for (const [index, file] of group.entries())
          reports.set(
            file.path,
            index === 0 ? { ...file, ...obtained, outcome } : { ...file, ...obtained, outcome, received: 0 },
          )
      tell()
    }
  }
  // A full disk or Ctrl-C ends all of them; they are waited for, so that nothing is written afterwards.
  const ended = await Promise.allSettled(
    Array.from({ length: AT_ONCE }, () =>
      work().catch((error: unknown) => {
        stop.abort()
        throw error
      }),
    ),
  )
  const faults = ended.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []))
  if (signal.aborted) throw new Problem('E_INTERRUPTED', `Fetching ${dataset.id} was stopped.`, { hints: [GOES_ON] })
  if (faults.length > 0) throw faults.find((fault) => !isInterruption(fault)) ?? faults[0]
  if (failed.length > 0) throw nowhere(dataset.id, failed)
  return reports
}

const byContent = (files: readonly DescribedFile[]): DescribedFile[][] => {
  const groups = new Map<string, DescribedFile[]>()
  for (const file of files) groups.set(file.sha256, [...(groups.get(file.sha256) ?? []), file])
  return [...groups.values()]
}

const GOES_ON = 'The same command goes on where it was.'

const isInterruption = (fault: unknown): boolean => fault instanceof Problem && fault.code === 'E_INTERRUPTED'

const nowhere = (
  id: string,
  failed: readonly { readonly path: string; readonly failed: readonly FailedSource[] }[],
): Problem =>
  problemOf(
    'E_HUB',
    `${failed.length === 1 ? 'One file' : `${failed.length} files`} of the dataset ${id} could not be fetched.`,
    failed.flatMap(({ path, failed: tried }) =>
      tried.length === 0
        ? [{ message: `${path}: nothing says where it is`, hint: '--from names a folder or address' }]
        : tried.map(({ source, reason }) => ({ message: `${path}: ${source}: ${reason}` })),
    ),
    [`--from names other places to look: a folder, file:, http(s):, s3://bucket/prefix. ${GOES_ON}`],
  )

const warningsOf = (deps: FetchDeps, dataset: Dataset): readonly string[] => {
  const warnings: string[] = []
  if (dataset.truth === null) warnings.push('It has no truth: only resources can be measured.')
  try {
    const outside = sampleFiles(deps.config, dataset).filter((path) => pathInside(dataset.root, path) === null)
    if (outside.length > 0)
      warnings.push(`Its sample sheet names ${outside.length} files outside the dataset, such as ${outside[0] ?? ''}.`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    warnings.push(`Its sample sheet cannot be used here: ${error.findings[0]?.message ?? error.message}`)
  }
  return warnings
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)
