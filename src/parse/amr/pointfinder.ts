import { tableFormat } from '../table-format.ts'
import { draftCall } from './draft-call.ts'
import { classesOfPhenotype } from './resfinder-tab.ts'

export const pointfinder = tableFormat({
  id: 'pointfinder',
  title: 'PointFinder results table',
  tool: 'PointFinder, ResFinder 4',
  fileNames: ['PointFinder_results.txt'],
  columns: {
    mutation: { names: ['Mutation'], required: true, use: 'gene symbol and, as gene name, the change' },
    nucleotide: { names: ['Nucleotide change'], required: true, use: 'tells this table from others' },
    aminoAcid: { names: ['Amino acid change'], required: true, use: 'tells this table from others' },
    resistance: { names: ['Resistance'], required: true, use: 'drug classes' },
  },
  notes: [
    'Every row is a mutation: `gyrA p.S83L` a protein variant, changes of RNA genes and promoters nucleotide variants.',
    'A mutation of unknown effect (`Resistance` says Unknown) has no drug class.',
  ],
  call: (row, at) => {
    const mutation = row.required(at.mutation, 'mutation')
    // Names of promoters hold blanks, changes do not.
    const cut = mutation.search(/\s\S+$/)
    if (mutation !== '' && cut < 0) row.fail(at.mutation, `"${mutation.slice(0, 40)}" is not a gene and its change.`)
    const change = mutation.slice(cut + 1)
    const call = draftCall(row.line, 'pointfinder', mutation.slice(0, Math.max(0, cut)))
    call.geneName = change
    call.database = 'pointfinder'
    call.variationType = /^p\./i.test(change) ? 'protein_variant' : 'nucleotide_variant'
    call.drugClasses = classesOfPhenotype(row.text(at.resistance)).filter((name) => !/^unknown$/i.test(name))
    return call
  },
})
