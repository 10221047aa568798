import type { AmrCall } from '../../core/amr/call.ts'
import type { AmrFormat, ReadingContext } from '../contract.ts'
import { createJsonDocument, type JsonNode } from '../json-document.ts'
import { createJsonFields, type JsonFields } from '../json-fields.ts'
import { draftCall } from './draft-call.ts'

export const mykrobe: AmrFormat = {
  id: 'mykrobe',
  title: 'Mykrobe JSON report',
  tool: 'Mykrobe',
  kind: 'amr',
  fileNames: ['*.json'],
  columns: [
    { names: ['(first level)'], required: true, use: 'sample' },
    { names: ['*.susceptibility.*'], required: true, use: 'drug, as drug class' },
    { names: ['*.susceptibility.*.predict'], required: true, use: 'only `R` and `r` (a minority) are calls' },
    { names: ['*.susceptibility.*.called_by.*'], required: true, use: 'gene symbol and, as gene name, the mutation' },
    { names: ['….info.coverage.alternate.percent_coverage'], required: false, use: 'coverage, percent' },
    { names: ['….info.coverage.alternate.median_depth'], required: false, use: 'depth' },
  ],
  notes: [
    'One call for each drug and what led to it: `rpoB_S450L-TCG761154TTG` is gene, change and change of the genome.',
    'A codon exchanged for another is a protein variant, other changes are nucleotide variants; what is called by a ' +
      'whole sequence is a gene.',
  ],
  sniff: (head) => (/^\s*\{/.test(head) && /"susceptibility"\s*:/.test(head) ? 1 : 0),
  open: (context) => ({
    ...createJsonDocument(context.findings, (root, placeAt) =>
      readDocument(root, createJsonFields(context.findings, placeAt), context),
    ),
    namesSamples: () => true,
  }),
}

const readDocument = (root: JsonNode, fields: JsonFields, context: ReadingContext): void => {
  const samples = fields.entries(root)
  if (samples.length === 0) fields.fail(root, 'There is no sample in this document.')
  for (const [sample, report] of samples)
    for (const [drug, prediction] of fields.entries(fields.required(report, ['susceptibility']))) {
      const word = fields.text(fields.required(prediction, ['predict']))
      if (word?.toUpperCase() !== 'R') continue
      for (const [name, evidence] of fields.entries(fields.required(prediction, ['called_by']))) {
        const before = context.findings.count
        const call = callOf(name, evidence, fields)
        call.sample = sample
        call.drugClasses = drug === '' ? [] : [drug]
        if (context.findings.count === before) context.emit(call)
      }
    }
}

const callOf = (name: string, evidence: JsonNode, fields: JsonFields): ReturnType<typeof draftCall> => {
  const isSequence = fields.text(fields.get(evidence, '_cls')) === 'Call.SequenceCall'
  const { symbol, change, variation } = isSequence
    ? { symbol: name, change: null, variation: 'gene_presence' as const }
    : partsOf(name)
  if (symbol === '') fields.fail(evidence, `"${name.slice(0, 40)}" does not begin with a gene.`)
  const call = draftCall(fields.placeOf(evidence).line, 'mykrobe', symbol)
  call.geneName = change
  call.variationType = variation
  const info = fields.get(evidence, 'info')
  const coverage = info === undefined ? undefined : fields.get(info, 'coverage')
  const counted = coverage === undefined ? undefined : (fields.get(coverage, 'alternate') ?? coverage)
  if (counted === undefined) return call
  call.coverage = fields.number(fields.get(counted, 'percent_coverage'), 0, 100)
  call.depth = fields.number(fields.get(counted, 'median_depth'), 0, Number.MAX_SAFE_INTEGER)
  return call
}

const CODON = /^[A-Z*]\d+[A-Z*!]-[ACGT]{3}\d+[ACGT]{3}$/

// Names of genes may hold underscores, changes do not.
const partsOf = (name: string): { symbol: string; change: string | null; variation: AmrCall['variationType'] } => {
  const cut = name.lastIndexOf('_')
  if (cut < 0) return { symbol: name, change: null, variation: 'nucleotide_variant' }
  const change = name.slice(cut + 1)
  return {
    symbol: name.slice(0, cut),
    change: change === '' ? null : change,
    variation: CODON.test(change) ? 'protein_variant' : 'nucleotide_variant',
  }
}
