import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../../src/sqlite.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'

interface RunJson {
  readonly run_id: string
  readonly state: string
  readonly executions: readonly {
    readonly sample: string
    readonly state: string
    readonly reason: string | null
    readonly attempt: number
  }[]
}

const TRUTH = 'sample\tgene_symbol\nS1\tsul1\nS2\ttet(A)\n'
const HITS =
  '#FILE\tSEQUENCE\tSTART\tEND\tSTRAND\tGENE\tCOVERAGE\tCOVERAGE_MAP\tGAPS\t%COVERAGE\t%IDENTITY\tDATABASE\tACCESSION\tPRODUCT\tRESISTANCE\n'

/** A project with two samples; `script` is the pipeline: `$1` the sample, `$2` the output folder. */
const projectOf = (script: string, more = ''): string => {
  const dir = tempDir('run')
  writeFileSync(join(dir, 'contigs.fasta'), '>c1\nACGT\n')
  writeFileSync(join(dir, 'samples.csv'), 'sample,fasta\nS1,contigs.fasta\nS2,contigs.fasta\n')
  writeFileSync(join(dir, 'truth.tsv'), TRUTH)
  writeFileSync(
    join(dir, 'hits.tsv'),
    `${HITS}a\tc1\t1\t840\t+\tsul1\t1-840/840\t====\t0/0\t100.00\t100.00\tresfinder\tU12338\tsul1\t\n`,
  )
  writeFileSync(join(dir, 'job.sh'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(dir, 'job.sh'), 0o755)
  writeFileSync(
    join(dir, 'config.yaml'),
    `benchmark:
  project: {name: lifecycle, type: amr-detection}
  input: samples.csv
  truth: truth.tsv
  pipelines:
    - name: job
      command: "./job.sh {sample} {outdir}"
      outputs: [{format: abricate, path: hits.tsv}]
${more}`,
  )
  return dir
}

const run = async (dir: string, ...more: string[]) =>
  benchmark(['run', '--config', 'config.yaml', '--project', '.', '--json', ...more], { cwd: dir })
const COPY = 'cp hits.tsv "$2/hits.tsv"'

const until = async (check: () => Promise<boolean> | boolean): Promise<void> => {
  for (let waited = 0; waited < 20_000; waited += 100) {
    if (await check()) return
    await sleep(100)
  }
  throw new Error('it did not happen in 20 s')
}

describe('a run', () => {
  test('measures, scores and prints one document its schema describes', async () => {
    const dir = projectOf(COPY)
    const result = await run(dir)
    expect(result.exit, result.stderr).toBe(0)
    expect(documentErrors(result.json())).toEqual([])
    const document = result.json() as RunJson & {
      summary: { metric: string; level: string; method: { aggregation: string }; value: number }[]
    }
    expect(document.state).toBe('completed')
    const sensitivity = document.summary.find(
      ({ metric, level, method }) => metric === 'sensitivity' && level === 'gene' && method.aggregation === 'macro',
    )
    // S1: sul1 found; S2: tet(A) missed.
    expect(sensitivity?.value).toBe(0.5)
    for (const file of ['metadata.json', 'metrics.json', 'plan.json']) {
      const stored = JSON.parse(
        readFileSync(join(dir, '.benchmark', 'results', document.run_id, file), 'utf8'),
      ) as unknown
      expect(documentErrors(stored), file).toEqual([])
    }
  })

  test('reuses the outputs of an equal execution, unless told not to', async () => {
    const dir = projectOf(COPY)
    await run(dir)
    const states = async (...flags: string[]): Promise<string[]> =>
      ((await run(dir, ...flags)).json() as RunJson).executions.map(({ state }) => state)
    expect(await states()).toEqual(['cached', 'cached'])
    expect(await states('--no-cache')).toEqual(['succeeded', 'succeeded'])
    writeFileSync(join(dir, 'job.sh'), `#!/bin/sh\n${COPY} # changed\n`)
    expect(await states()).toEqual(['succeeded', 'succeeded'])
  })

  test('records what a pipeline does instead of working, and says so', async () => {
    const dir = projectOf('case $1 in S1) echo broken >&2; exit 3;; S2) : ;; esac')
    const result = await run(dir)
    expect(result.exit).toBe(5)
    const reasons = (result.json() as RunJson).executions
      .map(({ sample, state, reason }) => `${sample} ${state} ${reason ?? ''}`)
      .sort()
    expect(reasons[0]).toMatch(/^S1 failed .*3/)
    expect(reasons[1]).toMatch(/^S2 failed output_missing: .*hits\.tsv/)
  })

  test('records unreadable output with the place where reading stopped', async () => {
    const dir = projectOf('echo nonsense > "$2/hits.tsv"')
    const [execution] = ((await run(dir)).json() as RunJson).executions
    expect(execution?.state).toBe('failed')
    expect(execution?.reason).toMatch(/output_unreadable: /)
  })

  test('ends what takes too long', async () => {
    const dir = projectOf('sleep 60')
    const states = ((await run(dir, '--timeout', '300ms', '--max-parallel', '2')).json() as RunJson).executions.map(
      ({ state }) => state,
    )
    expect(states).toEqual(['timed_out', 'timed_out'])
  })

  test('with more executions than can be planned is refused before they are', async () => {
    const dir = projectOf(COPY)
    for (const much of [
      ['--repeats', '1000000000'],
      ['--warmup', '1000000000', '--dry-run'],
    ]) {
      const result = await run(dir, ...much)
      expect([result.exit, result.stdout]).toEqual([2, expect.stringMatching(/would be \d{10} executions.*--repeats/s)])
    }
  })

  test('shows its matrix and starts nothing under --dry-run', async () => {
    const dir = projectOf('touch started')
    const result = await run(dir, '--dry-run', '--repeats', '2')
    expect(documentErrors(result.json())).toEqual([])
    expect((result.json() as { executions: unknown[] }).executions).toHaveLength(4)
    const planned = async (format: string) =>
      (
        await benchmark(
          ['run', '--config', 'config.yaml', '--project', '.', '--dry-run', '--repeats', '2', '--format', format],
          { cwd: dir },
        )
      ).stdout
    const [head, ...rows] = (await planned('csv')).trimEnd().split('\n')
    expect(head).toBe('id,pipeline,version,params,sample,repeat,warmup,would,why,command')
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row).toMatch(/^\d+,job,,.*,run,,.\/job/)
    const markdown = await planned('markdown')
    expect(markdown.match(/^\| \d/gm)).toHaveLength(4)
    expect(markdown).toContain('Nothing was started')
    expect(existsSync(join(dir, 'started'))).toBe(false)
    expect(existsSync(join(dir, '.benchmark', 'results'))).toBe(false)
  })

  test('is done and kept when there is nothing to compare it with, and says so', async () => {
    const dir = projectOf(COPY)
    const first = await run(dir, '--compare-with', 'run:latest~1')
    expect(first.exit, first.stderr).toBe(0)
    expect(first.stderr).toContain('Warning: not compared: There is no run 1 before the newest one.')
    const again = await benchmark(
      ['run', '--config', 'config.yaml', '--project', '.', '--no-cache', '--compare-with', 'run:latest~1'],
      { cwd: dir },
    )
    expect(again.exit, again.stderr).toBe(0)
    expect(again.stdout).toContain(`against run ${(first.json() as RunJson).run_id}`)
  })

  test('in CI mode closes the gate on a constraint that is not met', async () => {
    const dir = projectOf(COPY, '  evaluation:\n    constraints: {min_sensitivity: 0.9}\n')
    const strict = await run(dir, '--mode', 'ci')
    expect(strict.exit).toBe(5)
    expect(strict.stderr).toContain('min_sensitivity')
    expect((await run(dir)).exit).toBe(0)
  })

  test('goes on in the background, answers status, and can be cancelled for good', async () => {
    const dir = projectOf('sleep 30')
    const detached = await benchmark(['run', '--config', 'config.yaml', '--project', '.', '--detach', '--json'], {
      cwd: dir,
    })
    const { run_id: id } = detached.json() as { run_id: string }
    const status = async (): Promise<{ state: string; running: unknown[] }> =>
      (await benchmark(['status', id, '--json'], { cwd: dir })).json() as { state: string; running: unknown[] }
    await until(async () => (await status()).running.length === 1)
    expect(documentErrors(await status())).toEqual([])

    const second = await run(dir)
    expect(second.exit).toBe(6)
    expect(second.json()).toMatchObject({ error: { code: 'E_BUSY' } })
    // What was refused is no run: `latest` is still the one that is working.
    const { runs } = (await benchmark(['list', '--json'], { cwd: dir })).json() as { runs: { run_id: string }[] }
    expect(runs.map((one) => one.run_id)).toEqual([id])

    expect((await benchmark(['cancel', id], { cwd: dir })).exit).toBe(0)
    await until(async () => (await status()).state === 'cancelled')
    const resumed = await run(dir, '--resume', id).catch(() => undefined)
    expect(resumed?.exit).not.toBe(0)
  })

  test('whose container is gone is told so, signals nobody here, and frees the project with --gone', async () => {
    const dir = projectOf('sleep 4')
    const detached = await benchmark(['run', '--config', 'config.yaml', '--project', '.', '--detach', '--json'], {
      cwd: dir,
    })
    const { run_id: id } = detached.json() as { run_id: string }
    const status = async (): Promise<{ state: string; running: unknown[]; runner: { pid: number } | null }> =>
      (await benchmark(['status', id, '--json'], { cwd: dir })).json() as {
        state: string
        running: unknown[]
        runner: { pid: number } | null
      }
    await until(async () => (await status()).running.length === 1)
    process.kill((await status()).runner!.pid, 'SIGKILL')
    await until(async () => (await status()).runner === null)
    // As a runner in a container leaves it: its process number is somebody else's here.
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore' })
    const database = openSqlite(join(dir, '.benchmark', 'benchmark.db'))
    database.prepare(`UPDATE lease SET host = 'a-container', pid = ?`).run(bystander.pid)
    database.exec(`UPDATE execution SET handle = json_set(handle, '$.host', 'a-container') WHERE handle IS NOT NULL`)
    database.close()

    const refused = await run(dir)
    expect([refused.exit, refused.stdout]).toEqual([6, expect.stringContaining(`benchmark cancel ${id} --gone`)])
    const asked = await benchmark(['cancel', id], { cwd: dir })
    expect(asked.stdout + asked.stderr).toContain('told to stop')
    expect(asked.stderr).toContain('a-container')
    expect((await status()).state).toBe('running')
    const freed = await benchmark(['cancel', id, '--gone'], { cwd: dir })
    expect([freed.exit, freed.stdout]).toEqual([0, expect.stringContaining('is cancelled')])
    expect((await status()).state).toBe('cancelled')
    expect(bystander.signalCode).toBeNull()
    expect(bystander.kill('SIGKILL')).toBe(true)
    expect((await benchmark(['run', '--config', 'config.yaml', '--dry-run'], { cwd: dir })).exit).toBe(0)
    expect((await run(dir)).exit).not.toBe(6)
  })

  test('stops cleanly on Ctrl-C with 130 and is completed by --resume', async () => {
    const dir = projectOf(`[ -e go ] || sleep 30; ${COPY}`)
    const child = spawn(
      process.execPath,
      [join(packageRoot, 'bin', 'run.js'), 'run', '--config', 'config.yaml', '--project', '.'],
      { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await until(async () => {
      const { stdout, exit } = await benchmark(['status', '--json'], { cwd: dir })
      return exit === 0 && (JSON.parse(stdout) as { running: unknown[] }).running.length === 1
    })
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(said).toMatch(/benchmark run --resume \S+/)
    writeFileSync(join(dir, 'go'), '')
    const resumed = await benchmark(['run', '--resume', 'latest', '--json'], { cwd: dir })
    expect(resumed.exit, resumed.stderr).toBe(0)
    expect((resumed.json() as RunJson).executions.map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
  })

  test('is not resumed against a truth that has changed', async () => {
    const dir = projectOf('sleep 30')
    const { run_id: id } = (
      await benchmark(['run', '--config', 'config.yaml', '--project', '.', '--detach', '--json'], { cwd: dir })
    ).json() as { run_id: string }
    const status = async (): Promise<{ running: unknown[]; runner: { pid: number } | null }> =>
      (await benchmark(['status', id, '--json'], { cwd: dir })).json() as {
        running: unknown[]
        runner: { pid: number } | null
      }
    await until(async () => (await status()).running.length === 1)
    process.kill((await status()).runner!.pid, 'SIGKILL')
    await until(async () => (await status()).runner === null)
    writeFileSync(join(dir, 'truth.tsv'), `${TRUTH}S2\tsul1\n`)
    const resumed = await benchmark(['run', '--resume', id, '--json'], { cwd: dir })
    expect(resumed.exit).toBe(4)
    expect(resumed.json()).toMatchObject({
      error: { code: 'E_INPUT', message: expect.stringContaining('has changed') as unknown },
    })
    await benchmark(['cancel', id], { cwd: dir })
  })
})

describe('mistakes', () => {
  test.each([
    ['an unknown pipeline', ['--pipelines', 'kna'], 3, 'kma'],
    ['an unknown sample', ['--sample', 'S3'], 3, 'S1'],
    ['a truth that is not there', ['--truth', 'nowhere.tsv'], 3, 'nowhere.tsv'],
    ['an unreadable duration', ['--timeout', '5'], 2, '--timeout'],
    ['an unknown run', ['--resume', 'nothing'], 3, 'nothing'],
  ])('%s', async (_what, flags, exit, hint) => {
    const dir = projectOf(COPY)
    const isResume = flags[0] === '--resume'
    const result = await benchmark(
      ['run', ...(isResume ? [] : ['--config', 'config.yaml']), '--project', '.', '--json', ...flags],
      { cwd: dir },
    )
    expect(result.exit, result.stdout + result.stderr).toBe(exit)
    expect(documentErrors(result.json())).toEqual([])
    expect(result.stdout).toContain(hint)
  })
})
