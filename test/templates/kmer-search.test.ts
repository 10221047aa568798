import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot, tempDir } from '../support/harness.ts'

const script = join(packageRoot, 'templates', 'quick', 'kmer-search.mjs')
const folder = tempDir('kmer search')

// A gene of 60 bases without repeated words, and flanks that share none of its words of length 11.
const gene = 'ATGACCGATTTAGGCCATTACGCAAGTCTGGATCCTTGTCAAGCGTAACTTCGGATTGCA'
const flank = 'CCCCCCCCCCCCCCCCCCCCCCCCC'
const otherStrand = (sequence: string): string =>
  Array.from(sequence, (base) => ({ A: 'T', C: 'G', G: 'C', T: 'A' })[base])
    .reverse()
    .join('')

const search = (files: Record<string, string>, ...words: string[]): Record<string, string>[] => {
  writeFileSync(join(folder, 'genes.fasta'), `>g1 [gene=abc(1)] [accession=X1] [drug_class=tetracycline]\n${gene}\n`)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const fixed = ['--genes', 'genes.fasta', '--word-length', '11', '--output', 'hits.tsv']
  execFileSync(process.execPath, [script, ...fixed, ...words], { cwd: folder })
  const [header = '', ...lines] = readFileSync(join(folder, 'hits.tsv'), 'utf8').trimEnd().split('\n')
  return lines.map((line) =>
    Object.fromEntries(header.split('\t').map((name, index) => [name, line.split('\t')[index] ?? ''])),
  )
}

test('a gene is found at its place on either strand, once for each copy', () => {
  const contigs = `>c1 first\n${flank}${gene}${flank}\n>c2\n${gene}${flank}${otherStrand(gene)}\n`
  const hits = search({ 'contigs.fasta': contigs }, '--contigs', 'contigs.fasta', '--sample', 'S 1')
  const places = hits.map((hit) =>
    [
      'input_file_name',
      'gene_symbol',
      'input_sequence_id',
      'input_gene_start',
      'input_gene_stop',
      'strand_orientation',
    ].map((column) => hit[column]),
  )
  expect(places).toEqual([
    ['S 1', 'abc(1)', 'c1', '26', '85', '+'],
    ['S 1', 'abc(1)', 'c2', '1', '60', '+'],
    ['S 1', 'abc(1)', 'c2', '86', '145', '-'],
  ])
  expect(hits[0]).toMatchObject({ sequence_identity: '100.00', coverage_percentage: '100.00', coverage_depth: '' })
})

test('one substitution in the middle costs k words: containment 39/50 decides against the threshold', () => {
  const changed = `${gene.slice(0, 30)}${gene[30] === 'A' ? 'C' : 'A'}${gene.slice(31)}`
  const contigs = { 'contigs.fasta': `>c1\n${flank}${changed}${flank}\n` }
  const [hit] = search(contigs, '--contigs', 'contigs.fasta', '--min-containment', '0.78')
  expect(hit).toMatchObject({ input_gene_start: '26', input_gene_stop: '85', coverage_percentage: '98.33' })
  expect(Number(hit!['sequence_identity'])).toBeCloseTo(100 * (39 / 50) ** (1 / 11), 2)
  expect(search(contigs, '--contigs', 'contigs.fasta', '--min-containment', '0.79')).toEqual([])
})

test('reads: words seen once are not believed, and depth is corrected for the length of a word', () => {
  const fastq = (reads: readonly string[]): string =>
    reads.map((read, n) => `@r${n}\n${read}\n+\n${'I'.repeat(read.length)}\n`).join('')
  const once = { 'r1.fastq': fastq([gene]), 'r2.fastq': fastq([]) }
  expect(search(once, '--reads', 'r1.fastq', '--reads', 'r2.fastq')).toEqual([])
  const twice = { 'r1.fastq': fastq([gene]), 'r2.fastq': fastq([otherStrand(gene)]) }
  const [hit] = search(twice, '--reads', 'r1.fastq', '--reads', 'r2.fastq')
  // Every word is seen twice; a read of 60 bases holds 50 words of length 11.
  expect(hit).toMatchObject({ gene_symbol: 'abc(1)', coverage_depth: '2.40', input_sequence_id: '' })
})

test('finding nothing writes a report with a header and no rows', () => {
  expect(search({ 'contigs.fasta': `>c1\n${flank}\n` }, '--contigs', 'contigs.fasta')).toEqual([])
  expect(readFileSync(join(folder, 'hits.tsv'), 'utf8')).toMatch(/^input_file_name\tgene_symbol\t/)
})

test('wrong use exits 2 with the usage, a missing file exits 1 with its name', () => {
  expect(spawnSync(process.execPath, [script], { encoding: 'utf8' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--min-containment') as string,
  })
  const words = ['--genes', 'nowhere.fasta', '--contigs', 'x', '--output', 'y']
  const missing = spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: 'utf8' })
  expect(missing).toMatchObject({ status: 1, stderr: expect.stringContaining('nowhere.fasta') as string })
})
