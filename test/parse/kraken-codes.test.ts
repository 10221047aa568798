import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectFormat, readOutput } from '../../src/parse/index.ts'
import { completeCodes } from '../../src/parse/taxonomy/kraken-codes.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, problemFrom } from '../support/parse-fixtures.ts'

const dir = tempDir('kraken codes')
/** Rows written `R 1`, `_ 2`, `. P 1239`: a point for each level, code (`_` = lost), taxid. */
const codes = (...rows: readonly string[]): readonly (string | null)[] =>
  completeCodes(
    rows.map((row) => {
      const [code = '', taxid = ''] = row.replace(/^[. ]*/, '').split(' ')
      return { code: code.replace('_', ''), taxid, depth: row.split('.').length - 1 }
    }),
  )

describe('rank codes that Kraken lost', () => {
  test('are put back for the root, the domains and what is unclassified', () => {
    expect(codes('_ 0', '_ 1', '. 1 131567', '. . _ 2', '. . . 1 1783272', '. . . . P 1239')).toEqual([
      'U',
      'R',
      'R1',
      'D',
      'D1',
      'P',
    ])
  })
  test('where as many ranks are free as rows have no code', () => {
    expect(codes('R 1', '. D 2', '. . _ 5', '. . . C 6')).toEqual(['R', 'D', 'P', 'C'])
    expect(codes('R 1', '. D 2', '. . _ 4', '. . . P 5')).toEqual(['R', 'D', 'K', 'P'])
    expect(codes('R 1', '. D 2', '. . _ 4', '. . . _ 5', '. . . . C 6')).toEqual(['R', 'D', 'K', 'P', 'C'])
    expect(codes('R 1', '. F 8', '. . _ 9', '. . . _ 10', '. . . _ 11')).toEqual(['R', 'F', 'G', 'S', 'S'])
    expect(codes('R 1', '. G 9', '. . _ 10', '. . . S1 11', '. . . 2 12')).toEqual(['R', 'G', 'S', 'S1', 'S2'])
  })
  test('and are not guessed at elsewhere', () => {
    expect(codes('R 1', '. F 8', '. . _ 9')).toEqual(['R', 'F', null])
    expect(codes('R 1', '. _ 9606')).toEqual(['R', null])
    expect(codes('R 1', '. _ 77', '. . 1 78', '. . S 79')).toEqual(['R', null, null, 'S'])
  })
})

test('a report as Kraken 2.1.2 of Debian writes it is recognised and has its ranks', async () => {
  const file = join(dir, 'debian.kreport')
  writeFileSync(
    file,
    [
      '100.00\t660\t0\t\t1\troot',
      ' 54.55\t360\t0\t\t2\t  Bacteria',
      ' 54.55\t360\t0\t\t5\t    a phylum',
      ' 54.55\t360\t0\tC\t6\t      a class',
      ' 45.45\t300\t300\tO\t7\t        an order',
    ].join('\n'),
  )
  expect(await detectFormat(file)).toBe('kraken-report')
  const output = await readOutput(file, { format: 'auto' })
  expect(output.kind === 'profile' && output.profiles[0]?.taxa.map(({ taxid, rank }) => `${rank} ${taxid}`)).toEqual([
    'superkingdom 2',
    'phylum 5',
    'class 6',
    'order 7',
  ])
})

test('a row whose rank cannot be told is refused, unless it has no reads', async () => {
  const file = join(dir, 'lost.kreport')
  writeFileSync(
    file,
    ['100.00\t60\t0\tR\t1\troot', ' 50.00\t30\t0\t\t9606\t  Homo sapiens', '  0.00\t0\t0\t\t9607\t  another'].join(
      '\n',
    ),
  )
  expect(findingsOf(await problemFrom(readOutput(file, { format: 'kraken-report' })))).toEqual([
    '2:13 The rank code is missing, and the rows around leave several possibilities.',
  ])
})
