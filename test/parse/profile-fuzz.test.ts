import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/problem.ts'
import { formatById, readText } from '../../src/parse/index.ts'
import { openChunks } from '../../src/parse/text-file.ts'
import { fixture } from '../support/parse-fixtures.ts'

const CASES = Number(process.env['FUZZ_CASES'] ?? 150)
const SEEDS: readonly (readonly [format: string, file: string])[] = [
  ['cami-profile', 'cami-profile/three-samples.profile'],
  ['kraken-report', 'kraken-report/sample.kreport'],
  ['kraken-report', 'kraken-report/minimizers.kreport'],
  ['bracken', 'bracken/species.tsv'],
  ['metaphlan', 'metaphlan/sample_profile.txt'],
  ['metaphlan', 'metaphlan/release-2_profile.txt'],
  ['metaphlan', 'metaphlan/merged-2.txt'],
  ['metaphlan', 'metaphlan/merged-3.txt'],
  ['krakenuniq', 'krakenuniq/sample.report.tsv'],
  ['kaiju', 'kaiju/genus.tsv'],
  ['taxpasta', 'taxpasta/two-samples.tsv'],
  ['taxpasta', 'taxpasta/clades.tsv'],
  ['taxpasta', 'taxpasta/minimal-merged.tsv'],
  ['gtdbtk', 'gtdbtk/bac120.summary.tsv'],
]

const oneChunk = async function* (bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  if (bytes.length > 0) yield await Promise.resolve(bytes)
}

/** What is wrong with the profiles read from a text; nothing where it is refused in words. Anything else thrown is a bug. */
const faultsOf = async (format: string, text: string): Promise<string[]> => {
  try {
    const output = await readText(await openChunks('x', oneChunk(Buffer.from(text))), formatById(format), undefined)
    if (output.kind !== 'profile') return ['not a profile']
    return output.profiles.flatMap(({ taxa }) => [
      ...(new Set(taxa.map(({ taxid }) => taxid)).size < taxa.length ? ['a taxon is there twice'] : []),
      ...taxa.flatMap(({ taxid, rank, percentage, count }) => [
        ...(taxid === '' || rank === '' ? ['a taxon without a name or rank'] : []),
        ...(percentage > 0 && Number.isFinite(percentage) ? [] : [`${percentage} percent`]),
        ...(count === null || count >= 0 ? [] : [`${count} reads`]),
      ]),
    ])
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

const NASTY = [
  '',
  '\t',
  '\n',
  '\r\n',
  '|',
  ';',
  '"',
  '#',
  '@',
  '-1',
  '0',
  '1e400',
  'NaN',
  '  ',
  '   ',
  '\u{FEFF}',
  'é',
  '__',
  'S1',
]

describe('damaged reports are read or refused, never anything else', () => {
  test.each(SEEDS)('%s: %s', async (format, file) => {
    const seed = readFileSync(fixture(file), 'utf8')
    expect(await faultsOf(format, seed)).toEqual([])
    const damage = fc.record({
      from: fc.nat({ max: seed.length }),
      length: fc.nat({ max: 12 }),
      put: fc.constantFrom(...NASTY),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
        let text = seed
        for (const { from, length, put } of damages) text = text.slice(0, from) + put + text.slice(from + length)
        expect(await faultsOf(format, text), JSON.stringify(text)).toEqual([])
      }),
      { numRuns: CASES },
    )
  })
  test('rows in any order, and cells of others', async () => {
    for (const [format, file] of SEEDS) {
      const lines = readFileSync(fixture(file), 'utf8').trimEnd().split('\n')
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: 1 }), async (some) => {
          expect(await faultsOf(format, some.join('\n')), some.join('\n')).toEqual([])
        }),
        { numRuns: 40 },
      )
    }
  })
})
