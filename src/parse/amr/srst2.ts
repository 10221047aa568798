import { tableFormat } from '../table-format.ts'
import { draftCall } from './draft-call.ts'
import { referenceGene } from './reference-name.ts'

export const srst2 = tableFormat({
  id: 'srst2',
  title: 'SRST2 gene report',
  tool: 'SRST2',
  fileNames: ['*__fullgenes__*__results.txt', '*_srst2_report.tsv'],
  columns: {
    sample: { names: ['Sample'], required: true, use: 'sample' },
    database: { names: ['DB'], required: true, use: 'database' },
    gene: { names: ['gene'], required: true, use: 'gene family: the cluster of alleles' },
    allele: { names: ['allele'], required: true, use: 'gene symbol' },
    coverage: { names: ['coverage'], required: true, use: 'coverage of the allele, percent' },
    depth: { names: ['depth'], required: true, use: 'mean depth' },
    divergence: { names: ['divergence'], required: false, use: 'identity = 100 - divergence, percent' },
    seqid: { names: ['seqid'], required: false, use: 'number of the reference, which ends the names of ARG-ANNOT' },
    annotation: { names: ['annotation'], required: false, use: 'gene name; ResFinder’s gives the accession' },
  },
  notes: ['The allele is the symbol: clusters of alleles are named after one of their members.'],
  call: (row, at) => {
    const call = draftCall(row.line, 'srst2', withoutNumber(row.required(at.allele, 'allele'), row.text(at.seqid)))
    const divergence = row.percent(at.divergence, 'divergence')
    call.sample = row.text(at.sample)
    call.database = row.text(at.database)
    call.geneFamily = row.text(at.gene)
    call.coverage = row.percent(at.coverage, 'coverage')
    call.depth = row.number(at.depth, 'depth', 0)
    call.identity = divergence === null ? null : 100 - divergence
    call.geneName = row.text(at.annotation)
    call.accession = referenceGene(call.geneName?.split(';', 1)[0] ?? '').accession
    return call
  },
})

/** SRST2's own databases end the name of an allele with the number of its sequence: `SulI_1616` is `SulI`. */
const withoutNumber = (allele: string, seqid: string | null): string =>
  seqid !== null && allele.endsWith(`_${seqid}`) && allele.length > seqid.length + 1
    ? allele.slice(0, -seqid.length - 1)
    : allele
