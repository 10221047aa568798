/** Datasets and benchmark definitions that are registered in hubs, as far as they were read. */
import { classifyPath } from '../../core/hub/layout.ts'
import type { HubBenchmarkDocument } from '../../generated/hub-benchmark.ts'
import type { HubDatasetDocument } from '../../generated/hub-dataset.ts'
import type { RegistryFile } from './store-ports.ts'
import type { HubDocuments } from './trust-ports.ts'

/** The registry of one hub as this machine has it. */
export interface HubRegistry {
  /** Of the hub, without credentials. */
  readonly url: string
  /** Documents below a folder: `registry/datasets/`. */
  readonly registryFiles: (prefix: string) => readonly RegistryFile[]
}

/** A dataset of a hub; its files may be nowhere near. */
export interface HubDataset {
  readonly hub: string
  readonly document: HubDatasetDocument
  /** The exact document. */
  readonly bytes: Uint8Array
}

interface HubBenchmark {
  readonly hub: string
  readonly document: HubBenchmarkDocument
}

export interface HubCatalogue {
  /** By id; of several hubs the first wins. */
  readonly datasets: () => ReadonlyMap<string, HubDataset>
  /** By benchmark type; of several hubs the first wins. */
  readonly benchmarks: () => ReadonlyMap<string, HubBenchmark>
  /** Documents that cannot be used, one sentence each. */
  readonly faults: () => readonly string[]
}

/** Nothing is registered anywhere. */
export const EMPTY_CATALOGUE: HubCatalogue = {
  datasets: () => new Map(),
  benchmarks: () => new Map(),
  faults: () => [],
}

/** What the hubs of a project register; most trusted hub first. Read once, when first asked for. */
export const createHubCatalogue = (
  registries: readonly HubRegistry[],
  documents: Pick<HubDocuments, 'dataset' | 'benchmark'>,
): HubCatalogue => {
  const datasets = new Map<string, HubDataset>()
  const benchmarks = new Map<string, HubBenchmark>()
  const faults: string[] = []
  let isRead = false

  const take = (hub: string, { path, bytes }: RegistryFile): void => {
    const place = classifyPath(path)
    if (place?.kind === 'dataset') {
      const { document, fault } = documents.dataset(bytes)
      if (document === null) faults.push(`${path} of ${hub} cannot be used: ${fault}`)
      else if (document.id !== place.dataset) faults.push(`${path} of ${hub} is about another dataset.`)
      else if (!datasets.has(document.id)) datasets.set(document.id, { hub, document, bytes })
    }
    if (place?.kind === 'benchmark') {
      const { document, fault } = documents.benchmark(bytes)
      if (document === null) faults.push(`${path} of ${hub} cannot be used: ${fault}`)
      else if (document.type !== place.benchmarkType) faults.push(`${path} of ${hub} is about another benchmark type.`)
      else if (!benchmarks.has(document.type)) benchmarks.set(document.type, { hub, document })
    }
  }
  const read = (): void => {
    if (isRead) return
    isRead = true
    for (const { url, registryFiles } of registries)
      for (const file of [...registryFiles('registry/datasets/'), ...registryFiles('registry/benchmarks/')])
        take(url, file)
  }
  const after = <T>(value: T): T => {
    read()
    return value
  }
  return { datasets: () => after(datasets), benchmarks: () => after(benchmarks), faults: () => after(faults) }
}
