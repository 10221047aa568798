import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOutput } from '../../../src/parse/index.ts'
import { tempDir } from '../../support/harness.ts'
import { fixture } from '../../support/parse-fixtures.ts'

const dir = tempDir('ariba')

// Names as ARIBA 2.14.6 of Debian made them of ResFinder's.
test.each([
  ['aac_2___Id_1_U72743', "aac(2')-Id_1_U72743"],
  ['aph_3____Ib_5_AF321551', "aph(3'')-Ib_5_AF321551"],
  ['aac_6___Ib_cr_1_DQ303918', "aac(6')-Ib_cr_1_DQ303918"],
  ['tet_G__2_AF133140', 'tet_G__2_AF133140'],
  ['blaCTX_M_15_1_AY044436', 'blaCTX_M_15_1_AY044436'],
])('the underscores of %s hide %s', async (written, meant) => {
  const file = join(dir, `${written}.tsv`)
  const report = readFileSync(fixture('ariba/report.tsv'), 'utf8').replaceAll('sul1_2_U12338', written)
  writeFileSync(file, report)
  const output = await readOutput(file, { format: 'ariba' })
  expect(output.kind === 'amr' && output.calls[1]?.geneSymbol).toBe(meant)
})
