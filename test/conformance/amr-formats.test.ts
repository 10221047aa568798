import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { AmrCall } from '../../src/core/amr/call.ts'
import { packageRoot } from '../support/harness.ts'
import { readHits } from '../support/parse-fixtures.ts'
import type { ExpectedCall } from './amr/plain-table.ts'
import { AMR_REPORTS, readExpected } from './amr/reports.ts'

// Real reports, not part of this repository. What they say is taken out of them a second time, by plain splitting.
const data = join(packageRoot, '..', 'shared', 'data', 'amr')
const isThere = existsSync(data)
if (!isThere) process.stderr.write('AMR reports: skipped, the reference reports are not here.\n')
const whereDataIs = test.skipIf(!isThere)

const compared = { files: 0, records: 0, fields: 0 }
afterAll(() => {
  const { files, records, fields } = compared
  if (files > 0) process.stderr.write(`AMR reports: ${files} files, ${records} records, ${fields} fields compared.\n`)
})

const callsOf = async (file: string): Promise<readonly AmrCall[]> =>
  (await readHits(join(data, file), { format: 'auto' })).calls

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [relative(data, join(folder, entry.name))],
  )

whereDataIs('every report of the folder is compared', () => {
  const reports = filesUnder(data).filter((file) => !file.startsWith('argnorm/mapping/'))
  expect(reports.sort()).toEqual(AMR_REPORTS.map(({ file }) => file).sort())
})

whereDataIs.each(AMR_REPORTS)(
  '$file is recognised as $format, and every record is the call it should be',
  async (report) => {
    const output = await readHits(join(data, report.file), { format: 'auto' })
    const expected = readExpected(join(data, report.file), report)
    expect(output.format).toBe(report.format)
    expect(output.calls).toHaveLength(expected.length)
    compared.files++
    expected.forEach((fields, index) => {
      const call = output.calls[index]
      compared.records++
      for (const name of Object.keys(fields) as (keyof ExpectedCall)[]) {
        expect(call?.[name], `record ${index + 1}, ${name}`).toEqual(fields[name])
        compared.fields++
      }
    })
  },
)

whereDataIs.each([
  ['argnorm/raw/amrfinderplus.ncbi.orfs.v3.10.30.tsv', 'argnorm/hamronized/amrfinderplus.ncbi.orfs.v3.10.30.tsv'],
  ['argnorm/raw/amrfinderplus.ncbi.orfs.v4.tsv', 'argnorm/hamronized/amrfinderplus.ncbi.orfs.v4.tsv'],
  ['hamronization/amrfinderplus/afp_non_coding.tsv', 'hamronization/amrfinderplus/hamronized_non_coding.tsv'],
])('%s and its hAMRonization say the same of each hit', async (raw, hamronized) => {
  const essence = ({ contig, identity, coverage, accession, drugClasses, variationType }: AmrCall): unknown => ({
    contig,
    identity,
    coverage,
    accession,
    drugClasses,
    variationType,
  })
  // hAMRonization leaves out virulence genes and genes with a stop codon inside.
  const kept = (await callsOf(raw)).filter(
    ({ flags }) => flags['amrfinder_type'] !== 'VIRULENCE' && flags['amrfinder_method'] !== 'INTERNAL_STOP',
  )
  expect((await callsOf(hamronized)).map(essence)).toEqual(kept.map(essence))
})

whereDataIs('argNorm’s table is the plain table with ARO accessions added', async () => {
  const plain = await callsOf('argnorm/hamronized/combined_hamronization.tsv')
  const normalized = await callsOf('argnorm/normalized/combined_hamronization.tsv')
  // argNorm rewrites numbers, so the last digit of a coverage may differ.
  const bare = (call: AmrCall, index: number): AmrCall => ({
    ...call,
    coverage: call.coverage === null ? null : Number(call.coverage.toFixed(9)),
    // Where the tool names no class, argNorm's are taken.
    drugClasses: plain[index]?.drugClasses.length === 0 ? [] : call.drugClasses,
    aro: null,
    flags: {},
    line: 0,
  })
  expect(normalized.map(bare)).toEqual(plain.map(bare))
})

whereDataIs.each(['ncbi', 'resfinder', 'deeparg'])(
  'the mapping table of %s is not taken for a report',
  async (name) => {
    await expect(callsOf(`argnorm/mapping/${name}_ARO_mapping.tsv`)).rejects.toThrow('in none of the known formats')
  },
)
