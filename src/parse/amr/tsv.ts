import type { AmrCall } from '../../core/amr/call.ts'
import { nearest } from '../../core/problem.ts'
import type { ColumnDescription, Format, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { openTable } from '../table-format.ts'
import { headerCells, isPreamble, normalizeColumnName } from '../table-header.ts'
import { aroAccession, draftCall, place } from './draft-call.ts'

const FIELDS = {
  gene_symbol: 'gene symbol (required)',
  sample: 'sample, for a report of several',
  gene_name: 'gene name',
  database: 'database',
  accession: 'accession of the reference gene',
  aro: 'ARO accession',
  gene_family: 'gene family',
  drug_class: 'drug classes, separated by `;`',
  mechanism: 'mechanism',
  contig: 'contig',
  start: 'start on the contig, from 1',
  stop: 'stop on the contig',
  strand: '`+` or `-`',
  identity: 'identity, percent',
  identity_fraction: 'identity, 0..1',
  coverage: 'coverage of the reference, percent',
  coverage_fraction: 'coverage of the reference, 0..1',
  depth: 'mean depth',
  score: 'what hits are ranked by; higher is surer',
  variation_type: '`gene_presence`, `protein_variant` or `nucleotide_variant`',
} as const
type Field = keyof typeof FIELDS
const FIELD_NAMES = Object.keys(FIELDS) as Field[]
const VARIATIONS: readonly string[] = ['gene_presence', 'protein_variant', 'nucleotide_variant']

/** Any table: the caller declares which of its columns is what (`gene_symbol=Gene,contig=Contig`). */
export const tsv: Format = {
  id: 'tsv',
  title: 'any table with declared columns',
  tool: 'any',
  kind: 'amr',
  fileNames: ['*.tsv'],
  columns: FIELD_NAMES.map((field) => ({ names: [field], required: field === 'gene_symbol', use: FIELDS[field] })),
  takesColumns: true,
  notes: [
    'Declare the columns: `--columns gene_symbol=Gene,identity=Identity` or `columns:` of the pipeline’s output. ' +
      'Every declared column must be there. Without a declaration the columns bear the names below.',
  ],
  sniff: (head) => {
    const header = headLines(head, 200).find((line) => !isPreamble(line)) ?? ''
    return headerCells(header).some((cell) => normalizeColumnName(cell) === 'gene_symbol') ? 0.5 : 0
  },
  open: (context) => {
    const columns = declaredColumns(context)
    return openTable(
      {
        title: 'a table with the declared columns',
        columns,
        call: (row, at) => {
          const call = draftCall(row.line, null, row.required(at.gene_symbol, 'gene symbol'))
          call.sample = row.text(at.sample)
          call.geneName = row.text(at.gene_name)
          call.database = row.text(at.database)
          call.accession = row.text(at.accession)
          call.aro = aroAccession(row.text(at.aro))
          call.geneFamily = row.text(at.gene_family)
          call.drugClasses = row.list(at.drug_class, ';')
          call.mechanism = row.text(at.mechanism)
          call.contig = row.word(at.contig)
          call.strand = row.strand(at.strand)
          place(call, row.position(at.start, 'start'), row.position(at.stop, 'stop'))
          call.identity = row.percent(at.identity, 'identity') ?? row.fraction(at.identity_fraction, 'identity')
          call.coverage = row.percent(at.coverage, 'coverage') ?? row.fraction(at.coverage_fraction, 'coverage')
          call.depth = row.number(at.depth, 'depth', 0)
          call.score = row.number(at.score, 'score')
          const variation = row.text(at.variation_type)
          if (variation !== null && !VARIATIONS.includes(variation))
            row.fail(at.variation_type, `The variation type "${variation}" is not one of ${VARIATIONS.join(', ')}.`)
          else if (variation !== null) call.variationType = variation as AmrCall['variationType']
          return call
        },
      },
      context,
    )
  },
}

const declaredColumns = ({ columns, findings }: ReadingContext): Record<Field, ColumnDescription> => {
  const declared = Object.keys(columns ?? {})
  for (const name of declared.filter((key) => !(key in FIELDS))) {
    const similar = nearest(name, FIELD_NAMES, 1)[0]
    findings.add(
      `"${name}" in the declared columns is no field.`,
      undefined,
      undefined,
      similar === undefined ? `fields: ${FIELD_NAMES.join(', ')}` : `did you mean ${similar}?`,
    )
  }
  if (declared.length > 0 && columns?.['gene_symbol'] === undefined)
    findings.add('The declared columns do not say which one is gene_symbol.')
  findings.finish()
  const isRequired = (field: Field): boolean =>
    declared.length > 0 ? columns?.[field] !== undefined : field === 'gene_symbol'
  const table: Partial<Record<Field, ColumnDescription>> = {}
  for (const field of FIELD_NAMES) {
    // A field left out of the declaration gets a name no header can have, so that it is never found by chance.
    const name = declared.length === 0 ? field : (columns?.[field] ?? `\t${field}`)
    table[field] = { names: [name], required: isRequired(field), use: FIELDS[field] }
  }
  return table as Record<Field, ColumnDescription>
}
