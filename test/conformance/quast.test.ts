import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { evidenceOf } from '../../src/core/assembly/evidence.ts'
import { NO_TRUTH, scoreAssemblies } from '../../src/core/assembly/score-assemblies.ts'
import type { AssemblyObservations } from '../../src/core/observations.ts'
import { readAssemblyTruth } from '../../src/parse/assembly-truth.ts'
import { QUAST_ROWS } from '../../src/parse/assembly/quast-rows.ts'
import { readOutput } from '../../src/parse/index.ts'
import { packageRoot } from '../support/harness.ts'

// Real contigs and what QUAST reports of them, and reports of QUAST, CheckM and CheckM2; not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data')
const isThere = existsSync(join(data, 'quast-contigs'))
if (!isThere) process.stderr.write('QUAST conformance: skipped, the reference reports are not here.\n')

let compared = 0
afterAll(() => {
  if (isThere) process.stderr.write(`QUAST, CheckM, CheckM2: ${String(compared)} values compared.\n`)
})

const read = async (...path: readonly string[]): Promise<AssemblyObservations> => {
  const output = await readOutput(join(data, ...path), { format: 'auto' })
  if (output.kind !== 'assembly') throw new Error(`${path.join('/')} is a ${output.kind}`)
  return output
}

const rowsOf = (...path: readonly string[]): readonly (readonly string[])[] =>
  readFileSync(join(data, ...path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'))

const EXAMPLE = ['reports', 'quast', 'example_data', 'report.tsv'] as const

/** What we compute of contigs, with their reference, by metric. */
const computed = async (contigs: string): Promise<ReadonlyMap<string, number | null>> => {
  const { facts, file } = await read('quast-contigs', contigs)
  const truth = await readAssemblyTruth(join(data, 'quast-contigs', 'reference.fasta.gz'))
  const { scores } = scoreAssemblies({
    truth,
    predictions: new Map(facts.map((fact) => ['S', evidenceOf(fact, file)])),
    samples: ['S'],
    options: { minContig: 500 },
  })
  return new Map(scores.map(({ metric, value }) => [metric, value]))
}

describe.skipIf(!isThere)('contigs that QUAST reported on', () => {
  test.each([
    ['contigs_1', 2933.9642324888, 1968.69],
    ['contigs_2', 2875.3846153846, 1569.96],
  ] as const)('%s: every value of contiguity at the precision it is printed with', async (name, aun, aung) => {
    const ours = await computed(`${name}.fasta`)
    const [header = [], ...rows] = rowsOf(...EXAMPLE)
    const column = header.indexOf(name)
    const wrong: string[] = []
    for (const row of rows) {
      const [label = '', printed = ''] = [row[0], row[column]]
      const metric = QUAST_ROWS.find(({ names }) => names.includes(label))?.metrics[0] ?? ''
      const value = ours.get(metric) ?? null
      // What needs an alignment is not computed of the contigs alone.
      if (value === null) continue
      const digits = printed.split('.')[1]?.length ?? 0
      compared++
      if (value.toFixed(digits) !== printed) wrong.push(`${label}: ${String(value)} instead of ${printed}`)
    }
    expect(wrong).toEqual([])
    expect(ours.get('aun')).toBeCloseTo(aun, 9)
    expect(ours.get('aung')).toBeCloseTo(aung, 9)
    expect(ours.get('ng75')).toBeNull()
    compared += 2
  })
  test('no row of the report on contiguity is left out', async () => {
    const ours = await computed('contigs_1.fasta')
    const missing = rowsOf(...EXAMPLE)
      .map(([label = '']) => QUAST_ROWS.find(({ names }) => names.includes(label))?.metrics[0])
      .filter((metric) => metric !== undefined && (ours.get(metric) ?? null) === null)
    expect(missing.sort()).toEqual(
      [
        'misassemblies misassembled_contigs misassembled_contigs_length local_misassemblies unaligned_contigs',
        'unaligned_length genome_fraction duplication_ratio mismatches_per_100kbp indels_per_100kbp genomic_features',
        // NG75 of contigs_2 is not in the report, nor NG75 of contigs_1: they never reach it.
        'largest_alignment na50 nga50 na75 la50 lga50 la75',
      ]
        .join(' ')
        .split(' ')
        .sort(),
    )
  })
})

describe.skipIf(!isThere)('reports of QUAST', () => {
  const reports: readonly (readonly [folder: string, assemblies: readonly string[], numbers: number])[] = [
    ['14892_1.15', ['14892_1#15'], 47],
    ['example_data', ['contigs_1', 'contigs_2'], 43],
    ['quast_4.1_metagenome_1', ['contigs'], 21],
  ]
  test.each(reports)('%s: every cell of every row that is read', async (folder, assemblies, numbers) => {
    const path = ['reports', 'quast', folder, 'report.tsv']
    const { facts } = await read(...path)
    expect(facts.map(({ sample }) => sample)).toEqual(assemblies)
    for (const [index, fact] of facts.entries()) {
      if (fact.what !== 'report') throw new Error('not a report')
      expect(fact.values.size).toBe(numbers)
      const { scores } = scoreAssemblies({
        truth: NO_TRUTH,
        predictions: new Map([['S', evidenceOf(fact, 'report.tsv')]]),
        samples: ['S'],
        options: { minContig: 500 },
      })
      for (const row of rowsOf(...path)) {
        const metrics = QUAST_ROWS.find(({ names }) => names.includes(row[0] ?? ''))?.metrics ?? []
        const said = (row[index + 1] ?? '').replace(' part', '').split(' + ')
        for (const [place, metric] of metrics.entries()) {
          compared++
          expect(scores.find((one) => one.metric === metric)?.value, metric).toBe(Number(said[place]))
        }
      }
    }
  })
})

describe.skipIf(!isThere)('reports of CheckM and CheckM2', () => {
  const tables = [
    ['checkm/format2_tabs_output.txt', 'Bin Id', 4],
    ['checkm2/v1.0.1/sampleA/QA/quality_report.tsv', 'Name', 9],
    ['checkm2/v1.0.2/quality_report.tsv', 'Name', 4],
  ] as const
  test.each(tables)('%s: every bin', async (file, name, number) => {
    const { facts } = await read('reports', ...file.split('/'))
    const bins = facts[0]?.what === 'bins' ? facts[0].bins : []
    const [header = [], ...rows] = rowsOf('reports', ...file.split('/'))
    expect(bins).toEqual(
      rows.map((row) => ({
        name: row[header.indexOf(name)],
        completeness: Number(row[header.indexOf('Completeness')]),
        contamination: Number(row[header.indexOf('Contamination')]),
      })),
    )
    expect(bins).toHaveLength(number)
    compared += 3 * bins.length
  })
  test('the text form of CheckM', async () => {
    const { facts } = await read('reports', 'checkm', 'output.txt')
    expect(facts[0]?.what === 'bins' ? facts[0].bins : []).toEqual(
      [
        ['SPAdes-MetaBAT2Refined-test_minigut.2', 24.14],
        ['MEGAHIT-MetaBAT2Refined-test_minigut.2', 24.14],
        ['SPAdes-MaxBin2Refined-test_minigut.001_sub', 20.69],
        ['MEGAHIT-MetaBAT2Refined-test_minigut.1', 17.24],
      ].map(([name, completeness]) => ({ name, completeness, contamination: 0 })),
    )
    compared += 12
  })
})
