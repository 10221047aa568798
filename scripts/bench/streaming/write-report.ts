import { closeSync, openSync, writeSync } from 'node:fs'

/** The formats whose reports grow with the number of contigs and reads. */
export type StreamedFormat = 'hamronization' | 'abricate'

const GENES = 2000
const SAMPLES = 50
const CHUNK_BYTES = 4 * 1024 * 1024

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

// Every row has a contig, a place and numbers of its own; genes, samples and their descriptions repeat.
const rowOf = (format: StreamedFormat, row: number): string => {
  const gene = (row * 7919) % GENES
  const contig = `NODE_${row}_length_${1000 + (row % 90_000)}_cov_${(row % 977) / 7}`
  const start = 1 + (row % 50_000)
  const coverage = 60 + (row % 4001) / 100
  const identity = 75 + (row % 2501) / 100
  const strand = row % 2 === 0 ? '+' : '-'
  const name = `made-up resistance gene ${gene} of family ${gene % 97}`
  return format === 'abricate'
    ? `all.fna\t${contig}\t${start}\t${start + 900}\t${strand}\tgene${gene}\t1-900/900\t===============\t0/0\t${coverage}\t${identity}\tncbi\tNG_${100_000 + gene}.1\t${name}\tCLASS${gene % 20};OTHER`
    : `sample${row % SAMPLES}\tgene${gene}\t${name}\tncbi\t2024\tNG_${100_000 + gene}.1\tabricate\t1.0.1\tgene_presence_detected\t${coverage}\tCLASS${gene % 20};OTHER\t${start}\t${start + 900}\t${contig}\t${strand}\t${identity}`
}

/** Writes a report of at least so many bytes; answers how many rows it has. */
export const writeReport = (file: string, format: StreamedFormat, bytes: number): number => {
  const handle = openSync(file, 'w')
  let written = writeSync(handle, `${HEADERS[format]}\n`)
  let rows = 0
  while (written < bytes) {
    const lines: string[] = []
    for (let length = 0; length < Math.min(CHUNK_BYTES, bytes - written); length += lines.at(-1)?.length ?? 0)
      lines.push(rowOf(format, rows++))
    written += writeSync(handle, `${lines.join('\n')}\n`)
  }
  closeSync(handle)
  return rows
}
