// Outputs that are removed at the very moment another run reads them must not become scores.
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { executeRun } from '../../src/app/run-benchmark.ts'
import type { RunEvent } from '../../src/app/run-events.ts'
import { openProject } from '../../src/compose.ts'
import { clock, sha256Text } from '../../src/compose/parts.ts'
import { setAsideName } from '../../src/core/prune/prunable-names.ts'
import { createLocalExecutor } from '../../src/exec/local/executor.ts'
import { isRunnerAlive, runnerIdentity } from '../../src/exec/runner-identity.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

const HEAD =
  '#FILE\tSEQUENCE\tSTART\tEND\tSTRAND\tGENE\tCOVERAGE\tCOVERAGE_MAP\tGAPS\t%COVERAGE\t%IDENTITY\tDATABASE\tACCESSION\tPRODUCT\tRESISTANCE\n'

test.each(['before it is read', 'after it was read'])('a folder that goes %s is not scored', async (when) => {
  const dir = tempDir('reused')
  mkdirSync(join(dir, '.benchmark'))
  writeFileSync(join(dir, 'c.fasta'), '>c1\nACGT\n')
  writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,c.fasta\n')
  writeFileSync(join(dir, 'truth.tsv'), 'sample\tgene_symbol\nS1\tsul1\nS1\ttet(A)\n')
  const hit = (gene: string): string =>
    `${HEAD}a\tc1\t1\t840\t+\t${gene}\t1-840/840\t====\t0/0\t100.00\t100.00\tresfinder\tU1\t${gene}\t\n`
  writeFileSync(join(dir, 'a.tsv'), hit('sul1'))
  writeFileSync(join(dir, 'b.tsv'), hit('tet(A)'))
  writeFileSync(join(dir, 'job.sh'), '#!/bin/sh\ncp a.tsv b.tsv "$1"\n')
  chmodSync(join(dir, 'job.sh'), 0o755)
  writeFileSync(
    join(dir, '.benchmark', 'config.yaml'),
    `benchmark:
  project: {name: reused, type: amr-detection}
  input: samples.csv
  truth: truth.tsv
  pipelines:
    - name: job
      command: "./job.sh {outdir}"
      outputs: [{format: abricate, path: a.tsv}, {format: abricate, path: b.tsv, optional: true}]
`,
  )
  const project = openProject(dir)
  const [store, files, reader, aligner] = await Promise.all([
    project.store('write'),
    project.files(),
    project.reader(),
    project.aligner(),
  ])
  const executor = createLocalExecutor({ environment: process.env, version: '0', resultsDir: dir })
  const notes: string[] = []
  const run = async (prune: (outputs: string) => void) => {
    const runId = await project.createRun({})
    const watched: typeof reader = {
      ...reader,
      read: async (file, spec, condenser) => {
        const outputs = join(file, '..', '..')
        if (when.startsWith('before') && !outputs.includes(runId)) prune(outputs)
        const read = await reader.read(file, spec, condenser)
        if (when.startsWith('after') && !outputs.includes(runId)) prune(outputs)
        return read
      },
    }
    return executeRun(
      {
        ...{ store, files, aligner, executor, clock, sha256Text, reader: watched },
        capacity: { cpus: 2, memoryBytes: 4e9 },
        identity: runnerIdentity(),
        isAlive: isRunnerAlive,
        projectRoot: dir,
        packageRoot,
        nodePath: process.execPath,
      },
      runId,
      {
        signal: new AbortController().signal,
        onEvent: (event: RunEvent) => {
          if (event.kind === 'note') notes.push(event.text)
        },
      },
    )
  }
  const first = await run(() => undefined)
  const second = await run((outputs) => {
    const [name = ''] = readdirSync(outputs).filter((one) => !one.startsWith('.'))
    if (name === '') return
    renameSync(join(outputs, name), join(outputs, setAsideName(name)))
    rmSync(join(outputs, setAsideName(name)), { recursive: true })
  })
  await project.close()
  expect(second.executions.map(({ state }) => state)).toEqual(['succeeded'])
  expect(second.executions[0]?.scores.filter(({ unit }) => unit === 'ratio')).toEqual(
    first.executions[0]?.scores.filter(({ unit }) => unit === 'ratio'),
  )
  expect(notes).toEqual([expect.stringContaining('not in their folder any more')])
})
