import { tableFormat } from '../table-format.ts'
import { draftCall, place } from './draft-call.ts'
import { classesOfPhenotype } from './resfinder-tab.ts'

export const staramrPointfinder = tableFormat({
  id: 'staramr-pointfinder',
  title: 'StarAMR PointFinder table',
  tool: 'StarAMR',
  fileNames: ['pointfinder.tsv'],
  columns: {
    sample: { names: ['Isolate ID'], required: true, use: 'sample' },
    gene: { names: ['Gene'], required: true, use: 'gene symbol and, as gene name, the change in brackets' },
    phenotype: { names: ['Predicted Phenotype'], required: false, use: 'drugs, as classes' },
    type: { names: ['Type'], required: true, use: '`codon` is a protein variant, `nucleotide` a nucleotide variant' },
    mutation: { names: ['Mutation'], required: true, use: 'tells this table from others' },
    identity: { names: ['%Identity'], required: true, use: 'identity, percent' },
    coverage: { names: ['%Overlap'], required: true, use: 'coverage of the gene, percent' },
    contig: { names: ['Contig'], required: true, use: 'contig' },
    start: { names: ['Start'], required: true, use: 'start on the contig' },
    stop: { names: ['End'], required: true, use: 'end on the contig' },
  },
  notes: ['Hits on the minus strand have start > end; they are turned round and marked.'],
  call: (row, at) => {
    const [, symbol = '', change] = GENE.exec(row.required(at.gene, 'gene')) ?? []
    const type = row.required(at.type, 'type')
    const call = draftCall(row.line, 'staramr', symbol)
    call.sample = row.text(at.sample)
    call.geneName = change ?? null
    call.database = 'pointfinder'
    call.variationType = type === 'codon' ? 'protein_variant' : 'nucleotide_variant'
    if (type !== '' && type !== 'codon' && type !== 'nucleotide')
      row.fail(at.type, `The type "${type.slice(0, 40)}" is neither codon nor nucleotide.`)
    call.drugClasses = classesOfPhenotype(row.text(at.phenotype))
    call.identity = row.percent(at.identity, 'identity')
    call.coverage = row.percent(at.coverage, 'overlap', { mayExceed: true })
    call.contig = row.word(at.contig)
    place(call, row.position(at.start, 'start'), row.position(at.stop, 'end'))
    if (call.start !== null && call.strand === null) call.strand = '+'
    return call
  },
})

/** `gyrA (S83Y)` */
const GENE = /^(.+?)(?:\s*\((\S+)\))?$/
