// A pipeline reads a reference database, and the database is updated between two runs: the built program, here and
// through a hub.
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ComparisonDocument } from '../../src/generated/comparison.ts'
import type { HistoryDocument } from '../../src/generated/history.ts'
import type { ReportDocument } from '../../src/generated/report.ts'
import type { RunDocument } from '../../src/generated/run.ts'
import { documentErrors } from '../support/document.ts'
import { tempDir } from '../support/harness.ts'
import { type Person, person } from '../support/hub-scene.ts'

const place = tempDir('changed database')
const hub = join(place, 'hub.git')
const anna = person(place, 'anna-project', hub)
const bert = person(place, 'bert-project', hub)

const HEAD =
  '#FILE\tSEQUENCE\tSTART\tEND\tSTRAND\tGENE\tCOVERAGE\tCOVERAGE_MAP\tGAPS\t%COVERAGE\t%IDENTITY\tDATABASE\tACCESSION\tPRODUCT\tRESISTANCE'
const hit = (gene: string): string =>
  `a\tc1\t1\t840\t+\t${gene}\t1-840/840\t====\t0/0\t100.00\t100.00\tresfinder\tU12338\t${gene}\t`

const samples = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9']

/** A project whose pipeline takes what it finds from its database. */
const prepare = ({ cwd, name }: Person): void => {
  writeFileSync(join(cwd, 'contigs.fasta'), '>c1\nACGT\n')
  writeFileSync(
    join(cwd, 'samples.csv'),
    `sample,fasta\n${samples.map((sample) => `${sample},contigs.fasta\n`).join('')}`,
  )
  writeFileSync(
    join(cwd, 'truth.tsv'),
    `sample\tgene_symbol\n${samples.map((sample) => `${sample}\tsul1\n${sample}\ttet(A)\n`).join('')}`,
  )
  writeFileSync(join(cwd, 'genes.tsv'), `${HEAD}\n${hit('sul1')}\n`)
  writeFileSync(
    join(cwd, '.benchmark', 'config.yaml'),
    `benchmark:
  project: {name: ${name}, type: amr-detection}
  central_hub: {url: ${JSON.stringify(hub)}}
  sharing: {visibility: public}
  input: samples.csv
  truth: truth.tsv
  pipelines:
    - name: lookup
      command: "cp {db:genes} {outdir}/hits.tsv"
      databases: {genes: genes.tsv}
      outputs: [{format: abricate, path: hits.tsv}]
`,
  )
}

const succeed = async (who: Person, ...argv: string[]) => {
  const result = await who.run(...argv)
  expect(result.exit, result.stderr).toBe(0)
  return result
}
const runOf = async (who: Person, ...argv: string[]): Promise<RunDocument> => {
  const result = await succeed(who, 'run', '--json', ...argv)
  expect(documentErrors(result.json())).toEqual([])
  return result.json() as RunDocument
}
const comparisonOf = async (who: Person, ...argv: string[]): Promise<ComparisonDocument> => {
  const result = await succeed(who, 'compare', '--json', ...argv)
  expect(documentErrors(result.json())).toEqual([])
  return result.json() as ComparisonDocument
}
const digestOf = ({ cwd }: Person): string =>
  createHash('sha256')
    .update(readFileSync(join(cwd, 'genes.tsv')))
    .digest('hex')
const sensitivity = ({ changes }: ComparisonDocument) =>
  changes.find(({ metric, level }) => metric === 'sensitivity' && level === 'gene')

let [before, after] = ['', '']
let first: RunDocument
let second: RunDocument

beforeAll(async () => {
  for (const one of [anna, bert]) prepare(one)
  before = digestOf(anna)
  first = await runOf(anna)
  appendFileSync(join(anna.cwd, 'genes.tsv'), `${hit('tet(A)')}\n`)
  after = digestOf(anna)
  second = await runOf(anna)
}, 120_000)

describe('a reference database that was updated between two runs', () => {
  test('each run tells what it read, as text too', async () => {
    expect(new Set(first.executions.map(({ databases }) => databases?.['genes']))).toEqual(new Set([before]))
    expect(new Set(second.executions.map(({ databases }) => databases?.['genes']))).toEqual(new Set([after]))
    const shown = await succeed(anna, 'show')
    expect(shown.stdout).toContain(`\ndatabase lookup: genes ${after.slice(0, 12)}\n`)
    const report = await succeed(anna, 'report', first.run_id, '--format', 'json')
    expect((report.json() as ReportDocument).provenance).toContainEqual({
      ...{ what: 'Databases of lookup (SHA-256)', value: `genes ${before}` },
    })
  }, 60_000)

  test('the runs are not compared, and the database is named', async () => {
    const document = await comparisonOf(anna, 'latest', '--with', `run:${first.run_id}`)
    expect(document).toMatchObject({ verdict: 'not-comparable', gate: { state: 'undecided' }, controlled: [] })
    expect(document.not_comparable).toContainEqual({
      ...{ key: 'database:genes', baseline: before, candidate: after, forbids: 'pipeline', pipeline: 'lookup' },
      controlled_by: 'database',
    })
    expect(sensitivity(document)).toMatchObject({ verdict: 'not-comparable', effect: null, p: null })
    const text = await succeed(anna, 'compare', 'latest', '--with', `run:${first.run_id}`)
    expect(text.stdout).toContain(
      `database genes of lookup: ${before.slice(0, 12)} / ${after.slice(0, 12)}: another version of the database, so anything of lookup cannot be compared (--controlled database compares all the same)`,
    )
  }, 60_000)

  test('--controlled database compares them, and every format says so', async () => {
    const asked = ['latest', '--with', `run:${first.run_id}`, '--controlled', 'database']
    const document = await comparisonOf(anna, ...asked)
    expect(document.controlled).toMatchObject([{ key: 'database:genes', baseline: before, candidate: after }])
    expect(sensitivity(document)).toMatchObject({ verdict: 'improved', baseline: 0.5, candidate: 1, n_common: 9 })
    const said = `database genes of lookup: ${before.slice(0, 12)} / ${after.slice(0, 12)}`
    for (const format of ['table', 'markdown', 'csv', 'tsv']) {
      const { stdout } = await succeed(anna, 'compare', ...asked, '--format', format)
      expect(stdout, format).toContain(said)
    }
  }, 60_000)

  test('outputs made with the old database are not taken for new ones, and those of the new one tell it', async () => {
    const cached = await runOf(anna)
    expect(new Set(cached.executions.map(({ state }) => state))).toEqual(new Set(['cached']))
    expect(new Set(cached.executions.map(({ databases }) => databases?.['genes']))).toEqual(new Set([after]))
    const document = await comparisonOf(anna, 'latest', '--with', `run:${second.run_id}`)
    expect(document.not_comparable.filter(({ key }) => key.startsWith('database'))).toEqual([])
    expect(document.unchecked).toEqual([])
  }, 60_000)

  test('a history starts anew with it, and says so', async () => {
    const result = await succeed(anna, 'history', '--json')
    expect(documentErrors(result.json())).toEqual([])
    const { series } = result.json() as HistoryDocument
    const lookup = series.find(({ metric, level }) => metric === 'sensitivity' && level === 'gene')
    expect(lookup?.database_changes).toEqual([{ from: second.run_id, database: 'genes', before, after }])
    expect(lookup?.shifts).toEqual([])
    const text = await succeed(anna, 'history')
    expect(text.stdout).toContain(`lookup read another database genes from ${second.run_id} on`)
  }, 60_000)

  test('an import does not tell what it read: it is compared, and that nobody could check is said', async () => {
    for (const sample of samples) cpSync(join(anna.cwd, 'genes.tsv'), join(place, 'finished', sample, 'hits.tsv'))
    const arguments_ = [
      join(place, 'finished'),
      '--pipeline',
      'lookup',
      '--truth',
      'truth.tsv',
      '--input',
      'samples.csv',
    ]
    const imported = (await succeed(anna, 'import', ...arguments_, '--json')).json() as RunDocument
    expect(imported.executions.map(({ databases }) => databases)).toEqual(samples.map(() => null))
    const document = await comparisonOf(anna, imported.run_id, '--with', `run:${first.run_id}`)
    expect(sensitivity(document)).toMatchObject({ verdict: 'improved' })
    expect(document.unchecked).toEqual([
      { pipeline: 'lookup', database: 'genes', baseline: before, candidate: 'unknown' },
    ])
    for (const format of ['table', 'markdown']) {
      const asked = [imported.run_id, '--with', `run:${first.run_id}`, '--format', format]
      const { stdout } = await succeed(anna, 'compare', ...asked)
      expect(stdout).toContain('not checked: whether lookup read the same version of the database genes on both sides')
    }
    expect((await succeed(anna, 'show', imported.run_id)).stdout).toContain('\ndatabase lookup: not known\n')
  }, 60_000)

  test('a database that was lost is rebuilt from the results with what was read', async () => {
    rmSync(anna.database)
    const rebuilt = await anna.run('import', join(anna.cwd, '.benchmark', 'results'))
    expect(rebuilt.exit, rebuilt.stderr).toBe(0)
    const shown = await succeed(anna, 'show', first.run_id, '--json')
    expect((shown.json() as RunDocument).executions.map(({ databases }) => databases)).toEqual(
      first.executions.map(({ databases }) => databases),
    )
  }, 60_000)
})

describe('through a hub', () => {
  test('a shared run compares as the run itself: named, and comparable on purpose', async () => {
    await succeed(anna, 'hub', 'init', hub, '--name', 'our-lab')
    for (const one of [anna, bert]) await succeed(one, 'register')
    await succeed(anna, 'upload', '--run-id', second.run_id, '--visibility', 'public')
    const mine = await runOf(bert)
    expect(mine.executions[0]?.databases).toEqual({ genes: before })
    await succeed(bert, 'sync')
    const refused = await comparisonOf(bert, '--with', 'project:anna-project')
    expect(refused).toMatchObject({ verdict: 'not-comparable' })
    expect(refused.not_comparable).toContainEqual(
      expect.objectContaining({ key: 'database:genes', baseline: after, candidate: before }),
    )
    const allowed = await comparisonOf(bert, '--with', 'project:anna-project', '--controlled', 'database')
    expect(allowed.controlled).toMatchObject([{ key: 'database:genes' }])
    expect(sensitivity(allowed)).toMatchObject({ verdict: 'regressed', baseline: 1, candidate: 0.5 })
  }, 120_000)

  test('nothing anonymous tells which database it was', async () => {
    const preview = await succeed(anna, 'privacy', 'preview', second.run_id, '--visibility', 'community', '--json')
    expect(preview.stdout).not.toContain(after)
    expect(preview.stdout).not.toContain('genes')
  }, 60_000)
})
