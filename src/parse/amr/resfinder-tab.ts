import { tableFormat } from '../table-format.ts'
import { draftCall, placeSpan } from './draft-call.ts'

export const resfinderTab = tableFormat({
  id: 'resfinder-tab',
  title: 'ResFinder results table',
  tool: 'ResFinder 3 and 4',
  fileNames: ['ResFinder_results_tab.txt', 'ResFinder_results_table.txt'],
  columns: {
    gene: { names: ['Resistance gene'], required: true, use: 'gene symbol' },
    identity: { names: ['Identity', '%Identity'], required: true, use: 'identity, percent' },
    coverage: {
      names: ['Coverage'],
      required: false,
      use: 'coverage of the gene, percent; more than 100 counts as 100',
    },
    contig: { names: ['Contig'], required: true, use: 'contig; NA when reads were searched' },
    position: { names: ['Position in contig'], required: true, use: 'start..stop on the contig' },
    phenotype: { names: ['Phenotype', 'Predicted phenotype'], required: true, use: 'drug classes' },
    accession: { names: ['Accession no.', 'Accession number'], required: true, use: 'accession of the reference gene' },
  },
  notes: [
    'The table by class is read too: its titles and its "No hit found" lines are no rows.',
    'A gene listed under two classes gives two rows; that is one gene and one redundant hit.',
  ],
  noHitsLine: 'No hit found',
  // Titles are the names of the classes, alone on a line.
  isSectionTitle: (line) => !line.trim().includes('\t'),
  call: (row, at) => {
    const call = draftCall(row.line, 'resfinder', row.required(at.gene, 'resistance gene'))
    call.identity = row.percent(at.identity, 'identity')
    call.coverage = row.percent(at.coverage, 'coverage', { mayExceed: true })
    call.contig = row.word(at.contig)
    placeSpan(call, row, at.position)
    call.drugClasses = classesOfPhenotype(row.text(at.phenotype))
    call.accession = row.text(at.accession)
    call.database = 'resfinder'
    return call
  },
})

const known = new Map<string, readonly string[]>()
const MOST_KNOWN = 10_000

/** `Fluoroquinolone and aminoglycoside resistance` names two classes; agents are separated by commas. */
export const classesOfPhenotype = (phenotype: string | null): readonly string[] => {
  if (phenotype === null) return []
  const found = known.get(phenotype)
  if (found !== undefined) return found
  const items = phenotype
    .replace(/^warning:.*$/i, '')
    .split(/,|;| and /)
    .map((item) => item.replace(/\bresistance\b/i, '').trim())
  const classes = [...new Set(items.filter((item) => item !== ''))]
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(phenotype, classes)
  return classes
}
