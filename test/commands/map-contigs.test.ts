import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'
import { missingTools } from '../support/installed-tools.ts'
import { fastaOf, mutated, randomSequence } from '../support/simulated-genome.ts'

const missing = missingTools(['minimap2'])
if (missing.length > 0) process.stderr.write('Mapping of contigs: skipped in part, minimap2 is not installed.\n')

const dir = tempDir('map contigs')
const [A, B] = [randomSequence(20_000, 11), randomSequence(20_000, 12)]
const SHARED = randomSequence(3000, 13)
writeFileSync(join(dir, 'A.fa'), fastaOf({ a1: A, a2: SHARED }))
writeFileSync(join(dir, 'B.fna'), fastaOf({ b: B + SHARED }))
const CONTIGS = {
  fromA: mutated(A.slice(0, 6000), 10, 20),
  fromB: B.slice(2000, 9000),
  fromEither: SHARED,
  foreign: randomSequence(4000, 14),
}
writeFileSync(join(dir, 'contigs.fa'), fastaOf(CONTIGS))
const map = (...argv: readonly string[]) =>
  benchmark(['dataset', 'map-contigs', '--contigs', 'contigs.fa', '--genome', 'A.fa', '--sample', 'S1', ...argv], {
    cwd: dir,
  })

describe.skipIf(missing.length > 0)('with minimap2', () => {
  test('contigs get the genome they are from, which bins are then scored against', async () => {
    const result = await map('--genome', 'B.fna', '--output', 'truth.binning', '--json')
    expect(result.exit, result.stderr).toBe(0)
    expect(documentErrors(result.json())).toEqual([])
    expect(result.json()).toMatchObject({
      genomes: [
        { genome: 'A', contigs: 1, bases: 6000 },
        { genome: 'B', contigs: 1, bases: 7000 },
      ],
      unmapped: { contigs: 2, bases: 7000 },
    })
    const tableOf = async (format: string) =>
      (await map('--genome', 'B.fna', '--output', 'truth.binning', '--force', '--format', format)).stdout
    expect(await tableOf('csv')).toBe(
      'genome,contigs,bp\nA,1,6000\nB,1,7000\n(left out: none or more than one),2,7000\n',
    )
    expect(await tableOf('markdown')).toContain('| genome | contigs | bp |\n| :-- | --: | --: |\n| A | 1 |')
    expect(JSON.parse(await tableOf('json'))).toMatchObject({ schema: 'benchmark.contig-map/1' })
    const truth = readFileSync(join(dir, 'truth.binning'), 'utf8')
    expect(truth.trimEnd().split('\n').slice(-3)).toEqual([
      '@@SEQUENCEID\tBINID\tLENGTH',
      'fromA\tA\t6000',
      'fromB\tB\t7000',
    ])
    mkdirSync(join(dir, 'bins'))
    writeFileSync(join(dir, 'bins/1.fa'), fastaOf({ fromA: CONTIGS.fromA, foreign: CONTIGS.foreign }))
    const argv = ['score', '--type', 'binning', '--truth', 'truth.binning', '--prediction', 'a=bins', '--sample', 'S1']
    const scored = (await benchmark([...argv, '--json'], { cwd: dir })).json() as ScoreDocument
    const value = (metric: string) => scored.values.find((one) => one.metric === metric)?.value
    expect(value('average_completeness_bp')).toBe(0.5)
    expect(value('average_purity_bp')).toBe(1)
    expect(value('bp_outside_truth')).toBe(4000)
  })

  test('what holds no sequences is refused, not mapped to nothing', async () => {
    writeFileSync(join(dir, 'empty.fa'), '')
    writeFileSync(join(dir, 'reads.fq'), '@r\nACGT\n+\nIIII\n')
    const faults = [
      ['--contigs', 'empty.fa', 'There are no sequences in empty.fa'],
      ['--genome', 'empty.fa', 'There are no sequences in empty.fa'],
      ['--contigs', 'reads.fq', 'these are reads, not contigs'],
      ['--genome', '.', '. is a folder; a file is needed'],
    ] as const
    for (const [flag, file, message] of faults) {
      const contigs = flag === '--contigs' ? file : 'contigs.fa'
      const genome = flag === '--genome' ? file : 'A.fa'
      const argv = ['--contigs', contigs, '--genome', genome, '--sample', 'S1', '--output', 'none.binning']
      const result = await benchmark(['dataset', 'map-contigs', ...argv], { cwd: dir })
      expect([result.exit, result.stderr]).toEqual([4, expect.stringContaining(message)])
    }
    expect(existsSync(join(dir, 'none.binning'))).toBe(false)
  })
  test('a truth that is there is kept unless --force says otherwise', async () => {
    writeFileSync(join(dir, 'kept.binning'), 'mine')
    const refused = await map('--output', 'kept.binning')
    expect(refused.exit).toBe(2)
    expect(refused.stderr).toContain('--force')
    expect(readFileSync(join(dir, 'kept.binning'), 'utf8')).toBe('mine')
    const forced = await map('--output', 'kept.binning', '--force')
    expect(forced.stdout).toMatch(/^A +2 +9,000$/m)
  })
})

test('files that are missing, and genomes of one name, are refused', async () => {
  const nowhere = await map('--genome', 'nowhere.fa', '--output', 'x.binning')
  expect(nowhere.exit).toBe(3)
  expect(nowhere.stderr).toContain('There is no file nowhere.fa')
  const twice = await map('--genome', 'other/A.fasta', '--output', 'x.binning')
  expect(twice.exit).toBe(2)
  expect(twice.stderr).toContain('would both be the genome A')
})

test('without minimap2 it says what to install', async () => {
  const path = join(dir, 'path')
  mkdirSync(path)
  symlinkSync(process.execPath, join(path, 'node'))
  const argv = [
    'dataset',
    'map-contigs',
    '--contigs',
    'contigs.fa',
    '--genome',
    'A.fa',
    '--sample',
    'S',
    '--output',
    'y',
  ]
  const result = await benchmark(argv, { cwd: dir, env: { PATH: path } })
  expect(result.exit).not.toBe(0)
  expect(result.stderr).toContain('apt-get install minimap2')
})
