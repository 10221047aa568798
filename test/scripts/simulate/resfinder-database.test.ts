import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { familyOf, readResfinderDatabase } from '../../../scripts/simulate/resfinder-database.ts'
import { tempDir } from '../../support/harness.ts'

test.each([
  ['blaCTX-M-15', 'blaCTX-M'],
  ['blaKPC-2', 'blaKPC'],
  ['blaTEM-1B', 'blaTEM'],
  ['mcr-1.1', 'mcr-1'],
  ['mcr-8', 'mcr-8'],
  ['qnrS1', 'qnrS'],
  ['sul1', 'sul1'],
  ['tet(40)', 'tet(40)'],
  ['blaZ', 'blaZ'],
  ["aac(6')-Ib-cr", "aac(6')-Ib-cr"],
])('the family of %s is %s', (symbol, family) => expect(familyOf(symbol)).toBe(family))

test('a gene in several class files is read once, with all classes of the table; ambiguous bases keep a gene out', () => {
  const folder = tempDir('resfinder database')
  mkdirSync(folder, { recursive: true })
  const header = 'Gene_accession no.\tClass\tPhenotype\n'
  writeFileSync(
    join(folder, 'phenotypes.txt'),
    `${header}cfr_1_AM408573\tOxazolidinone, Amphenicol\tLinezolid\nsul1_2_U12338\tFolate pathway antagonist\tSulfamethoxazole\n`,
  )
  writeFileSync(join(folder, 'oxazolidinone.fsa'), '>cfr_1_AM408573 \nACGT\nAC\n')
  writeFileSync(join(folder, 'phenicol.fsa'), '>cfr_1_AM408573\nACGTAC\n>bad_1_X1\nACNT\n')
  writeFileSync(join(folder, 'sulphonamide.fsa'), '>sul1_2_U12338\nTTTT\n')
  expect(readResfinderDatabase(folder)).toEqual([
    expect.objectContaining({
      id: 'cfr_1_AM408573',
      symbol: 'cfr',
      accession: 'AM408573',
      sequence: 'ACGTAC',
      drugClasses: ['amphenicol', 'oxazolidinone'],
    }),
    expect.objectContaining({ id: 'sul1_2_U12338', drugClasses: ['sulphonamide'] }),
  ])
})
