import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'

const dir = tempDir('score binnings')
const write = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(dir, name), lines.map((line) => `${line.replaceAll(' ', '\t')}\n`).join(''))
  return name
}
const sample = (id: string, ...rows: readonly string[]): string[] => [
  `@SampleID:${id}`,
  '@@SEQUENCEID BINID LENGTH',
  ...rows,
]
const truth = write(
  'truth.binning',
  ...sample('S1', 'a1 A 100', 'a2 A 100', 'b1 B 300', 'p1 plasmid 20'),
  ...sample('S2', 'a1 A 50', 'b1 B 50'),
)
const good = write(
  'good.binning',
  ...sample('S2', 'a1 x 50', 'b1 x 50'),
  ...sample('S1', 'a1 1 100', 'a2 1 100', 'p1 2 20'),
)
const genomes = write('genomes.tsv', 'plasmid mobile', 'B strain')

const folder = (name: string, bins: Readonly<Record<string, string>>): string => {
  mkdirSync(join(dir, name), { recursive: true })
  for (const [bin, text] of Object.entries(bins)) writeFileSync(join(dir, name, bin), text)
  return name
}
folder('bins/S1', { '1.fa': `>a1\n${'A'.repeat(100)}\n>human\nACGT\n`, '2.fa': `>b1 x\n${'C'.repeat(300)}\n` })

const score = (...argv: readonly string[]): Promise<CliResult> =>
  benchmark(['score', '--type', 'binning', '--truth', truth, ...argv], { cwd: dir })
const document = async (...argv: readonly string[]): Promise<ScoreDocument> => {
  const result = await score(...argv, '--json')
  expect(result.exit, result.stderr).toBe(0)
  return result.json() as ScoreDocument
}
const at = (scored: ScoreDocument, of: string, metric: string): unknown => {
  const found = scored.values.filter((one) => one.sample === of && one.metric === metric)
  expect(found).toHaveLength(1)
  return found[0]?.value ?? found[0]?.reason
}

describe('binnings', () => {
  test('of several samples are sorted by the names in them', async () => {
    const scored = await document('--prediction', good)
    expect(at(scored, 'S1', 'average_completeness_bp')).toBeCloseTo(2 / 3, 12)
    expect(at(scored, 'S2', 'average_purity_bp')).toBe(0.5)
    expect(at(scored, 'S1', 'recovered_genomes_90_5')).toBe(2)
    const total = scored.summary.find(
      ({ metric, method }) => metric === 'recovered_genomes_90_5' && method.aggregation === 'total',
    )
    expect(total).toMatchObject({ value: 2, n: 2, n_expected: 2 })
  })
  test('the document is valid against its schema', async () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
    const schema = (name: string): object =>
      JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as object
    ajv.addSchema(schema('score-values'))
    const validate = ajv.compile(schema('score'))
    validate(await document('--prediction', good, '--min-completeness-share', '1'))
    expect(validate.errors).toBeNull()
  })
  test('a folder of FASTA files is one; what lies outside the truth is counted', async () => {
    const scored = await document('--prediction', 'bins/{sample}')
    expect(at(scored, 'S1', 'percentage_binned_bp')).toBeCloseTo(400 / 520, 12)
    expect(at(scored, 'S1', 'bp_outside_truth')).toBe(4)
    expect(at(scored, 'S2', 'percentage_binned_bp')).toBe('not_run')
    expect(scored.warnings.join('\n')).toContain('The sample S2 counts as not run')
  })
  test('single FASTA files are bins when the format says so', async () => {
    const bins = ['1.fa', '2.fa'].flatMap((bin) => ['--prediction', `a=bins/S1/${bin}`])
    const scored = await document(...bins, '--format', 'bins-fasta', '--sample', 'S1')
    expect(at(scored, 'S1', 'average_purity_bp')).toBe(1)
    const refused = await score(...bins, '--prediction', 'a=bins/S1/1.fa', '--format', 'bins-fasta', '--sample', 'S1')
    expect(refused.exit).toBe(4)
    expect(refused.stderr).toContain('both have a bin 1')
  })
  test('genomes can be left out, all of a list or those with a keyword; the key says so', async () => {
    const all = await document('--prediction', good, '--remove-genomes', genomes)
    expect(at(all, 'S1', 'average_completeness_bp')).toBe(1)
    const some = await document('--prediction', good, '--remove-genomes', genomes, '--remove-keyword', 'mobile')
    expect(at(some, 'S1', 'average_completeness_bp')).toBe(0.5)
    expect(new Set([all, some].map(({ comparability }) => comparability['removed_genomes'])).size).toBe(2)
  })
  test('the table shows both ways of counting and the genomes recovered', async () => {
    const { stdout } = await score('--prediction', `a=${good}`, '--prediction', `b=${truth}`, '--per-sample')
    expect(stdout).toMatch(/By base pairs:\nprediction .*\na .*\nb +1\.000/)
    expect(stdout).toMatch(/By sequences:/)
    expect(stdout).toMatch(/Genomes recovered.*\n.*>50 <10.*\na +2 .*\nb +5 /)
    expect(stdout).toMatch(/^S2 +b +1\.000/m)
    expect(stdout).not.toContain('not in the truth')
  })
})

describe('what does not fit is refused', () => {
  test('settings that contradict each other or the type', async () => {
    const alone = await score('--prediction', good, '--remove-keyword', 'mobile')
    expect(alone.exit).toBe(2)
    expect(alone.stderr).toContain('it chooses among the genomes of a list')
    const unknown = await score('--prediction', good, '--remove-genomes', genomes, '--remove-keyword', 'mobil')
    expect(unknown.stderr).toContain('no genome of the list has the keyword "mobil"')
    expect(unknown.stderr).toContain('its keywords: mobile, strain')
    const ranks = await score('--prediction', good, '--ranks', 'species')
    expect(ranks.stderr).toContain('--ranks: it has no meaning for the type binning')
    expect((await score('--prediction', good, '--min-completeness-share', '101')).exit).toBe(2)
  })
  test('a truth without lengths, an output of another kind, a folder without bins', async () => {
    const bare = write('bare.binning', '@SampleID:S1', '@@SEQUENCEID BINID', 'a1 A')
    const lengths = await benchmark(['score', '--type', 'binning', '--truth', bare, '--prediction', good], { cwd: dir })
    expect(lengths.exit).toBe(4)
    expect(lengths.stderr).toContain('a truth needs a column LENGTH')
    const profile = write(
      'p.profile',
      '@SampleID:S1',
      '@Ranks:genus',
      '@@TAXID RANK TAXPATH PERCENTAGE',
      '1 genus 1 100',
    )
    expect((await score('--prediction', profile)).stderr).toContain('binning needs genome bins')
    const assembly = await benchmark(
      ['score', '--type', 'assembly-quality', '--truth', truth, '--prediction', 'bins/S1/1.fa'],
      { cwd: dir },
    )
    expect(assembly.exit).toBe(4)
    expect(assembly.stderr).toContain('Pass --type binning')
    mkdirSync(join(dir, 'nothing'), { recursive: true })
    const empty = await score('--prediction', 'nothing', '--format', 'bins-fasta', '--sample', 'S1')
    expect(empty.stderr).toContain('nothing holds no bins')
  })
})

test('a run scores what binners write: one file, and a file for each bin', async () => {
  write('contigs.fa', '>c', 'ACGT')
  writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,contigs.fa\n')
  writeFileSync(
    join(dir, 'config.yaml'),
    `benchmark:
  project: {name: bins, type: binning}
  evaluation: {scoring: {remove_genomes: ${genomes}, remove_keyword: mobile}}
  pipelines:
    - name: table
      command: [cp, "${join(dir, good)}", "{outdir}/all.binning"]
      scope: dataset
      outputs: [{format: cami-binning, path: all.binning}]
    - name: files
      command: [cp, -r, "${join(dir, 'bins/S1')}", "{outdir}/bins"]
      outputs: [{format: bins-fasta, path: bins/*.fa}]
    - name: folder
      command: [cp, -r, "${join(dir, 'bins/S1')}", "{outdir}/bins"]
      outputs: [{format: bins-fasta, path: bins}]
`,
  )
  const result = await benchmark(
    ['run', '--config', 'config.yaml', '--input', 'samples.csv', '--truth', truth, '--json'],
    {
      cwd: dir,
    },
  )
  expect(result.exit, result.stderr).toBe(0)
  const run = result.json() as RunDocument
  const mean = (pipeline: string, metric: string): number | null | undefined =>
    run.summary.find((one) => one.pipeline === pipeline && one.metric === metric && one.method.aggregation === 'macro')
      ?.value
  expect(mean('table', 'average_completeness_bp')).toBe(0.5)
  for (const pipeline of ['files', 'folder']) {
    expect(mean(pipeline, 'average_completeness_bp'), pipeline).toBe(0.75)
    expect(mean(pipeline, 'sequences_outside_truth'), pipeline).toBe(1)
  }
  expect(run.comparability).toMatchObject({ benchmark_type: 'binning' })
  expect(run.comparability['removed_genomes']).toMatch(/^1:/)
  const shown = await benchmark(['show', 'latest'], { cwd: dir })
  expect(shown.stdout).toMatch(/average_purity_bp.*recovered_genomes_90_5|f1_score_bp/s)
})
