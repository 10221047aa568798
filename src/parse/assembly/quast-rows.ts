import { LENGTH_THRESHOLDS, NX_SHARES } from '../../core/assembly/contiguity.ts'

/** A row of a QUAST report: its names in the releases, current one first, and the metrics its cells become. */
interface QuastRow {
  readonly names: readonly string[]
  readonly metrics: readonly string[]
}

const row = (metrics: string | readonly string[], ...names: readonly string[]): QuastRow => ({
  names,
  metrics: typeof metrics === 'string' ? [metrics] : metrics,
})

/** Every row that is read. A cell `2 + 1 part` is two numbers. */
export const QUAST_ROWS: readonly QuastRow[] = [
  ...LENGTH_THRESHOLDS.map((length) => row(`contig_count_${String(length)}`, `# contigs (>= ${String(length)} bp)`)),
  ...LENGTH_THRESHOLDS.map((length) => row(`total_length_${String(length)}`, `Total length (>= ${String(length)} bp)`)),
  row('contig_count', '# contigs'),
  row('largest_contig', 'Largest contig'),
  row('total_length', 'Total length'),
  row('gc_percent', 'GC (%)'),
  ...['N', 'L', 'NG', 'LG', 'NA', 'LA', 'NGA', 'LGA'].flatMap((name) =>
    NX_SHARES.map((share) => row(`${name.toLowerCase()}${String(share)}`, `${name}${String(share)}`)),
  ),
  row('aun', 'auN'),
  row('aung', 'auNG'),
  row('auna', 'auNA'),
  row('aunga', 'auNGA'),
  row('ns_per_100kbp', "# N's per 100 kbp"),
  row('misassemblies', '# misassemblies'),
  row('misassembled_contigs', '# misassembled contigs'),
  row('misassembled_contigs_length', 'Misassembled contigs length'),
  row('local_misassemblies', '# local misassemblies'),
  row('scaffold_gap_ext_misassemblies', '# scaffold gap ext. mis.', '# scaffold gap size misassemblies'),
  row('scaffold_gap_local_misassemblies', '# scaffold gap loc. mis.'),
  row('unaligned_misassembled_contigs', '# unaligned mis. contigs'),
  row(['unaligned_contigs', 'partially_unaligned_contigs'], '# unaligned contigs'),
  row('unaligned_length', 'Unaligned length'),
  row('genome_fraction', 'Genome fraction (%)'),
  row('duplication_ratio', 'Duplication ratio'),
  row('mismatches_per_100kbp', '# mismatches per 100 kbp'),
  row('indels_per_100kbp', '# indels per 100 kbp'),
  row(['genomic_features', 'partial_genomic_features'], '# genomic features', '# genes'),
  row('largest_alignment', 'Largest alignment'),
  row('total_aligned_length', 'Total aligned length'),
  row('kmer_completeness', 'K-mer-based compl. (%)'),
]
