import { tableFormat } from '../table-format.ts'
import { variationOfModel } from './card-model.ts'
import { aroAccession, draftCall, place } from './draft-call.ts'
import { createFlags } from './flags.ts'

const flags = createFlags()

export const rgi = tableFormat({
  id: 'rgi',
  title: 'RGI main report',
  tool: 'RGI main',
  fileNames: ['<sample>.txt'],
  columns: {
    contig: { names: ['Contig'], required: true, use: 'contig, after cutting off the number of the ORF' },
    start: { names: ['Start'], required: false, use: 'start on the contig' },
    stop: { names: ['Stop'], required: false, use: 'stop on the contig' },
    strand: { names: ['Orientation'], required: false, use: 'strand' },
    cutOff: { names: ['Cut_Off'], required: true, use: 'flag `cut_off`: Perfect, Strict, Loose' },
    bitscore: { names: ['Best_Hit_Bitscore', 'Best_Hit_bitscore'], required: false, use: 'score' },
    gene: { names: ['Best_Hit_ARO'], required: true, use: 'gene symbol' },
    identity: { names: ['Best_Identities'], required: false, use: 'identity, percent' },
    aro: { names: ['ARO'], required: true, use: 'ARO accession (digits)' },
    model: { names: ['Model_type'], required: false, use: 'variant models are mutations, the others genes' },
    snps: { names: ['SNPs_in_Best_Hit_ARO'], required: false, use: 'the mutation, as the gene name' },
    drugClass: { names: ['Drug Class'], required: false, use: 'drug classes, separated by `;`' },
    mechanism: { names: ['Resistance Mechanism'], required: false, use: 'mechanism' },
    family: { names: ['AMR Gene Family'], required: false, use: 'gene family' },
    coverage: {
      names: ['Percentage Length of Reference Sequence'],
      required: false,
      use: 'coverage of the reference, percent; more than 100 counts as 100',
    },
  },
  notes: [
    'RGI appends `_n`, the number of the ORF, to the contig; it is cut off. Rows of protein input have no contig.',
    'Loose hits are read too and marked; the scoring leaves them out.',
  ],
  call: (row, at) => {
    const call = draftCall(row.line, 'rgi', row.required(at.gene, 'Best_Hit_ARO'))
    call.flags = flags(['cut_off', row.required(at.cutOff, 'Cut_Off')])
    call.aro = aroAccession(row.text(at.aro))
    if (call.aro === null) row.fail(at.aro, 'The ARO is not an accession of seven digits.')
    call.variationType = variationOfModel(row.text(at.model))
    call.geneName = row.text(at.snps)
    call.drugClasses = row.list(at.drugClass, ';')
    call.mechanism = row.text(at.mechanism)
    call.geneFamily = row.text(at.family)
    call.database = 'card'
    return call
  },
  hits: {
    geneColumns: ['cutOff', 'gene', 'aro', 'model', 'snps', 'drugClass', 'mechanism', 'family'],
    complete: (call, row, at) => {
      call.contig = contigOfOrf(row.word(at.contig))
      call.strand = row.strand(at.strand)
      place(call, row.position(at.start, 'start'), row.position(at.stop, 'stop'))
      call.score = row.number(at.bitscore, 'bitscore', 0)
      call.identity = row.percent(at.identity, 'identity')
      call.coverage = row.percent(at.coverage, 'coverage', MAY_EXCEED)
    },
  },
})

const MAY_EXCEED = { mayExceed: true }

/** `NZ_LR792628.1_1289` without the ORF number RGI adds. */
export const contigOfOrf = (name: string | null): string | null => name?.replace(/_\d+$/, '') ?? null
