import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'
import { fixture } from '../support/parse-fixtures.ts'

const dir = tempDir('score command')
const write = (name: string, rows: readonly string[]): string => {
  mkdirSync(join(dir, name, '..'), { recursive: true })
  writeFileSync(join(dir, name), `${rows.map((row) => row.replaceAll(' ', '\t')).join('\n')}\n`)
  return name
}
const truth = write('truth.tsv', [
  'sample gene_symbol drug_class',
  'S1 blaTEM-1 BETA-LACTAM',
  'S1 sul1 SULFONAMIDE',
  'S2 blaTEM-1 BETA-LACTAM',
  'S2 tet(A) TETRACYCLINE',
  'S10  ',
])
const score = (...argv: readonly string[]): Promise<CliResult> =>
  benchmark(['score', '--truth', truth, ...argv], { cwd: dir })
const document = async (...argv: readonly string[]): Promise<ScoreDocument> => {
  const result = await score(...argv, '--json')
  expect(result.exit, result.stderr).toBe(0)
  return result.json() as ScoreDocument
}
const valueOf = (
  scored: ScoreDocument,
  of: { sample: string; metric: string; level?: string; prediction?: string },
): unknown => {
  const found = scored.values.filter(
    (one) =>
      one.sample === of.sample &&
      one.metric === of.metric &&
      one.level === (of.level ?? 'gene') &&
      (of.prediction === undefined || one.prediction === of.prediction),
  )
  expect(found).toHaveLength(1)
  return found[0]?.value ?? found[0]?.reason
}
const combined = fixture('hamronization/combined.tsv')

describe('a combined report', () => {
  test('is sorted into the samples of the truth; a sample without rows is scored as one without hits', async () => {
    const scored = await document('--prediction', combined)
    expect(scored.warnings).toEqual([])
    expect(valueOf(scored, { sample: 'S1', metric: 'sensitivity' })).toBe(1)
    expect(valueOf(scored, { sample: 'S2', metric: 'sensitivity' })).toBe(0.5)
    expect(valueOf(scored, { sample: 'S2', metric: 'false_positives' })).toBe(0)
    expect(valueOf(scored, { sample: 'S10', metric: 'sensitivity' })).toBe('undefined_0/0')
    expect(valueOf(scored, { sample: 'S10', metric: 'specificity' })).toBe(1)
  })
  test('the document is valid against its schema', async () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
    const schema = (name: string): object =>
      JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as object
    ajv.addSchema(schema('score-values'))
    const validate = ajv.compile(schema('score'))
    validate(await document('--prediction', combined))
    expect(validate.errors).toBeNull()
    const detailed = await document('--prediction', combined, '--matches', '--explain')
    expect(detailed.matches?.length).toBeGreaterThan(0)
    validate(detailed)
    expect(validate.errors).toBeNull()
  })
  test('rows of samples the truth does not have are refused by name; S1 does not take those of S10', async () => {
    const report = write('strangers.tsv', [
      'input_file_name gene_symbol analysis_software_name',
      'S1 sul1 abricate',
      'S100 sul1 abricate',
      'control sul1 abricate',
    ])
    const result = await score('--prediction', report)
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('strangers.tsv:3: The truth has no sample "S100". (did you mean S10?)')
    expect(result.stderr).toContain('strangers.tsv:4: The truth has no sample "control".')
    const picked = await document('--prediction', report, '--sample', 'S1')
    expect([...new Set(picked.values.map(({ sample }) => sample))]).toEqual(['S1'])
    expect(valueOf(picked, { sample: 'S1', metric: 'true_positives' })).toBe(1)
  })
  test('an empty report of a format that names samples says that all samples have no hits', async () => {
    const report = write('empty.tsv', ['Sample Gene Hits', '']).replace('empty.tsv', 'none.tsv')
    writeFileSync(join(dir, report), 'Sample\tGene\tHits\tGene Fraction\n')
    expect(valueOf(await document('--prediction', report), { sample: 'S1', metric: 'false_negatives' })).toBe(2)
  })
})

describe('outputs of single samples', () => {
  const kma = readFileSync(fixture('kma-res/reads.res'))
  test('belong to the sample given', async () => {
    const scored = await document('--prediction', fixture('kma-res/reads.res'), '--sample', 'S1')
    expect(valueOf(scored, { sample: 'S1', metric: 'true_positives' })).toBe(2)
    expect(valueOf(scored, { sample: 'S1', metric: 'false_positives' })).toBe(2)
    expect(scored.values.every(({ prediction }) => prediction === 'reads')).toBe(true)
  })
  test('are not guessed at when the truth has several samples', async () => {
    const result = await score('--prediction', fixture('kma-res/reads.res'))
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('does not say which of the 3 samples')
  })
  test('stand for {sample}; a missing one is not run, with a warning, and n says so', async () => {
    mkdirSync(join(dir, 'kma out'), { recursive: true })
    writeFileSync(join(dir, 'kma out', 'S1.res'), kma)
    writeFileSync(join(dir, 'kma out', 'S10.res'), kma.subarray(0, kma.indexOf(10) + 1))
    const scored = await document('--prediction', 'mapped=kma out/{sample}.res')
    expect(valueOf(scored, { sample: 'S1', metric: 'sensitivity' })).toBe(1)
    expect(valueOf(scored, { sample: 'S2', metric: 'sensitivity' })).toBe('not_run')
    expect(valueOf(scored, { sample: 'S10', metric: 'false_positives' })).toBe(0)
    expect(scored.warnings).toEqual(['mapped: There is no file kma out/S2.res. The sample S2 counts as not run.'])
    expect(
      scored.summary.find(
        ({ metric, level, method }) =>
          metric === 'true_positives' && level === 'gene' && method.aggregation === 'total',
      ),
    ).toMatchObject({ n: 2, n_expected: 3, prediction: 'mapped' })
    const none = await score('--prediction', 'nowhere/{sample}.res')
    expect([none.exit, none.stderr]).toEqual([3, expect.stringContaining('No sample of the truth has a file')])
  })
})

describe('what is shown', () => {
  test('predictions side by side, each under its label', async () => {
    const result = await score(
      '--prediction',
      `a=${combined}`,
      '--prediction',
      `b=${fixture('hamronization/combined.json')}`,
    )
    const [a, b] = result.stdout.split('\n').slice(2)
    expect(a?.replace('a', 'b')).toBe(b)
    expect(a).toMatch(/^a +0\.750 +1\.000 +0\.833 +1\.000 +3 +0 +1 +3 of 3$/)
  })
  test('--per-sample names the genes missed', async () => {
    const { stdout } = await score('--prediction', combined, '--per-sample')
    expect(stdout).toMatch(/combined +S2 +0\.500 .*tet\(A\)/)
  })
  test('--level shows another level and scores no other', async () => {
    const scored = await document('--prediction', combined, '--level', 'drug-class')
    expect(new Set(scored.values.map(({ level }) => level))).toEqual(new Set(['drug_class']))
    expect(scored.comparability['primary_level']).toBe('drug_class')
  })
})

describe('settings', () => {
  test('a minimum identity leaves out weaker hits', async () => {
    const scored = await document('--prediction', combined, '--min-identity', '99.8')
    expect(valueOf(scored, { sample: 'S1', metric: 'true_positives' })).toBe(1)
    expect(scored.comparability['min_identity']).toBe('99.8')
  })
  test('a list of genes as universe', async () => {
    const universe = write('genes.txt', ['blaTEM-1', 'sul1', 'tet(A)', 'mcr-1', 'qnrB1'])
    const scored = await document('--prediction', combined, '--universe', universe)
    expect(valueOf(scored, { sample: 'S1', metric: 'true_negatives' })).toBe(3)
    expect(
      valueOf(await document('--prediction', combined, '--universe', 'none'), { sample: 'S1', metric: 'specificity' }),
    ).toBe('no_universe')
  })
  test('declared columns of a table of no known format', async () => {
    const scored = await document(
      '--prediction',
      fixture('tsv/other-names.tsv'),
      '--format',
      'tsv',
      '--columns',
      'gene_symbol=Gene,identity_fraction=PctId',
      '--sample',
      'S1',
    )
    expect(valueOf(scored, { sample: 'S1', metric: 'sensitivity' })).toBe(1)
  })
  test('the comparability key is that of truth, samples and settings, not of the prediction', async () => {
    const [one, other, stricter] = await Promise.all([
      document('--prediction', combined),
      document('--prediction', fixture('hamronization/older-names.tsv')),
      document('--prediction', combined, '--min-coverage', '90'),
    ])
    expect(one.comparability).toEqual(other.comparability)
    expect(one.comparability).not.toEqual(stricter.comparability)
  })
})

describe('wrong usage', () => {
  test('all wrong flags are named at once, exit 2', async () => {
    const result = await score(
      '--prediction',
      'x.tsv',
      '--prediction',
      'y/x.tsv',
      '--level',
      'gen',
      '--min-identity',
      '120',
      '--min-coverage',
      '0.9',
    )
    expect(result.exit).toBe(2)
    expect(result.stderr).toContain('--min-coverage: 0.9 is a percentage, less than almost every hit has.')
    for (const part of ['--level: there is no level "gen"', '--min-identity: "120"', 'would both be called x'])
      expect(result.stderr).toContain(part)
  })
  test.each([
    [['--type', 'amr-detecton', '--prediction', combined], 2, 'Did you mean amr-detection?'],
    [['--prediction', 'missing.tsv'], 3, 'There is no file missing.tsv'],
    [['--prediction', combined, '--sample', 'S3'], 3, 'says nothing about S3'],
    [['--prediction', combined, '--format', 'hamronisation'], 2, 'Did you mean hamronization?'],
  ] as const)('%s: exit %i', async (argv, exit, message) => {
    const result = await score(...argv)
    expect(result.exit).toBe(exit)
    expect(result.stderr).toContain(message)
  })
  test('what would change nothing is said: matches without a truth, or without JSON, columns of a known format', async () => {
    const compared = await benchmark(['score', '--prediction', combined, '--matches', '--explain'], { cwd: dir })
    expect(compared.exit).toBe(2)
    for (const flag of ['matches', 'explain']) expect(compared.stderr).toContain(`--${flag}: it needs a truth`)
    expect((await score('--prediction', combined, '--matches')).stderr).toContain('--matches: the list is in the JSON')
    const { warnings } = await document('--prediction', combined, '--columns', 'gene_symbol=gene_symbol')
    expect(warnings).toEqual([expect.stringContaining('the declared columns are not used')])
  })
  test('faults of several outputs are reported together, in text and as JSON', async () => {
    const bad = write('bad.tsv', ['#FILE SEQUENCE START END GENE %COVERAGE %IDENTITY', 'f c x 9 sul1 100 100'])
    const argv = [
      '--prediction',
      bad,
      '--prediction',
      fixture('rgi/main.txt'),
      '--sample',
      'S1',
      '--format',
      'abricate',
    ]
    const [text, json] = await Promise.all([score(...argv), score(...argv, '--json')])
    expect([text.exit, json.exit]).toEqual([4, 4])
    expect(text.stderr).toContain('bad.tsv:2:5: The start "x" is not a number.')
    expect(json.json()).toMatchObject({
      error: {
        code: 'E_INPUT',
        findings: expect.arrayContaining([
          expect.objectContaining({ location: { file: 'bad.tsv', line: 2, column: 5 } }),
          expect.objectContaining({ message: 'There is no column GENE.' }),
        ]) as unknown,
      },
    })
  })
})
