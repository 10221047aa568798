import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BinningResults } from '../../src/core/binning/bin-results.ts'
import type { Binning, BinningTruth } from '../../src/core/binning/binning.ts'
import { scoreBinnings } from '../../src/core/binning/score-binnings.ts'
import type { BinningScoringOptions } from '../../src/core/binning/scoring-options.ts'
import { readBinningTruth } from '../../src/parse/binning-truth.ts'
import { readOutput } from '../../src/parse/index.ts'
import { packageRoot } from '../support/harness.ts'

// Real bins and what AMBER 2.0.8 computed for them; not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data', 'amber')
const isThere = existsSync(data)
if (!isThere) process.stderr.write('AMBER conformance: skipped, the reference tables are not here.\n')

const SAMPLE = 'CAMI_low'
const FILES: Readonly<Record<string, string>> = {
  'Gold standard': 'gsa_mapping.binning',
  CONCOCT: 'goofy_hypatia_2',
  MetaBAT: 'elated_franklin_0',
}

const METRICS: Readonly<Record<string, string>> = {
  accuracy: 'accuracy',
  adjusted_rand_index: 'adjusted_rand_index',
  f1_score: 'f1_score',
  f1_score_per: 'f1_score_per',
  f1_score_cami1: 'cami1_f1_score',
  misclassification: 'misclassification_rate',
  percentage_of_assigned: 'percentage_binned',
  precision_avg: 'average_purity',
  precision_avg_sem: 'average_purity_sem',
  precision_avg_var: 'average_purity_variance',
  precision_weighted: 'purity',
  rand_index: 'rand_index',
  recall_avg: 'average_completeness',
  recall_avg_sem: 'average_completeness_sem',
  recall_avg_var: 'average_completeness_variance',
  recall_avg_cami1: 'cami1_average_completeness',
  recall_avg_sem_cami1: 'cami1_average_completeness_sem',
  recall_avg_var_cami1: 'cami1_average_completeness_variance',
  recall_weighted: 'completeness',
}

/** `recall_avg_bp_sem_cami1` → `cami1_average_completeness_sem_bp`. */
const idOf = (name: string): string => {
  const [, before = '', unit = '', after = ''] = /^(.*)_(bp|seq)s?(_.*)?$/.exec(name) ?? []
  const id = METRICS[`${before}${after}`]
  if (id === undefined) throw new Error(`${name} has no counterpart`)
  return `${id}_${unit}`
}

type Row = Readonly<Record<string, string>>
const rowsOf = (table: string): readonly Row[] => {
  const [head = '', ...lines] = readFileSync(join(data, 'expected', `${table}.tsv`), 'utf8')
    .trimEnd()
    .split('\n')
  const names = head.split('\t')
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [names[index] ?? '', cell])))
}

const removed = (keyword: string): readonly string[] =>
  readFileSync(join(data, 'unique_common.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([genome = '', word]) => (word?.trim() === keyword ? [genome] : []))

const TABLES: readonly (readonly [table: string, options: () => BinningScoringOptions])[] = [
  ['default', () => ({ minCompletenessShare: 0, removedGenomes: [] })],
  ['p1_circ', () => ({ minCompletenessShare: 1, removedGenomes: removed('circular element') })],
]

const isEqual = (ours: number | null | undefined, theirs: number): boolean =>
  ours !== null && ours !== undefined && Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs)

describe.skipIf(!isThere)('what AMBER computes', () => {
  let truth: BinningTruth
  const binnings = new Map<string, Binning>()
  beforeAll(async () => {
    truth = await readBinningTruth(join(data, 'gsa_mapping.binning'))
    for (const [tool, file] of Object.entries(FILES)) {
      const output = await readOutput(join(data, file), { format: 'auto' })
      if (output.kind !== 'binning' || output.binnings[0]?.sample !== SAMPLE) throw new Error(`${file}: no bins`)
      binnings.set(tool, output.binnings[0])
    }
  })
  const scoringOf = (tool: string, options: BinningScoringOptions) =>
    scoreBinnings({ truth, predictions: new Map([[SAMPLE, binnings.get(tool)!]]), samples: [SAMPLE], options })

  test.each(TABLES)('%s: every value of the sample', (table, options) => {
    const wrong: string[] = []
    let compared = 0
    for (const { Tool: tool = '', Sample, rank, 'binning type': type, ...cells } of rowsOf(table)) {
      expect([Sample, rank, type]).toEqual([SAMPLE, 'NA', 'genome'])
      const values = new Map(scoringOf(tool, options()).scores.map(({ metric, value }) => [metric, value]))
      for (const [name, cell] of Object.entries(cells)) {
        compared++
        const ours = values.get(idOf(name))
        if (!isEqual(ours, Number(cell))) wrong.push(`${tool} ${name}: ${String(ours)} instead of ${cell}`)
      }
    }
    process.stderr.write(`AMBER ${table}: ${compared} values compared, ${compared - wrong.length} equal.\n`)
    expect(wrong).toEqual([])
    expect(compared).toBe(105)
  })

  test.each(TABLES)('%s: every count of recovered genomes', (table, options) => {
    let compared = 0
    for (const { Tool: tool = '', Contamination = '', Sample, ...cells } of rowsOf(`${table}_recovered`)) {
      expect(Sample).toBe(SAMPLE)
      const values = new Map(scoringOf(tool, options()).scores.map(({ metric, value }) => [metric, value]))
      for (const [name, cell] of Object.entries(cells)) {
        const [completeness, contamination] = [/\d+/.exec(name)?.[0], /\d+/.exec(Contamination)?.[0]]
        const id = `recovered_genomes_${completeness ?? ''}_${contamination ?? ''}`
        expect(values.get(id), `${tool} ${id}`).toBe(Number(cell))
        compared++
      }
    }
    process.stderr.write(`AMBER ${table}: ${compared} counts of recovered genomes compared, all equal.\n`)
    expect(compared).toBe(18)
  })

  test.each(TABLES)('%s: every value of every bin', (table, options) => {
    const wrong: string[] = []
    let compared = 0
    const rows = rowsOf(`${table}_bins`)
    const results = new Map(
      Object.keys(FILES).map((tool) => [tool, scoringOf(tool, options()).results.get(SAMPLE) as BinningResults]),
    )
    for (const { Tool: tool = '', BINID = '', sample_id, rank, ...cells } of rows) {
      expect([sample_id, rank]).toEqual([SAMPLE, 'NA'])
      const bin = results.get(tool)?.bins.find((one) => one.bin === BINID)
      if (bin === undefined) {
        wrong.push(`${tool} has no bin ${BINID}`)
        continue
      }
      const { size, correct, genomeSize, isInTail } = bin
      const ours: Readonly<Record<string, number | string | null>> = {
        genome_id: bin.genome,
        length_gs: genomeSize.bp,
        seq_counts_gs: genomeSize.sequences,
        total_length: size.bp,
        total_seq_counts: size.sequences,
        seq_length_mean: size.bp / size.sequences,
        tp_length: correct.bp,
        tp_seq_counts: correct.sequences,
        // AMBER keeps bins of the tail in its table, without their purity.
        precision_bp: isInTail ? null : correct.bp / size.bp,
        precision_seq: isInTail ? null : correct.sequences / size.sequences,
        recall_bp: correct.bp / genomeSize.bp,
        recall_seq: correct.sequences / genomeSize.sequences,
      }
      for (const [name, cell] of Object.entries(cells)) {
        compared++
        const value = ours[name]
        const same =
          name === 'genome_id'
            ? value === cell
            : value === null
              ? cell === ''
              : cell !== '' && isEqual(value as number, Number(cell))
        if (!same) wrong.push(`${tool} ${BINID} ${name}: ${String(value)} instead of ${cell}`)
      }
    }
    process.stderr.write(`AMBER ${table}: ${compared} values of bins compared, ${compared - wrong.length} equal.\n`)
    expect(wrong).toEqual([])
    for (const [tool, { bins }] of results)
      expect(bins.length, tool).toBe(rows.filter((row) => row['Tool'] === tool).length)
  })
})
