import type { Dataset } from '../../core/dataset.ts'
import { below, datasetPathFaults } from '../../core/hub/dataset-files.ts'
import { isHubName, suggestHubName } from '../../core/hub/names.ts'
import { Problem, problemOf } from '../../core/problem.ts'
import { pathInside } from '../../core/relative-path.ts'
import type { HubDatasetFile } from '../../generated/hub-dataset.ts'
import type { DatasetDescription } from './fetch-ports.ts'

export interface DocumentOptions {
  /** Number of samples in its sheet. */
  readonly samples: number
  /** Places the whole dataset is at, best first: `https://…`, `s3://bucket/prefix`, `file:…`. */
  readonly sources: readonly string[]
  /** Grows with every change of the document; default 1. */
  readonly documentVersion?: number
}

/**
 * The document that registers a dataset in a hub, without signatures. Every file needs a digest and a size, and stands
 * inside the dataset folder; without places given, and without sources of its own, it is to be had from shared storage.
 */
export const datasetDocument = (dataset: Dataset, options: DocumentOptions): DatasetDescription => {
  if (!isHubName(dataset.id)) {
    const suggestion = suggestHubName(dataset.id)
    throw new Problem('E_INPUT', `"${dataset.id}" cannot be the name of a dataset in a hub.`, {
      hints: [`Use lower-case letters, digits and dashes${suggestion === null ? '' : `: --id ${suggestion}`}.`],
    })
  }
  const faults: string[] = []
  const inside = (path: string): string => {
    const relative = pathInside(dataset.root, path)
    if (relative === null) faults.push(`${path} is outside the dataset folder ${dataset.root}.`)
    return relative ?? path
  }
  const files = dataset.files.map(({ path, sha256, bytes, sources }): HubDatasetFile => {
    const name = inside(path)
    if (sha256 === null || bytes === null) faults.push(`${name} has no checksum or size.`)
    const found = [...new Set([...options.sources.map((base) => below(base, name)), ...sources])].slice(0, 16)
    const [first = name, ...rest] = found
    return {
      path: name,
      sha256: sha256 ?? '',
      bytes: bytes ?? 0,
      sources: [first, ...rest] as HubDatasetFile['sources'],
    }
  })
  faults.push(...(faults.length > 0 ? [] : datasetPathFaults(files.map(({ path }) => path))))
  const samplesheet = inside(dataset.samplesheet)
  const truth = dataset.truth === null ? null : inside(dataset.truth)
  const [first, ...rest] = files
  if (faults.length > 0 || first === undefined)
    throw problemOf(
      'E_INPUT',
      `The dataset ${dataset.id} cannot be registered in a hub.`,
      [...new Set(faults)].map((message) => ({ message })),
      ['Put all of it into one folder, and add that: benchmark dataset add FOLDER'],
    )
  return {
    schema: 'benchmark.hub-dataset/1',
    id: dataset.id,
    title: dataset.title,
    description: dataset.description,
    dataset_version: dataset.version,
    version: options.documentVersion ?? 1,
    benchmark_type: dataset.benchmarkType,
    licence: dataset.licence,
    source: dataset.source,
    labels: dataset.labels,
    samples: options.samples,
    samplesheet,
    truth,
    files: [first, ...rest],
  }
}
