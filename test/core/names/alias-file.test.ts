import { expect, test } from 'vitest'
import { readAliasFile } from '../../../src/core/names/alias-file.ts'

const read = (...lines: string[]) => readAliasFile(lines.map((text, index) => ({ line: index + 1, text })))
const faults = (...lines: string[]): string[] =>
  read(...lines).faults.map(({ line, message }) => `${String(line)} ${message}`)

test('aliases hold everywhere, or at the level they name', () => {
  expect(
    read(
      '# mine',
      'canonical\tlevel\talias',
      'sul1\t\tmy gene',
      '',
      'EC beta-lactamase\tfamily\tblaEC',
      'ARO:3000873\tgene\tx',
    ),
  ).toEqual({
    aliases: { 'my gene': 'sul1' },
    levelAliases: { family: { blaEC: 'EC beta-lactamase' }, gene: { x: 'ARO:3000873' } },
    faults: [],
  })
})

test('the same said twice is no fault; two names for one alias are, whatever its spelling', () => {
  expect(faults('alias\tcanonical', 'a\tb', 'A\tB')).toEqual([])
  expect(faults('alias\tcanonical', 'bla-x1\tb', 'BLAX1\tc')).toEqual([
    '3 The alias BLAX1 stands for another name on line 2.',
  ])
  expect(faults('alias\tcanonical\tlevel', 'a\tb\tgene', 'a\tc\tfamily')).toEqual([])
})

test('every fault has its line', () => {
  expect(faults()).toEqual(['1 The header must name the columns alias and canonical, separated by a tab.'])
  expect(faults('alias canonical')).toHaveLength(1)
  expect(faults('alias\tcanonical\tcolour')[0]).toContain('no column "colour"')
  expect(faults('alias\tcanonical')).toEqual(['1 The alias table has no rows.'])
  expect(faults('alias\tcanonical\tlevel', 'a', '\tb', 'a\tb\tgenes', 'a\tb\tlocus', 'a\tb\tgene\tx')).toEqual([
    '2 The canonical name is missing.',
    '3 The alias is missing.',
    '4 There is no level "genes" for aliases; levels: gene.',
    '5 There is no level "locus" for aliases; levels: allele, gene, family, drug_class.',
    '6 The line has 4 cells, the header 3.',
  ])
})
