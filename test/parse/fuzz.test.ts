import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AmrCall } from '../../src/core/amr/call.ts'
import { Problem } from '../../src/core/problem.ts'
import { formatById, formats, readText } from '../../src/parse/index.ts'
import { openChunks } from '../../src/parse/text-file.ts'
import { fixture } from '../support/parse-fixtures.ts'

const CASES = Number(process.env['FUZZ_CASES'] ?? 300)

interface Seed {
  readonly format: string
  readonly file: string
  readonly columns?: Readonly<Record<string, string>>
}
const BLAST = { outfmt: 'qseqid sseqid pident length qlen slen qstart qend sstart send evalue bitscore' }
const seeds: readonly Seed[] = [
  { format: 'hamronization', file: 'hamronization/combined.tsv' },
  { format: 'hamronization', file: 'hamronization/combined.json' },
  { format: 'hamronization', file: 'hamronization/combined.jsonl' },
  { format: 'hamronization', file: 'hamronization/argnorm.tsv' },
  { format: 'abricate', file: 'abricate/two-hits.tsv' },
  { format: 'amrfinderplus', file: 'amrfinderplus/release-4.tsv' },
  { format: 'amrfinderplus', file: 'amrfinderplus/release-3-named.tsv' },
  { format: 'resfinder-tab', file: 'resfinder-tab/contigs_tab.txt' },
  { format: 'resfinder-tab', file: 'resfinder-tab/contigs_table.txt' },
  { format: 'resfinder-json', file: 'resfinder-json/contigs.json' },
  { format: 'kma-res', file: 'kma-res/reads.res' },
  { format: 'blast6', file: 'blast6/default.tsv' },
  { format: 'blast6', file: 'blast6/commented.tsv' },
  { format: 'blast6', file: 'blast6/lengths.tsv', columns: BLAST },
  { format: 'rgi', file: 'rgi/main.txt' },
  { format: 'rgi-bwt', file: 'rgi-bwt/gene_mapping_data.txt' },
  { format: 'deeparg', file: 'deeparg/s1.mapping.ARG' },
  { format: 'fargene', file: 'fargene/retrieved-genes-class_A-hmmsearched.out' },
  { format: 'amrplusplus', file: 'amrplusplus/gene.tsv' },
  { format: 'ariba', file: 'ariba/report.tsv' },
  { format: 'staramr', file: 'staramr/resfinder.tsv' },
  { format: 'srst2', file: 'srst2/report.tsv' },
  { format: 'groot', file: 'groot/report.tsv' },
  {
    format: 'tsv',
    file: 'tsv/other-names.tsv',
    columns: { gene_symbol: 'Gene', start: 'From', stop: 'To', identity_fraction: 'PctId' },
  },
]

const oneChunk = async function* (bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  if (bytes.length > 0) yield await Promise.resolve(bytes)
}

/** The calls read from these bytes, or the Problem that says why there are none. Anything else thrown is a bug. */
const read = async (seed: Seed, bytes: Buffer): Promise<readonly AmrCall[] | Problem> => {
  try {
    const text = await openChunks(seed.file, oneChunk(bytes))
    const output = await readText(text, formatById(seed.format), seed.columns)
    return output.kind === 'amr' ? output.calls : []
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const within = (value: number | null, low: number, high: number): boolean =>
  value === null || (Number.isFinite(value) && value >= low && value <= high)

const faultsOf = (call: AmrCall): string[] => {
  const { start, stop, identity, coverage, depth, score, geneSymbol, drugClasses, contig, line } = call
  const rules: readonly (readonly [string, boolean])[] = [
    ['symbol', geneSymbol.trim() !== '' && !/[\t\n]/.test(geneSymbol)],
    ['both ends or none', (start === null) === (stop === null)],
    ['positions', within(start, 1, Number.MAX_SAFE_INTEGER) && Number.isInteger(start ?? 1)],
    ['order', start === null || stop === null || start <= stop],
    ['identity', within(identity, 0, 100)],
    ['coverage', within(coverage, 0, 100)],
    ['depth', within(depth, 0, Infinity)],
    ['score', within(score, -Infinity, Infinity)],
    ['classes', drugClasses.every((name) => name.trim() !== '') && new Set(drugClasses).size === drugClasses.length],
    ['contig', contig === null || !/\s/.test(contig)],
    ['line', Number.isInteger(line) && line >= 1],
    ['aro', call.aro === null || /^ARO:\d{7}$/.test(call.aro)],
  ]
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule)
}

const check = (result: readonly AmrCall[] | Problem): void => {
  if (result instanceof Problem) {
    expect(result.code).toBe('E_INPUT')
    expect(result.message).not.toBe('')
    for (const { location } of result.findings) expect(location?.file).not.toBe('')
  } else for (const call of result) expect(faultsOf(call)).toEqual([])
}

const NASTY = [
  '\t',
  '\n',
  '\r',
  '\0',
  '"',
  '#',
  '-',
  '.',
  ' ',
  '0',
  '-1',
  '1e999',
  'NaN',
  '101',
  '..',
  '|',
  ';',
  '{',
  ']',
  '\\',
  '🧬',
  'ä',
]
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(
    fc.constantFrom(...NASTY).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
})
const mutated = (bytes: Buffer, mutations: readonly { at: number; remove: number; insert: Buffer }[]): Buffer =>
  mutations.reduce((current, { at, remove, insert }) => {
    const from = Math.floor(at * current.length)
    return Buffer.concat([current.subarray(0, from), insert, current.subarray(Math.min(current.length, from + remove))])
  }, bytes)

describe('mutated files', () => {
  test.each(seeds)('$file ends in valid calls or a Problem', async (seed) => {
    const bytes = readFileSync(fixture(seed.file))
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        check(await read(seed, mutated(bytes, mutations)))
      }),
      { numRuns: CASES },
    )
  })
  test('arbitrary bytes are no crash in any format', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formats), fc.uint8Array({ maxLength: 200 }), async (format, bytes) => {
        check(await read({ format: format.id, file: 'arbitrary' }, Buffer.from(bytes)))
      }),
      { numRuns: CASES },
    )
  })
})

describe('truncated files', () => {
  test.each(seeds)('$file cut after any byte gives its first calls or a Problem', async (seed) => {
    const bytes = readFileSync(fixture(seed.file))
    const whole = await read(seed, bytes)
    if (whole instanceof Problem) throw whole
    // Large files are cut at every byte of their last part and now and then before.
    for (let length = 0; length < bytes.length; length += length > bytes.length - 1500 ? 1 : 37) {
      const result = await read(seed, bytes.subarray(0, length))
      check(result)
      if (result instanceof Problem || result.length === 0) continue
      expect(result.length).toBeLessThanOrEqual(whole.length)
      // Only the last line can have been shortened without showing it.
      if (seed.format !== 'resfinder-json') expect(result.slice(0, -1)).toEqual(whole.slice(0, result.length - 1))
    }
  })
})

describe('blocks', () => {
  test.each(seeds)('$file reads the same however it is cut into chunks', async (seed) => {
    const bytes = readFileSync(fixture(seed.file))
    const whole = await read(seed, bytes)
    for (const size of [1, 7, 64, 1000]) {
      const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
        for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
      }
      const text = await openChunks(seed.file, chunks())
      const output = await readText(text, formatById(seed.format), seed.columns)
      expect(output).toMatchObject({ kind: 'amr', calls: whole })
    }
  })
})
