import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Resources } from '../../src/core/run.ts'
import { createLocalExecutor } from '../../src/exec/local/executor.ts'
import type { BenchTable } from './table.ts'

const SOURCE = fileURLToPath(new URL('../../test/fixtures/exec/probe.c', import.meta.url))
const MB = 2 ** 20

interface Case {
  readonly name: string
  readonly words: readonly (string | number)[]
  /** What is true by construction; CPU time is what the program's processes say of themselves. */
  readonly memoryBytes?: number
  readonly cpu?: boolean
  readonly readBytes?: number
  readonly writtenBytes?: number
}

const cases = (file: string): readonly Case[] => [
  {
    name: '4 processes × 100 MB at once, 1 s',
    words: ['concurrent', 4, 100, 1000, 250],
    memoryBytes: 400 * MB,
    cpu: true,
  },
  { name: 'the same one after the other', words: ['sequential', 4, 100, 300], memoryBytes: 100 * MB },
  { name: '10 waves of 4 × 50 MB, 20 ms each', words: ['waves', 4, 50, 20, 10], memoryBytes: 200 * MB },
  { name: 'one wave of 4 × 100 MB, 50 ms, then gone', words: ['concurrent', 4, 100, 50, 0], memoryBytes: 400 * MB },
  { name: 'one wave of 4 × 100 MB, 200 ms, then gone', words: ['concurrent', 4, 100, 200, 0], memoryBytes: 400 * MB },
  { name: 'a spike of 200 MB, 5 ms, the process lives on', words: ['spike', 200, 5, 600], memoryBytes: 200 * MB },
  { name: '4 processes share a map of 200 MB', words: ['shared', 4, 200, 1000], memoryBytes: 200 * MB },
  {
    name: '4 children of a process with 200 MB (copy on write)',
    words: ['copy-on-write', 4, 200, 1000],
    memoryBytes: 200 * MB,
  },
  { name: 'a daemon with 150 MB and 0.5 s', words: ['daemon', 150, 800, 500], memoryBytes: 150 * MB, cpu: true },
  { name: '500 children of 2 ms', words: ['many', 500, 2], cpu: true },
  { name: 'writing 200 MB', words: ['write', 200, file], writtenBytes: 200 * MB },
  { name: 'reading 200 MB', words: ['read', 200, file], readBytes: 200 * MB },
]

/** Every case measured once by the real executor, against what is true of the program. */
export const benchInstrument = async (): Promise<BenchTable> => {
  const dir = mkdtempSync(join(tmpdir(), 'benchmark instrument '))
  try {
    const probe = join(dir, 'probe')
    execFileSync('cc', ['-O1', '-o', probe, SOURCE])
    const executor = createLocalExecutor({ environment: process.env, version: 'bench', resultsDir: dir })
    const rows: string[][] = []
    for (const [index, one] of cases(join(dir, 'big file')).entries()) {
      const truth = join(dir, `truth ${index}`)
      writeFileSync(truth, '')
      const attemptId = `instrument-${process.pid}-${index}`
      const spec = {
        attemptId,
        argv: [probe, truth, ...one.words.map(String)],
        cwd: dir,
        env: {},
        dir: join(dir, attemptId),
        stdoutFile: null,
        limits: { timeoutMs: 120_000, memoryBytes: null, logBytes: MB },
        cpus: 1,
        sampleIntervalMs: null,
      }
      const outcome = await executor.wait(await executor.start(spec), spec, new AbortController().signal)
      if (outcome.state !== 'succeeded' || !outcome.resources) throw new Error(`${one.name}: ${outcome.reason ?? ''}`)
      rows.push(...rowsOf(one, outcome.resources, readFileSync(truth, 'utf8')))
    }
    return {
      title: `The measuring instrument against programs of known cost (load average ${loadavg()[0]?.toFixed(1) ?? '?'})`,
      head: ['program', 'figure', 'true', 'measured', 'error', 'how'],
      rows,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const rowsOf = (one: Case, found: Resources, truth: string): string[][] => {
  const row = (
    figure: string,
    real: number,
    measured: number | null,
    scale: number,
    unit: string,
    how: string | null,
  ): string[] => [
    one.name,
    figure,
    `${(real / scale).toFixed(2)} ${unit}`,
    measured === null ? 'not measured' : `${(measured / scale).toFixed(2)} ${unit}`,
    measured === null ? '' : percent(measured / real - 1),
    how ?? '',
  ]
  const rows: string[][] = []
  if (one.memoryBytes !== undefined)
    rows.push(
      row('peak memory', one.memoryBytes, found.peakRssBytes, MB, 'MB', found.method.memory),
      row('plain RSS sum', one.memoryBytes, found.peakRssSumBytes, MB, 'MB', 'rss_sum'),
    )
  if (one.cpu) {
    const seconds =
      truth
        .trim()
        .split('\n')
        .reduce((sum, line) => sum + Number(line), 0) / 1e6
    rows.push(row('CPU time', seconds, found.cpuSeconds, 1, 's', found.method.cpu))
  }
  if (one.readBytes !== undefined)
    rows.push(row('bytes read', one.readBytes, found.readCharsBytes, MB, 'MB', 'shim io'))
  if (one.writtenBytes !== undefined)
    rows.push(row('bytes written', one.writtenBytes, found.writtenCharsBytes, MB, 'MB', 'shim io'))
  return rows
}

const percent = (share: number): string => `${share < 0 ? '−' : '+'}${(Math.abs(share) * 100).toFixed(1)} %`
