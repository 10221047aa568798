import type { AmrFormat, ReadingContext } from '../contract.ts'
import { createJsonDocument, type JsonNode } from '../json-document.ts'
import { createJsonFields, type JsonFields } from '../json-fields.ts'
import { draftCall, place } from './draft-call.ts'

export const tbprofiler: AmrFormat = {
  id: 'tbprofiler',
  title: 'TB-Profiler JSON report',
  tool: 'TB-Profiler',
  kind: 'amr',
  fileNames: ['*.results.json'],
  columns: [
    { names: ['id'], required: false, use: 'sample' },
    { names: ['dr_variants'], required: true, use: 'one call for each variant' },
    { names: ['dr_variants.*.gene_name', 'dr_variants.*.gene'], required: true, use: 'gene symbol' },
    { names: ['dr_variants.*.change'], required: true, use: 'gene name; `p.` is a protein variant, others nucleotide' },
    { names: ['dr_variants.*.drugs.*.drug'], required: false, use: 'drug classes' },
    { names: ['dr_variants.*.feature_id'], required: false, use: 'accession' },
    { names: ['dr_variants.*.chrom'], required: false, use: 'contig: the reference genome' },
    { names: ['dr_variants.*.pos', 'dr_variants.*.genome_pos', 'dr_variants.*.ref'], required: false, use: 'position' },
    { names: ['dr_variants.*.depth'], required: false, use: 'depth' },
    { names: ['dr_variants.*.freq'], required: false, use: 'score: share of the reads' },
  ],
  notes: ['`other_variants` are not known to cause resistance and are no calls.'],
  sniff: (head) =>
    /^\s*\{/.test(head) && /"(?:dr_variants|tbprofiler_version|drtype|main_lin|main_lineage)"\s*:/.test(head) ? 1 : 0,
  open: (context) => {
    let isNamed = false
    const document = createJsonDocument(context.findings, (root, placeAt) => {
      const fields = createJsonFields(context.findings, placeAt)
      const sample = fields.text(fields.get(root, 'id'))
      isNamed = sample !== null
      for (const variant of fields.objects(fields.required(root, ['dr_variants'])))
        readVariant(variant, sample, fields, context)
    })
    return { ...document, namesSamples: () => isNamed }
  },
}

const readVariant = (variant: JsonNode, sample: string | null, fields: JsonFields, context: ReadingContext): void => {
  const before = context.findings.count
  const text = (key: string): string | null => fields.text(fields.get(variant, key))
  const symbol = fields.text(fields.required(variant, ['gene_name', 'gene']))
  const change = fields.text(fields.required(variant, ['change', 'protein_change', 'nucleotide_change']))
  const call = draftCall(fields.placeOf(variant).line, 'tb-profiler', symbol ?? '')
  call.sample = sample
  call.geneName = change
  call.accession = text('feature_id')
  call.contig = text('chrom')?.split(/\s/, 1)[0] ?? null
  call.variationType = change?.startsWith('p.') === true ? 'protein_variant' : 'nucleotide_variant'
  call.score = fields.number(fields.get(variant, 'freq'), 0, 1)
  call.depth = fields.number(fields.get(variant, 'depth'), 0, Number.MAX_SAFE_INTEGER)
  const position = fields.position(fields.first(variant, ['pos', 'genome_pos']))
  if (position !== null) place(call, position, position + Math.max(1, text('ref')?.length ?? 1) - 1)
  call.drugClasses = drugsOf(variant, fields)
  if (context.findings.count === before) context.emit(call)
}

const drugsOf = (variant: JsonNode, fields: JsonFields): readonly string[] => {
  const names = fields.objects(fields.get(variant, 'drugs')).flatMap((item) => {
    const drug = fields.text(fields.get(item, 'drug'))
    return drug === null ? [] : [drug]
  })
  return [...new Set(names)]
}
