import { describe, expect, test } from 'vitest'
import type { AssemblyTruth, BinEstimate } from '../../../src/core/assembly/assembly.ts'
import { type AssemblyEvidence, joinEvidence, NO_EVIDENCE } from '../../../src/core/assembly/evidence.ts'
import { magQuality } from '../../../src/core/assembly/mag-quality.ts'
import { NO_TRUTH, scoreAssemblies } from '../../../src/core/assembly/score-assemblies.ts'
import { ASSEMBLY_METRICS } from '../../../src/core/metrics/assembly.ts'
import { known, missing, type Quantity } from '../../../src/core/score.ts'
import { contigsOf } from '../../support/assemblies.ts'

const contigs: AssemblyEvidence = { ...NO_EVIDENCE, contigs: { file: 'contigs.fa', lengths: contigsOf(3000, 1000) } }
const report = (
  values: Readonly<Record<string, Quantity>>,
  level = 'quast',
  file = 'report.tsv',
): AssemblyEvidence => ({
  ...NO_EVIDENCE,
  report: { files: [file], level, values: new Map(Object.entries(values)) },
})
const bins = (estimator: 'checkm' | 'checkm2', ...names: readonly string[]): AssemblyEvidence => ({
  ...NO_EVIDENCE,
  bins: {
    files: [`${estimator}.tsv`],
    estimator,
    bins: names.map((name) => ({ name, completeness: 95, contamination: 1 })),
  },
})
const reference: AssemblyTruth = {
  samples: new Map([['S1', { file: 'genome.fa', lengths: contigsOf(5000) }]]),
  anySample: null,
  sha256: 'abc',
}

const score = (evidence: AssemblyEvidence | null, truth = NO_TRUTH) => {
  const { scores, ...rest } = scoreAssemblies({
    truth,
    predictions: new Map([['S1', evidence]]),
    samples: ['S1'],
    options: { minContig: 500 },
  })
  return { ...rest, scores, at: (metric: string) => scores.find((one) => one.metric === metric) }
}

describe('where values come from', () => {
  test('every metric has a value or a reason, and there are no others', () => {
    for (const evidence of [contigs, report({}), bins('checkm2', 'a'), NO_EVIDENCE, null])
      expect(score(evidence, reference).scores.map(({ metric }) => metric)).toEqual(
        ASSEMBLY_METRICS.map(({ id }) => id),
      )
    expect(new Set(score(null).scores.map(({ reason }) => reason))).toEqual(new Set(['not_run']))
  })
  test('contigs before the report, which is warned of when it says otherwise', () => {
    const both = joinEvidence(
      contigs,
      report({ n50: known(2900), gc_percent: known(0), misassemblies: known(2) }),
      'S1',
    )
    const { at, warnings } = score(both)
    expect(at('n50')?.value).toBe(3000)
    expect(at('misassemblies')?.value).toBe(2)
    expect(warnings).toEqual([expect.stringContaining('S1: the report says n50 2900 instead of 3000.')])
  })
  test('a value of the report before a reason of ours', () => {
    expect(score(joinEvidence(contigs, report({ ng50: known(1000) }), 'S1')).at('ng50')?.value).toBe(1000)
  })
  test('why there is none: no reference, no alignment, nothing in the report', () => {
    expect(score(contigs).at('genome_fraction')?.reason).toBe('no_truth')
    expect(score(contigs, reference).at('genome_fraction')?.reason).toBe('not_measured')
    expect(score(contigs, reference).at('ng50')?.value).toBe(3000)
    expect(score(report({ n50: known(1) })).at('genome_fraction')?.reason).toBe('no_prediction')
    expect(score(report({ ng50: missing('not_applicable') })).at('ng50')?.reason).toBe('not_applicable')
    expect(score(contigs).at('mag_count_hq')?.reason).toBe('no_prediction')
  })
  test('a duplication ratio below 1 is as far from ideal as one above', () => {
    expect(score(report({ duplication_ratio: known(0.75) })).at('duplication_excess')?.value).toBe(0.25)
    expect(score(report({ duplication_ratio: known(1.25) })).at('duplication_excess')?.value).toBe(0.25)
    expect(score(report({})).at('duplication_excess')?.reason).toBe('no_prediction')
    expect(score(report({ duplication_ratio: known(1) })).at('duplication_ratio')?.direction).toBe('none')
  })
})

describe('the comparability key', () => {
  test('says the truth, the shortest contig, the level of the report and who estimated', () => {
    expect(score(joinEvidence(contigs, bins('checkm2', 'a'), 'S1'), reference).comparability).toMatchObject({
      truth: 'abc',
      min_contig: '500',
      quast_level: 'none',
      bin_estimates: 'checkm2',
    })
    expect(score(report({}, 'metaquast combined')).comparability).toMatchObject({
      truth: 'none',
      min_contig: 'as reported',
      quast_level: 'metaquast combined',
      bin_estimates: 'none',
    })
  })
})

describe('files of one prediction', () => {
  test('complete each other', () => {
    const joined = joinEvidence(
      joinEvidence(report({ n50: known(1) }), report({ n50: known(1), l50: known(2) }, 'quast', 'b.tsv'), 'S1'),
      joinEvidence(bins('checkm2', 'a'), bins('checkm2', 'b'), 'S1'),
      'S1',
    )
    expect([...(joined.report?.values ?? [])]).toEqual([
      ['n50', known(1)],
      ['l50', known(2)],
    ])
    expect(joined.bins?.bins.map(({ name }) => name)).toEqual(['a', 'b'])
  })
  test.each([
    [contigs, contigs, 'both hold the contigs of S1'],
    [report({ n50: known(1) }), report({ n50: known(2) }), 'say of S1 that n50 is 1 and 2'],
    [bins('checkm', 'a'), bins('checkm2', 'a'), 'hold estimates of checkm and checkm2'],
    [bins('checkm', 'a'), bins('checkm', 'a'), 'both hold the bin a of S1'],
  ])('or are refused', (left, right, message) => {
    expect(() => joinEvidence(left, right, 'S1')).toThrow(message)
  })
})

describe('quality of bins', () => {
  const bin = (completeness: number, contamination: number): BinEstimate => ({
    name: `${String(completeness)}/${String(contamination)}`,
    completeness,
    contamination,
  })
  test('each bin is of one quality; borders are those of MIMAG', () => {
    const found = Object.fromEntries(
      magQuality([
        bin(90.01, 4.99), // high
        bin(90, 4.99), // medium: not above 90
        bin(95, 5), // medium: not below 5
        bin(50, 9.99), // medium
        bin(49.99, 9.99), // low
        bin(99, 10), // none
        bin(10, 10), // none
      ]),
    )
    expect(found).toMatchObject({
      mag_count_hq: known(1),
      mag_count_mq: known(3),
      mag_count_lq: known(1),
      mag_count_contaminated: known(2),
    })
  })
  test('the mean score; no bins have none', () => {
    expect(Object.fromEntries(magQuality([bin(90, 2), bin(50, 10)]))).toMatchObject({
      mean_mag_quality_score: known(40),
    })
    expect(Object.fromEntries(magQuality([]))).toMatchObject({
      mag_count_hq: known(0),
      mean_mag_quality_score: missing('undefined_0/0'),
    })
  })
})
