import type { Dataset } from '../core/dataset.ts'
import type { ConfigSource, Files } from './ports.ts'

/** What a file of a dataset is, against what it should be. `unlisted`: used by a sample but not in `files:`. */
export interface FileCheck {
  readonly path: string
  readonly state: 'ok' | 'missing' | 'size_differs' | 'content_differs' | 'no_checksum' | 'unlisted'
  readonly expected: { readonly sha256: string | null; readonly bytes: number | null }
  readonly actual: { readonly sha256: string | null; readonly bytes: number | null }
}

export interface DatasetCheck {
  readonly dataset: Dataset
  /** No file is missing or different. */
  readonly ok: boolean
  readonly files: readonly FileCheck[]
}

/** Reads every file of a dataset again and tells each one that is not what the dataset says. Changes nothing. */
export const verifyDataset = async (
  deps: { readonly config: Pick<ConfigSource, 'samples'>; readonly files: Pick<Files, 'exists' | 'sha256' | 'sizeOf'> },
  dataset: Dataset,
): Promise<DatasetCheck> => {
  const checks: FileCheck[] = []
  for (const expected of dataset.files) checks.push(await checkFile(deps.files, expected))
  const listed = new Set(dataset.files.map(({ path }) => path))
  const needed = [dataset.samplesheet, ...(dataset.truth === null ? [] : [dataset.truth])]
  for (const path of needed) if (!listed.has(path)) checks.push(unlisted(path, deps.files.exists(path)))
  const isBroken = checks.some(({ state }) => state !== 'ok' && state !== 'no_checksum' && state !== 'unlisted')
  // The sheet can only be read when everything it names is there.
  if (!isBroken)
    for (const path of sampleFiles(deps.config, dataset)) if (!listed.has(path)) checks.push(unlisted(path, true))
  return { dataset, ok: !isBroken, files: checks }
}

/** Input files of all samples of a dataset, each once, in the order of the sheet. */
export const sampleFiles = (
  config: Pick<ConfigSource, 'samples'>,
  dataset: Pick<Dataset, 'samplesheet'>,
): readonly string[] => [
  ...new Set(
    config
      .samples(dataset.samplesheet)
      .flatMap(({ files }) => [files.reads1, files.reads2, files.fasta])
      .filter((path) => path !== null),
  ),
]

const NOTHING = { sha256: null, bytes: null }

const unlisted = (path: string, exists: boolean): FileCheck => ({
  path,
  state: exists ? 'unlisted' : 'missing',
  expected: NOTHING,
  actual: NOTHING,
})

const checkFile = async (
  files: Pick<Files, 'exists' | 'sha256' | 'sizeOf'>,
  expected: Dataset['files'][number],
): Promise<FileCheck> => {
  const { path } = expected
  if (!files.exists(path)) return { path, state: 'missing', expected, actual: NOTHING }
  const bytes = files.sizeOf(path)
  // A different size is proof enough; hashing gigabytes would add nothing.
  if (expected.bytes !== null && expected.bytes !== bytes)
    return { path, state: 'size_differs', expected, actual: { sha256: null, bytes } }
  if (expected.sha256 === null) return { path, state: 'no_checksum', expected, actual: { sha256: null, bytes } }
  const sha256 = await files.sha256(path)
  return { path, state: sha256 === expected.sha256 ? 'ok' : 'content_differs', expected, actual: { sha256, bytes } }
}
