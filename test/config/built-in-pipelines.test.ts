import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createConfigSource } from '../../src/config/config-source.ts'
import { fillPlaceholders, missingDatabases } from '../../src/core/command-line.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { seededRandom } from '../../src/core/stats/random.ts'
import { tempDir } from '../support/harness.ts'
import { toPipelineDetailsDocument } from '../../src/render/json/pipeline-documents.ts'
import { documentErrors } from '../support/document.ts'
import { has } from '../support/programs.ts'

// Output formats of docs/formats.md that the catalogue may use.
const FORMATS = [
  'hamronization',
  'abricate',
  'amrfinderplus',
  'resfinder-tab',
  'kma-res',
  'blast6',
  'srst2',
  'ariba',
  'quast-report',
]

const root = tempDir('catalogue')
const catalogue = createConfigSource({
  root,
  environment: process.env,
  metrics: { find: () => undefined, names: [] },
  formats: FORMATS,
}).catalogue()
const pipeline = (name: string): Pipeline => {
  const found = catalogue.get(name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

describe('the built-in catalogue', () => {
  test('holds the pipelines of the design and the common tools', () => {
    for (const name of [
      'nfcore_mag',
      'nfcore_funcscan',
      'resfinder',
      'resfinder_reads',
      'kma',
      'blastn',
      'abricate',
      'amrfinderplus',
      'srst2',
      'ariba',
    ])
      expect([...catalogue.keys()]).toContain(name)
  })

  test.each(
    [...catalogue.values()]
      .filter(({ name }) => !name.startsWith('embedded'))
      .map((entry) => [entry.name, entry] as const),
  )('%s says how to install it, what it needs, and writes a format that can be read', (_, entry) => {
    expect(entry.install).toBeTruthy()
    expect(entry.homepage).toMatch(/^https:/)
    expect(entry.requires.length).toBeGreaterThan(0)
    for (const { format } of entry.outputs) expect(FORMATS).toContain(format)
    expect(entry.outputs.length).toBeGreaterThan(0)
    expect(documentErrors(toPipelineDetailsDocument(entry))).toEqual([])
    if (!entry.command.kind.startsWith('shell')) expect(entry.versionProbe ?? entry.version).not.toBeNull()
  })

  test('nf-core pipelines get the sample sheet and the flags their documentation asks for', () => {
    const mag = pipeline('nfcore_mag')
    expect(Object.keys(mag.samplesheet ?? {})).toContain('short_reads_1')
    const filled = fillPlaceholders(mag, {
      builtIn: { version: '3.1.0', config: null, workdir: '/w', outdir: '/o', samplesheet: '/s.csv' },
      params: { profile: 'docker', min_contig_size: 1500 },
    })
    expect(filled).toEqual({
      kind: 'ready',
      argv: 'nextflow run nf-core/mag -r 3.1.0 -profile docker -work-dir /w/nextflow -ansi-log false --input /s.csv --outdir /o --min_contig_size 1500'.split(
        ' ',
      ),
    })
  })
})

const databaseThere = missingDatabases(pipeline('kma')).length === 0
const sample = databaseThere && has('art_illumina') ? simulate() : null

/** Three real genes on a random background, as contigs and as paired reads. */
function simulate(): { fasta: string; gz: string; reads1: string; reads2: string; genes: string[] } {
  const random = seededRandom(7)
  const background = (): string => Array.from({ length: 500 }, () => 'ACGT'[Math.floor(random() * 4)]).join('')
  const database = pipeline('kma').databases['resfinder']!
  const genes = ['beta-lactam', 'sulphonamide', 'tetracycline'].map((family) => {
    const [, name = '', ...lines] = readFileSync(join(database, `${family}.fsa`), 'utf8')
      .split('>')[1]!
      .match(/^(\S+)[^\n]*\n([^]*)$/)!
    return { name, sequence: lines.join('').replaceAll(/\s/g, '') }
  })
  const contigs = genes
    .map(({ sequence }, index) => `>contig${index} x\n${background()}${sequence}${background()}\n`)
    .join('')
  const fasta = join(root, 'con tigs.fa')
  writeFileSync(fasta, contigs)
  writeFileSync(`${fasta}.gz`, gzipSync(contigs))
  execFileSync(
    'art_illumina',
    [
      '-q',
      '-ss',
      'HS25',
      '-i',
      fasta,
      '-p',
      '-l',
      '100',
      '-f',
      '15',
      '-m',
      '300',
      '-s',
      '30',
      '-rs',
      '1',
      '-o',
      join(root, 'r'),
    ],
    { stdio: 'ignore' },
  )
  return {
    fasta,
    gz: `${fasta}.gz`,
    reads1: compressed(join(root, 'r1.fq')),
    reads2: compressed(join(root, 'r2.fq')),
    genes: genes.map(({ name }) => geneOf(name)).sort(),
  }
}

function compressed(file: string): string {
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)))
  return `${file}.gz`
}

// Alleles of one gene can have the same sequence, so only the gene is expected.
function geneOf(name: string): string {
  return name.split('_')[0]!
}

const run = (name: string, files: Record<string, string | null>, label: string): string => {
  const entry = pipeline(name)
  const [outdir, workdir] = [join(root, `${label} out`), join(root, `${label} work`)]
  mkdirSync(outdir)
  mkdirSync(workdir)
  const filled = fillPlaceholders(entry, {
    builtIn: {
      sample: 'S1',
      group: null,
      reads_1: null,
      reads_2: null,
      fasta: null,
      threads: 1,
      outdir,
      workdir,
      ...files,
    },
    params: entry.parameterSets[0]!,
  })
  if (filled.kind === 'missing') throw new Error(filled.placeholders.join())
  execFileSync(filled.argv[0]!, filled.argv.slice(1), { cwd: workdir, stdio: ['ignore', 'ignore', 'pipe'] })
  return readFileSync(join(outdir, entry.outputs[0]!.path), 'utf8')
}

describe('with the real tools, on paths with blanks', { timeout: 120_000 }, () => {
  const here = (...programs: string[]): boolean => sample !== null && programs.every(has)
  const paired = { reads_1: sample?.reads1 ?? '', reads_2: sample?.reads2 ?? '' }
  const geneNames = (report: string, column: number): string[] =>
    report
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => geneOf(line.split('\t')[column]!.trim()))
      .sort()

  test.skipIf(!here('kma'))('kma finds the genes in paired and in single reads', () => {
    for (const [label, files] of [
      ['pe', paired],
      ['se', { reads_1: paired.reads_1 }],
    ] as const)
      expect(geneNames(run('kma', files, `kma-${label}`), 0)).toEqual(sample!.genes)
  })

  test.skipIf(!here('blastn'))('blastn names one gene for each place, of plain and of compressed contigs', () => {
    for (const fasta of [sample!.fasta, sample!.gz]) {
      const report = run('blastn', { fasta }, `blastn-${fasta.slice(-2)}`)
      expect(geneNames(report, 1)).toEqual(sample!.genes)
      expect(geneNames(report, 0)).toEqual(['contig0', 'contig1', 'contig2'])
    }
  })

  test.skipIf(!here('run_resfinder.py', 'blastn', 'kma'))('resfinder finds the genes in contigs and in reads', () => {
    for (const [name, files] of [
      ['resfinder', { fasta: sample!.fasta }],
      ['resfinder_reads', paired],
    ] as const)
      expect(geneNames(run(name, files, name), 0)).toEqual(['Resistance gene', ...sample!.genes])
  })

  test.skipIf(!here('kma', 'blastn', 'run_resfinder.py'))('finding nothing leaves a readable, empty report', () => {
    const fasta = join(root, 'nothing.fa')
    const random = seededRandom(3)
    writeFileSync(fasta, `>c\n${Array.from({ length: 3000 }, () => 'ACGT'[Math.floor(random() * 4)]).join('')}\n`)
    expect(run('blastn', { fasta }, 'blastn-none')).toBe('')
    expect(run('resfinder', { fasta }, 'resfinder-none').split('\n').filter(Boolean)).toHaveLength(1)
  })
})
