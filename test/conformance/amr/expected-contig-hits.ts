// What the reports of tools that search contigs and reads say, and what hAMRonization and argNorm make of them.
import type { AmrCall } from '../../../src/core/amr/call.ts'
import {
  cell,
  type ExpectedCall,
  list,
  most100,
  num,
  place,
  type ReadPlainly,
  type Row,
  rows,
  strand,
  table,
  word,
} from './plain-table.ts'

export const abricate = table((row) => ({
  geneSymbol: row['GENE'] ?? '',
  contig: word(row['SEQUENCE']),
  ...place(row['START'], row['END']),
  strand: strand(row['STRAND']),
  coverage: num(row['%COVERAGE']),
  identity: num(row['%IDENTITY']),
  database: cell(row['DATABASE']),
  accession: cell(row['ACCESSION']),
  geneName: cell(row['PRODUCT']),
  drugClasses: list(row['RESISTANCE'], ';'),
  variationType: 'gene_presence',
}))

export const amrfinderplus = (text: string): ExpectedCall[] =>
  rows(text)
    .filter((row) => !(row['Element name'] ?? row['Sequence name'] ?? '').endsWith('[WILDTYPE]'))
    .map((row) => ({
      geneSymbol: row['Element symbol'] ?? row['Gene symbol'] ?? '',
      geneName: cell(row['Element name'] ?? row['Sequence name']),
      contig: word(row['Contig id']),
      ...place(row['Start'], row['Stop']),
      strand: strand(row['Strand']),
      drugClasses: list(row['Class'], '/'),
      coverage: most100(row['% Coverage of reference'] ?? row['% Coverage of reference sequence']),
      identity: num(row['% Identity to reference'] ?? row['% Identity to reference sequence']),
      accession: cell(row['Closest reference accession'] ?? row['Accession of closest sequence']),
      variationType:
        (row['Subtype'] ?? row['Element subtype']) !== 'POINT'
          ? 'gene_presence'
          : row['Method'] === 'POINTN'
            ? 'nucleotide_variant'
            : 'protein_variant',
      flags: Object.fromEntries(
        [
          ['amrfinder_type', row['Type'] ?? row['Element type']],
          ['amrfinder_subtype', row['Subtype'] ?? row['Element subtype']],
          ['amrfinder_method', row['Method']],
          ['amrfinder_scope', row['Scope']],
        ].filter(([, value]) => cell(value) !== null),
      ) as Record<string, string>,
    }))

export const hamronized = (row: Row): ExpectedCall => ({
  sample: row['input_file_name'] ?? '',
  geneSymbol: row['gene_symbol'] ?? '',
  geneName: cell(row['gene_name']),
  database: cell(row['reference_database_name'] ?? row['reference_database_id']),
  accession: cell(row['reference_accession']),
  tool: row['analysis_software_name'] ?? '',
  contig: word(row['input_sequence_id']),
  ...place(row['input_gene_start'], row['input_gene_stop']),
  strand: strand(row['strand_orientation']),
  coverage: most100(row['coverage_percentage']),
  identity: num(row['sequence_identity']),
  mechanism: cell(row['resistance_mechanism']),
  variationType: (row['genetic_variation_type'] ?? 'gene_presence_detected').replace(
    '_detected',
    '',
  ) as AmrCall['variationType'],
})

export const normalized = (row: Row): ExpectedCall => ({
  ...hamronized(row),
  aro: cell(row['ARO']),
  flags: {
    ...(row['analysis_software_name'] === 'deeparg'
      ? { deeparg: (row['input_file_name'] ?? '').includes('.potential.ARG') ? 'potential' : 'accepted' }
      : {}),
    ...(cell(row['Cut_Off']) === null ? {} : { argnorm_cut_off: row['Cut_Off'] ?? '' }),
  },
})

export const deeparg = (state: string): ReadPlainly =>
  table((row) => ({
    geneSymbol: row['#ARG'] ?? '',
    contig: row['read_id'] ?? '',
    score: num(row['probability']),
    identity: num(row['identity']),
    drugClasses: list(row['predicted_ARG-class'], ';'),
    // Some hits are to a reference DeepARG itself calls undefined.
    accession: row['best-hit']?.includes('|') === true ? (row['best-hit'].split('|')[0] ?? '') : null,
    start: null,
    stop: null,
    flags: { deeparg: state },
  }))

export const resfinder = table((row) => {
  const [from, to] = (row['Position in contig'] ?? '').split('..')
  return {
    geneSymbol: row['Resistance gene'] ?? '',
    identity: num(row['Identity']),
    coverage: most100(row['Coverage']),
    contig: word(row['Contig']),
    ...place(from, to),
    accession: cell(row['Accession no.']),
  }
})
