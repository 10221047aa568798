import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CallCondenser, createCallCondenser } from '../../src/core/amr/condense-calls.ts'
import { Problem } from '../../src/core/problem.ts'
import { type AmrScoringOptions, DEFAULT_AMR_SCORING } from '../../src/core/scoring-options.ts'
import { hamronization } from '../../src/parse/amr/hamronization.ts'
import { readText } from '../../src/parse/index.ts'
import { openChunks } from '../../src/parse/text-file.ts'

const NO_TRUTH = { samples: new Map(), sha256: '0'.repeat(64) }

/** The common values of each column, then the unusual ones. */
const CELLS: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  input_file_name: [
    ['S1', 'S2.txt'],
    ['', '"S1"', ' S1', 'a.potential.ARG'],
  ],
  gene_symbol: [
    ['sul1', 'blaTEM-1', 'tet(A)'],
    ['', '"sul1"', 'sul1 ', 'ä'],
  ],
  gene_name: [['another of them'], ['', 'NA', '"x ""y"""']],
  reference_accession: [['NG_000001.1'], ['', '-']],
  analysis_software_name: [
    ['abricate', 'amrfinderplus'],
    ['deeparg', 'rgi', 'resfinder', ''],
  ],
  genetic_variation_type: [['gene_presence_detected'], ['', 'protein_variant_detected', 'strange']],
  drug_class: [['A/B'], ['', 'B', '.']],
  coverage_percentage: [
    ['100', '99.5', '7.25'],
    ['', '100.5', '1001', '-1', '99%', '+5', '1e2', 'x', '.', '.5', '5.', ' 12', '0.123456789012345'],
  ],
  coverage_ratio: [[''], ['0.5', '903/903', '11']],
  coverage_depth: [[''], ['3.5', '0', '-1', ' ', 'NA']],
  input_gene_start: [
    ['1', '20', '300'],
    ['', '0', '12.0', '000', '007', '1.5', 'x', '1234567890123456'],
  ],
  input_gene_stop: [
    ['40', '500', '6000'],
    ['', 'nan', '-7', '99999999999999999'],
  ],
  input_sequence_id: [
    ['c1', 'c2 of many', 'c3'],
    ['', '"q x"', 'c4_17'],
  ],
  resistance_mechanism: [['efflux'], ['NA']],
  strand_orientation: [
    ['+', '-'],
    ['', '*'],
  ],
  sequence_identity: [
    ['90', '95.5', '99.99', '100'],
    ['', '0', '100.01', '1_0', '0x10', '5e1', '99.990', '..', '1.2.3'],
  ],
}
const COLUMNS = Object.keys(CELLS)
const OPTIONAL = COLUMNS.filter((name) => !['input_file_name', 'gene_symbol', 'analysis_software_name'].includes(name))

const cellOf = (column: string, oddity: number): fc.Arbitrary<string> => {
  const [common, odd] = CELLS[column] ?? [[''], ['']]
  return fc.oneof(
    { weight: 1000, arbitrary: fc.constantFrom(...common) },
    { weight: oddity, arbitrary: fc.constantFrom(...odd) },
  )
}

const report = fc
  .record({
    columns: fc.shuffledSubarray([...COLUMNS, 'something_else'], { minLength: COLUMNS.length + 1 }),
    without: fc.oneof(fc.constant<string[]>([]), fc.subarray(OPTIONAL, { maxLength: 3 })),
    oddity: fc.constantFrom(0, 5, 40),
  })
  .chain(({ columns, without, oddity }) => {
    const kept = columns.filter((column) => !without.includes(column))
    const row = fc.tuple(...kept.map((column) => cellOf(column, oddity))).chain((cells) =>
      fc.oneof(
        { weight: 1000, arbitrary: fc.constant(cells.join('\t')) },
        {
          weight: oddity,
          arbitrary: fc.constantFrom(
            `${cells.join('\t')}\t`,
            `${cells.join('\t')}\tmore`,
            cells.slice(0, -1).join('\t'),
            cells.join('\t').slice(0, 30),
            kept.join('\t'),
            '',
          ),
        },
      ),
    )
    return fc.record({
      lines: fc.array(row, { maxLength: 60, size: 'max' }).map((rows) => [kept.join('\t'), ...rows]),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      isEnded: fc.boolean(),
      chunk: fc.integer({ min: 50, max: 4000 }),
    })
  })
  .map(({ lines, lineEnd, isEnded, chunk }) => ({ text: lines.join(lineEnd) + (isEnded ? lineEnd : ''), chunk }))

async function* chunksOf(text: string, size: number): AsyncGenerator<Buffer, void, undefined> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) {
    // Gone, as those of a file are, when the next is asked for.
    const chunk = Buffer.from(bytes.subarray(at, at + size))
    yield await Promise.resolve(chunk)
    chunk.fill('?')
  }
}

const outcome = async (text: string, chunk: number, condenser: CallCondenser): Promise<string> => {
  try {
    return JSON.stringify(
      await readText(await openChunks('report.tsv', chunksOf(text, chunk)), hamronization, {}, condenser),
    )
  } catch (error) {
    if (error instanceof Problem) return JSON.stringify([error.message, error])
    throw error
  }
}

describe('rows that repeat a gene and sample', () => {
  test('give the same calls, warnings and faults as rows read one by one', async () => {
    const options = fc.constantFrom<Partial<AmrScoringOptions>>(
      {},
      {},
      {},
      { minIdentity: 95 },
      { locusPolicy: 'best' },
      { includePotential: true },
      { variationTypes: ['protein_variant'] },
    )
    let counted = 0
    await fc.assert(
      fc.asyncProperty(report, options, async ({ text, chunk }, chosen) => {
        const settings = { ...DEFAULT_AMR_SCORING, ...chosen }
        const [condenser, oneByOne] = [0, 1].map(() => createCallCondenser(settings, NO_TRUTH)) as [
          CallCondenser,
          CallCondenser,
        ]
        const add = (call: Parameters<CallCondenser['add']>[0]): void => {
          if ((call.rows ?? 1) > 1) counted++
          condenser.add(call)
        }
        const expected = await outcome(text, chunk, { ...oneByOne, addsUp: false })
        expect(await outcome(text, chunk, { ...condenser, add })).toBe(expected)
      }),
      { numRuns: 400 },
    )
    // The rows do take the short way.
    expect(counted).toBeGreaterThan(500)
  })

  test('the earlier of two rows alike speaks for them, whichever way they were read', async () => {
    const header = 'input_file_name\tgene_symbol\tanalysis_software_name\tcoverage_percentage\tsequence_identity'
    const rows = ['S\tg\tt\t100\t90', 'S\tg\tt\t100\t95', 'S\t"g"\tt\t100\t95', 'S\tg\tt\t100\t+95']
    const condenser = createCallCondenser(DEFAULT_AMR_SCORING, NO_TRUTH)
    await outcome(`${[header, ...rows].join('\n')}\n`, 1000, condenser)
    expect(condenser.calls()).toMatchObject([{ line: 3, identity: 95, rows: 4 }])
  })

  test('lines of any length are found wherever a block is cut', async () => {
    const header = 'input_file_name\tgene_symbol\tanalysis_software_name\tcoverage_percentage\tsequence_identity\tnote'
    const lengths = fc.array(fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(70_000, 140_000)), {
      minLength: 1,
      maxLength: 40,
    })
    const gene = fc.integer({ min: 0, max: 3 })
    await fc.assert(
      fc.asyncProperty(lengths, gene, fc.boolean(), async (notes, first, isEnded) => {
        const rows = notes.flatMap((length, at) =>
          Array.from({ length: 20 }, (_, row) =>
            `S\tg${(first + row) % 4}\tt\t100\t${80 + at / 100}\t`.concat('x'.repeat(length)),
          ),
        )
        const text = [header, ...rows].join('\n') + (isEnded ? '\n' : '')
        const [condenser, oneByOne] = [0, 1].map(() => createCallCondenser(DEFAULT_AMR_SCORING, NO_TRUTH)) as [
          CallCondenser,
          CallCondenser,
        ]
        const expected = await outcome(text, 1 << 20, { ...oneByOne, addsUp: false })
        expect(await outcome(text, 1 << 20, condenser)).toBe(expected)
      }),
      { numRuns: 40 },
    )
  })

  test.each([
    ['more groups', 150_000, ''],
    ['longer lines', 45_000, 'x'.repeat(1900)],
  ])('%s than are kept are read like any other rows', async (_what, groups, note) => {
    const header = 'input_file_name\tgene_symbol\tanalysis_software_name\tcoverage_percentage\tsequence_identity\tnote'
    const row = (at: number): string => `S${at % 7}\tgene${at}\tt\t100\t${80 + (at % 20)}\t${note}`
    const rows = Array.from({ length: groups }, (_, at) => row(at))
    const condenser = createCallCondenser(DEFAULT_AMR_SCORING, NO_TRUTH)
    await outcome(`${[header, ...rows, ...rows.slice(0, 10)].join('\n')}\n`, 1 << 20, condenser)
    const calls = condenser.calls()
    expect(calls).toHaveLength(groups)
    expect(calls.map(({ line }) => line)).toEqual(rows.map((_, at) => at + 2))
    expect(calls.filter(({ rows: count }) => count === 2)).toHaveLength(10)
  })
})
