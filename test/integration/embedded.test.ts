import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'
import { naiveTruth, symbolsIn } from '../support/independent-scores.ts'
import { missingTools } from '../support/installed-tools.ts'
import { expectScoresToBeRight, outputsOf, type RunJson } from '../support/run-document.ts'

// Executions take tenths of a second each, several times that on a busy machine.
const PATIENCE = 180_000
const truthFile = join(packageRoot, 'templates', 'quick', 'truth.tsv')
const ownPipelines = ['embedded_contigs', 'embedded_contigs_strict', 'embedded_reads']
const project = tempDir('embedded')
mkdirSync(join(project, '.benchmark'))

// Column of the gene symbol in each kind of report.
const rawCalls =
  (run: RunJson) =>
  ({ id, pipeline }: RunJson['executions'][number]): Set<string> => {
    const folder = outputsOf(project, run, id)
    if (pipeline === 'embedded_kma') return symbolsIn(join(folder, 'kma.res'), 0, { hasHeader: true })
    if (pipeline === 'embedded_blastn') return symbolsIn(join(folder, 'hits.tsv'), 1, { hasHeader: false })
    return symbolsIn(join(folder, 'hits.tsv'), 1, { hasHeader: true })
  }

describe('benchmark test --quick', () => {
  let json: CliResult
  let run: RunJson
  beforeAll(async () => {
    json = await benchmark(['test', '--quick', '--json'], { cwd: project })
    expect(json.stderr).not.toMatch(/Error/)
    run = json.json() as RunJson
  }, PATIENCE)

  test('runs three pipelines on six samples without any tool, and says that it is a demonstration', () => {
    expect(json.exit).toBe(0)
    expect(run).toMatchObject({ schema: 'benchmark.run/1', state: 'completed' })
    expect(run.executions).toHaveLength(18)
    expect([...new Set(run.executions.map(({ pipeline }) => pipeline))].sort()).toEqual(ownPipelines)
    expect(run.executions.map(({ state }) => state)).toEqual(Array<string>(18).fill('succeeded'))
    expect(run.warnings.join()).toMatch(/Demonstration, not science/)
  })

  test('every gene-level score equals an independent count of the raw outputs, and the errors are the designed ones', () => {
    const counts = expectScoresToBeRight(run, naiveTruth(truthFile), rawCalls(run))
    const errors = (pipeline: string): Record<string, string> =>
      Object.fromEntries([...counts.get(pipeline)!].map(([sample, { tp, fp, fn }]) => [sample, `${tp} ${fp} ${fn}`]))
    // TP FP FN. Loose: finds every allele, and takes the three conserved domains for genes.
    expect(errors('embedded_contigs')).toEqual({
      gut: '5 0 0',
      diverged: '5 0 0',
      wastewater: '5 0 0',
      farm: '5 0 0',
      soil: '2 2 0',
      blank: '0 1 0',
    })
    // Strict: no false positive, but the alleles at 98 % and below are lost.
    expect(errors('embedded_contigs_strict')).toEqual({
      gut: '5 0 0',
      diverged: '3 0 2',
      wastewater: '5 0 0',
      farm: '4 0 1',
      soil: '2 0 0',
      blank: '0 0 0',
    })
    // Reads: genes at depths 1 and 2 are lost, and diverged ones; contigs know no depth.
    expect(errors('embedded_reads')).toEqual({
      gut: '5 0 0',
      diverged: '4 0 1',
      wastewater: '3 0 2',
      farm: '3 0 2',
      soil: '2 0 0',
      blank: '0 0 0',
    })
  })

  test('contigs give places, so the loose search is right at the level of loci too; reads give none', () => {
    const locus = (pipeline: string): (number | null | undefined)[] =>
      run.executions
        .filter((execution) => execution.pipeline === pipeline && execution.sample === 'gut')
        .map(({ scores }) => scores.find(({ metric, level }) => metric === 'sensitivity' && level === 'locus')?.value)
    expect(locus('embedded_contigs')).toEqual([1])
    expect(locus('embedded_reads')[0] ?? 0).toBe(0)
  })

  test('inside a project the run is kept there and can be listed afterwards', async () => {
    const list = await benchmark(['list', '--json'], { cwd: project })
    expect(list.json()).toMatchObject({
      runs: expect.arrayContaining([
        expect.objectContaining({ run_id: run.run_id, tags: ['demonstration'] }),
      ]) as unknown,
    })
  })
})

test(
  'outside a project the label and a table are printed and nothing is left in the folder',
  async () => {
    const folder = tempDir('nowhere')
    const result = await benchmark(['test', '--quick'], { cwd: folder, env: { TMPDIR: tempDir('scratch') } })
    expect(result.exit).toBe(0)
    expect(result.stdout).toMatch(/^Demonstration, not science/)
    for (const pipeline of ownPipelines) expect(result.stdout).toContain(pipeline)
    expect(result.stderr).toContain('benchmark show latest --project ')
    expect(readdirSync(folder)).toEqual([])
  },
  PATIENCE,
)

test(
  'a project with samples and truth of its own gets the bundled ones all the same',
  async () => {
    const own = tempDir('own samples')
    mkdirSync(join(own, '.benchmark'))
    writeFileSync(join(own, 'samples.csv'), 'sample,fasta\nmine,mine.fasta\n')
    writeFileSync(join(own, 'mine.fasta'), '>a\nACGT\n')
    writeFileSync(join(own, 'truth.tsv'), 'sample\tgene_symbol\nmine\tsul1\n')
    const config = [
      'benchmark:',
      '  project: {name: own, type: assembly-quality}',
      '  input: samples.csv',
      '  truth: truth.tsv',
    ]
    writeFileSync(join(own, '.benchmark', 'config.yaml'), `${config.join('\n')}\n`)
    const run = (await benchmark(['test', '--quick', '--json'], { cwd: own })).json() as RunJson
    expect(run.state).toBe('completed')
    expect(run.executions.some(({ sample }) => sample === 'mine')).toBe(false)
    expect(run.executions[0]!.scores.some(({ metric }) => metric === 'sensitivity')).toBe(true)
  },
  PATIENCE,
)

const missing = missingTools(['kma', 'blastn'])
test.skipIf(missing.length > 0)(
  `benchmark test adds the installed tools, with the embedded genes where there is no database (not installed here: ${missing.join(', ') || 'nothing'})`,
  async () => {
    const result = await benchmark(['test', '--json'], {
      cwd: project,
      env: { BENCHMARK_DB_RESFINDER: join(project, 'nowhere') },
    })
    expect(result.exit).toBe(0)
    expect(result.stderr).toMatch(/Left out: resfinder \(/)
    const run = result.json() as RunJson
    expect([...new Set(run.executions.map(({ pipeline }) => pipeline))].sort()).toEqual(
      [...ownPipelines, 'embedded_blastn', 'embedded_kma'].sort(),
    )
    const counts = expectScoresToBeRight(run, naiveTruth(truthFile), rawCalls(run))
    // Aligning finds alleles at 95 %, and blastn without a coverage threshold the conserved domains too.
    expect(counts.get('embedded_blastn')!.get('diverged')).toMatchObject({ tp: 5, fn: 0 })
    expect(counts.get('embedded_blastn')!.get('soil')).toMatchObject({ tp: 2, fp: 2 })
    expect(counts.get('embedded_kma')!.get('soil')).toMatchObject({ tp: 2, fp: 0 })
  },
  PATIENCE,
)
