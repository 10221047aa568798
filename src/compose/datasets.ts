/** Datasets of a project and of its hubs, wired. Adapters are imported on first use. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { FetchedDataset, FetchRequest } from '../app/hub/fetch-dataset.ts'
import { EMPTY_CATALOGUE, type HubCatalogue } from '../app/hub/hub-catalogue.ts'
import type { ConfigSource, Files } from '../app/ports.ts'

/** What can be done with datasets that are described elsewhere. */
export interface ProjectDatasets {
  /** What the hubs of the project register, as far as it was read; asks nobody. */
  readonly hub: () => Promise<HubCatalogue>
  /** Fetches a dataset by name, or by a file or folder that describes it. */
  fetch(what: string, request: Pick<FetchRequest, 'from' | 'signal' | 'onProgress'>): Promise<FetchedDataset>
}

export interface DatasetParts {
  readonly root: string
  readonly config: () => Promise<ConfigSource>
  readonly files: () => Promise<Files>
  /** Default: no hub was read yet. */
  readonly hub?: () => Promise<HubCatalogue>
}

const DATASET_SCHEMA_URL = 'https://unpkg.com/metagenome-benchmark-cli/schemas/dataset.schema.json'

const isAddress = (from: string): boolean => /^(?:https?|s3|file):/i.test(from)

export const createProjectDatasets = ({ root, config, files, hub }: DatasetParts): ProjectDatasets => {
  const catalogue = hub ?? (() => Promise.resolve(EMPTY_CATALOGUE))
  return {
    hub: catalogue,
    fetch: async (what, { from, signal, onProgress }) => {
      const [{ fetchDataset }, { createContentCache }, { createDatasetDocumentReader }, source, fileSystem] =
        await Promise.all([
          import('../app/hub/fetch-dataset.ts'),
          import('../hub/fetch/content-cache.ts'),
          import('../hub/fetch/dataset-document-file.ts'),
          config(),
          files(),
        ])
      const { cacheDir } = source.load().local
      return fetchDataset(
        {
          root,
          config: source,
          files: fileSystem,
          cache: createContentCache({ folder: cacheDir, env: process.env }),
          documents: createDatasetDocumentReader(),
          hub: await catalogue(),
          sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
          schemaUrl: DATASET_SCHEMA_URL,
        },
        {
          name: what,
          path: resolve(what),
          from: from.map((place) => (isAddress(place) ? place : resolve(place))),
          signal,
          onProgress,
        },
      )
    },
  }
}
