import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { type ImportFlags, toImportRequest } from '../../src/cli/import-request.ts'
import { openProject } from '../../src/compose.ts'
import { toRunDocument } from '../../src/documents/run-document.ts'
import type { RunDocument } from '../../src/generated/run.ts'
import { documentErrors } from '../support/document.ts'
import { findingsOf, problemFrom } from '../support/parse-fixtures.ts'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'

const trees = join(packageRoot, 'test', 'fixtures', 'trees')
const truth = join(trees, 'funcscan-truth.tsv')
const project = tempDir('import')
const open = openProject(project)
afterAll(() => open.close())
const importing = (...argv: readonly string[]): Promise<CliResult> => benchmark(['import', ...argv], { cwd: project })
/** Imports in this process, which is what the command does with its flags. */
const imported = async (
  dir: string,
  pipeline: string,
  flags: Partial<Omit<ImportFlags, 'pipeline'>> = {},
): Promise<RunDocument> => {
  const request = toImportRequest(dir, {
    ...{ pipeline, format: 'auto', 'trace-format': 'auto', 'include-potential': false, force: false },
    ...flags,
  })
  const document = toRunDocument((await open.importOutputs(request)).run)
  expect(documentErrors(document)).toEqual([])
  return document
}
const funcscan = (folder: string, flags: Partial<Omit<ImportFlags, 'pipeline'>> = {}): Promise<RunDocument> =>
  imported(folder, 'nfcore_funcscan', { truth, ...flags })
/** A copy of a tree that a test may change. */
const copy = (name: string): string => {
  const folder = join(tempDir('tree'), name)
  cpSync(join(trees, name), folder, { recursive: true })
  return folder
}
type RunExecution = RunDocument['executions'][number]
const execution = (run: RunDocument, tool: string): RunExecution => {
  const [found, ...others] = run.executions.filter(({ params }) => params['tool'] === tool)
  expect(others).toEqual([])
  return found!
}
/** TP/FP/FN of each sample at level gene, `not_run` where that is the reason. */
const counts = (run: RunDocument, tool: string): Record<string, string> =>
  Object.fromEntries(
    ['S1', 'S10', 'S2', 'S3'].map((sample) => {
      const of = (metric: string): string => {
        const scores = execution(run, tool).scores.filter(
          (score) => score.sample === sample && score.metric === metric && score.level === 'gene',
        )
        expect(scores).toHaveLength(1)
        return String(scores[0]?.value ?? scores[0]?.reason)
      }
      return [sample, ['true_positives', 'false_positives', 'false_negatives'].map(of).join('/')]
    }),
  )
const NOT_RUN = 'not_run/not_run/not_run'

describe('nf-core/funcscan, every tool with its own folder', () => {
  test('scores each tool, their union, what all and what most of them report', async () => {
    const run = await funcscan(join(trees, 'funcscan-4'), { label: 'release-4', tag: ['ci'] })
    expect(run).toMatchObject({
      state: 'imported',
      label: 'release-4',
      tags: ['ci'],
      samples: ['S1', 'S10', 'S2', 'S3'],
    })
    // S1 has blaTEM-1 and sul1, S10 tet(A), S2 mecA and sul1, S3 nothing.
    expect(counts(run, 'abricate')).toEqual({ S1: '2/0/0', S10: '1/0/0', S2: '1/0/1', S3: '0/0/0' })
    expect(counts(run, 'amrfinderplus')).toEqual({ S1: '1/0/1', S10: '1/1/0', S2: '2/0/0', S3: '0/0/0' })
    expect(counts(run, 'deeparg')).toEqual({ S1: '1/0/1', S10: '0/0/1', S2: '0/0/2', S3: '0/0/0' })
    expect(counts(run, 'union')).toEqual({ S1: '2/0/0', S10: '1/1/0', S2: '2/0/0', S3: '0/0/0' })
    expect(counts(run, 'majority')).toEqual({ S1: '2/0/0', S10: '1/0/0', S2: '1/0/1', S3: '0/0/0' })
    expect(counts(run, 'intersection')).toEqual({ S1: '0/0/2', S10: '0/0/1', S2: '0/0/2', S3: '0/0/0' })
    for (const tool of ['rgi', 'fargene']) {
      expect(execution(run, tool)).toMatchObject({ state: 'skipped', resources: null })
      expect(execution(run, tool).reason).toContain(`not_run: there is no folder arg/${tool}`)
      expect(counts(run, tool)).toEqual({ S1: NOT_RUN, S10: NOT_RUN, S2: NOT_RUN, S3: NOT_RUN })
    }
  })

  test('takes over measurements of the newest trace, with their method, and what the folder says of itself', async () => {
    const run = await funcscan(join(trees, 'funcscan-4'))
    const { resources } = execution(run, 'union')
    // 10:00:00 to 12:20:10; 60 s at 150 %, 0.252 s at 90 %, 2 h at 400 %; two CACHED rows of one task left out.
    expect(resources).toMatchObject({
      wall_seconds: 8410,
      cpu_seconds: 28890.2268,
      peak_rss_bytes: 3 * 2 ** 30,
      method: { agent: 'nextflow-trace', cpu: 'realtime*%cpu', memory: 'max_task(vmhwm_sum)' },
    })
    expect(execution(run, 'abricate').resources).toMatchObject({
      wall_seconds: 79,
      cpu_seconds: 90.2268,
      peak_rss_bytes: 13_107_200,
    })
    expect(execution(run, 'abricate').warnings.join()).toContain('the processes ABRICATE*')
    expect(execution(run, 'deeparg').resources).toBeNull()
    expect(run.warnings.join('\n')).toContain('1 task came from an earlier run (CACHED)')
    expect(run.warnings.join('\n')).toContain('pipeline_info holds 2 traces')
    expect(run.executions[0]?.version).toBe('4.0.0')
    expect(run.environment).toMatchObject({
      source: 'imported',
      machine: 'unknown',
      software_versions: { abricate: '1.0.1', 'nf-core/funcscan': '4.0.0' },
      pipeline_params: { arg_abricate_db_id: 'ncbi', run_arg_screening: true },
    })
    const { import: source } = run.environment as { import: { measurements: { sha256: string }[] } }
    expect(source.measurements[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('its report has time and memory by process, while the trace is what it was', async () => {
    const folder = copy('funcscan-4')
    const { run_id: run, warnings } = await funcscan(folder, { label: 'by process', force: true })
    expect(warnings.join()).not.toContain(folder)
    const { processes } = await open.report({ run })
    expect(processes.found?.map(({ process, tasks, wallSeconds }) => [process, tasks, wallSeconds])).toEqual(
      expect.arrayContaining([
        ['ABRICATE_RUN', 2, 60.252],
        ['AMRFINDERPLUS_RUN', 1, 7200],
        // Taken from an earlier run: it cost this one nothing.
        ['DEEPARG_PREDICT', 1, null],
      ]),
    )
    writeFileSync(join(folder, 'pipeline_info/execution_trace_2026-11-02_10-00-00.txt'), 'changed')
    expect((await open.report({ run })).processes.missing).toMatch(/gone or has changed: execution_trace_2026/)
  })

  test('hits below DeepARG’s own threshold count when they are asked for', async () => {
    const run = await funcscan(join(trees, 'funcscan-4'), { 'include-potential': true })
    expect(counts(run, 'deeparg')).toEqual({ S1: '1/1/1', S10: '0/1/1', S2: '0/0/2', S3: '0/0/0' })
    expect(run.comparability['quality_rules']).toContain('potential ones too')
  })

  test('importing the same outputs again says so and changes nothing; --force takes them once more', async () => {
    const folder = copy('funcscan-4')
    const first = await funcscan(folder)
    // Wherever the folder is.
    expect((await funcscan(join(trees, 'funcscan-4'))).run_id).toBe(first.run_id)
    expect((await funcscan(folder, { force: true })).run_id).not.toBe(first.run_id)
    writeFileSync(join(folder, 'arg/abricate/S2/S2.txt'), readFileSync(join(folder, 'arg/abricate/S3/S3.txt')))
    const changed = await funcscan(folder)
    expect(changed.run_id).not.toBe(first.run_id)
    expect(counts(changed, 'abricate')).toMatchObject({ S2: '0/0/2' })
  })

  test('a sample without a report is not run; an empty report is no hits', async () => {
    const folder = copy('funcscan-4')
    rmSync(join(folder, 'arg/abricate/S10'), { recursive: true })
    writeFileSync(join(folder, 'arg/abricate/S2/S2.txt'), '')
    const run = await funcscan(folder)
    expect(counts(run, 'abricate')).toEqual({ S1: '2/0/0', S10: NOT_RUN, S2: '0/0/2', S3: '0/0/0' })
    expect(counts(run, 'union')).toMatchObject({ S10: '1/1/0' })
    expect(counts(run, 'majority')).toMatchObject({ S10: NOT_RUN })
    expect(run.warnings.join('\n')).toContain('abricate: there is no report of S10')
    expect(execution(run, 'abricate').warnings.join('\n')).toContain('S2.txt is empty; read as "no hits"')
  })

  test('an unreadable report fails its tool and what is made of it, nothing else', async () => {
    const folder = copy('funcscan-4')
    writeFileSync(join(folder, 'arg/abricate/S2/S2.txt'), 'GENE\nmecA\n')
    const run = await funcscan(folder)
    expect(execution(run, 'abricate')).toMatchObject({ state: 'failed', scores: [] })
    expect(execution(run, 'abricate').reason).toContain('output_unreadable')
    expect(execution(run, 'union').state).toBe('failed')
    expect(counts(run, 'deeparg')).toMatchObject({ S1: '1/0/1' })
  })

  test('argNorm’s tables are read instead of the reports when there is one for each', async () => {
    const folder = copy('funcscan-4')
    mkdirSync(join(folder, 'arg/argnorm/abricate'), { recursive: true })
    const normalize = (sample: string): void => {
      const [header = '', ...rows] = readFileSync(join(folder, `arg/abricate/${sample}/${sample}.txt`), 'utf8')
        .replace(/\n$/, '')
        .split('\n')
      // The ontology term is what makes this name a hit.
      const lines = rows.map((row) => `${row.replace('sul1', 'renamed')}\tARO:3000410\tx\tPerfect\ty\tz\tw\tv`)
      const head = `${header}\tARO\tARO_name\tCut_Off\tconfers_resistance_to\tconfers_resistance_to_names\tresistance_to_drug_classes\tresistance_to_drug_classes_names`
      writeFileSync(
        join(folder, `arg/argnorm/abricate/${sample}.normalized.tsv`),
        `# argNorm version: 1.0.0\n${[head, ...lines].join('\n')}\n`,
      )
    }
    normalize('S1')
    const partly = await funcscan(folder)
    expect(counts(partly, 'abricate')).toMatchObject({ S1: '2/0/0' })
    for (const sample of ['S10', 'S2', 'S3']) normalize(sample)
    const other = join(folder, 'truth.tsv')
    writeFileSync(
      other,
      'sample\tgene_symbol\taro_accession\nS1\tsul1\tARO:3000410\nS10\ttet(A)\t\nS2\tsul1\tARO:3000410\nS3\t\t\n',
    )
    const whole = await imported(folder, 'nfcore_funcscan', { truth: other })
    expect(counts(whole, 'abricate')).toMatchObject({ S1: '1/0/0' })
  })
})

describe('nf-core/funcscan, of which only the summary was kept', () => {
  const expected = { S1: '1/0/1', S10: '1/0/0', S2: '0/0/2', S3: '0/0/0' }
  test('an early release: its rows are those of the tools, by exact sample', async () => {
    const run = await funcscan(join(trees, 'funcscan-1'))
    expect(counts(run, 'abricate')).toEqual(expected)
    expect(counts(run, 'rgi')).toEqual({ S1: '1/0/1', S10: '0/0/1', S2: '0/0/2', S3: '0/0/0' })
    // fARGene has a folder of harmonised reports and no row: it ran and found nothing.
    expect(counts(run, 'fargene')).toMatchObject({ S1: '0/0/2' })
    expect(execution(run, 'deeparg').state).toBe('skipped')
    expect(run.executions.flatMap(({ warnings }) => warnings).filter((text) => text.includes('S11.txt'))).toHaveLength(
      1,
    )
    expect(run.executions[0]?.version).toBe('1.1.6')
    expect(run.executions.every(({ resources }) => resources === null)).toBe(true)
  })
  test('the variant with taxonomy, compressed, and JSON', async () => {
    const folder = copy('funcscan-1')
    const summary = join(folder, 'reports/hamronization_summarize')
    const table = readFileSync(join(summary, 'hamronization_combined_report.tsv'), 'utf8')
    rmSync(join(summary, 'hamronization_combined_report.tsv'))
    writeFileSync(
      join(summary, 'hamronization_complete_summary_taxonomy.tsv.gz'),
      gzipSync(table.replace('input_file_name', 'sample_id')),
    )
    expect(counts(await funcscan(folder), 'abricate')).toEqual(expected)
    rmSync(join(summary, 'hamronization_complete_summary_taxonomy.tsv.gz'))
    const [header = '', ...rows] = table.trimEnd().split('\n')
    const objects = rows.map((row) => {
      const cells = row.split('\t')
      return Object.fromEntries(header.split('\t').map((name, index) => [name, cells[index]]))
    })
    writeFileSync(join(summary, 'hamronization_combined_report.json'), JSON.stringify(objects))
    expect(counts(await funcscan(folder), 'abricate')).toEqual(expected)
  })
})

describe('nf-core/mag', () => {
  test('has one part for each assembler and each set of bins; what is none of them is told', async () => {
    const folder = join(trees, 'mag-5')
    const run = await imported(folder, 'nfcore_mag', { input: join(folder, 'samplesheet.csv') })
    expect(run).toMatchObject({ state: 'imported', benchmark_type: 'assembly-quality', samples: ['S1', 'S10'] })
    expect(run.executions.map(({ params }) => params)).toEqual([
      {},
      { assembler: 'MEGAHIT' },
      { assembler: 'SPAdes' },
      { assembler: 'MEGAHIT', binner: 'MetaBAT2', bins: 'prokarya-unrefined' },
      { assembler: 'MEGAHIT', binner: 'MaxBin2' },
    ])
    expect(run.executions[0]?.resources).toMatchObject({ wall_seconds: 660, cpu_seconds: 1260 })
    expect(run.executions[1]?.resources).toMatchObject({ wall_seconds: 600, cpu_seconds: 1200 })
    expect(run.executions[3]?.resources).toMatchObject({ wall_seconds: 60, peak_rss_bytes: 2 ** 30 })
    expect(run.warnings.join('\n')).toContain('group-A is a co-assembly')
    expect(run.warnings.join('\n')).toMatch(/not scored: \S*contig_to_bin_map\.tsv, \S*gtdbtk_summary\.tsv/)
    const values = (at: number, metric: string): unknown[] =>
      ['S1', 'S10'].map((sample) => {
        const [found] = run.executions[at]!.scores.filter((score) => score.metric === metric && score.sample === sample)
        return found?.value ?? found?.reason
      })
    // S1: contigs of 600 and 800; SPAdes' scaffold of 900 counts, its contig does not; S10: one contig of 700.
    expect(values(1, 'n50')).toEqual([800, 700])
    expect(values(2, 'n50')).toEqual([900, 'not_run'])
    expect(values(3, 'mag_count_hq')).toEqual([1, 1])
    // Two bins of S1 in the table of all bins, one of them good; MaxBin2 has no folder of S10.
    expect(values(4, 'mag_count_hq')).toEqual([1, 'not_run'])
    expect(values(4, 'mag_count_mq')).toEqual([1, 'not_run'])
    expect(values(0, 'n50')).toEqual(['no_prediction', 'no_prediction'])
  })
})

describe('any pipeline', () => {
  const HITS = readFileSync(join(trees, 'funcscan-4/arg/abricate/S1/S1.txt'), 'utf8')
  const EMPTY = readFileSync(join(trees, 'funcscan-4/arg/abricate/S3/S3.txt'), 'utf8')
  const finished = (): string => {
    const folder = tempDir('finished')
    for (const sample of ['S1', 'S10', 'S3']) {
      mkdirSync(join(folder, sample))
      writeFileSync(join(folder, sample, 'hits.tsv'), sample === 'S1' ? HITS : EMPTY)
    }
    return folder
  }
  const report = (seconds: string, rss: number): string =>
    `\tCommand being timed: "x"\n\tUser time (seconds): 1.00\n\tSystem time (seconds): 0.50\n\tElapsed (wall clock) time (h:mm:ss or m:ss): ${seconds}\n\tMaximum resident set size (kbytes): ${rss}\n\tExit status: 0\n`

  test('of any name, with a measurement for each sample', async () => {
    const folder = finished()
    writeFileSync(join(folder, 'S1', 'time.txt'), report('0:02.50', 1000))
    writeFileSync(join(folder, 'S10', 'time.txt'), report('1:00.00', 3000))
    const run = await imported(folder, 'my-tool', {
      truth,
      prediction: ['{sample}/hits.tsv'],
      format: 'abricate',
      trace: [join(folder, '{sample}', 'time.txt')],
      param: ['k=21', 'fast=true'],
    })
    expect(run.executions.map(({ sample, state }) => [sample, state])).toEqual([
      ['S1', 'imported'],
      ['S10', 'imported'],
      ['S2', 'failed'],
      ['S3', 'imported'],
    ])
    expect(run.executions[0]).toMatchObject({
      params: { k: 21, fast: true },
      resources: {
        wall_seconds: 2.5,
        cpu_seconds: 1.5,
        peak_rss_bytes: 1_024_000,
        biggest_process_bytes: 1_024_000,
        method: { agent: 'gnu-time', memory: 'biggest_process' },
      },
    })
    expect(run.executions[1]?.resources?.wall_seconds).toBe(60)
    expect(run.executions[3]?.resources).toBeNull()
    expect(run.executions[2]?.reason).toContain('output_missing')
    expect(run.warnings.join('\n')).toContain('measurements of 2 of 4 samples')
  })

  test('with one measurement of nobody knows which sample, which is said', async () => {
    const folder = finished()
    const time = join(folder, 'time.txt')
    writeFileSync(time, report('0:02.50', 1000))
    const run = await imported(folder, 'my-tool', { truth, prediction: ['{sample}/hits.tsv'], trace: [time] })
    expect(run.executions.map(({ resources }) => resources)).toEqual([null, null, null, null])
    expect(run.warnings.join('\n')).toContain('time.txt names none of the samples')
  })

  test('of the catalogue, with a table of everybody’s measurements; S1 is not S10', async () => {
    const folder = finished()
    for (const sample of ['S1', 'S10', 'S3'])
      cpSync(join(folder, sample, 'hits.tsv'), join(folder, sample, 'abricate.tsv'))
    writeFileSync(
      join(folder, 'times.csv'),
      'tool,sample,seconds,repeat\nabricate,S10,10,1\nabricate,S1,1,1\nabricate,S1,2,2\nother,S1,99,1\n',
    )
    const declared = JSON.parse(
      (await benchmark(['pipeline', 'show', 'abricate', '--json'], { cwd: project })).stdout,
    ) as { outputs: { path: string }[] }
    for (const sample of ['S1', 'S10', 'S3'])
      cpSync(
        join(folder, sample, 'hits.tsv'),
        join(folder, sample, declared.outputs[0]!.path.replace('{sample}', sample)),
      )
    const run = await imported(folder, 'abricate', {
      truth,
      trace: [join(folder, 'times.csv')],
      'trace-format': 'table',
      'trace-columns': 'pipeline=tool,wall_s=seconds',
    })
    expect(
      run.executions.map(({ sample, repeat, resources, scores }) => [
        sample,
        repeat,
        resources?.wall_seconds,
        scores.length > 0,
      ]),
    ).toEqual([
      ['S1', 1, 1, true],
      ['S1', 2, 2, false],
      ['S10', 1, 10, true],
      ['S2', 1, undefined, false],
      ['S3', 1, undefined, true],
    ])
    expect(run.warnings.join('\n')).toContain('1 measurements of other pipelines were left out')
  })
})

describe('an imported run', () => {
  test('is listed, shown, exported, restored from its folder, and removed', async () => {
    const run = await funcscan(join(trees, 'funcscan-1'))
    const list = (await benchmark(['list', '--state', 'imported', '--json'], { cwd: project })).json() as {
      runs: { run_id: string }[]
    }
    expect(list.runs.map(({ run_id }) => run_id)).toContain(run.run_id)
    const shown = await benchmark(['show', run.run_id], { cwd: project })
    expect(shown.stdout).toMatch(/state +imported \(\d+ imported, 2 skipped\)/)
    expect(shown.stdout).not.toContain('took')
    const folder = join(project, '.benchmark', 'results', run.run_id)
    for (const name of ['metadata.json', 'metrics.json'])
      expect(documentErrors(JSON.parse(readFileSync(join(folder, name), 'utf8')))).toEqual([])
    const other = tempDir('restored')
    expect((await benchmark(['import', folder], { cwd: other })).stdout).toContain('1 restored')
    const restored = await benchmark(['show', run.run_id, '--json'], { cwd: other })
    expect(restored.json()).toEqual(run)
    expect((await benchmark(['remove', run.run_id], { cwd: project })).exit).toBe(0)
    expect((await funcscan(join(trees, 'funcscan-1'))).run_id).not.toBe(run.run_id)
  })
})

describe('likely mistakes', () => {
  const refused = async (act: () => Promise<unknown>): Promise<string> => {
    const problem = await problemFrom(act())
    return [
      problem.code,
      problem.message,
      ...findingsOf(problem),
      ...problem.findings.map(({ hint }) => hint ?? ''),
      ...problem.hints,
    ].join(' ')
  }
  const tree = join(trees, 'funcscan-4')
  test('name what is wrong and what to do', async () => {
    const answer = (flags: Parameters<typeof funcscan>[1], folder = tree) => refused(() => funcscan(folder, flags))
    expect(await answer({}, join(trees, 'nowhere'))).toMatch(/^E_NOT_FOUND .*no folder/)
    expect(await answer({}, tempDir('empty'))).toMatch(/^E_INPUT .*empty/)
    expect(await answer({ truth: undefined })).toMatch(/^E_USAGE .*which samples.*--truth/)
    expect(await answer({ truth: 'no.tsv' })).toMatch(/^E_NOT_FOUND .*no\.tsv does not exist/)
    expect(await answer({}, join(tree, 'arg'))).toMatch(/^E_INPUT .*does not look like.*--outdir/)
    expect(await answer({ trace: ['no.txt'] })).toMatch(/^E_NOT_FOUND .*no file/)
    expect(await answer({ trace: [truth] })).toMatch(/^E_INPUT .*none of the known kinds/)
    expect(await answer({ param: ['k'] })).toMatch(/^E_USAGE .*name=value/)
    expect(await answer({ type: 'amr-detectin' })).toMatch(/^E_USAGE .*amr-detection/)
    expect(await refused(() => imported(tree, 'nfcore_funscan', { truth }))).toMatch(
      /^E_NOT_FOUND .*nfcore_funcscan.*--prediction/,
    )
  })
  test('the command refuses flags that have no meaning, and tells of a second import', async () => {
    const bare = await importing(tree, '--truth', truth)
    expect([bare.exit, bare.stderr]).toEqual([2, expect.stringContaining('--pipeline')])
    const unasked = await importing('--as', 'csv')
    expect([unasked.exit, unasked.stderr]).toEqual([2, expect.stringContaining('--as has a meaning with --pipeline')])
    const nowhere = await importing('--pipeline', 'nfcore_mag')
    expect([nowhere.exit, nowhere.stderr]).toEqual([2, expect.stringContaining('Which folder')])
    const first = await funcscan(tree)
    const again = await importing(tree, '--pipeline', 'nfcore_funcscan', '--truth', truth, '--json')
    expect(again.exit).toBe(0)
    expect((again.json() as RunDocument).run_id).toBe(first.run_id)
    expect(again.stderr).toContain('already there as run')
  })
  test('its table can be had for programs and for pages', async () => {
    const as = (format: string): Promise<CliResult> =>
      importing(tree, '--pipeline', 'nfcore_funcscan', '--truth', truth, '--as', format)
    const csv = await as('csv')
    const [head = '', ...lines] = csv.stdout.trimEnd().split('\n')
    expect([csv.exit, head]).toEqual([
      0,
      'pipeline,version,params,metric,level,rank,aggregation,unit,value,reason,low,high,n,n_expected',
    ])
    const line = (tool: string, metric: string): string | undefined =>
      lines.find((one) => one.includes(`"${tool}""`) && one.includes(`,${metric},gene,,micro,`))
    expect(line('abricate', 'sensitivity')?.split('"').at(-1)).toBe(',sensitivity,gene,,micro,ratio,0.8,,,,4,4')
    expect(line('fargene', 'sensitivity')?.split('"').at(-1)).toBe(',sensitivity,gene,,micro,ratio,,not_run,,,0,4')
    const markdown = await as('markdown')
    expect(markdown.stdout).toMatch(/^\| .* \| tool=abricate \| 0\.833 \| 1\.000 \| 0\.889 \| 1\.000 \|/m)
  })
  test('a trace that cannot be true stops the import at its line; it can be left out', async () => {
    const folder = copy('funcscan-4')
    const file = join(folder, 'pipeline_info', 'execution_trace_2026-11-02_10-00-00.txt')
    writeFileSync(file, readFileSync(file, 'utf8').replace('252ms', '-252ms'))
    expect(await refused(() => funcscan(folder))).toMatch(/^E_INPUT .*3:\d+ The realtime "-252ms" is negative/)
    const run = await funcscan(folder, { trace: ['none'] })
    expect(run.executions.every(({ resources }) => resources === null)).toBe(true)
  })
})
