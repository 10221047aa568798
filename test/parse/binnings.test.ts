import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BinningObservations } from '../../src/core/observations.ts'
import { readBinningTruth } from '../../src/parse/binning-truth.ts'
import { formatById, readOutput, readText } from '../../src/parse/index.ts'
import { openChunks } from '../../src/parse/text-file.ts'
import { tempDir } from '../support/harness.ts'
import { Problem } from '../../src/core/problem.ts'
import { findingsOf, fixture, problemFrom } from '../support/parse-fixtures.ts'

const dir = tempDir('binnings')
const write = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(dir, name), lines.map((line) => `${line}\n`).join(''))
  return join(dir, name)
}
const read = async (file: string, format = 'auto'): Promise<BinningObservations> => {
  const output = await readOutput(file, { format })
  if (output.kind !== 'binning') throw new Error(`read as ${output.kind}`)
  return output
}
/** `sequence bin length` of each row. */
const rows = ({ binnings }: BinningObservations, index = 0): string[] => {
  const { bins, sequences, binOf, lengths } = binnings[index]!
  return sequences.map((name, row) => `${name} ${bins[binOf[row]!]} ${lengths[row]}`)
}
const HEAD = ['@SampleID:S1', '@@SEQUENCEID\tBINID\tLENGTH']

describe('CAMI binnings', () => {
  test('hold several samples, each with columns of its own', async () => {
    const output = await read(fixture('cami-binning/two-samples.binning'))
    expect(output.format).toBe('cami-binning')
    expect(output.namesSamples).toBe(true)
    expect(output.warnings).toEqual([])
    expect(output.binnings.map(({ sample, line }) => [sample, line])).toEqual([
      ['S1', 2],
      ['S2', 9],
    ])
    expect(rows(output)).toEqual(['c1 bin 1 100', 'c2 bin 1 50', 'c3 bin 2 300'])
    expect(rows(output, 1)).toEqual(['c1 x 70'])
  })
  test('need no headers but the columns, and no lengths', async () => {
    const output = await read(write('bare', '@@SEQUENCEID\tBINID', 'c1\t1'))
    expect(output.namesSamples).toBe(false)
    expect(rows(output)).toEqual(['c1 1 null'])
  })
  test('without rows say that nothing was binned', async () => {
    expect((await read(write('none', ...HEAD))).binnings).toMatchObject([{ sample: 'S1', bins: [], sequences: [] }])
  })
  test('by taxon only are refused in so many words', async () => {
    const problem = await problemFrom(read(fixture('refused/taxonomic.binning')))
    expect(findingsOf(problem)).toEqual([expect.stringMatching(/^2:1 .*taxonomic binning \(TAXID\)/)])
  })
  test('name both lines when a sequence is in two bins; the same row twice counts once and is said', async () => {
    const twice = await problemFrom(read(write('two-bins', ...HEAD, 'c1\tA\t5', 'c2\tA\t5', 'c1\tB\t5')))
    expect(findingsOf(twice)).toEqual([
      expect.stringContaining('5:4 The sequence c1 is in the bin B and, on line 3, in the bin A.'),
    ])
    const again = await read(write('again', ...HEAD, 'c1\tA\t5', 'c1\tA\t5'))
    expect(rows(again)).toEqual(['c1 A 5'])
    expect(again.warnings).toEqual([expect.stringContaining('listed twice')])
    const lengths = await problemFrom(read(write('lengths', ...HEAD, 'c1\tA\t5', 'c1\tA\t6')))
    expect(findingsOf(lengths)).toEqual([expect.stringContaining('had another length on line 3')])
  })
  test('report every fault with its place', async () => {
    const file = write(
      'faults',
      ...HEAD,
      '\tA\t5',
      'c1\t\t5',
      'c2\tA\t-5',
      'c3',
      'c4\tA\t5.5',
      '@SampleID:S1',
      ...HEAD.slice(1),
    )
    expect(findingsOf(await problemFrom(read(file)))).toEqual([
      expect.stringContaining('3:1 The sequence is missing.'),
      expect.stringContaining('4:4 The bin is missing.'),
      expect.stringContaining('5:6 The length "-5" is not a whole number'),
      expect.stringContaining('6:1 The line has 1 cells; 2 are needed.'),
      expect.stringContaining('7:6 The length "5.5"'),
      expect.stringContaining('8:1 The sample S1 is there twice; the first time on line 1.'),
    ])
  })
  test.each([
    ['no columns', ['@SampleID:S1'], 'not followed by a line @@SEQUENCEID BINID'],
    ['rows first', ['@SampleID:S1', 'c1\tA'], 'before the line of columns'],
    ['blanks for tabs', ['@@SEQUENCEID BINID', 'c1 A'], 'columns must be separated by tabs'],
    ['nothing', [], 'neither headers nor rows'],
  ])('with %s are refused', async (name, lines, message) => {
    const problem = await problemFrom(read(write(name, ...lines), 'cami-binning'))
    expect(problem.findings.map((one) => `${one.message} ${one.hint ?? ''}`).join('\n')).toContain(message)
  })
})

describe('a truth', () => {
  test('says of each sequence which genome it is from and how long it is', async () => {
    const { samples, sha256 } = await readBinningTruth(fixture('cami-binning/two-samples.binning'))
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const first = samples.get('S1')!
    expect(first.genomes).toEqual(['bin 1', 'bin 2'])
    expect(first.rows.get('c3')).toBe(2)
    expect([first.genomeOf[2], first.lengths[2]]).toEqual([1, 300])
  })
  test('needs the name of its sample and lengths', async () => {
    const problem = await problemFrom(readBinningTruth(write('bare truth', '@@SEQUENCEID\tBINID', 'c1\t1')))
    expect(findingsOf(problem)).toEqual([
      expect.stringContaining('does not name its sample'),
      expect.stringContaining('2:- The length of the sequence is missing'),
    ])
  })
})

describe('bins as FASTA files', () => {
  test('are named after their file, sequences after the header up to the first blank', async () => {
    const output = await read(fixture('bins-fasta/bin.1.fa'), 'bins-fasta')
    expect(rows(output)).toEqual(['c1 bin.1 14', 'c2 bin.1 4'])
    expect(output.namesSamples).toBe(false)
  })
  test('are read from a folder, compressed or not; what was left over is no bin', async () => {
    const folder = join(dir, 'bins')
    mkdirSync(folder)
    writeFileSync(join(folder, 'b.fasta'), '>c3\nAC\n')
    writeFileSync(join(folder, 'a.1.fa.gz'), gzipSync('>c1\nACGT\n>c2\n\nAC\nA'))
    writeFileSync(join(folder, 'a.unbinned.fa'), '>c9\nACGT\n')
    writeFileSync(join(folder, 'empty.fna'), '')
    writeFileSync(join(folder, 'notes.txt'), 'not a bin')
    const output = await read(folder)
    expect(output).toMatchObject({ format: 'bins-fasta', file: folder })
    expect(rows(output)).toEqual(['c1 a.1 4', 'c2 a.1 3', 'c3 b 2'])
    expect(output.warnings).toEqual([
      expect.stringContaining('a.unbinned.fa is taken for what was not binned'),
      expect.stringContaining('the bin empty is empty'),
    ])
  })
  test('that share a sequence are refused with both places', async () => {
    const folder = join(dir, 'shared')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.fa'), '>c1\nACGT\n')
    writeFileSync(join(folder, 'b.fa'), '>c2\nACGT\n>c1\nACGT\n')
    const problem = await problemFrom(read(folder))
    expect(problem.message).toContain(`The sequence c1 is in the bin b and in the bin a (${join(folder, 'a.fa')}:1)`)
    expect(problem.location).toEqual({ file: join(folder, 'b.fa'), line: 3 })
  })
  test('that may not be read are a fault of the input', async (context) => {
    if (process.getuid?.() === 0) return context.skip('root may read everything')
    const locked = join(dir, 'locked')
    mkdirSync(locked, { mode: 0o000 })
    const problem = await problemFrom(read(locked))
    expect([problem.code, problem.message]).toEqual(['E_INPUT', expect.stringContaining('locked cannot be read')])
  })
  test('that are none are refused', async () => {
    mkdirSync(join(dir, 'other'))
    expect((await problemFrom(read(join(dir, 'other'), 'bins-fasta'))).message).toContain('holds no bins')
    const folder = await problemFrom(read(join(dir, 'other')))
    expect(folder.message).toContain('is a folder; a file is needed')
    expect(folder.hints).toEqual([expect.stringContaining('Only bins are given as a folder')])
    const text = await problemFrom(read(write('text.fa', 'ACGT', '>c1'), 'bins-fasta'))
    expect(findingsOf(text)).toEqual([expect.stringMatching(/1:1 The file begins with "A", not with a header/)])
    const same = await problemFrom(read(write('same.fa', '>c1', 'A', '>c1', 'A'), 'bins-fasta'))
    expect(findingsOf(same)).toEqual([expect.stringContaining('3:2 The sequence c1 is there already, on line 1.')])
    const unnamed = await problemFrom(read(write('unnamed.fa', '> c1', 'A'), 'bins-fasta'))
    expect(findingsOf(unnamed)).toEqual([expect.stringContaining('names no sequence')])
  })
})

describe.each([
  ['cami-binning', 'cami-binning/two-samples.binning'],
  ['bins-fasta', 'bins-fasta/bin.1.fa'],
])('%s, whatever the bytes', (format, file) => {
  const whole = readFileSync(fixture(file))
  const readPieces = async (...pieces: readonly Buffer[]): Promise<unknown> => {
    const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
      for (const piece of pieces) if (piece.length > 0) yield await Promise.resolve(piece)
    }
    try {
      return await readText(await openChunks(file, chunks()), formatById(format), undefined)
    } catch (error) {
      if (error instanceof Problem) return error.message
      throw error
    }
  }
  test('is read or refused, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(9), async (at, byte, cut) => {
        const bytes = Buffer.concat([whole.subarray(0, at), Buffer.from([byte]), whole.subarray(at + cut)])
        await readPieces(bytes)
      }),
      { numRuns: 200 },
    )
  })
  test('is the same wherever it is cut into pieces', async () => {
    const expected = await readPieces(whole)
    expect(expected).toMatchObject({ kind: 'binning' })
    for (let at = 1; at < whole.length; at += 3)
      expect(await readPieces(Buffer.from(whole.subarray(0, at)), whole.subarray(at)), String(at)).toEqual(expected)
  })
})
