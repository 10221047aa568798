import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readHits } from '../../support/parse-fixtures.ts'
import { tempDir } from '../../support/harness.ts'

const dir = tempDir('resfinder-json')
const callsIn = async (name: string, document: unknown) => {
  const file = join(dir, name)
  writeFileSync(file, JSON.stringify(document))
  return (await readHits(file, { format: 'auto' })).calls
}

test('ResFinder 4.1 calls the regions genes', async () => {
  const key = 'sul1;;5;;EU780013'
  const calls = await callsIn('genes.json', {
    type: 'software_result',
    genes: { [key]: { name: 'sul1', identity: 99.5, coverage: 100, ref_acc: 'EU780013', query_id: 'c1' } },
    phenotypes: { sulfamethoxazole: { amr_classes: ['folate pathway antagonist'], genes: [key] } },
    software_name: 'ResFinder',
  })
  expect(calls).toMatchObject([
    { geneSymbol: 'sul1', identity: 99.5, accession: 'EU780013', drugClasses: ['folate pathway antagonist'] },
  ])
})

test('ResFinder 3 sorts its hits by drug class and says in words where there is none', async () => {
  const calls = await callsIn('three.json', {
    resfinder: {
      user_input: { method: 'blast' },
      results: {
        Sulphonamide: {
          sulphonamide: {
            'c1:860..21:sul1:99.5': {
              resistance_gene: 'sul1',
              identity: 99.5,
              coverage: 100,
              contig_name: 'c1 from the assembly',
              positions_in_contig: '21..860',
              accession: 'EU780013',
            },
          },
        },
        Quinolone: { quinolone: 'No hit found' },
      },
    },
  })
  expect(calls).toMatchObject([
    { geneSymbol: 'sul1', contig: 'c1', start: 21, stop: 860, accession: 'EU780013', drugClasses: ['Sulphonamide'] },
  ])
})

test('a hit without a gene is told', async () => {
  const document = { resfinder: { results: { Quinolone: { quinolone: { hit: { identity: 99 } } } } } }
  await expect(callsIn('nameless.json', document)).rejects.toMatchObject({
    findings: [{ message: 'There is no resistance_gene in this object.' }],
  })
})
