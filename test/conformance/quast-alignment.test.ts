import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { alignmentValues } from '../../src/core/assembly/alignment-values.ts'
import { createAligner } from '../../src/exec/aligner.ts'
import { readOutput } from '../../src/parse/index.ts'
import { packageRoot } from '../support/harness.ts'
import { missingTools } from '../support/installed-tools.ts'

// Contigs, their reference and what QUAST reports of them; not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data')
const isThere = existsSync(data) && missingTools(['minimap2']).length === 0
if (!isThere) process.stderr.write('QUAST alignment conformance: skipped, its data or minimap2 are not here.\n')

/** Rows of the report, and by how much ours may differ: the places of breaks are a matter of a few bases. */
const ROWS: Readonly<Record<string, readonly [metric: string, tolerance: number]>> = {
  '# misassemblies': ['misassemblies', 0],
  '# misassembled contigs': ['misassembled_contigs', 0],
  'Misassembled contigs length': ['misassembled_contigs_length', 0],
  '# local misassemblies': ['local_misassemblies', 0],
  'Unaligned length': ['unaligned_length', 0],
  'Genome fraction (%)': ['genome_fraction', 0.001],
  'Duplication ratio': ['duplication_ratio', 0.001],
  '# mismatches per 100 kbp': ['mismatches_per_100kbp', 0],
  '# indels per 100 kbp': ['indels_per_100kbp', 0],
  'Largest alignment': ['largest_alignment', 0],
  NA50: ['na50', 4],
  NGA50: ['nga50', 4],
  NA75: ['na75', 4],
  LA50: ['la50', 0],
  LGA50: ['lga50', 0],
  LA75: ['la75', 0],
}

describe.skipIf(!isThere)('what QUAST computes of an alignment', () => {
  const [head = [], ...rows] = isThere
    ? readFileSync(join(data, 'reports/quast/example_data/report.tsv'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'))
    : []
  test.each(['contigs_1', 'contigs_2'])('%s', async (name) => {
    const contigs = join(data, `quast-contigs/${name}.fasta`)
    const reference = join(data, 'quast-contigs/reference.fasta.gz')
    const output = await createAligner(process.env, { threads: 1 }).align(contigs, reference, (paf) =>
      readOutput(paf, { format: 'paf' }),
    )
    const fact = output.kind === 'assembly' ? output.facts[0] : undefined
    if (fact?.what !== 'alignment') throw new Error('no alignment was read')
    const values = new Map(alignmentValues(fact.contigs, { minContig: 500, referenceLength: 10_000 }))
    let compared = 0
    for (const row of rows) {
      const [metric, tolerance] = ROWS[row[0] ?? ''] ?? []
      if (metric === undefined || tolerance === undefined) continue
      const difference = Math.abs((values.get(metric)?.value ?? Number.NaN) - Number(row[head.indexOf(name)]))
      expect(
        difference,
        `${metric} ${values.get(metric)?.value} instead of ${row[head.indexOf(name)]}`,
      ).toBeLessThanOrEqual(tolerance)
      compared++
    }
    process.stderr.write(
      `QUAST ${name}: ${compared} values of an alignment compared, all equal or within a few bases.\n`,
    )
    expect(compared).toBe(Object.keys(ROWS).length)
  })
})
