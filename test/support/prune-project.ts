// Projects with runs of other days, for tests of `benchmark prune` with the built program.
import { appendFileSync, chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { PruneDocument } from '../../src/generated/prune.ts'
import type { RunDocument } from '../../src/generated/run.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { documentErrors } from './document.ts'
import { benchmark, tempDir } from './harness.ts'

const HEAD =
  '#FILE\tSEQUENCE\tSTART\tEND\tSTRAND\tGENE\tCOVERAGE\tCOVERAGE_MAP\tGAPS\t%COVERAGE\t%IDENTITY\tDATABASE\tACCESSION\tPRODUCT\tRESISTANCE\n'
const DAY_MS = 86_400_000
let count = 0

/** A project with two samples; its pipeline copies hits, writes something large, and what else `more` says. */
export const aProject = (more = '', config = '') => {
  const dir = tempDir(`prune ${count++}`)
  writeFileSync(join(dir, 'contigs.fasta'), '>c1\nACGT\n')
  writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,contigs.fasta\nS2,contigs.fasta\n')
  writeFileSync(join(dir, 'truth.tsv'), 'sample\tgene_symbol\nS1\tsul1\nS2\ttet(A)\n')
  writeFileSync(
    join(dir, 'hits.tsv'),
    `${HEAD}a\tc1\t1\t840\t+\tsul1\t1-840/840\t====\t0/0\t100.00\t100.00\tresfinder\tU12338\tsul1\t\n`,
  )
  const script = `#!/bin/sh\ncp hits.tsv "$2/hits.tsv"\nhead -c 200000 /dev/zero > "$2/large.bam"\n${more}\n`
  writeFileSync(join(dir, 'job.sh'), script)
  chmodSync(join(dir, 'job.sh'), 0o755)
  mkdirSync(join(dir, '.benchmark'))
  writeFileSync(
    join(dir, '.benchmark', 'config.yaml'),
    `benchmark:
  project: {name: pruning, type: amr-detection}
  input: samples.csv
  truth: truth.tsv
  pipelines:
    - name: job
      command: "./job.sh {sample} {outdir}"
      outputs: [{format: abricate, path: hits.tsv}]
${config}`,
  )
  const database = join(dir, '.benchmark', 'benchmark.db')
  const project = {
    dir,
    results: (runId: string, ...path: string[]) => join(dir, '.benchmark', 'results', runId, ...path),
    outputs: (runId: string): string[] => readdirSync(project.results(runId, 'outputs')).sort(),
    call: (...argv: string[]) => benchmark(argv, { cwd: dir }),
    /** Runs, and makes it look as if that had been so many days ago. */
    run: async (daysAgo: number, ...flags: string[]): Promise<RunDocument> => {
      const result = await benchmark(['run', '--json', ...flags], { cwd: dir })
      expect(result.exit, result.stderr).toBe(0)
      const document = result.json() as RunDocument
      project.age(document.run_id, daysAgo)
      return document
    },
    age: (runId: string, daysAgo: number): void =>
      project.sql('UPDATE run SET started_at = @at, finished_at = @at WHERE id = @id', {
        at: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
        id: runId,
      }),
    sql: (sql: string, values: object): void => {
      const db = openSqlite(database)
      db.prepare(sql).run(values)
      db.close()
    },
    prune: async (...flags: string[]): Promise<PruneDocument & { exit: number }> => {
      const result = await benchmark(['prune', '--json', ...flags], { cwd: dir })
      expect(result.stderr).not.toContain('bug')
      const document = result.json() as PruneDocument
      expect(documentErrors(document)).toEqual([])
      return { ...document, exit: result.exit }
    },
    show: async (runId: string): Promise<RunDocument> => {
      const document = (await benchmark(['show', runId, '--json'], { cwd: dir })).json() as RunDocument
      expect(documentErrors(document)).toEqual([])
      return document
    },
    /** Another version of the pipeline: its outputs are others, it is the same pipeline. */
    change: (): void => appendFileSync(join(dir, 'job.sh'), '# changed\n'),
    restore: (): void => writeFileSync(join(dir, 'job.sh'), script),
  }
  return project
}
export type Project = ReturnType<typeof aProject>

/** How its executions ended. */
export const states = ({ executions }: RunDocument): string[] => executions.map(({ state }) => state)
/** An old run whose outputs may go, and a new one of another version of the pipeline. */
export const oldAndNew = async (project: Project): Promise<{ old: string; now: string }> => {
  const { run_id: old } = await project.run(100)
  project.change()
  const { run_id: now } = await project.run(1)
  return { old, now }
}
