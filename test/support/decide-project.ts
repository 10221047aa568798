import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { git } from './ci-project.ts'
import { benchmark, type CliResult } from './harness.ts'

/** Samples of the project. */
const SAMPLES = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8'] as const

const GENES_EACH = 200
const geneNames = Array.from({ length: GENES_EACH }, (_, index) => `gen${String(index + 1).padStart(3, '0')}`)

/** Finds as many true genes of a sample, and as many wrong ones, as `found.txt` says; fails where it says `fail`. */
const FINDER = `#!/bin/sh
set -- "$1" "$2" $(grep "^$1 " "\${3:-found.txt}")
[ "$4" = fail ] && { echo "out of luck" >&2; exit 1; }
{ printf 'gene_symbol\\n'; head -n "$4" genes.txt; head -n "\${5:-0}" wrong.txt; } > "$2/hits.tsv"
`

/** What a version of the pipeline finds in each sample: true genes, or true and wrong ones, or a failure. */
export type Found = readonly (number | readonly [number, number] | 'fail')[]

/** A repository whose pipeline finds what each commit says, so that verdicts are known beforehand. */
export interface DecideProject {
  readonly root: string
  /** Commits what the pipeline finds from now on. */
  version(found: Found, file?: string): void
  /** `benchmark run`, nothing reused. */
  run(...argv: string[]): Promise<CliResult>
  /** Any command. */
  ask(...argv: string[]): Promise<CliResult>
  write(file: string, text: string): void
}

/** Makes the repository on `main`; nothing has run in it. `more` goes under `evaluation:`. */
export const decideProject = (dir: string, name: string, more = ''): DecideProject => {
  const root = join(dir, name)
  mkdirSync(join(root, '.benchmark'), { recursive: true })
  const write = (file: string, text: string): void => writeFileSync(join(root, file), text)
  const env = { GITHUB_ACTIONS: '', GITHUB_REF_NAME: '', GITHUB_HEAD_REF: '', GITHUB_STEP_SUMMARY: '', COLUMNS: '140' }
  const ask = (...argv: string[]): Promise<CliResult> => benchmark(argv, { cwd: root, env })
  write('contigs.fasta', '>c1\nACGT\n')
  write('samples.csv', `sample,fasta\n${SAMPLES.map((sample) => `${sample},contigs.fasta\n`).join('')}`)
  write('genes.txt', `${geneNames.join('\n')}\n`)
  write('wrong.txt', `${geneNames.map((gene) => `not${gene}`).join('\n')}\n`)
  write(
    'truth.tsv',
    `sample\tgene_symbol\n${SAMPLES.flatMap((sample) => geneNames.map((gene) => `${sample}\t${gene}\n`)).join('')}`,
  )
  writeFileSync(join(root, 'find.sh'), FINDER, { mode: 0o755 })
  write('.gitignore', '*.html\n*.md\n')
  const pipeline = (id: string, file: string): string => `    - name: ${id}
      command: "./find.sh {sample} {outdir} ${file}"
      outputs: [{format: tsv, path: hits.tsv, columns: {gene_symbol: gene_symbol}}]
`
  write(
    '.benchmark/config.yaml',
    `benchmark:
  project: {name: decide, type: amr-detection}
  input: samples.csv
  truth: truth.tsv
  evaluation:
    primary_metric: amr_gene_recall
${more}  pipelines:
${pipeline('finder', 'found.txt')}${pipeline('rival', 'rival.txt')}`,
  )
  write('rival.txt', foundText([190, 191, 189, 190, 192, 190, 188, 191].map((count) => [count, 90])))
  git(root, 'init', '--quiet', '--initial-branch', 'main')
  return {
    ...{ root, ask, write },
    version: (found, file = 'found.txt') => {
      write(file, foundText(found))
      git(root, 'add', '--all')
      git(root, 'commit', '--quiet', '--allow-empty', '--message', 'Another version')
    },
    run: (...argv) => ask('run', '--no-cache', '--pipelines', 'finder', '--max-parallel', '2', ...argv),
  }
}

const foundText = (found: Found): string =>
  found.map((one, index) => `${SAMPLES[index] ?? ''} ${Array.isArray(one) ? one.join(' ') : String(one)}\n`).join('')
