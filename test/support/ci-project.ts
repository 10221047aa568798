import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './harness.ts'

const SAMPLES = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8']
const GENES = ['sul1', 'tet(A)', 'qnrS1', 'blaTEM-1', 'dfrA1', 'aadA1', 'sul2', 'tet(B)', 'mph(A)', 'catA1']

/** Finds the first so many genes of every sample, a few more or less by the number of the sample. */
const pipelineThatFinds = (genes: number): string => `#!/bin/sh
printf 'gene_symbol\\n' > "$2/hits.tsv"
number=\${1#S}
head -n $((${String(genes)} + number % 3)) genes.txt >> "$2/hits.tsv"
`

/** The environment of a step: nothing of the machine's own CI, and our program and a silent npm on the PATH. */
export const stepEnvironment = (bin: string, more: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: `${bin}:${process.env['PATH'] ?? ''}`,
  HOME: bin,
  ...more,
})

/** A folder with `benchmark` as it was built and an `npm` that only says what it was asked for. */
export const programFolder = (dir: string): string => {
  const bin = join(dir, 'bin')
  mkdirSync(bin)
  const write = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  write('benchmark', `exec '${process.execPath}' '${join(packageRoot, 'bin/run.js')}' "$@"`)
  write('npm', 'echo "npm $*"')
  return bin
}

export const git = (cwd: string, ...argv: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...argv], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' },
  }).trim()

/** A repository on main whose pipeline finds most genes of eight samples. */
export const ciProject = (dir: string): string => {
  const root = join(dir, 'project')
  mkdirSync(join(root, '.benchmark'), { recursive: true })
  const write = (file: string, text: string): void => writeFileSync(join(root, file), text)
  write('contigs.fasta', '>c1\nACGT\n')
  write('samples.csv', `sample,fasta\n${SAMPLES.map((sample) => `${sample},contigs.fasta\n`).join('')}`)
  write(
    'truth.tsv',
    `sample\tgene_symbol\n${SAMPLES.flatMap((sample) => GENES.map((gene) => `${sample}\t${gene}\n`)).join('')}`,
  )
  write('genes.txt', `${GENES.join('\n')}\n`)
  write('find.sh', pipelineThatFinds(7))
  chmodSync(join(root, 'find.sh'), 0o755)
  write('.gitignore', 'benchmark_*\n')
  write(
    '.benchmark/config.yaml',
    `benchmark:
  project: {name: tracker, type: amr-detection}
  input: samples.csv
  truth: truth.tsv
  evaluation: {primary_metric: amr_gene_recall}
  pipelines:
    - name: finder
      command: "./find.sh {sample} {outdir}"
      outputs: [{format: tsv, path: hits.tsv, columns: {gene_symbol: gene_symbol}}]
`,
  )
  return root
}

/** The change of a pull request: fewer genes are found. */
export const makeWorse = (root: string): void => writeFileSync(join(root, 'find.sh'), pipelineThatFinds(2))
