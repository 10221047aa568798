import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'

export interface DatasetCard {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly licence: string
  readonly source: string
  readonly description: string
}

/** Writes `dataset.yaml` beside the files it lists, each with what it must hash to. */
export const writeDatasetFile = (folder: string, files: readonly string[], card: DatasetCard): void => {
  const listed = files.map((path) => {
    const bytes = readFileSync(join(folder, path))
    return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
  })
  const { id, title, version, licence, source, description } = card
  const document = {
    ...{ id, title, version, benchmark_type: 'amr-detection', licence, source, labels: 'inserted', description },
    ...{ samplesheet: 'samples.csv', truth: 'truth.tsv', files: listed },
  }
  writeFileSync(join(folder, 'dataset.yaml'), stringify(document, { lineWidth: 110 }))
}
