import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { packageRoot, tempDir } from '../support/harness.ts'

const folder = join(packageRoot, 'templates', 'quick')
const resfinder = '/usr/share/resfinder/db'
const text = (path: string): string => readFileSync(join(folder, path), 'utf8')
const rows = (path: string): Record<string, string>[] => {
  const [header = '', ...lines] = text(path).trimEnd().split('\n')
  return lines.map((line) =>
    Object.fromEntries(header.split('\t').map((name, index) => [name, line.split('\t')[index] ?? ''])),
  )
}
const fasta = (path: string): Map<string, string> =>
  new Map(
    text(path)
      .split('>')
      .slice(1)
      .map((block) => [block.split(/\s/, 1)[0]!, block.slice(block.indexOf('\n')).replaceAll('\n', '')]),
  )
const genes = fasta('genes.fasta')
const otherStrand = (sequence: string): string =>
  Array.from(sequence, (base) => ({ A: 'T', C: 'G', G: 'C', T: 'A' })[base] ?? '?')
    .reverse()
    .join('')

test('every file of the embedded dataset is listed with its size and digest', () => {
  const card = parse(text('dataset.yaml')) as { files: { path: string; sha256: string; bytes: number }[] }
  for (const { path, sha256, bytes } of card.files) {
    const content = readFileSync(join(folder, path))
    expect([path, content.length]).toEqual([path, bytes])
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
  }
  const listed = card.files.map(({ path }) => path).filter((path) => path.startsWith('samples/'))
  expect(listed.sort()).toEqual(
    readdirSync(join(folder, 'samples'))
      .map((name) => `samples/${name}`)
      .sort(),
  )
})

test('at the coordinates of the truth lies the gene, as exactly as the list of inserts says', () => {
  const inserts = rows('inserts.tsv').filter(({ kind }) => kind !== 'decoy')
  const present = rows('truth.tsv').filter(({ status }) => status === 'present')
  expect(present.map(({ contig, start, stop }) => [contig, start, stop])).toEqual(
    inserts.map(({ contig, start, stop }) => [contig, start, stop]),
  )
  for (const { sample, contig, start, stop, strand, reference, identity } of inserts) {
    const region = fasta(`samples/${sample}.fasta`)
      .get(contig!)!
      .slice(Number(start) - 1, Number(stop))
    const gene = genes.get(reference!)!
    const placed = strand === '+' ? region : otherStrand(region)
    const same = Array.from(gene).filter((base, index) => base === placed[index]).length
    expect(placed).toHaveLength(gene.length)
    expect(((100 * same) / gene.length).toFixed(2)).toBe(identity)
  }
})

test('the truth judges every gene of the panel in every sample, has a sample without genes, and no decoy', () => {
  const truth = rows('truth.tsv')
  const samples = text('samples.csv')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',', 1)[0])
  expect(samples).toHaveLength(6)
  const panel = [...text('genes.fasta').matchAll(/\[gene=([^\]]+)\]/g)].map((match) => match[1]).sort()
  for (const sample of samples) {
    const symbols = new Set(truth.filter((row) => row['sample'] === sample).map((row) => row['gene_symbol']))
    symbols.delete('')
    expect([...symbols].sort()).toEqual(panel)
  }
  const presentIn = (sample: string): unknown[] =>
    truth.filter((row) => row['sample'] === sample && row['status'] === 'present')
  expect(samples.filter((sample) => presentIn(sample!).length === 0)).toEqual(['blank'])
  for (const { sample, reference } of rows('inserts.tsv').filter(({ kind }) => kind === 'decoy'))
    expect(truth).toContainEqual(
      expect.objectContaining({ sample, gene_symbol: reference!.split('_')[0], status: 'absent' }),
    )
})

test('the reads reach the depth the truth states', () => {
  for (const { id, depths } of [
    { id: 'gut', depths: [14, 14, 10, 10] },
    { id: 'wastewater', depths: [1, 2, 4, 8, 16] },
  ]) {
    const lengths = [...fasta(`samples/${id}.fasta`).values()].map((sequence) => sequence.length)
    const bases = [1, 2]
      .map((mate) => gunzipSync(readFileSync(join(folder, `samples/${id}_${mate}.fastq.gz`))).toString())
      .flatMap((fastq) => fastq.split('\n').filter((_, index) => index % 4 === 1))
      .reduce((sum, read) => sum + read.length, 0)
    // Fragments average 270 bases and do not hang over the ends.
    const expected = lengths.reduce((sum, length, index) => sum + depths[index]! * (length - 269), 0)
    expect(bases / expected).toBeGreaterThan(0.99)
    expect(bases / expected).toBeLessThan(1.01)
  }
})

test.skipIf(!existsSync(resfinder))(
  `the generator makes the same dataset again from ${resfinder} (skipped where resfinder-db is not installed)`,
  () => {
    const again = tempDir('embedded again')
    const script = join(packageRoot, 'scripts', 'make-embedded-dataset.ts')
    execFileSync(process.execPath, ['--import', 'tsx', script, '--out', again, '--db', resfinder], { cwd: packageRoot })
    for (const name of ['genes.fasta', 'truth.tsv', 'inserts.tsv', 'samples.csv', 'SOURCE.md'])
      expect(readFileSync(join(again, name), 'utf8')).toBe(text(name))
    for (const name of readdirSync(join(folder, 'samples'))) {
      const [old, fresh] = [folder, again].map((base) => readFileSync(join(base, 'samples', name)))
      // Compressed bytes may differ between releases of zlib; what they hold may not.
      const content = (bytes: Buffer): string => (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
      expect(content(fresh!) === content(old!), name).toBe(true)
    }
  },
)
