import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'

const dir = tempDir('score pathogens')
const write = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(join(dir, name), lines.map((line) => `${line.replaceAll(' ', '\t')}\n`).join(''))
  return name
}
const truth = write(
  'truth.tsv',
  'sample taxid rank status name reads genus_taxid',
  ...['S1', 'S2', 'S3'].flatMap((sample) => [
    `${sample} 562 species present E.coli 100 561`,
    `${sample} 564 species absent E.fergusonii  561`,
    `${sample} 1280 species absent S.aureus  1279`,
  ]),
  'blank',
)
const kreport = (
  name: string,
  ...rows: readonly (readonly [reads: number, taxid: string, genus: string])[]
): string => {
  const total = rows.reduce((sum, [reads]) => sum + reads, 0)
  writeFileSync(
    join(dir, name),
    [
      `90.00\t900\t900\tU\t0\tunclassified`,
      `10.00\t${total}\t0\tR\t1\troot`,
      ...[...new Set(rows.map(([, , genus]) => genus))].flatMap((genus) => {
        const species = rows.filter(([, , of]) => of === genus)
        return [
          `0.00\t${species.reduce((sum, [reads]) => sum + reads, 0)}\t0\tG\t${genus}\t  genus`,
          ...species.map(([reads, taxid]) => `0.00\t${reads}\t${reads}\tS\t${taxid}\t    species`),
        ]
      }),
    ].join('\n'),
  )
  return name
}
kreport('S1.kreport', [80, '562', '561'], [3, '564', '561'], [300, '9606', '9605'])
kreport('S2.kreport', [90, '562', '561'])
kreport('S3.kreport', [70, '562', '561'], [5, '1280', '1279'])
kreport('blank.kreport', [2, '1280', '1279'], [400, '9606', '9605'])

const score = (...argv: readonly string[]): Promise<CliResult> =>
  benchmark(['score', '--type', 'pathogen-detection', '--truth', truth, ...argv], { cwd: dir })
const reports = ['--prediction', 'kraken2={sample}.kreport']
const document = async (...argv: readonly string[]): Promise<ScoreDocument> => {
  const result = await score(...reports, ...argv, '--json')
  expect(result.exit, result.stderr).toBe(0)
  return result.json() as ScoreDocument
}
const summary = (scored: ScoreDocument, metric: string, how: string): unknown =>
  scored.summary.find((one) => one.metric === metric && one.method.aggregation === how)?.value

describe('reports of several samples', () => {
  test('give shares over panel × samples, and the limit of detection', async () => {
    const scored = await document('--host-taxids', '9606')
    // TP 3; FP 564 in S1, 1280 in S3 and in the blank; TN the other six of twelve decisions.
    expect(summary(scored, 'sensitivity', 'micro')).toBe(1)
    expect(summary(scored, 'precision', 'micro')).toBe(0.5)
    expect(summary(scored, 'specificity', 'micro')).toBeCloseTo(6 / 9, 10)
    expect(summary(scored, 'fp_per_negative_sample', 'macro')).toBe(1)
    expect(summary(scored, 'near_neighbour_fp', 'total')).toBe(1)
    expect(summary(scored, 'off_panel_calls', 'total')).toBe(0)
    expect(summary(scored, 'limit_of_detection', 'total')).toBe(100)
    expect(scored.warnings).toEqual([])
    expect(scored.comparability).toMatchObject({
      benchmark_type: 'pathogen-detection',
      panel: 'truth',
      call_rank: 'species',
      min_reads: 'none',
      min_percentage: 'none',
      host_taxids: '9606',
      merged_taxids: 'none',
      truth_levels: 'reads',
      universe_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
  })
  test('the document is valid against its schema', async () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
    const schema = (name: string): object =>
      JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as object
    ajv.addSchema(schema('score-values'))
    const validate = ajv.compile(schema('score'))
    // Nothing is found any more: the limit is not reached.
    const strict = await document('--min-reads', '95')
    validate(strict)
    expect(validate.errors).toBeNull()
    validate(await document('--matches'))
    expect(validate.errors).toBeNull()
    expect(strict.summary.find(({ metric }) => metric === 'limit_of_detection')).toMatchObject({
      reason: 'not_reached',
    })
  })
  test('the call rule changes numbers and key', async () => {
    const scored = await document('--min-reads', '5', '--host-taxids', '9606,10090', '--call-rank', 'species')
    expect(summary(scored, 'false_positives', 'total')).toBe(1)
    expect(scored.comparability).toMatchObject({ min_reads: '5', host_taxids: '10090,9606' })
    const genus = await document('--call-rank', 'genus')
    expect(new Set(genus.values.map(({ rank }) => rank))).toEqual(new Set(['genus']))
    const percentage = await document('--min-percentage', '5%')
    expect(percentage.comparability).toMatchObject({ min_percentage: '5' })
  })
  test('a panel and merged taxids come from files', async () => {
    write('panel.txt', '# of interest', 'taxid name', '562 E.coli', '5000 other')
    write('merged.dmp', '562 | 562562 |', '1280 | 5000 |')
    const scored = await document('--panel', 'panel.txt', '--merged-taxids', 'merged.dmp')
    expect(summary(scored, 'true_positives', 'total')).toBe(3)
    // 1280 is 5000 now, and so on the panel.
    expect(summary(scored, 'false_positives', 'total')).toBe(2)
    expect(scored.comparability).toMatchObject({ panel: 'list:panel.txt' })
    expect(scored.comparability['merged_taxids']).toMatch(/^2:[0-9a-f]{16}$/)
  })
})

test('--matches lists what was found, missed and wrong', async () => {
  const scored = await document('--host-taxids', '9606', '--min-reads', '75', '--matches')
  expect(scored.matches?.map(({ sample, status, key }) => [sample, status, key])).toEqual([
    ['S1', 'TP', '562'],
    ['S2', 'TP', '562'],
    ['S3', 'FN', '562'],
  ])
})

describe('the table', () => {
  test('shows the shares, the false alarms, the curve and each sample', async () => {
    const { stdout, exit } = await score(...reports, '--host-taxids', '9606', '--per-sample')
    expect(exit).toBe(0)
    expect(stdout).toContain('Calls at the rank species, all samples together.')
    expect(stdout).toMatch(/kraken2\s+1\.000\s+0\.500\s+0\.667\s+0\.667\s+3\s+3\s+0\s+4 of 4/)
    expect(stdout).toMatch(/kraken2\s+100 reads \(n=3\)\s+1 \(n=1\)\s+1 \(n=3\)/)
    expect(stdout).toMatch(/100\s+1\.000 \(n=3\)/)
    expect(stdout).toMatch(/S1 .*\(E\.fergusonii \(564\)\)/)
    expect(stdout).toMatch(/blank\s+kraken2\s+– \(0\/0\)\s+0\.000.*\(S\.aureus \(1280\)\)/)
  })
})

describe('mistakes', () => {
  test('a sample without a file is not run, and said', async () => {
    kreport('part_S1.kreport', [80, '562', '561'])
    const result = await score('--prediction', 'part=part_{sample}.kreport', '--json')
    expect(result.exit).toBe(0)
    const { values, warnings } = result.json() as ScoreDocument
    expect(new Set(values.filter(({ sample }) => sample !== 'S1').map(({ reason }) => reason))).toEqual(
      new Set(['not_run']),
    )
    expect(warnings.filter((text) => text.includes('not run'))).toHaveLength(3)
  })
  test('a report of no known sample is refused', async () => {
    const result = await score('--prediction', 'one={sample}.kreport', '--prediction', 'two=S1.kreport')
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('--sample')
    const lost = await score('--prediction', 'lost=lost/{sample}.kreport')
    expect(lost.exit).toBe(3)
  })
  test('an AMR report is of no use', async () => {
    const hits = write('hits.tsv', 'gene_symbol', 'sul1')
    const result = await score(
      '--prediction',
      hits,
      '--format',
      'tsv',
      '--columns',
      'gene_symbol=gene_symbol',
      '--sample',
      'S1',
    )
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('pathogen-detection needs a taxonomic profile')
  })
  test('flags are checked together', async () => {
    const result = await score(
      ...reports,
      '--call-rank',
      'specis',
      '--min-reads',
      'ten',
      '--min-percentage',
      '101',
      '--level',
      'gene',
    )
    expect(result.exit).toBe(2)
    for (const flag of ['--call-rank', '--min-reads', '--min-percentage', '--level'])
      expect(result.stderr).toContain(flag)
  })
  test('two files that both name species are no one prediction', async () => {
    const result = await score('--prediction', 'one=S1.kreport', '--prediction', 'one=S2.kreport', '--sample', 'S1')
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('both say what is in S1 at rank')
  })
})
