import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AssemblyFact } from '../../../src/core/assembly/assembly.ts'
import { evidenceOf } from '../../../src/core/assembly/evidence.ts'
import { NO_TRUTH, scoreAssemblies } from '../../../src/core/assembly/score-assemblies.ts'
import { Problem } from '../../../src/core/problem.ts'
import { formatById, readText } from '../../../src/parse/index.ts'
import { openChunks } from '../../../src/parse/text-file.ts'
import { fixture } from '../../support/parse-fixtures.ts'

const CASES = Number(process.env['FUZZ_CASES'] ?? 200)
const NASTY = [
  '\t',
  '\n',
  '\r',
  '\0',
  '>',
  '@',
  '-',
  ' ',
  '  ',
  '+ part',
  '1e999',
  '101',
  '-1',
  'NaN',
  '%',
  '{',
  'ä',
  '🧬',
]

const seeds = [
  ['fasta', 'fasta/hostile.fa'],
  ['fasta', 'fasta/contigs.fasta'],
  ['quast-report', 'quast-report/two.tsv'],
  ['quast-report', 'quast-report/transposed_report.tsv'],
  ['checkm', 'checkm/qa.tsv'],
  ['checkm', 'checkm/qa.txt'],
  ['checkm2', 'checkm2/quality_report.tsv'],
  ['busco', 'busco/short_summary.json'],
  ['busco', 'busco/short_summary.specific.bacteria_odb10.bin_7.txt'],
  ['busco', 'busco/busco_summary.tsv'],
  ['mag-bin-summary', 'mag-bin-summary/bin_summary.tsv'],
] as const

/** What is read of the bytes, cut into chunks, or the Problem that says why nothing is. Anything else thrown is a bug. */
const read = async (format: string, bytes: Buffer, chunk: number): Promise<readonly AssemblyFact[] | Problem> => {
  const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for (let at = 0; at < bytes.length; at += chunk) yield await Promise.resolve(bytes.subarray(at, at + chunk))
  }
  try {
    const output = await readText(await openChunks('fuzzed', chunks()), formatById(format), undefined)
    return output.kind === 'assembly' ? output.facts : []
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const check = (result: readonly AssemblyFact[] | Problem): void => {
  if (result instanceof Problem) {
    expect(result.code).toBe('E_INPUT')
    for (const { location } of result.findings) expect(location?.column ?? 1).toBeGreaterThanOrEqual(1)
    return
  }
  for (const fact of result) {
    if (fact.what === 'contigs')
      for (const { length, contigs, gc, acgt } of fact.lengths)
        expect(gc >= 0 && gc <= acgt && acgt <= length * contigs && contigs >= 1).toBe(true)
    // A score that is NaN or infinite would throw.
    scoreAssemblies({
      truth: NO_TRUTH,
      predictions: new Map([['S', evidenceOf(fact, 'fuzzed')]]),
      samples: ['S'],
      options: { minContig: 1 },
    })
  }
}

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(
    fc.constantFrom(...NASTY).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
})

describe('mutated files end in valid numbers or a Problem', () => {
  test.each(seeds)('%s %s', async (format, file) => {
    const bytes = readFileSync(fixture(file))
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4000 }),
        async (mutations, chunk) => {
          const mutated = mutations.reduce<Buffer>((current, { at, remove, insert }) => {
            const from = Math.floor(at * current.length)
            return Buffer.concat([current.subarray(0, from), insert, current.subarray(from + remove)])
          }, bytes)
          check(await read(format, mutated, chunk))
        },
      ),
      { numRuns: CASES },
    )
  })
})
