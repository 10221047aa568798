import { expect, test } from 'vitest'
import { DEFAULT_SAMPLESHEET, renderSamplesheet, unknownSamplesheetPlaceholders } from '../../src/core/samplesheet.ts'

const paired = { id: 'S1', group: null, files: { reads1: '/a,b/1.fq.gz', reads2: '/2.fq.gz', fasta: null } }
const contigs = { id: 'S2', group: 'soil', files: { reads1: null, reads2: null, fasta: '/c "x".fa' } }

test('a sheet is written in the columns a pipeline wants, with constants, and cells quoted where needed', () => {
  const columns = { sample: '{sample}', group: '{group}', short_reads_1: '{reads_1}', platform: 'ILLUMINA' }
  expect(renderSamplesheet(columns, [paired])).toBe(
    'sample,group,short_reads_1,platform\nS1,S1,"/a,b/1.fq.gz",ILLUMINA\n',
  )
})

test('files a sample does not have leave their cells empty', () => {
  expect(renderSamplesheet(DEFAULT_SAMPLESHEET, [contigs])).toBe(
    'sample,fastq_1,fastq_2,fasta,group\nS2,,,"/c ""x"".fa",soil\n',
  )
})

test('placeholders that mean nothing in a sheet are named', () => {
  expect(unknownSamplesheetPlaceholders('{sample}-{outdir}-{db:x}')).toEqual(['{outdir}', '{db:x}'])
})
