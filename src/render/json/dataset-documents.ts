import type { AddedDataset } from '../../app/add-dataset.ts'
import type { FetchedDataset } from '../../app/hub/fetch-dataset.ts'
import type { DatasetOrigin, ListedDataset } from '../../app/list-datasets.ts'
import type { DatasetCheck } from '../../app/verify-dataset.ts'
import type { Dataset } from '../../core/dataset.ts'
import type { Sample } from '../../core/sample.ts'
import type { DatasetAddedDocument } from '../../generated/dataset-added.ts'
import type { DatasetDetailsDocument } from '../../generated/dataset-details.ts'
import type { DatasetFetchDocument } from '../../generated/dataset-fetch.ts'
import type { DatasetListDocument } from '../../generated/dataset-list.ts'
import type { DatasetVerificationDocument } from '../../generated/dataset-verification.ts'

/** Size of all files of a dataset, or null when not every size is listed. */
export const datasetBytes = ({ files }: Pick<Dataset, 'files'>): number | null =>
  files.reduce<number | null>((sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes), 0)

/** The JSON of `benchmark dataset list`. */
export const toDatasetListDocument = (datasets: readonly ListedDataset[]): DatasetListDocument => ({
  schema: 'benchmark.dataset-list/1',
  datasets: datasets.map((dataset) => ({
    id: dataset.id,
    title: dataset.title,
    version: dataset.version,
    benchmark_type: dataset.benchmarkType,
    licence: dataset.licence,
    labels: dataset.labels,
    truth: dataset.truth,
    file: dataset.file,
    files: dataset.files.length,
    bytes: datasetBytes(dataset),
    from: { ...dataset.from },
  })),
})

/** The JSON of `benchmark dataset show`. */
export const toDatasetDetailsDocument = (
  dataset: ListedDataset,
  samples: readonly Sample[],
): DatasetDetailsDocument => ({
  schema: 'benchmark.dataset-details/1',
  id: dataset.id,
  title: dataset.title,
  version: dataset.version,
  benchmark_type: dataset.benchmarkType,
  licence: dataset.licence,
  source: dataset.source,
  labels: dataset.labels,
  description: dataset.description,
  samplesheet: dataset.samplesheet,
  truth: dataset.truth,
  file: dataset.file,
  from: { ...dataset.from },
  files: dataset.files.map(({ path, sha256, bytes, sources }) => ({ path, sha256, bytes, sources: [...sources] })),
  samples: samples.map(({ id, group, files }) => ({
    id,
    group,
    fastq_1: files.reads1,
    fastq_2: files.reads2,
    fasta: files.fasta,
  })),
})

/** The JSON of `benchmark dataset verify`. */
export const toDatasetVerificationDocument = (
  { dataset, ok, files }: DatasetCheck,
  from: DatasetOrigin,
): DatasetVerificationDocument => ({
  schema: 'benchmark.dataset-verification/1',
  id: dataset.id,
  version: dataset.version,
  from: { ...from },
  ok,
  files: files.map(({ path, state, expected, actual }) => ({
    path,
    state,
    expected: { sha256: expected.sha256, bytes: expected.bytes },
    actual: { sha256: actual.sha256, bytes: actual.bytes },
  })),
})

/** The JSON of `benchmark dataset add`. */
export const toDatasetAddedDocument = ({ dataset, state, warnings, manifest }: AddedDataset): DatasetAddedDocument => ({
  schema: 'benchmark.dataset-added/1',
  id: dataset.id,
  version: dataset.version,
  state,
  file: dataset.file,
  files: filesDocument(dataset),
  warnings: [...warnings],
  manifest,
})

/** The JSON of `benchmark dataset fetch`. */
export const toDatasetFetchDocument = ({
  dataset,
  from,
  state,
  files,
  warnings,
}: FetchedDataset): DatasetFetchDocument => ({
  schema: 'benchmark.dataset-fetch/1',
  id: dataset.id,
  version: dataset.version,
  state,
  from,
  document_version: dataset.fetched?.documentVersion ?? null,
  folder: dataset.root,
  file: dataset.file,
  bytes: files.reduce((total, { bytes }) => total + bytes, 0),
  received_bytes: files.reduce((total, { received }) => total + received, 0),
  files: files.map(({ path, sha256, bytes, outcome, source, failed }) => ({
    path,
    sha256,
    bytes,
    outcome,
    source,
    failed: failed.map(({ source: tried, reason }) => ({ source: tried, reason })),
  })),
  warnings: [...warnings],
})

const filesDocument = ({ files }: Dataset): { path: string; sha256: string | null; bytes: number | null }[] =>
  files.map(({ path, sha256, bytes }) => ({ path, sha256, bytes }))
