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
  test('a table of taxa and counts alone has the ranks of the truth, and of every other taxon their only one', async () => {
    const table = write('merged.tsv', 'taxonomy_id S1 S2', '562 30 0', '573 0 20', '999 10 0')
    const scored = await document('--prediction', table, '--abundance', 'taxonomic')
    expect(at(scored, { sample: 'S1', metric: 'purity' })).toBe(0.5)
    expect(at(scored, { sample: 'S2', metric: 'l1_norm_error' })).toBe(0)
    expect(scored.warnings.join()).toContain('The prediction states no ranks')
  })
  test('a merged MetaPhlAn table names its samples after files: with or without _profile', async () => {
    const clades = 'k__Bacteria|p__A|c__A|o__A|f__A'
    const table = write(
      'merged_abundance_table.txt',
      'clade_name NCBI_tax_id S1_profile S2',
      `${clades}|g__Escherichia|s__Escherichia_coli 2|||||561|562 100.0 0`,
      `${clades}|g__Klebsiella|s__Klebsiella_pneumoniae 2|||||570|573 0 100.0`,
    )
    const scored = await document('--prediction', table)
    for (const of of ['S1', 'S2']) expect(at(scored, { sample: of, metric: 'l1_norm_error' })).toBe(0)
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

describe('abundances', () => {
  const report = 'reads.kreport'
  writeFileSync(
    join(dir, report),
    ' 10.00\t10\t10\tU\t0\tunclassified\n 90.00\t90\t0\tR\t1\troot\n 90.00\t90\t90\tD\t2\t  Bacteria\n',
  )
  test('of different types are not compared, unless forced; presence is', async () => {
    const left = await document('--prediction', report, '--sample', 'S1')
    const at1 = (of: ScoreDocument, metric: string): unknown => at(of, { sample: 'S1', metric, rank: 'superkingdom' })
    expect(at1(left, 'l1_norm_error')).toBe('not_applicable')
    expect(at1(left, 'completeness')).toBe(1)
    expect(left.warnings.join()).toContain('--allow-mixed-abundance')
    const forced = await document('--prediction', report, '--sample', 'S1', '--allow-mixed-abundance')
    expect(at1(forced, 'l1_norm_error')).toBeCloseTo(0.1, 12)
    expect(forced.comparability).toMatchObject({ abundance_type: 'sequence', abundance_comparison: 'forced' })
    const declared = await document('--prediction', report, '--sample', 'S1', '--truth-abundance', 'sequence')
    expect(at1(declared, 'l1_norm_error')).toBeCloseTo(0.1, 12)
    expect(declared.comparability).toMatchObject({ abundance_comparison: 'same' })
  })
  test('of a generic profile are what the user, or a header, says', async () => {
    const said = await document('--prediction', good, '--abundance', 'sequence')
    expect(at(said, { sample: 'S2', metric: 'l1_norm_error' })).toBe('not_applicable')
    const header = write('header.profile', '@__abundance__:sequence', ...sample('S1', '2 superkingdom 2 100'))
    const headed = await document('--prediction', header, '--sample', 'S1')
    expect(headed.comparability).toMatchObject({ abundance_type: 'sequence', truth_abundance_type: 'taxonomic' })
    const both = await score('--prediction', good, '--abundance', 'reads')
    expect(both.exit).toBe(2)
  })
  test('that do not sum to 100 % are shown as stated and scaled, and nothing more where they do', async () => {
    const low = write('low.profile', ...sample('S1', '2 superkingdom 2 50', '561 genus 2|561 25'), ...sample('S2'))
    const { stdout, stderr } = await score('--prediction', low)
    expect(stdout).toMatch(/Bray-Curtis +L1 +scaled: Bray-Curtis +scaled: L1/)
    expect(stdout).toContain('takes each rank of truth and prediction as 100 %')
    expect(stderr).toContain('does not sum to 100 %')
    expect((await score('--prediction', truth)).stdout).not.toContain('scaled')
  })
  test('a genome list says what was found only; the lists of bacteria and archaea are one prediction', async () => {
    const named = write(
      'gtdb.profile',
      ...sample('G', 'd__Bacteria superkingdom d__Bacteria 60', 'd__Archaea superkingdom d__Archaea 40'),
    )
    const list = (name: string, domain: string): string =>
      write(name, 'user_genome classification', `${name} d__${domain};p__;c__;o__;f__;g__;s__`)
    const result = await benchmark(
      ['score', '--type', 'diversity-analysis', '--truth', named, '--json']
        .concat(['--prediction', `m=${list('bac.tsv', 'Bacteria')}`, '--prediction', `m=${list('ar.tsv', 'Archaea')}`])
        .concat(['--sample', 'G']),
      { cwd: dir },
    )
    expect(result.exit, result.stderr).toBe(0)
    const scored = result.json() as ScoreDocument
    expect(at(scored, { sample: 'G', metric: 'f1_score', rank: 'superkingdom' })).toBe(1)
    expect(at(scored, { sample: 'G', metric: 'bray_curtis_distance', rank: 'superkingdom' })).toBe('not_applicable')
  })
})

describe('differences between samples', () => {
  const taxa = (id: string, first: number): string[] =>
    sample(id, `561 genus 2|561 ${first}`, `570 genus 2|570 ${100 - first}`)
  const three = write('three.profile', ...taxa('A', 90), ...taxa('B', 50), ...taxa('C', 10))
  test('are compared for the dataset, with a table of their own', async () => {
    const argv = ['score', '--type', 'diversity-analysis', '--truth', three, '--prediction', `same=${three}`]
    const { stdout } = await benchmark(argv, { cwd: dir })
    expect(stdout).toMatch(/Bray-Curtis: Mantel r +Bray-Curtis: error +Jaccard/)
    expect(stdout).toMatch(/^genus +same +1\.000 +0\.000/m)
    const scored = (
      await benchmark([...argv, '--aitchison-pseudo-count', '0.1', '--json'], { cwd: dir })
    ).json() as ScoreDocument
    const mantel = scored.values.find(({ metric, rank }) => metric === 'beta_aitchison_mantel' && rank === 'genus')
    expect(mantel).toMatchObject({ sample: null, value: 1, unit: 'correlation', direction: 'higher' })
    const summary = scored.summary.find(({ metric, rank }) => metric === 'beta_bray_curtis_mantel' && rank === 'genus')
    expect(summary).toMatchObject({ value: 1, n: 1, n_expected: 1, low: null })
    const refused = await benchmark([...argv, '--aitchison-pseudo-count', '0'], { cwd: dir })
    expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('it must be above 0')])
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
  test('a report of a tool as the truth, without the advice that holds for predictions', async () => {
    const report = write('truth.kreport', '100 5 5 U 0 unclassified', '0 0 0 R 1 root')
    const argv = ['score', '--type', 'diversity-analysis', '--truth', report, '--prediction', good]
    const result = await benchmark(argv, { cwd: dir })
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('The truth must be a CAMI profile')
    expect(result.stderr).not.toContain('--format')
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
  // Two samples are too few to compare distances; an execution of one sample can never tell them.
  const beta = (pipeline: string): unknown =>
    run.summary.find((one) => one.pipeline === pipeline && one.metric === 'beta_jaccard_mantel')?.reason
  expect([beta('together'), beta('single')]).toEqual(['too_few', 'not_applicable'])
  expect(run.comparability).toMatchObject({ benchmark_type: 'diversity-analysis', abundance_type: 'taxonomic' })
  const shown = await benchmark(['show', 'latest'], { cwd: dir })
  expect(shown.stdout).toContain('bray_curtis_distance (species)')
})
