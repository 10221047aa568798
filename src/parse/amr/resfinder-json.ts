import type { AmrCall } from '../../core/amr/call.ts'
import type { Format, ReadingContext } from '../contract.ts'
import { draftCall, place, sequenceId } from './draft-call.ts'

const LARGEST_DOCUMENT = 256 * 1024 * 1024

/** ResFinder's machine-readable result: one document, so it is read whole. */
export const resfinderJson: Format = {
  id: 'resfinder-json',
  title: 'ResFinder JSON result',
  tool: 'ResFinder 4',
  kind: 'amr',
  fileNames: ['data_resfinder.json', 'std_format_under_development.json'],
  columns: [
    { names: ['seq_regions.*.name'], required: true, use: 'gene symbol' },
    { names: ['seq_regions.*.identity', 'seq_regions.*.coverage'], required: true, use: 'percent' },
    { names: ['seq_regions.*.ref_acc'], required: false, use: 'accession of the reference gene' },
    { names: ['seq_regions.*.query_id'], required: false, use: 'contig; NA when reads were searched' },
    { names: ['seq_regions.*.query_start_pos', 'seq_regions.*.query_end_pos'], required: false, use: 'position' },
    { names: ['seq_regions.*.depth'], required: false, use: 'mean depth, when reads were searched' },
    { names: ['phenotypes.*.amr_classes'], required: false, use: 'drug classes, through the phenotypes of the gene' },
    { names: ['seq_variations.*.seq_var'], required: false, use: 'mutations: protein or nucleotide variants' },
  ],
  notes: ['Regions with `gene: false` are what PointFinder searched, not findings; their variations are read.'],
  sniff: (head) => (/^\s*\{/.test(head) && /"software_name"|"seq_regions"/.test(head) ? 1 : 0),
  open: (context) => {
    const parts: string[] = []
    let length = 0
    return {
      block: (bytes) => {
        const text = bytes.toString('utf8')
        length += text.length
        if (length > LARGEST_DOCUMENT) {
          context.findings.add(`The document is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MiB.`)
          context.findings.finish()
        }
        parts.push(text)
        return text.split('\n').length - 1
      },
      end: () => readDocument(parts.join(''), context),
    }
  },
}

type Entry = Readonly<Record<string, unknown>>

const readDocument = (text: string, context: ReadingContext): void => {
  const document = parseJson(text, context)
  if (document === undefined) return
  const regions = entries(document['seq_regions'])
  if (regions === undefined) {
    context.findings.add('There is no object seq_regions.', 1, 1)
    return
  }
  const classes = classesByKey(document)
  for (const [key, region] of regions) {
    if (region['gene'] === false) continue
    const call = regionCall(key, region, context)
    call.drugClasses = classes.get(key) ?? []
    context.emit(call)
  }
  for (const [key, variation] of entries(document['seq_variations']) ?? []) {
    const seqVar = textOf(variation['seq_var'])
    const call = draftCall(1, 'resfinder', symbolOf(key, context))
    call.geneName = seqVar
    call.database = 'pointfinder'
    call.variationType = seqVar?.startsWith('p.') === true ? 'protein_variant' : 'nucleotide_variant'
    call.drugClasses = classes.get(key) ?? []
    context.emit(call)
  }
}

// Keys are gene;;number;;accession[;;position;;change].
const symbolOf = (key: string, context: ReadingContext): string => {
  const symbol = key.split(';;', 1)[0] ?? ''
  if (symbol === '') context.findings.add(`The key "${key.slice(0, 40)}" does not begin with a gene.`)
  return symbol
}

const regionCall = (
  key: string,
  region: Entry,
  context: ReadingContext,
): AmrCall & { drugClasses: readonly string[] } => {
  const number = (name: string, low: number, high: number, cap = high): number | null => {
    const value = region[name]
    if (value === undefined || value === null || value === 'NA') return null
    if (typeof value === 'number' && value >= low && value <= high) return Math.min(cap, value)
    context.findings.add(`${name} of ${key.slice(0, 60)} is not a number between ${low} and ${high}.`)
    return null
  }
  const databases = region['ref_database']
  const call = draftCall(1, 'resfinder', textOf(region['name']) ?? symbolOf(key, context))
  call.accession = textOf(region['ref_acc'])
  call.database = textOf(Array.isArray(databases) ? databases[0] : databases)
  call.identity = number('identity', 0, 100)
  call.coverage = number('coverage', 0, 1000, 100)
  call.depth = number('depth', 0, Number.MAX_SAFE_INTEGER)
  call.contig = sequenceId(textOf(region['query_id']))
  place(
    call,
    number('query_start_pos', 1, Number.MAX_SAFE_INTEGER),
    number('query_end_pos', 1, Number.MAX_SAFE_INTEGER),
  )
  return call
}

// A region names drugs, a phenotype says which classes a drug belongs to and which regions led to it.
const classesByKey = (document: Entry): ReadonlyMap<string, readonly string[]> => {
  const classes = new Map<string, string[]>()
  for (const [, phenotype] of entries(document['phenotypes']) ?? [])
    for (const key of [...texts(phenotype['seq_regions']), ...texts(phenotype['seq_variations'])]) {
      const list = classes.get(key) ?? []
      for (const name of texts(phenotype['amr_classes'])) if (!list.includes(name)) list.push(name)
      classes.set(key, list)
    }
  return classes
}

const parseJson = (text: string, context: ReadingContext): Entry | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const position = /position (\d+)/.exec(message)?.[1]
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n')
    context.findings.add(`This is not valid JSON: ${message}.`, before.length, (before.at(-1)?.length ?? 0) + 1)
    return undefined
  }
  if (isEntry(value)) return value
  context.findings.add('The document is not an object.', 1, 1)
  return undefined
}

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value)
const entries = (value: unknown): [string, Entry][] | undefined =>
  isEntry(value) ? Object.entries(value).filter((pair): pair is [string, Entry] => isEntry(pair[1])) : undefined
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && value !== 'NA' ? value.trim() : null
