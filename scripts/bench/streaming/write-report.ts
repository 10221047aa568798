import { closeSync, openSync, writeSync } from 'node:fs'

/** The formats whose reports grow with the number of contigs and reads. */
export type StreamedFormat = 'hamronization' | 'abricate'

const GENES = 2000
const SAMPLES = 50

const HEADERS: Readonly<Record<StreamedFormat, string>> = {
  hamronization: [
    ...['input_file_name', 'gene_symbol', 'gene_name', 'reference_database_name', 'reference_database_version'],
    ...['reference_accession', 'analysis_software_name', 'analysis_software_version', 'genetic_variation_type'],
    ...['coverage_percentage', 'drug_class', 'input_gene_start', 'input_gene_stop', 'input_sequence_id'],
    ...['strand_orientation', 'sequence_identity'],
  ].join('\t'),
  abricate: [
    ...['#FILE', 'SEQUENCE', 'START', 'END', 'STRAND', 'GENE', 'COVERAGE', 'COVERAGE_MAP', 'GAPS', '%COVERAGE'],
    ...['%IDENTITY', 'DATABASE', 'ACCESSION', 'PRODUCT', 'RESISTANCE'],
  ].join('\t'),
}

/** Rows are made from so many patterns, which takes less time than making each from nothing. */
const PATTERNS = 8000

// What stands before and after the number of the row.
const patternOf = (format: StreamedFormat, row: number): readonly [string, string] => {
  const gene = (row * 7919) % GENES
  const contig = `_length_${1000 + (row % 90_000)}_cov_${((row % 977) / 7).toFixed(6)}`
  const start = 1 + (row % 50_000)
  const coverage = 60 + (row % 4001) / 100
  const identity = 75 + (row % 2501) / 100
  const strand = row % 2 === 0 ? '+' : '-'
  const name = `made-up resistance gene ${gene} of family ${gene % 97}`
  return format === 'abricate'
    ? [
        'all.fna\tNODE_',
        `${contig}\t${start}\t${start + 900}\t${strand}\tgene${gene}\t1-900/900\t===============\t0/0\t${coverage}\t${identity}\tncbi\tNG_${100_000 + gene}.1\t${name}\tCLASS${gene % 20};OTHER\n`,
      ]
    : [
        `sample${row % SAMPLES}\tgene${gene}\t${name}\tncbi\t2024\tNG_${100_000 + gene}.1\tabricate\t1.0.1\tgene_presence_detected\t${coverage}\tCLASS${gene % 20};OTHER\t${start}\t${start + 900}\tNODE_`,
        `${contig}\t${strand}\t${identity}\n`,
      ]
}

/** Writes a report of at least so many bytes; answers how many rows it has. Every row has a contig of its own. */
export const writeReport = (file: string, format: StreamedFormat, bytes: number): number => {
  const patterns = Array.from({ length: PATTERNS }, (_, row) => patternOf(format, row))
  const handle = openSync(file, 'w')
  let written = writeSync(handle, `${HEADERS[format]}\n`)
  let rows = 0
  while (written < bytes) {
    let chunk = ''
    for (const [before, after] of patterns) {
      chunk += before + String(rows++) + after
      if (written + chunk.length >= bytes) break
    }
    written += writeSync(handle, chunk)
  }
  closeSync(handle)
  return rows
}
