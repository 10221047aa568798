#!/usr/bin/env node
// Demonstration pipeline of `benchmark test --quick`: finds genes by the words of length k they share with contigs or
// reads. It is small enough to read in one sitting and honest about it: no gapped alignment, no error correction and no
// statistics. Use a real tool for science.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'

const VERSION = '1.0.0'
const USAGE = `kmer-search.mjs --genes FASTA (--contigs FASTA | --reads FASTQ [--reads FASTQ]) --output TSV
  --sample NAME           name in the report (default: name of the first input file)
  --min-containment C     smallest share of a gene's words that must be found, 0..1 (default 0.5)
  --min-count N           reads only: how often a word must be seen to be believed (default 2)
  --word-length K         (default 21)`

const { values: options } = parseArgs({
  options: {
    genes: { type: 'string' },
    contigs: { type: 'string' },
    reads: { type: 'string', multiple: true },
    output: { type: 'string' },
    sample: { type: 'string' },
    'min-containment': { type: 'string', default: '0.5' },
    'min-count': { type: 'string', default: '2' },
    'word-length': { type: 'string', default: '21' },
    version: { type: 'boolean' },
  },
})
if (options.version) {
  console.log(`kmer-search ${VERSION}`)
  process.exit(0)
}
if (!options.genes || !options.output || Boolean(options.contigs) === Boolean(options.reads)) {
  console.error(USAGE)
  process.exit(2)
}
const wordLength = Number(options['word-length'])
const minContainment = Number(options['min-containment'])
const minCount = Number(options['min-count'])

const readText = (file) => {
  const bytes = readFileSync(file)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1')
}
const readFasta = (file) =>
  readText(file)
    .split(/^>/m)
    .slice(1)
    .map((block) => {
      const [header, ...lines] = block.split(/\r?\n/)
      return { id: header.split(/\s/)[0], header, sequence: lines.join('').toUpperCase() }
    })
const readFastq = (file) => {
  const lines = readText(file).split(/\r?\n/)
  return lines.filter((_, index) => index % 4 === 1)
}
const complement = { A: 'T', C: 'G', G: 'C', T: 'A' }
const reverseComplement = (sequence) =>
  Array.from(sequence, (base) => complement[base] ?? 'N')
    .reverse()
    .join('')
const words = (sequence) =>
  Array.from({ length: Math.max(0, sequence.length - wordLength + 1) }, (_, at) => sequence.slice(at, at + wordLength))

// `>id [gene=sul1] [accession=U12338] [drug_class=sulphonamide]`
const modifier = (header, name) => new RegExp(`\\[${name}=([^\\]]*)\\]`).exec(header)?.[1] ?? ''
const genes = readFasta(options.genes).map(({ id, header, sequence }) => ({
  id,
  symbol: modifier(header, 'gene') || id,
  accession: modifier(header, 'accession'),
  drugClass: modifier(header, 'drug_class'),
  length: sequence.length,
  words: words(sequence),
}))

// Under independent substitutions a word survives with probability identity^k.
const identityOf = (containment) => 100 * containment ** (1 / wordLength)
const coverageOf = (gene, foundAt) => {
  const covered = new Uint8Array(gene.length)
  for (const at of foundAt) covered.fill(1, at, at + wordLength)
  return (100 * covered.reduce((sum, one) => sum + one, 0)) / gene.length
}

/** Places where a gene's words lie in the gene's order: matches on one diagonal (contig position - gene position). */
const searchContigs = (contigs) => {
  const index = new Map()
  genes.forEach((gene) => gene.words.forEach((word, at) => index.set(word, [...(index.get(word) ?? []), { gene, at }])))
  const hits = []
  for (const contig of contigs) {
    for (const strand of ['+', '-']) {
      const diagonals = new Map()
      words(strand === '+' ? contig.sequence : reverseComplement(contig.sequence)).forEach((word, position) => {
        for (const { gene, at } of index.get(word) ?? []) {
          const key = `${gene.id} ${position - at}`
          if (!diagonals.has(key)) diagonals.set(key, { gene, offset: position - at, foundAt: [] })
          diagonals.get(key).foundAt.push(at)
        }
      })
      for (const { gene, offset, foundAt } of diagonals.values()) {
        const containment = foundAt.length / gene.words.length
        if (containment < minContainment) continue
        const first = Math.max(0, offset)
        const end = Math.min(contig.sequence.length, offset + gene.length)
        const [start, stop] =
          strand === '+' ? [first + 1, end] : [contig.sequence.length - end + 1, contig.sequence.length - first]
        hits.push({ gene, containment, coverage: coverageOf(gene, foundAt), contig: contig.id, start, stop, strand })
      }
    }
  }
  // Genes that resemble each other compete for a place; the one with most of its words wins it.
  hits.sort((left, right) => right.containment - left.containment)
  const overlap = (left, right) => Math.min(left.stop, right.stop) - Math.max(left.start, right.start) + 1
  const isTaken = (hit, rank) =>
    hits
      .slice(0, rank)
      .some((better) => better.contig === hit.contig && 2 * overlap(better, hit) > hit.stop - hit.start)
  return hits.filter((hit, rank) => !isTaken(hit, rank))
}

/** Genes whose words are seen often enough in all reads together; reads know no place. */
const searchReads = (reads) => {
  const counts = new Map()
  genes.forEach((gene) => gene.words.forEach((word) => counts.set(word, 0)))
  for (const read of reads)
    for (const sequence of [read, reverseComplement(read)])
      for (const word of words(sequence)) if (counts.has(word)) counts.set(word, counts.get(word) + 1)
  const readLength = reads.reduce((sum, read) => sum + read.length, 0) / Math.max(1, reads.length)
  return genes.flatMap((gene) => {
    const foundAt = gene.words.flatMap((word, at) => (counts.get(word) >= minCount ? [at] : []))
    const containment = foundAt.length / gene.words.length
    if (foundAt.length === 0 || containment < minContainment) return []
    const wordDepth = foundAt.reduce((sum, at) => sum + counts.get(gene.words[at]), 0) / foundAt.length
    // A read of length L holds L-k+1 words, so words are seen less often than bases.
    const depth = (wordDepth * readLength) / (readLength - wordLength + 1)
    return [{ gene, containment, coverage: coverageOf(gene, foundAt), depth }]
  })
}

const hits = options.contigs ? searchContigs(readFasta(options.contigs)) : searchReads(options.reads.flatMap(readFastq))
const sample = options.sample ?? basename(options.contigs ?? options.reads[0])
const rows = hits.map((hit) => ({
  input_file_name: sample,
  gene_symbol: hit.gene.symbol,
  gene_name: hit.gene.id,
  reference_database_name: basename(options.genes),
  reference_database_version: VERSION,
  reference_accession: hit.gene.accession,
  analysis_software_name: 'kmer-search',
  analysis_software_version: VERSION,
  genetic_variation_type: 'gene_presence_detected',
  drug_class: hit.gene.drugClass,
  sequence_identity: identityOf(hit.containment).toFixed(2),
  coverage_percentage: hit.coverage.toFixed(2),
  coverage_depth: hit.depth?.toFixed(2) ?? '',
  input_sequence_id: hit.contig ?? '',
  input_gene_start: hit.start ?? '',
  input_gene_stop: hit.stop ?? '',
  strand_orientation: hit.strand ?? '',
}))
const columns =
  'input_file_name gene_symbol gene_name reference_database_name reference_database_version reference_accession ' +
  'analysis_software_name analysis_software_version genetic_variation_type drug_class sequence_identity ' +
  'coverage_percentage coverage_depth input_sequence_id input_gene_start input_gene_stop strand_orientation'
const table = [columns.split(' '), ...rows.map((row) => columns.split(' ').map((column) => row[column]))]
writeFileSync(options.output, table.map((cells) => `${cells.join('\t')}\n`).join(''))
