import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'
import { fixture } from '../support/parse-fixtures.ts'

const dir = tempDir('score profiles')
const write = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(dir, name), lines.map((line) => `${line.replaceAll(' ', '\t')}\n`).join(''))
  return name
}
const sample = (id: string, ...rows: readonly string[]): string[] => [
  `@SampleID:${id}`,
  '@Ranks:superkingdom|genus|species',
  '@@TAXID RANK TAXPATH PERCENTAGE',
  ...rows,
]
const truth = write(
  'truth.profile',
  ...sample('S1', '2 superkingdom 2 100', '561 genus 2|561 100', '562 species 2|561|562 100'),
  ...sample('S2', '2 superkingdom 2 100', '570 genus 2|570 100', '573 species 2|570|573 100'),
)
const good = write(
  'good.profile',
  ...sample('S2', '2 superkingdom 2 100', '570 genus 2|570 100', '573 species 2|570|573 99.5', '1 species 2|570|1 0.5'),
  ...sample('S1'),
)
const single = write('single.profile', ...sample('another name', '2 domain 2 100', '561 genus 2|561 100'))

const score = (...argv: readonly string[]): Promise<CliResult> =>
  benchmark(['score', '--type', 'diversity-analysis', '--truth', truth, ...argv], { cwd: dir })
const document = async (...argv: readonly string[]): Promise<ScoreDocument> => {
  const result = await score(...argv, '--json')
  expect(result.exit, result.stderr).toBe(0)
  return result.json() as ScoreDocument
}
const at = (scored: ScoreDocument, of: { sample: string; metric: string; rank?: string | null }): unknown => {
  const { rank = 'species', metric } = of
  const found = scored.values.filter((one) => one.sample === of.sample && one.metric === metric && one.rank === rank)
  expect(found).toHaveLength(1)
  return found[0]?.value ?? found[0]?.reason
}

describe('profiles', () => {
  test('are sorted into the samples they name; one without rows found nothing', async () => {
    const scored = await document('--prediction', good)
    expect(at(scored, { sample: 'S2', metric: 'completeness' })).toBe(1)
    expect(at(scored, { sample: 'S2', metric: 'purity' })).toBe(0.5)
    expect(at(scored, { sample: 'S1', metric: 'completeness' })).toBe(0)
    expect(at(scored, { sample: 'S1', metric: 'weighted_unifrac_error', rank: null })).toBeGreaterThan(0)
    expect(scored.values.every(({ level }) => level === null)).toBe(true)
    const micro = scored.summary.find(
      ({ metric, rank, method }) => metric === 'purity' && rank === 'species' && method.aggregation === 'micro',
    )
    expect(micro).toMatchObject({ value: 0.5, n: 2, n_expected: 2 })
  })
  test('the document is valid against its schema', async () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
    const schema = (name: string): object =>
      JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as object
    ajv.addSchema(schema('score-values'))
    const validate = ajv.compile(schema('score'))
    validate(await document('--prediction', good, '--filter', '1'))
    expect(validate.errors).toBeNull()
  })
  test('the filter, the scaling and the ranks change values and the comparability key', async () => {
    const plain = await document('--prediction', good)
    const filtered = await document('--prediction', good, '--filter', '1')
    expect(at(filtered, { sample: 'S2', metric: 'purity' })).toBe(1)
    expect(at(filtered, { sample: 'S2', metric: 'purity_unfiltered' })).toBe(0.5)
    const scaled = await document('--prediction', good, '--normalize', '--ranks', 'domain,species')
    expect(new Set(scaled.values.map(({ rank }) => rank))).toEqual(new Set(['superkingdom', 'species', null]))
    expect(plain.comparability).toMatchObject({ normalize: 'false', filter: 'none', ranks: 'all' })
    expect(filtered.comparability).toMatchObject({ filter: '1' })
    expect(scaled.comparability).toMatchObject({ normalize: 'true', ranks: 'species,superkingdom' })
  })
  test('of one sample belong to the sample given, whatever they call it; otherwise names must be equal', async () => {
    const scored = await document('--prediction', single, '--sample', 'S1')
    expect(at(scored, { sample: 'S1', metric: 'completeness', rank: 'superkingdom' })).toBe(1)
    expect(at(scored, { sample: 'S1', metric: 'completeness' })).toBe(0)
    const refused = await score('--prediction', single)
    expect(refused.exit).toBe(4)
    expect(refused.stderr).toContain('The truth has no sample "another name"')
  })
  test('the table shows species and genus, every rank on demand, and both UniFrac errors', async () => {
    const { stdout } = await score('--prediction', `a=${good}`, '--prediction', `b=${truth}`)
    expect(stdout).toMatch(/^genus +a .*^species +a .*^species +b +0\.000/ms)
    expect(stdout).not.toMatch(/^superkingdom/m)
    expect(stdout).toContain('unweighted UniFrac error')
    expect((await score('--prediction', good, '--per-sample')).stdout).toMatch(/^S2 +species +good +0\.005/m)
    expect((await score('--prediction', good, '--ranks', 'superkingdom')).stdout).toMatch(/^superkingdom +good/m)
  })
})

describe('what does not fit is refused', () => {
  test('hits of an AMR tool, and flags of another type', async () => {
    const hits = await score('--prediction', fixture('kma-res/reads.res'), '--sample', 'S1')
    expect(hits.exit).toBe(4)
    expect(hits.stderr).toContain('is of the format kma-res; diversity-analysis needs a taxonomic profile')
    const flags = await score('--prediction', good, '--level', 'gene', '--ranks', 'specis')
    expect(flags.exit).toBe(2)
    expect(flags.stderr).toContain('--level: it has no meaning for the type diversity-analysis')
    expect(flags.stderr).toContain('there is no rank "specis". (ranks: species)')
  })
  test('two files of one prediction that both state a rank', async () => {
    const twice = await score('--prediction', `a=${good}`, '--prediction', `a=${truth}`)
    expect(twice.exit).toBe(4)
    expect(twice.stderr).toContain('both say what is in S2 at rank superkingdom')
  })
})

test('a run scores what pipelines write, per sample and for all samples at once', async () => {
  write('reads.fa', '>c', 'ACGT')
  writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,reads.fa\nS2,reads.fa\n')
  writeFileSync(
    join(dir, 'config.yaml'),
    `benchmark:
  project: {name: profiles, type: diversity-analysis}
  pipelines:
    - name: together
      scope: dataset
      command: [cp, "${join(dir, good)}", "{outdir}/all.profile"]
      outputs: [{format: cami-profile, path: all.profile}]
    - name: single
      command: [cp, "${join(dir, single)}", "{outdir}/{sample}.profile"]
      outputs: [{format: auto, path: "{sample}.profile"}]
`,
  )
  const result = await benchmark(
    ['run', '--config', 'config.yaml', '--input', 'samples.csv', '--truth', truth, '--json'],
    { cwd: dir },
  )
  expect(result.exit, result.stderr).toBe(0)
  const run = result.json() as RunDocument
  const mean = (pipeline: string, metric: string, rank: string | null): number | null | undefined =>
    run.summary.find(
      (one) =>
        one.pipeline === pipeline && one.metric === metric && one.rank === rank && one.method.aggregation === 'macro',
    )?.value
  expect(mean('together', 'completeness', 'species')).toBe(0.5)
  expect(mean('single', 'completeness', 'genus')).toBe(0.5)
  expect(mean('single', 'completeness', 'superkingdom')).toBe(1)
  expect(run.comparability).toMatchObject({ benchmark_type: 'diversity-analysis', abundance_type: 'taxonomic' })
  const shown = await benchmark(['show', 'latest'], { cwd: dir })
  expect(shown.stdout).toContain('bray_curtis_distance (species)')
})
