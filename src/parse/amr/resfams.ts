import type { AmrFormat } from '../contract.ts'
import { openHmmerTable } from '../hmmer-table.ts'
import { draftCall, place } from './draft-call.ts'
import { contigOfOrf } from './rgi.ts'

/** Columns before the description of the target. */
const TARGET_COLUMNS = 18
/** What Prodigal writes behind the name of a gene. */
const PRODIGAL = /^# (\d+) # (\d+) # (-?1) # ID=/

export const resfams: AmrFormat = {
  id: 'resfams',
  title: 'ResFams HMM hits',
  tool: 'hmmsearch with ResFams (HMMER target table)',
  kind: 'amr',
  fileNames: ['*.tblout'],
  columns: [
    { names: ['target name'], required: true, use: 'contig, without the number of the ORF where Prodigal named it' },
    { names: ['query name'], required: true, use: 'gene symbol and family: the model' },
    { names: ['accession (of the query)'], required: false, use: 'accession of the model' },
    { names: ['score'], required: true, use: 'score of the full sequence' },
    { names: ['description of target'], required: false, use: 'start, stop and strand, where Prodigal wrote them' },
  ],
  notes: [
    'Columns are separated by blanks, as HMMER writes them (`--tblout`).',
    'All rows are read: what is below HMMER’s thresholds must be left out by running it with `--cut_ga`.',
  ],
  sniff: (head) =>
    head.includes('# target name') && /^# target name\s+accession\s+query name\s+accession/m.test(head) ? 1 : 0,
  open: (context) =>
    openHmmerTable(context, TARGET_COLUMNS, (row) => {
      const before = context.findings.count
      const [target = '', , model = '', accession = '-'] = row.cells
      const call = draftCall(row.line, 'resfams', model)
      call.geneFamily = model
      call.database = 'resfams'
      call.accession = accession === '-' ? null : accession
      call.score = row.number(5, 'score')
      call.contig = target
      const gene = PRODIGAL.exec(row.rest(TARGET_COLUMNS))
      if (gene !== null && row.cells.length > TARGET_COLUMNS) {
        const [start, stop] = [Number(gene[1]), Number(gene[2])]
        if (start < 1 || stop < 1 || !Number.isSafeInteger(start + stop))
          row.fail(TARGET_COLUMNS, `The gene cannot lie at ${start}..${stop}.`)
        call.contig = contigOfOrf(target)
        call.strand = gene[3] === '1' ? '+' : '-'
        place(call, start, stop)
      }
      if (context.findings.count === before) context.emit(call)
    }),
}
