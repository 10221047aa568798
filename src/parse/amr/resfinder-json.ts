import type { AmrFormat, ReadingContext } from '../contract.ts'
import { createJsonDocument, type JsonNode } from '../json-document.ts'
import { createJsonFields, type JsonFields } from '../json-fields.ts'
import { draftCall, place, sequenceId } from './draft-call.ts'
import { readResFinder3 } from './resfinder-3-json.ts'

/** ResFinder's machine-readable result: one document, so it is read whole. */
export const resfinderJson: AmrFormat = {
  id: 'resfinder-json',
  title: 'ResFinder JSON result',
  tool: 'ResFinder 3 and 4',
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
  notes: [
    'Regions with `gene: false` are what PointFinder searched, not findings; their variations are read.',
    'ResFinder 4.1 says `genes` for `seq_regions`; of ResFinder 3 the hits in `resfinder.results` are read.',
  ],
  sniff: (head) =>
    /^\s*\{/.test(head) && (/"software_name"|"seq_regions"/.test(head) || /^\s*\{\s*"resfinder"\s*:/.test(head))
      ? 1
      : 0,
  open: (context) =>
    createJsonDocument(context.findings, (root, placeAt) =>
      readDocument(root, createJsonFields(context.findings, placeAt), context),
    ),
}

const readDocument = (root: JsonNode, fields: JsonFields, context: ReadingContext): void => {
  const older = fields.get(root, 'resfinder')
  if (older !== undefined) {
    const results = fields.required(older, ['results'])
    if (results !== undefined) readResFinder3(results, fields, context)
    return
  }
  const regions = fields.required(root, ['seq_regions', 'genes'])
  const classes = classesByKey(root, fields)
  for (const [key, region] of fields.entries(regions)) {
    const isGene = fields.get(region, 'gene')
    if (isGene?.type === 'boolean' && !isGene.value) continue
    const before = context.findings.count
    const databases = fields.get(region, 'ref_database')
    const symbol = fields.text(fields.get(region, 'name')) ?? symbolOf(key, region, fields)
    const call = draftCall(fields.placeOf(region).line, 'resfinder', symbol)
    const number = (name: string, high: number): number | null => fields.number(fields.get(region, name), 0, high)
    call.accession = fields.text(fields.get(region, 'ref_acc'))
    call.database = fields.text(databases?.type === 'list' ? databases.items[0] : databases)
    call.identity = number('identity', 100)
    const coverage = number('coverage', 1000)
    call.coverage = coverage === null ? null : Math.min(100, coverage)
    call.depth = number('depth', Number.MAX_SAFE_INTEGER)
    call.contig = sequenceId(fields.text(fields.get(region, 'query_id')))
    const [start, stop] = ['query_start_pos', 'query_end_pos'].map((name) => fields.position(fields.get(region, name)))
    place(call, start ?? null, stop ?? null)
    call.drugClasses = classes.get(key) ?? []
    if (context.findings.count === before) context.emit(call)
  }
  for (const [key, variation] of fields.entries(fields.get(root, 'seq_variations'))) {
    const before = context.findings.count
    const change = fields.text(fields.get(variation, 'seq_var'))
    const call = draftCall(fields.placeOf(variation).line, 'resfinder', symbolOf(key, variation, fields))
    call.geneName = change
    call.database = 'pointfinder'
    call.variationType = change?.startsWith('p.') === true ? 'protein_variant' : 'nucleotide_variant'
    call.drugClasses = classes.get(key) ?? []
    if (context.findings.count === before) context.emit(call)
  }
}

// Keys are gene;;number;;accession[;;position;;change].
const symbolOf = (key: string, node: JsonNode, fields: JsonFields): string => {
  const symbol = (key.split(';;', 1)[0] ?? '').trim()
  if (symbol === '') fields.fail(node, `The key "${key.slice(0, 40)}" of this object does not begin with a gene.`)
  return symbol
}

// A region names drugs, a phenotype says which classes a drug belongs to and which regions led to it.
const classesByKey = (root: JsonNode, fields: JsonFields): ReadonlyMap<string, readonly string[]> => {
  const classes = new Map<string, string[]>()
  for (const [, phenotype] of fields.entries(fields.get(root, 'phenotypes'))) {
    const names = fields.texts(fields.get(phenotype, 'amr_classes'))
    const causes = ['seq_regions', 'genes', 'seq_variations'].flatMap((kind) =>
      fields.texts(fields.get(phenotype, kind)),
    )
    for (const key of causes) {
      const list = classes.get(key) ?? []
      for (const name of names) if (!list.includes(name)) list.push(name)
      classes.set(key, list)
    }
  }
  return classes
}
