import { describe, expect, test } from 'vitest'
import { METRICS } from '../../../src/core/metrics/registry.ts'
import { known, missing } from '../../../src/core/score.ts'
import { QUAST_ROWS } from '../../../src/parse/assembly/quast-rows.ts'
import { readOutput } from '../../../src/parse/index.ts'
import { assemblyOf, factOf } from '../../support/assemblies.ts'
import { findingsOf, fixture, problemFrom } from '../../support/parse-fixtures.ts'

describe('a report on two assemblies', () => {
  test('names them as samples, with # in the name; composites are two numbers, - does not apply', async () => {
    const { facts, namesSamples } = await assemblyOf('quast-report/two.tsv')
    expect(namesSamples).toBe(true)
    expect(facts.map(({ sample }) => sample)).toEqual(['lake#1', 'lake#2'])
    const [first, second] = facts.map((fact) => (fact.what === 'report' ? fact.values : new Map()))
    expect(Object.fromEntries(first ?? [])).toMatchObject({
      contig_count: known(60),
      contig_count_0: known(120),
      gc_percent: known(51.2),
      n90: known(4000),
      aun: known(35_000.5),
      auna: known(30_000.1),
      unaligned_contigs: known(2),
      partially_unaligned_contigs: known(7),
      genomic_features: known(700),
      partial_genomic_features: known(40),
      scaffold_gap_ext_misassemblies: known(1),
      duplication_ratio: known(1.016),
      kmer_completeness: known(80.1),
    })
    expect(second?.get('ng50')).toEqual(missing('not_applicable'))
    expect(second?.has('n75')).toBe(false)
    expect(first?.has('total_length_1000')).toBe(false)
  })
  test('rows and columns swapped say the same', async () => {
    const [table, swapped] = await Promise.all(
      ['quast-report/two.tsv', 'quast-report/transposed_report.tsv'].map(async (file) =>
        (await assemblyOf(file)).facts.map((fact) => ({ ...fact, line: 0 })),
      ),
    )
    expect(swapped).toEqual(table)
  })
  test('columns lined up with blanks, below a sentence, say the same', async () => {
    const [table, text] = await Promise.all(
      ['quast-report/two.tsv', 'quast-report/report.txt'].map(async (file) =>
        (await assemblyOf(file)).facts.map((fact) => ({ ...fact, line: 0 })),
      ),
    )
    expect(text).toEqual(table)
  })
})

test('names of old releases', async () => {
  const { values } = await factOf('quast-report/old.tsv', 'report')
  expect(values.get('n75')).toEqual(known(700))
  expect(values.get('scaffold_gap_ext_misassemblies')).toEqual(known(2))
  expect(values.get('partial_genomic_features')).toEqual(known(4))
})

test('the level of MetaQUAST is told by the folder or by missing NG rows', async () => {
  const levelOf = async (file: string): Promise<string> => (await factOf(file, 'report')).level
  expect(await levelOf('quast-report/old.tsv')).toBe('quast')
  expect(await levelOf('quast-report/combined.tsv')).toBe('metaquast combined')
  expect(await levelOf('metaquast/runs_per_reference/genome_a/report.tsv')).toBe('metaquast reference genome_a')
})

test('every fault at its place', async () => {
  const problem = await problemFrom(readOutput(fixture('refused/broken-report.tsv'), { format: 'quast-report' }))
  expect(findingsOf(problem).sort()).toEqual([
    '1:12 The assembly a is there twice.',
    '2:13 "many" is not a number as QUAST writes it.',
    '4:1 The row Total length is there twice.',
    '5:21 "1 + part" is not a number as QUAST writes it.',
  ])
})

test('every row becomes a metric there is', () => {
  const ids = new Set(METRICS.map(({ id }) => id))
  for (const metric of QUAST_ROWS.flatMap(({ metrics }) => metrics)) expect(ids, metric).toContain(metric)
})
