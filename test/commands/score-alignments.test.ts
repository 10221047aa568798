import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, tempDir } from '../support/harness.ts'
import { missingTools } from '../support/installed-tools.ts'
import { fastaOf, randomSequence } from '../support/simulated-genome.ts'

const missing = missingTools(['minimap2'])
if (missing.length > 0) process.stderr.write('Scoring with alignments: skipped in part, minimap2 is not installed.\n')

const dir = tempDir('score alignments')
const GENOME = randomSequence(20_000, 7)
writeFileSync(join(dir, 'genome.fa'), fastaOf({ genome: GENOME }))
writeFileSync(
  join(dir, 'contigs.fa'),
  fastaOf({ c1: GENOME.slice(0, 5000), c2: GENOME.slice(5000, 8000) + GENOME.slice(12_000, 15_000) }),
)
const QUAST = ['Assembly', '# contigs', 'Genome fraction (%)'].map(
  (name, index) => `${name}\t${['contigs', 2, 12.5][index]}\n`,
)
writeFileSync(join(dir, 'report.tsv'), QUAST.join(''))

const score = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  benchmark(['score', '--type', 'assembly-quality', ...argv], { cwd: dir, env })
const valueOf = (scored: ScoreDocument, metric: string): unknown => {
  const found = scored.values.find((one) => one.metric === metric)
  return found?.value ?? found?.reason
}
const WITH_REFERENCE = ['--reference', 'genome.fa', '--prediction', 'a=contigs.fa']

test('without minimap2 what needs it is not measured, and the warning says what to install', async () => {
  const path = join(dir, 'path')
  mkdirSync(path)
  symlinkSync(process.execPath, join(path, 'node'))
  const result = await score([...WITH_REFERENCE, '--json'], { PATH: path })
  expect(result.exit, result.stderr).toBe(0)
  const scored = result.json() as ScoreDocument
  expect(valueOf(scored, 'genome_fraction')).toBe('not_measured')
  expect(valueOf(scored, 'n50')).toBe(6000)
  expect(scored.comparability['alignment']).toBe('none')
  expect(scored.warnings.join('\n')).toContain('minimap2 is not installed')
  expect(scored.warnings.join('\n')).toContain('apt-get install minimap2')
})

test('an alignment made elsewhere is read instead', async () => {
  const line = (...cells: readonly (string | number)[]): string => `${cells.join('\t')}\n`
  writeFileSync(
    join(dir, 'own.paf'),
    line('c1', 5000, 0, 5000, '+', 'genome', 20_000, 0, 5000, 4999, 5000, 60, 'cs:Z::2500*ac:2499') +
      line('c2', 6000, 0, 0, '*', '*', 0, 0, 0, 0, 0, 0),
  )
  const result = await score([...WITH_REFERENCE, '--prediction', 'a=own.paf', '--json'])
  expect(result.exit, result.stderr).toBe(0)
  const scored = result.json() as ScoreDocument
  expect(valueOf(scored, 'genome_fraction')).toBe(25)
  expect(valueOf(scored, 'mismatches_per_100kbp')).toBe(20)
  expect(valueOf(scored, 'unaligned_length')).toBe(6000)
})

describe.skipIf(missing.length > 0)('with minimap2', () => {
  test('contigs are scored against the reference', async () => {
    const result = await score([...WITH_REFERENCE, '--json'])
    expect(result.exit, result.stderr).toBe(0)
    const scored = result.json() as ScoreDocument
    expect(valueOf(scored, 'genome_fraction')).toBe(55)
    expect(valueOf(scored, 'misassemblies')).toBe(1)
    expect(valueOf(scored, 'largest_alignment')).toBe(5000)
    expect(scored.warnings).toEqual([])
    expect(scored.comparability['alignment']).toBe('minimap2')
    expect((await score(WITH_REFERENCE)).stdout).toMatch(/genome fraction +NGA50 .*\na +55\.0 %/)
  })

  test('what QUAST reports is not computed again', async () => {
    const result = await score([...WITH_REFERENCE, '--prediction', 'a=report.tsv', '--sample', 'contigs', '--json'])
    expect(result.exit, result.stderr).toBe(0)
    const scored = result.json() as ScoreDocument
    expect(valueOf(scored, 'genome_fraction')).toBe(12.5)
    expect(scored.comparability['alignment']).toBe('as reported')
  })

  test('a run scores what assemblers write against the truth', async () => {
    writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,genome.fa\n')
    writeFileSync(join(dir, 'truth.tsv'), 'sample\treference\nS1\tgenome.fa\n')
    writeFileSync(
      join(dir, 'config.yaml'),
      `benchmark:
  project: {name: assemblies, type: assembly-quality}
  pipelines:
    - name: copy
      command: [cp, "${join(dir, 'contigs.fa')}", "{outdir}/contigs.fa"]
      outputs: [{format: fasta, path: contigs.fa}]
`,
    )
    const result = await benchmark(
      ['run', '--config', 'config.yaml', '--input', 'samples.csv', '--truth', 'truth.tsv', '--json'],
      { cwd: dir },
    )
    expect(result.exit, result.stderr).toBe(0)
    const run = result.json() as RunDocument
    const fraction = run.summary.find(({ metric }) => metric === 'genome_fraction')
    expect(fraction).toMatchObject({ value: 55, n: 1, n_expected: 1 })
  })
})
