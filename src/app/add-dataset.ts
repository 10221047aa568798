import { isLabelOrigin, type Dataset, type DatasetFile } from '../core/dataset.ts'
import { Problem } from '../core/problem.ts'
import { nameOf } from '../core/relative-path.ts'
import { datasetYaml } from '../documents/dataset-yaml.ts'
import { datasetDocument } from './hub/dataset-document.ts'
import { knownBenchmarkType } from './known-benchmark-type.ts'
import type { ConfigSource, Files, OutputReader } from './ports.ts'
import { scorerOf } from './scoring/scorers.ts'
import { sampleFiles } from './verify-dataset.ts'

/** What `benchmark dataset add` was asked for; paths are absolute, undefined = as found. */
export interface AddDatasetRequest {
  readonly root: string
  /** Folder with the data. */
  readonly folder: string
  readonly id?: string | undefined
  readonly title?: string | undefined
  readonly version?: string | undefined
  readonly type?: string | undefined
  readonly licence?: string | undefined
  readonly source?: string | undefined
  readonly labels?: string | undefined
  readonly description?: string | undefined
  readonly samplesheet?: string | undefined
  readonly truth?: string | undefined
  readonly force: boolean
  /** File to write the document for a hub to; undefined: none. */
  readonly manifest?: string | undefined
  /** Places the whole folder can be had from, for that document. */
  readonly sources?: readonly string[] | undefined
}

export interface AddDatasetDeps {
  readonly config: Pick<ConfigSource, 'samples' | 'dataset'>
  readonly files: Files
  readonly reader: OutputReader
  readonly schemaUrl: string
}

export interface AddedDataset {
  readonly dataset: Dataset
  readonly state: 'created' | 'replaced' | 'unchanged'
  readonly warnings: readonly string[]
  /** Document for a hub that was written. */
  readonly manifest: string | null
}

const SHEETS = ['samples.csv', 'samplesheet.csv', 'sample_sheet.csv']
const TRUTHS = ['truth.tsv', 'truth.profile', 'truth.binning', 'references.tsv']
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Registers a folder of data with the project: reads its sample sheet and truth, hashes every file, writes the YAML. */
export const addDataset = async (deps: AddDatasetDeps, request: AddDatasetRequest): Promise<AddedDataset> => {
  const { folder, root } = request
  if (!deps.files.exists(folder)) throw new Problem('E_NOT_FOUND', `There is no folder ${folder}.`)
  const own = `${folder}/dataset.yaml`
  const before = deps.files.exists(own) ? deps.config.dataset(own) : null
  const described = describe(deps, request, before)
  const samples = deps.config.samples(described.samplesheet)
  const { warnings, files: truthFiles } = await checkTruth(
    deps,
    described,
    samples.map(({ id }) => id),
  )
  const paths = [
    described.samplesheet,
    ...(described.truth === null ? [] : [described.truth]),
    ...truthFiles,
    ...sampleFiles(deps.config, described),
    ...(before?.files ?? []).map(({ path }) => path),
  ]
  const known = new Map((before?.files ?? []).map(({ path, sources }) => [path, sources]))
  const files: DatasetFile[] = []
  for (const path of new Set(paths))
    files.push({
      path,
      sha256: await deps.files.sha256(path),
      bytes: deps.files.sizeOf(path),
      sources: known.get(path) ?? [],
    })

  const home = `${root}/.benchmark/datasets/${described.id}`
  const file = folder === home ? own : `${home}/dataset.yaml`
  const dataset = { ...described, files, file }
  const text = datasetYaml(dataset, { folder: home, root: folder, project: root, schemaUrl: deps.schemaUrl })
  // First, because it refuses more than the dataset.yaml needs.
  const document =
    request.manifest === undefined
      ? null
      : datasetDocument(dataset, { samples: samples.length, sources: request.sources ?? [] })
  const state = write(deps.files, { home, file, text, force: request.force || file === own })
  if (request.manifest !== undefined)
    deps.files.writeAtomically(request.manifest, `${JSON.stringify(document, null, 2)}\n`)
  return { dataset, warnings, state, manifest: request.manifest ?? null }
}

const write = (
  files: Files,
  { home, file, text, force }: { home: string; file: string; text: string; force: boolean },
): AddedDataset['state'] => {
  const existed = files.exists(file)
  if (existed && files.readText(file) === text) return 'unchanged'
  if (existed && !force)
    throw new Problem('E_USAGE', `There is already another dataset in ${file}.`, {
      hints: ['--force replaces it; --id gives this one another name.'],
    })
  files.makeDir(home)
  files.writeAtomically(file, text)
  return existed ? 'replaced' : 'created'
}

const describe = (
  { files }: AddDatasetDeps,
  request: AddDatasetRequest,
  before: Dataset | null,
): Omit<Dataset, 'files' | 'file'> => {
  const { folder } = request
  const id = request.id ?? before?.id ?? nameOf(folder).replaceAll(/[^A-Za-z0-9._-]+/g, '-')
  if (!SAFE_ID.test(id))
    throw new Problem('E_USAGE', `"${id}" cannot be the id of a dataset.`, {
      hints: ['Give one with --id: letters, digits, dot, dash and underscore, beginning with a letter or digit.'],
    })
  const labels = request.labels ?? before?.labels ?? null
  if (labels !== null && !isLabelOrigin(labels))
    throw new Problem('E_USAGE', `"${labels}" does not say how the truth was made.`, {
      hints: ['Use inserted, curated, or tool:NAME@DATABASE.'],
    })
  const found = (names: readonly string[]): string | undefined =>
    names.map((name) => `${folder}/${name}`).find((path) => files.exists(path))
  const samplesheet = request.samplesheet ?? before?.samplesheet ?? found(SHEETS)
  if (samplesheet === undefined)
    throw new Problem('E_INPUT', `There is no sample sheet in ${folder}.`, {
      hints: [`Looked for ${SHEETS.join(', ')}. Name it with --samples; its columns: sample,fastq_1,fastq_2,fasta`],
    })
  return {
    id,
    title: request.title ?? before?.title ?? id,
    version: request.version ?? before?.version ?? '1.0.0',
    benchmarkType: knownBenchmarkType(request.type ?? before?.benchmarkType ?? 'amr-detection'),
    licence: request.licence ?? before?.licence ?? null,
    source: request.source ?? before?.source ?? null,
    labels,
    description: request.description ?? before?.description ?? null,
    samplesheet,
    truth: request.truth ?? before?.truth ?? found(TRUTHS) ?? null,
    root: folder,
    fetched: before?.fetched ?? null,
  }
}

const checkTruth = async (
  { files, reader }: AddDatasetDeps,
  { truth, benchmarkType, labels }: Omit<Dataset, 'files' | 'file'>,
  samples: readonly string[],
): Promise<{ readonly warnings: readonly string[]; readonly files: readonly string[] }> => {
  if (truth === null)
    return { warnings: ['There is no truth: only resources can be measured. Name it with --truth.'], files: [] }
  if (!files.exists(truth)) throw new Problem('E_NOT_FOUND', `There is no truth file ${truth}.`)
  const warnings =
    labels === null ? ['Nothing says how the truth was made: inserted, curated or by a tool. Use --labels.'] : []
  const scorer = scorerOf(benchmarkType)
  if (scorer === null) return { warnings, files: [] }
  const { samples: known, holdsForAny, files: parts } = await scorer.openTruth(reader, truth)
  const without = holdsForAny ? [] : samples.filter((sample) => !known.includes(sample))
  if (without.length > 0) warnings.push(`The truth says nothing about ${without.join(', ')}: these cannot be scored.`)
  return { warnings, files: parts }
}
