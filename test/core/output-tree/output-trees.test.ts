import { describe, expect, test } from 'vitest'
import { funcscan } from '../../../src/core/output-tree/funcscan.ts'
import { mag } from '../../../src/core/output-tree/mag.ts'
import type { OutputTree, TreePart, TreeReading } from '../../../src/core/output-tree/output-tree.ts'

const read = (tree: OutputTree, samples: readonly string[], paths: readonly string[]): TreeReading =>
  tree.read({ paths: new Set(paths), samples, toolsWithRows: new Set() })
const tool = ({ parts }: TreeReading, name: string): TreePart => parts.find(({ params }) => params['tool'] === name)!
const filesOf = ({ alternatives }: TreePart): string[] =>
  alternatives.flat().map(({ path, sample, format }) => `${sample ?? '*'} ${format} ${path}`)

describe('the tree of nf-core/funcscan', () => {
  test('a folder or file is of a sample only when all of its name is: S1 is neither S10 nor XS1', () => {
    const reading = read(
      funcscan,
      ['S1'],
      ['arg/rgi/S1', 'arg/rgi/S1/S1.txt', 'arg/rgi/S10', 'arg/rgi/S10/S10.txt', 'arg/rgi/XS1/XS1.txt'],
    )
    expect(filesOf(tool(reading, 'rgi'))).toEqual(['S1 rgi arg/rgi/S1/S1.txt'])
    expect(reading.warnings).toEqual(['rgi: what is named after samples that are not asked for was left out: S10, XS1'])
  })
  test('a sample may have dots and the ending of another file in its name', () => {
    const reading = read(
      funcscan,
      ['a.txt', 'a'],
      ['arg/rgi/a.txt/a.txt.txt', 'arg/rgi/a/a.txt', 'arg/abricate/a.txt.txt'],
    )
    expect(filesOf(tool(reading, 'rgi'))).toEqual(['a.txt rgi arg/rgi/a.txt/a.txt.txt', 'a rgi arg/rgi/a/a.txt'])
    expect(filesOf(tool(reading, 'abricate'))).toEqual(['a.txt abricate arg/abricate/a.txt.txt'])
  })
  test('DeepARG has two reports of a sample, fARGene one for each class, or only a summary when it found nothing', () => {
    const reading = read(
      funcscan,
      ['S1', 'S2', 'S3'],
      [
        'arg/deeparg/S1/S1.mapping.ARG',
        'arg/deeparg/S1/S1.mapping.potential.ARG',
        'arg/deeparg/S1/S1.align.daa.tsv',
        'arg/fargene/S1/class_a/hmmsearchresults/S1_retrieved-genes-class_A-hmmsearched.out',
        'arg/fargene/S1/class_b_1_2/hmmsearchresults/retrieved-genes-class_B_1_2-hmmsearched.out',
        'arg/fargene/S2/class_a/results_summary.txt',
        'arg/fargene/S3',
      ],
    )
    expect(filesOf(tool(reading, 'deeparg'))).toHaveLength(2)
    expect(filesOf(tool(reading, 'fargene'))).toHaveLength(2)
    expect(tool(reading, 'fargene').ran).toEqual(['S1', 'S2'])
    expect(reading.warnings.filter((text) => text.startsWith('fargene'))).toEqual([
      'fargene: there is no report of S3 below arg/fargene; the sample counts as not run',
    ])
  })
  test('the only table of a folder is the report, whatever it is called; of several it is the one named after the sample', () => {
    const reading = read(
      funcscan,
      ['S1', 'S2'],
      ['arg/amrfinderplus/S1/S1.contigs.tsv', 'arg/amrfinderplus/S2/S2-mutations.tsv', 'arg/amrfinderplus/S2/S2.tsv'],
    )
    expect(filesOf(tool(reading, 'amrfinderplus'))).toEqual([
      'S1 amrfinderplus arg/amrfinderplus/S1/S1.contigs.tsv',
      'S2 amrfinderplus arg/amrfinderplus/S2/S2.tsv',
    ])
  })
  test('a single tool has a union and nothing to agree with; of four, three are most', () => {
    const names = (paths: string[]): (string | number | null)[] =>
      read(funcscan, ['S1'], paths)
        .parts.filter(({ notRun }) => notRun === null)
        .map(({ params, atLeastTools }) => `${String(params['tool'])} ${String(atLeastTools)}`)
    expect(names(['arg/rgi/S1/S1.txt'])).toEqual(['rgi null', 'union null'])
    expect(
      names([
        'arg/rgi/S1/S1.txt',
        'arg/abricate/S1/S1.txt',
        'arg/amrfinderplus/S1/S1.tsv',
        'arg/deeparg/S1/S1.mapping.ARG',
      ]).slice(-3),
    ).toEqual(['union null', 'intersection 4', 'majority 3'])
  })
})

describe('the tree of nf-core/mag', () => {
  const parts = (samples: readonly string[], paths: readonly string[]): string[] =>
    read(mag, samples, paths).parts.map((part) => `${JSON.stringify(part.params)} ${filesOf(part).join(', ')}`)
  test('a current release', () => {
    expect(
      parts(
        ['S1', 'S10'],
        [
          'Assembly/MEGAHIT/MEGAHIT-S1.contigs.fa.gz',
          'Assembly/MEGAHIT/MEGAHIT-S10.contigs.fa.gz',
          'Assembly/MEGAHIT/MEGAHIT-S100.contigs.fa.gz',
          'Assembly/MEGAHIT/QC/S1/QUAST/report.tsv',
          'Assembly/SPAdes/SPAdes-S1.scaffolds.fa.gz',
          'Assembly/SPAdes/SPAdes-S1.contigs.fa.gz',
          'Assembly/SPAdesHybrid/SPAdesHybrid-S1.contigs.fa.gz',
        ],
      ),
    ).toEqual([
      '{} ',
      '{"assembler":"MEGAHIT"} S1 fasta Assembly/MEGAHIT/MEGAHIT-S1.contigs.fa.gz, S10 fasta Assembly/MEGAHIT/MEGAHIT-S10.contigs.fa.gz, S1 quast-report Assembly/MEGAHIT/QC/S1/QUAST/report.tsv',
      '{"assembler":"SPAdes"} S1 fasta Assembly/SPAdes/SPAdes-S1.scaffolds.fa.gz',
      '{"assembler":"SPAdesHybrid"} S1 fasta Assembly/SPAdesHybrid/SPAdesHybrid-S1.contigs.fa.gz',
    ])
  })
  test('an early release: no assembler in the names, bins beside each other', () => {
    expect(
      parts(
        ['S1'],
        [
          'Assembly/MEGAHIT/S1.contigs.fa.gz',
          'Assembly/SPAdes/SPAdes-S1_scaffolds.fasta.gz',
          'Assembly/MEGAHIT/QC/MEGAHIT-S1/report.tsv',
          'GenomeBinning/MetaBAT2/SPAdes-MetaBAT2-S1.1.fa.gz',
        ],
      ),
    ).toEqual([
      '{} ',
      '{"assembler":"MEGAHIT"} S1 fasta Assembly/MEGAHIT/S1.contigs.fa.gz, S1 quast-report Assembly/MEGAHIT/QC/MEGAHIT-S1/report.tsv',
      '{"assembler":"SPAdes"} S1 fasta Assembly/SPAdes/SPAdes-S1_scaffolds.fasta.gz',
      '{"assembler":"SPAdes","binner":"MetaBAT2"} ',
    ])
  })
  test('what was left over is no bin; samples may hold dashes', () => {
    expect(
      parts(
        ['b', 'a-b'],
        [
          'GenomeBinning/QC/CheckM2/MEGAHIT-CONCOCT-prokarya-refined-a-b_checkm2_report.tsv',
          'GenomeBinning/CONCOCT/bins/MEGAHIT-CONCOCT-a-b.unbinned.1.fa.gz',
          'GenomeBinning/MaxBin2/unbinned/MEGAHIT-MaxBin2-a-b.1.fa.gz',
          'GenomeBinning/MaxBin2/discarded/MEGAHIT-MaxBin2-a-b.2.fa.gz',
          'GenomeBinning/MaxBin2/bins/MEGAHIT-MaxBin2-a-b.noclass.fa.gz',
          'GenomeBinning/SemiBin2/bins/MEGAHIT-SemiBin2-b_3.fa.gz',
        ],
      ),
    ).toEqual([
      '{} ',
      '{"assembler":"MEGAHIT","binner":"CONCOCT","bins":"prokarya-refined"} a-b checkm2 GenomeBinning/QC/CheckM2/MEGAHIT-CONCOCT-prokarya-refined-a-b_checkm2_report.tsv',
      '{"assembler":"MEGAHIT","binner":"SemiBin2"} ',
    ])
  })
  test('bins without a table of their own are looked up in a table of all; S1 is not S10', () => {
    const bins = ['S1', 'S10'].map((sample) => `GenomeBinning/MaxBin2/bins/MEGAHIT-MaxBin2-${sample}.001.fa.gz`)
    const summaries = ['GenomeBinning/QC/checkm2_summary.tsv', 'GenomeBinning/bin_summary.tsv']
    const part = read(mag, ['S1', 'S10'], [...bins, ...summaries]).parts[1]
    expect(
      part?.alternatives.map((files) => files.map(({ format, bins: stem, sample }) => [format, stem, sample])),
    ).toEqual([
      [
        ['mag-bin-summary', 'MEGAHIT-MaxBin2-S1', 'S1'],
        ['mag-bin-summary', 'MEGAHIT-MaxBin2-S10', 'S10'],
      ],
      [
        ['checkm2', 'MEGAHIT-MaxBin2-S1', 'S1'],
        ['checkm2', 'MEGAHIT-MaxBin2-S10', 'S10'],
      ],
    ])
  })
  test('a single assembler speaks for the pipeline, of two neither does', () => {
    const one = ['Assembly/MEGAHIT/MEGAHIT-S1.contigs.fa.gz']
    const whole = (paths: readonly string[]): unknown => mag.whole(read(mag, ['S1'], paths).parts)?.params ?? null
    expect(whole(one)).toEqual({ assembler: 'MEGAHIT' })
    expect(whole([...one, 'Assembly/SPAdes/SPAdes-S1.scaffolds.fa.gz'])).toBeNull()
    expect(funcscan.whole(read(funcscan, ['S1'], ['arg/rgi/S1/S1.txt']).parts)?.params).toEqual({ tool: 'union' })
  })
  test('a co-assembly counts under its own name, where that is asked for', () => {
    const paths = ['Assembly/MEGAHIT/MEGAHIT-group-A.contigs.fa.gz']
    expect(parts(['group-A'], paths)[1]).toContain('group-A fasta')
    const reading = read(mag, ['S1'], paths)
    expect(reading.parts).toEqual([])
    expect(reading.warnings.join()).toContain('group-A is a co-assembly')
  })
})
