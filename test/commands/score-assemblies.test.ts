import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'
import { fixture } from '../support/parse-fixtures.ts'

const dir = tempDir('score assemblies')
const write = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text)
  return name
}
const contigs = (...lengths: readonly number[]): string =>
  lengths.map((length, index) => `>c${String(index)}\n${'ACGT'.repeat(length / 4)}\n`).join('')
write('good.fa', contigs(2000, 1000, 400))
write('bad.fa', contigs(800, 800, 800, 400))
write('genome.fasta', contigs(4000))
write('references.tsv', 'sample\treference\nS1\tgenome.fasta\nS2\tbad.fa\n')

const score = (...argv: readonly string[]): Promise<CliResult> =>
  benchmark(['score', '--type', 'assembly-quality', ...argv], { cwd: dir })
const document = async (...argv: readonly string[]): Promise<ScoreDocument> => {
  const result = await score(...argv, '--json')
  expect(result.exit, result.stderr).toBe(0)
  return result.json() as ScoreDocument
}
const at = (scored: ScoreDocument, prediction: string, metric: string, sample?: string): unknown => {
  const found = scored.values.filter(
    (one) => one.prediction === prediction && one.metric === metric && one.sample === (sample ?? one.sample),
  )
  expect(found, metric).toHaveLength(1)
  return found[0]?.value ?? found[0]?.reason
}

describe('contigs', () => {
  test('need no truth: contiguity is that of the files, the rest says why it is missing', async () => {
    const scored = await document('--prediction', 'a=good.fa', '--prediction', 'b=bad.fa')
    expect(new Set(scored.values.map(({ sample }) => sample))).toEqual(new Set(['assembly']))
    expect([at(scored, 'a', 'n50'), at(scored, 'b', 'n50')]).toEqual([2000, 800])
    expect(at(scored, 'a', 'contig_count')).toBe(2)
    expect(at(scored, 'a', 'ng50')).toBe('no_truth')
    expect(scored.comparability).toMatchObject({ truth: 'none', min_contig: '500', quast_level: 'none' })
    const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
    const schema = (name: string): object =>
      JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as object
    ajv.addSchema(schema('score-values'))
    const validate = ajv.compile(schema('score'))
    validate(scored)
    expect(validate.errors).toBeNull()
  })
  test('a reference gives NG values and names the sample; --min-contig changes the key', async () => {
    const scored = await document('--prediction', 'good.fa', '--reference', 'genome.fasta', '--min-contig', '300')
    expect(at(scored, 'good', 'ng50', 'genome')).toBe(2000)
    expect(at(scored, 'good', 'ng75')).toBe(1000)
    expect(at(scored, 'good', 'contig_count')).toBe(3)
    expect(scored.comparability).toMatchObject({
      min_contig: '300',
      truth: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
  })
  test('a table of references is a truth like any other', async () => {
    write('S1.fa', contigs(2000, 1000, 400))
    const half = await document('--prediction', 'a={sample}.fa', '--truth', 'references.tsv')
    expect(at(half, 'a', 'ng50', 'S1')).toBe(2000)
    expect(at(half, 'a', 'ng50', 'S2')).toBe('not_run')
  })
  test('files with one label complete each other, in the table too', async () => {
    const { stdout, exit } = await score(
      ...['good.fa', fixture('quast-report/old.tsv'), fixture('checkm2/quality_report.tsv')].flatMap((file) => [
        '--prediction',
        `a=${file}`,
      ]),
    )
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^a +2 +3,000 +2,000 +2,000/m)
    expect(stdout).toMatch(/^a +1 +0 +0 +1 /m)
  })
  test('a report names its assemblies; each is a sample', async () => {
    const scored = await document('--prediction', `q=${fixture('quast-report/two.tsv')}`)
    expect(at(scored, 'q', 'misassemblies', 'lake#1')).toBe(3)
    expect(at(scored, 'q', 'ng50', 'lake#2')).toBe('not_applicable')
  })
  test('what does not fit is refused', async () => {
    const flags = await score('--prediction', 'good.fa', '--truth', 'genome.fasta', '--reference', 'genome.fasta')
    expect(flags.exit).toBe(2)
    expect(flags.stderr).toContain('--reference: the truth is one already')
    const twice = await score('--prediction', 'a=good.fa', '--prediction', 'a=bad.fa')
    expect(twice.exit).toBe(4)
    expect(twice.stderr).toContain('good.fa and bad.fa both hold the contigs of assembly')
  })
})

test('a run scores what assemblers write: without a truth, with one reference, with one for each sample', async () => {
  mkdirSync(join(dir, '.benchmark'))
  writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,good.fa\nS2,bad.fa\n')
  write(
    'config.yaml',
    `benchmark:
  project: {name: assemblies, type: assembly-quality}
  evaluation: {scoring: {min_contig: 300}}
  pipelines:
    - name: copy
      command: [cp, "{fasta}", "{outdir}/contigs.fa"]
      outputs: [{format: fasta, path: contigs.fa}]
`,
  )
  const run = async (...argv: readonly string[]): Promise<RunDocument> => {
    const result = await benchmark(['run', '--config', 'config.yaml', '--input', 'samples.csv', '--json', ...argv], {
      cwd: dir,
    })
    expect(result.exit, result.stderr).toBe(0)
    return result.json() as RunDocument
  }
  const valueIn = (document: RunDocument, sample: string, metric: string): unknown => {
    const scores = document.executions.flatMap((execution) => execution.scores)
    const found = scores.find((one) => one.sample === sample && one.metric === metric)
    return found?.value ?? found?.reason
  }
  const without = await run()
  expect(valueIn(without, 'S1', 'n50')).toBe(2000)
  expect(valueIn(without, 'S1', 'contig_count')).toBe(3)
  expect(valueIn(without, 'S2', 'ng50')).toBe('no_truth')
  expect(without.warnings).toContain('No truth was given: what needs one is not measured.')
  expect(valueIn(await run('--truth', 'genome.fasta'), 'S2', 'ng50')).toBe(800)
  const each = await run('--truth', 'references.tsv')
  expect(valueIn(each, 'S1', 'ng75')).toBe(1000)
  expect(valueIn(each, 'S2', 'ng90')).toBe(400)
})
