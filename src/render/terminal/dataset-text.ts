import type { AddedDataset } from '../../app/add-dataset.ts'
import type { FetchedDataset } from '../../app/hub/fetch-dataset.ts'
import type { DatasetOrigin, ListedDataset } from '../../app/list-datasets.ts'
import type { DatasetCheck, FileCheck } from '../../app/verify-dataset.ts'
import type { Sample } from '../../core/sample.ts'
import { formatBytes } from '../format-number.ts'
import { datasetBytes } from '../json/dataset-documents.ts'
import { plainText } from '../plain-text.ts'
import { renderPage } from '../table/page.ts'
import { isForPrograms, numberCell, renderTable, type Table, type TableOptions } from '../table/table.ts'

/** The datasets, one line each. */
export const renderDatasetList = (datasets: readonly ListedDataset[], options: TableOptions = {}): string => {
  if (datasets.length === 0 && !isForPrograms(options))
    return 'No datasets. Add one with `benchmark dataset add FOLDER`.'
  const rows = datasets.map((dataset) => [
    dataset.id,
    dataset.version,
    dataset.benchmarkType,
    dataset.labels ?? 'not said',
    numberCell(datasetBytes(dataset), formatBytes, bytesText(null)),
    dataset.licence ?? '',
    originText(dataset.from),
    dataset.title,
  ])
  const head = ['dataset', 'version', 'type', 'truth made by', 'size', 'licence', 'from', 'title']
  const keys = ['dataset', 'version', 'type', 'labels', 'bytes', 'licence', 'from', 'title']
  return renderTable({ head, keys, rows }, options)
}

/** Everything about one dataset. */
export const renderDataset = (
  dataset: ListedDataset,
  samples: readonly Sample[],
  options: TableOptions = {},
): string => {
  const facts: [string, string | null][] = [
    ['version', dataset.version],
    ['type', dataset.benchmarkType],
    ['truth', dataset.truth],
    ['truth made by', dataset.labels ?? 'not said'],
    ['licence', dataset.licence],
    ['source', dataset.source],
    ['size', `${dataset.files.length} files, ${bytesText(datasetBytes(dataset))}`],
    ['sample sheet', dataset.samplesheet],
    ['from', originText(dataset.from)],
    ['declared in', dataset.file],
    ['description', dataset.description],
  ]
  const lines = facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${`${name}:`.padEnd(15)}${value ?? ''}`)
  const rows = samples.map(({ id, group, files }) => [
    id,
    group ?? '',
    files.reads2 !== null ? 'paired' : files.reads1 !== null ? 'single' : '',
    files.fasta === null ? '' : 'yes',
  ])
  const table = { head: ['sample', 'group', 'reads', 'contigs'], rows }
  const isMarkdown = options.format === 'markdown'
  const title = `${dataset.id}: ${dataset.title}`
  const known: Table = {
    head: ['what', 'value'],
    rows: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  }
  return renderPage(
    [
      ...(isMarkdown ? [title, known] : [title, ...lines]),
      '',
      dataset.from.fetched ? table : `Not fetched. Fetch it with: benchmark dataset fetch ${dataset.id}`,
    ],
    () => table,
    options,
  )
}

const STATES: Readonly<Record<FileCheck['state'], string>> = {
  ok: 'ok',
  missing: 'MISSING',
  size_differs: 'SIZE DIFFERS',
  content_differs: 'CONTENT DIFFERS',
  no_checksum: 'no checksum to compare with',
  unlisted: 'used, but not listed in the dataset',
}

/** Each file that is not as it should be, and the verdict. */
export const renderDatasetCheck = ({ dataset, ok, files }: DatasetCheck): string => {
  const notable = files.filter(({ state }) => state !== 'ok')
  const lines = notable.map(({ path, state, expected, actual }) => {
    const sizes =
      state === 'size_differs' ? ` (${String(actual.bytes)} bytes instead of ${String(expected.bytes)})` : ''
    const hashes =
      state === 'content_differs' ? ` (sha256 ${actual.sha256 ?? ''} instead of ${expected.sha256 ?? ''})` : ''
    return `${STATES[state]}: ${path}${sizes}${hashes}`
  })
  const good = files.length - notable.length
  const isFetchable =
    files.some(({ state }) => state === 'missing' || state === 'content_differs' || state === 'size_differs') &&
    dataset.files.some(({ sources }) => sources.length > 0)
  const verdict = ok
    ? `${dataset.id} ${dataset.version}: all ${good} files with a checksum are unchanged.`
    : `${dataset.id} ${dataset.version} is not what it was: do not compare results made with it.`
  const next = isFetchable ? [`What is missing or different can be fetched: benchmark dataset fetch ${dataset.id}`] : []
  const from =
    dataset.fetched === null
      ? []
      : [`Described by ${dataset.fetched.from}, version ${dataset.fetched.documentVersion}.`]
  return plainText([...lines, verdict, ...from, ...next].join('\n'))
}

/** What `dataset add` did. */
export const renderAdded = ({ dataset, state, manifest }: AddedDataset): string =>
  plainText(
    `Dataset ${dataset.id} ${dataset.version} (${dataset.files.length} files, ${bytesText(datasetBytes(dataset))}): ${state} ${dataset.file}\nUse it with: benchmark run --dataset ${dataset.id}${manifest === null ? '' : `\nFor a hub: ${manifest}`}`,
  )

/** What `dataset fetch` did. */
export const renderFetched = ({ dataset, from, state, files }: FetchedDataset): string => {
  const tried = files.flatMap(({ path, failed, source }) =>
    failed.map(
      ({ source: other, reason }) => `${path}: ${other}: ${reason}${source === null ? '' : `; taken from ${source}`}`,
    ),
  )
  const count = (outcome: string): number => files.filter((file) => file.outcome === outcome).length
  const received = files.reduce((total, file) => total + file.received, 0)
  const verdict =
    state === 'unchanged'
      ? `Dataset ${dataset.id} ${dataset.version}: all ${files.length} files are here and right.`
      : `Dataset ${dataset.id} ${dataset.version} from ${from}: ${count('fetched')} files fetched (${formatBytes(received)}), ${count('cached')} from the cache, ${count('present')} were there. All are verified.`
  return plainText(
    [...tried, verdict, `In ${dataset.root}`, `Use it with: benchmark run --dataset ${dataset.id}`].join('\n'),
  )
}

const originText = ({ kind, address, fetched }: DatasetOrigin): string => {
  if (kind === 'hub') return `hub ${address ?? ''} (not fetched)`
  const place = kind === 'builtin' ? 'built in' : kind === 'project' ? 'project' : (address ?? '')
  return fetched ? place : `${place} (not fetched)`
}

const bytesText = (bytes: number | null): string => (bytes === null ? 'size unknown' : formatBytes(bytes))
