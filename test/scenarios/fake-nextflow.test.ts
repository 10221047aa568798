import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { delimiter } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'

const trees = join(packageRoot, 'test', 'fixtures', 'trees')

/** A project whose `nextflow` is a script that leaves the tree of a finished run, or does what `script` says instead. */
const projectOf = (script = 'cp -R "$TREE"/. "$outdir"'): string => {
  const dir = tempDir('nextflow')
  mkdirSync(join(dir, 'bin'))
  writeFileSync(
    join(dir, 'bin', 'nextflow'),
    `#!/bin/sh
outdir= input=
while [ $# -gt 0 ]; do
  case "$1" in --outdir) outdir=$2 ;; --input) input=$2 ;; esac
  shift
done
head -n 1 "$input" | grep -qx sample,fasta || { echo "wrong sheet" >&2; exit 3; }
mkdir -p "$outdir"
${script}
`,
  )
  writeFileSync(join(dir, 'bin', 'java'), '#!/bin/sh\nexit 0\n')
  for (const name of ['nextflow', 'java']) chmodSync(join(dir, 'bin', name), 0o755)
  writeFileSync(join(dir, 'contigs.fasta'), '>k141_1\nACGT\n')
  writeFileSync(
    join(dir, 'samples.csv'),
    `sample,fasta\n${['S1', 'S10', 'S2', 'S3'].map((id) => `${id},contigs.fasta\n`).join('')}`,
  )
  writeFileSync(join(dir, 'run.config'), '// nothing\n')
  mkdirSync(join(dir, '.benchmark'))
  writeFileSync(
    join(dir, '.benchmark', 'config.yaml'),
    `benchmark:
  project: {name: funcscan, type: amr-detection}
  input: samples.csv
  truth: ${JSON.stringify(join(trees, 'funcscan-truth.tsv'))}
  pipelines:
    - {name: nfcore_funcscan, config: run.config, resources: {cpus: 1, memory: 1GB}}
`,
  )
  return dir
}
const run = async (dir: string, tree: string): Promise<{ document: RunDocument; exit: number }> => {
  const PATH = `${join(dir, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`
  const { exit, stderr, ...result } = await benchmark(['run', '--json'], { cwd: dir, env: { PATH, TREE: tree } })
  expect(stderr).not.toMatch(/Error|bug/)
  return { document: result.json() as RunDocument, exit }
}
const gene = (document: RunDocument, sample: string): string =>
  ['true_positives', 'false_positives', 'false_negatives']
    .map((metric) => {
      const found = document.executions[0]?.scores.find(
        (score) => score.metric === metric && score.level === 'gene' && score.sample === sample,
      )
      return String(found?.value ?? found?.reason)
    })
    .join('/')

describe('a run of nf-core/funcscan by a stand-in for nextflow', () => {
  test('is scored by what all tools report together, as an import of the same folder is', async () => {
    const dir = projectOf()
    const { document, exit } = await run(dir, join(trees, 'funcscan-4'))
    expect(exit).toBe(0)
    expect(document.executions.map(({ state, reason }) => [state, reason])).toEqual([['succeeded', null]])
    expect(['S1', 'S10', 'S2', 'S3'].map((sample) => gene(document, sample))).toEqual([
      '2/0/0',
      '1/1/0',
      '2/0/0',
      '0/0/0',
    ])
    const [execution] = document.executions
    expect(execution?.resources?.method.agent).toMatch(/^local-agent/)
    // The stand-in copies files in no time; its trace tells of hours.
    expect(execution?.warnings.join('\n')).toMatch(/own trace \(5 tasks\) says: CPU time 28890\.2268 s.*engine alone/)
    const outputs = join(dir, '.benchmark', 'results', document.run_id, 'outputs', '001-nfcore_funcscan-all-r1')
    const imported = await benchmark(
      ['import', outputs, '--pipeline', 'nfcore_funcscan', '--truth', join(trees, 'funcscan-truth.tsv'), '--json'],
      { cwd: dir },
    )
    const union = (imported.json() as RunDocument).executions.find(({ params }) => params['tool'] === 'union')
    expect(union?.scores).toEqual(execution?.scores)
  }, 60_000)

  test('the variant with taxonomy has another summary; a folder with neither reports nor summary is missing output', async () => {
    const tree = tempDir('kept')
    cpSync(join(trees, 'funcscan-1'), tree, { recursive: true })
    const { document } = await run(projectOf(), tree)
    expect(gene(document, 'S1')).toBe('2/0/0')
    rmSync(join(tree, 'reports'), { recursive: true })
    const { document: empty } = await run(projectOf(), tree)
    expect(empty.executions[0]).toMatchObject({ state: 'failed' })
    expect(empty.executions[0]?.reason).toMatch(/^output_missing: /)
  }, 60_000)

  test('that fails is a failed execution with its exit status', async () => {
    const dir = projectOf('cp -R "$TREE"/. "$outdir"; echo "Process failed" >&2; exit 1')
    const { document } = await run(dir, join(trees, 'funcscan-4'))
    expect(document.executions[0]).toMatchObject({ state: 'failed', exit_code: 1, scores: [] })
    expect(
      readFileSync(
        join(dir, '.benchmark', 'results', document.run_id, 'logs', '001-nfcore_funcscan-all-r1', 'stderr.log'),
        'utf8',
      ),
    ).toContain('Process failed')
  }, 60_000)
})
