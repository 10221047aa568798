import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Trace } from '../../../src/core/trace/measurement.ts'
import { readTrace } from '../../../src/parse/trace/index.ts'
import { tempDir } from '../../support/harness.ts'
import { findingsOf, problemFrom } from '../../support/parse-fixtures.ts'

const dir = tempDir('traces')
let files = 0
const read = (
  lines: readonly string[] | string,
  format = 'auto',
  columns?: Readonly<Record<string, string>>,
): Promise<Trace> => {
  const file = join(dir, `trace-${files++}.txt`)
  writeFileSync(file, typeof lines === 'string' ? lines : `${lines.join('\n')}\n`)
  return readTrace(file, { format, ...(columns === undefined ? {} : { columns }) })
}
const tabs = (line: string): string => line.replaceAll('|', '\t')

const NEXTFLOW = tabs(
  'task_id|hash|native_id|name|status|exit|submit|duration|realtime|%cpu|peak_rss|peak_vmem|rchar|wchar',
)

describe('Nextflow traces', () => {
  test('in human units: sizes count 1024, %cpu is of one core, the end is submission + duration', async () => {
    const { format, tasks, method } = await read([
      NEXTFLOW,
      tabs(
        '1|ab/1|10|NFCORE:ARG:RGI_MAIN (S1)|COMPLETED|0|2026-11-02 10:00:00.500|2h 13m 58s|1m 19s|400.0%|12.8 MB|1 GB|2 KB|-',
      ),
    ])
    expect(format).toBe('nextflow')
    expect(method).toEqual({ agent: 'nextflow-trace', cpu: 'realtime*%cpu', memory: 'vmhwm_sum' })
    expect(tasks[0]).toMatchObject({
      sample: 'S1',
      state: 'completed',
      submittedMs: Date.UTC(2026, 10, 2, 10, 0, 0, 500),
      endedMs: Date.UTC(2026, 10, 2, 10, 0, 0, 500) + 8_038_000,
      wallSeconds: 79,
      cpuSeconds: 316,
      peakRssBytes: 13_421_773,
      readCharsBytes: 2048,
      writtenCharsBytes: null,
      line: 2,
    })
  })
  test('in raw units: milliseconds and bytes, fields in any order', async () => {
    const { tasks } = await read([
      tabs('status|name|complete|start|submit|realtime|%cpu|peak_rss|read_bytes|tag'),
      tabs('COMPLETED|MAP|1793613610252|1793613610000|1793613609000|252|50.0|1048576|4096|S 2'),
    ])
    expect(tasks[0]).toMatchObject({
      sample: 'S 2',
      submittedMs: 1_793_613_609_000,
      endedMs: 1_793_613_610_252,
      wallSeconds: 0.252,
      cpuSeconds: 0.126,
      peakRssBytes: 1_048_576,
      readBytes: 4096,
    })
  })
  test('the first releases called the real time walltime', async () => {
    const { tasks } = await read([
      tabs('hash|name|status|duration|walltime|%cpu'),
      tabs('ab/1|A|COMPLETED|79s|60s|150%'),
    ])
    expect(tasks).toMatchObject([{ wallSeconds: 60, cpuSeconds: 90 }])
  })
  test('before 2019 called the peak rss; 0 and - are missing, never 0', async () => {
    const { tasks } = await read([
      tabs('hash|name|status|realtime|%cpu|rss|vmem'),
      tabs('a/1|one|COMPLETED|252ms|-|0|0'),
      tabs('a/2|two|FAILED|-|10.0%|29.8 MB|-'),
    ])
    expect(tasks.map(({ peakRssBytes }) => peakRssBytes)).toEqual([null, 31_247_565])
    expect(tasks.map(({ cpuSeconds, state }) => [cpuSeconds, state])).toEqual([
      [null, 'completed'],
      [null, 'failed'],
    ])
  })
  test('rows of a task taken over from an earlier run are one cached task; retries stay', async () => {
    const { tasks } = await read([
      tabs('hash|name|status|realtime'),
      tabs('a/1|one|CACHED|1s'),
      tabs('a/1|one|CACHED|1s'),
      tabs('a/2|two|COMPLETED|1s'),
      tabs('a/2|two|CACHED|1s'),
      tabs('a/3|three|FAILED|1s'),
      tabs('a/4|three|COMPLETED|1s'),
    ])
    expect(tasks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'one cached',
      'two completed',
      'three failed',
      'three completed',
    ])
  })
  test('what cannot be true is refused where it stands, all of it at once', async () => {
    const problem = await problemFrom(
      read([
        tabs('name|status|submit|complete|realtime|%cpu|peak_rss'),
        tabs('a|COMPLETED|-|-|-5s|10%|1 MB'),
        tabs('b|COMPLETED|-|-|5 parsecs|1e12%|1 MB'),
        tabs('c|DONE|2026-11-02 10:00:00|2026-11-02 09:00:00|5s|10%|-1'),
        tabs('d|COMPLETED|2026-13-02 10:00:00|-|5s|10%|9999 PB'),
      ]),
    )
    expect(findingsOf(problem)).toEqual([
      '2:17 The realtime "-5s" is negative.',
      '3:17 The realtime "5 parsecs" cannot be read.',
      '3:27 The %cpu "1e12%" is too large to be true.',
      '4:3 The status "DONE" is none of a task that has ended.',
      '4:28 The task c ends before it begins.',
      '4:55 The peak_rss "-1" is negative.',
      '5:13 The time of submit "2026-13-02 10:00:00" cannot be read.',
      '5:42 The peak_rss "9999 PB" is too large to be true.',
    ])
  })
  test('a task that had not ended when the trace was written is left out, aloud', async () => {
    const { tasks, warnings } = await read([tabs('name|status|hash'), tabs('a|RUNNING|x'), tabs('b|COMPLETED|y')])
    expect(tasks.map(({ name }) => name)).toEqual(['b'])
    expect(warnings.join()).toContain('tasks that had not ended (RUNNING) are left out')
  })
  test('may be compressed, and have carriage returns', async () => {
    const file = join(dir, 'trace.txt.gz')
    writeFileSync(file, gzipSync(`${NEXTFLOW}\r\n${tabs('1|a/1|1|x|COMPLETED|0|-|1s|1s|1%|1 MB|-|-|-')}\r\n`))
    expect((await readTrace(file, { format: 'auto' })).tasks).toHaveLength(1)
  })
})

describe('Snakemake benchmarks', () => {
  const HEAD = tabs('s|h:m:s|max_rss|max_vms|max_uss|max_pss|io_in|io_out|mean_load|cpu_time')
  test('rows are repeats; MB are MiB; zeros of short rules are missing', async () => {
    const { format, tasks, warnings } = await read([
      HEAD,
      tabs('6.9732|0:00:06|206.25|211.14|200.35|200.61|0.50|0.25|9.11|0.77'),
      tabs('0.0468|0:00:00|0|0|0|0|0.00|0.00|0.00|0'),
      tabs('0.0468|0:00:00|NA|-|NA|NA|NA|NA|NA|NA'),
    ])
    expect(format).toBe('snakemake')
    expect(tasks.map(({ repeat }) => repeat)).toEqual([1, 2, 3])
    expect(tasks[0]).toMatchObject({
      wallSeconds: 6.9732,
      peakRssBytes: 216_268_800,
      cpuSeconds: 0.77,
      readBytes: 524_288,
      writeBytes: 262_144,
    })
    for (const task of tasks.slice(1)) expect(task).toMatchObject({ cpuSeconds: null, peakRssBytes: null })
    expect(warnings.join()).toContain('too short to be sampled')
  })
  test('JSON lines name rule and sample', async () => {
    const { tasks } = await read(
      [1, 2]
        .map((n) =>
          JSON.stringify({
            s: n,
            'h:m:s': '0:00:01',
            max_rss: 10,
            cpu_time: 0.5,
            rule_name: 'map',
            wildcards: { sample: `S${n}` },
          }),
        )
        .join('\n'),
    )
    expect(tasks.map(({ name, sample, repeat, wallSeconds }) => [name, sample, repeat, wallSeconds])).toEqual([
      ['map', 'S1', 1, 1],
      ['map', 'S2', 1, 2],
    ])
  })
  test('negative values and unfinished files are refused', async () => {
    expect(findingsOf(await problemFrom(read([HEAD, tabs('-1|0:00:01|1|1|1|1|1|1|1|-0.5')])))).toEqual([
      '2:1 The time s "-1" is negative.',
      '2:26 The cpu_time "-0.5" is negative.',
    ])
    expect(findingsOf(await problemFrom(read('{"s": 1, "h:m:s": "0:00:01"')))[0]).toContain('cut off')
  })
})

describe('GNU time -v', () => {
  const report = (command: string, elapsed: string, rss: string, exit = '0'): string[] => [
    'warning: printed by the command itself',
    `\tCommand being timed: "${command}"`,
    '\tUser time (seconds): 1.50',
    '\tSystem time (seconds): 0.25',
    `\tElapsed (wall clock) time (h:mm:ss or m:ss): ${elapsed}`,
    `\tMaximum resident set size (kbytes): ${rss}`,
    '\tFile system inputs: 8',
    '\tFile system outputs: 2',
    `\tExit status: ${exit}`,
  ]
  test('one report: memory is of the biggest process', async () => {
    const { format, tasks, method, lacks } = await read(report('kma -i x', '1:02:03', '2048'))
    expect(format).toBe('gnu-time')
    expect(method.memory).toBe('biggest_process')
    expect(lacks.join()).toContain('largest single process')
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({
      name: 'kma -i x',
      wallSeconds: 3723,
      cpuSeconds: 1.75,
      cpuUserSeconds: 1.5,
      peakRssBytes: 2_097_152,
      readBytes: 4096,
      line: 2,
    })
  })
  test('the same command again is a repeat; a failing one is marked', async () => {
    const { tasks } = await read([
      ...report('a', '0:03.25', '1'),
      ...report('a', '0:04.00', '1', '1'),
      ...report('b', '0:01.00', '1'),
    ])
    expect(tasks.map(({ name, repeat, state, wallSeconds }) => [name, repeat, state, wallSeconds])).toEqual([
      ['a', 1, 'completed', 3.25],
      ['a', 2, 'failed', 4],
      ['b', 1, 'completed', 1],
    ])
  })
  test('a report that was cut off, and one with a damaged value', async () => {
    const cut = report('a', '0:03', '1').slice(0, 3)
    expect(findingsOf(await problemFrom(read(cut, 'gnu-time')))).toEqual([
      '2:1 The report that begins here has no elapsed time.',
    ])
    expect(findingsOf(await problemFrom(read(report('a', 'soon', '-4'))))).toEqual([
      '5:47 The Elapsed (wall clock) time (h:mm:ss or m:ss) "soon" cannot be read.',
      '6:38 The Maximum resident set size (kbytes) "-4" is negative.',
    ])
    expect(findingsOf(await problemFrom(read(['real 0m1s'], 'gnu-time')))[0]).toContain('Command being timed')
  })
})

describe('sacct -P', () => {
  test('steps make one job: the largest memory, the time of the job, units told apart', async () => {
    const { format, tasks, warnings } = await read([
      'JobID|JobName|State|Submit|Start|End|Elapsed|TotalCPU|MaxRSS',
      '7|S1|COMPLETED|2026-11-02T10:00:00|2026-11-02T10:01:00|2026-11-02T10:02:00|00:01:00|00:05.250|',
      '7.batch|batch|COMPLETED|2026-11-02T10:01:00|2026-11-02T10:01:00|2026-11-02T10:02:00|00:01:00|00:01.000|2048K',
      '7.0|kma|COMPLETED|2026-11-02T10:01:00|2026-11-02T10:01:00|2026-11-02T10:02:00|00:01:00|00:04.250|1.50M',
      '7.extern|extern|COMPLETED|2026-11-02T10:01:00|2026-11-02T10:01:00|2026-11-02T10:02:00|00:01:00|00:00.001|123456',
      '8_3|S2|CANCELLED by 1000|Unknown|Unknown|Unknown|1-02:00:00|1-00:00:01|0',
      '9|S3|RUNNING|2026-11-02T10:00:00|2026-11-02T10:00:00|Unknown|00:00:05|00:00:00|',
    ])
    expect(format).toBe('sacct')
    expect(tasks).toHaveLength(2)
    expect(tasks[0]).toMatchObject({
      sample: 'S1',
      wallSeconds: 60,
      cpuSeconds: 5.25,
      peakRssBytes: 2_097_152,
      endedMs: Date.UTC(2026, 10, 2, 10, 2),
    })
    expect(tasks[1]).toMatchObject({ state: 'failed', wallSeconds: 93_600, cpuSeconds: 86_401, peakRssBytes: null })
    expect(warnings.join()).toContain('job 9 has not ended')
  })
  test('faults have their column', async () => {
    const problem = await problemFrom(read(['JobID|State|ElapsedRaw|MaxRSS', '1|COMPLETED|-5|12X', '|FAILED|1|1K']))
    expect(findingsOf(problem)).toEqual([
      '3:1 The job id is missing.',
      '2:13 The ElapsedRaw "-5" is negative.',
      '2:16 The MaxRSS "12X" cannot be read.',
    ])
  })
})

describe('hyperfine', () => {
  test('times are repeats; user and system are means', async () => {
    const text = JSON.stringify({
      results: [
        { command: 'kma', times: [1, 2], user: 0.5, system: 0.25, exit_codes: [0, 1], memory_usage_byte: [4096, 0] },
      ],
    })
    const { format, tasks } = await read(text)
    expect(format).toBe('hyperfine')
    expect(
      tasks.map(({ repeat, wallSeconds, cpuSeconds, state, peakRssBytes, pipeline }) => [
        repeat,
        wallSeconds,
        cpuSeconds,
        state,
        peakRssBytes,
        pipeline,
      ]),
    ).toEqual([
      [1, 1, 0.75, 'completed', 4096, null],
      [2, 2, 0.75, 'failed', null, null],
    ])
  })
  test('several commands are several pipelines; damaged files are refused', async () => {
    const { tasks } = await read('{"results": [\n{"command": "a", "times": [1]},\n{"command": "b", "times": [2]}]}')
    expect(tasks.map(({ pipeline, line }) => [pipeline, line])).toEqual([
      ['a', 2],
      ['b', 3],
    ])
    expect(findingsOf(await problemFrom(read('{"results": [\n{"command": "a", "times": [-1, "x"]}]}')))).toEqual([
      '2:1 The time -1 of "a" is negative.',
      '2:1 The time "x" of "a" is not a number that can be true.',
    ])
    expect(findingsOf(await problemFrom(read('{"results": [', 'hyperfine')))[0]).toContain('not whole JSON')
    expect(findingsOf(await problemFrom(read('{"results": []}', 'hyperfine')))[0]).toContain('empty')
    expect(findingsOf(await problemFrom(read('{"results": [{"command": "a", "mean": 1}]}')))[0]).toContain(
      'no list "times"',
    )
  })
})

describe('tables of measurements', () => {
  test('CSV with its own column names, quotes and units', async () => {
    const { tasks, method } = await read(
      ['tool,id,seconds,mem', '"my, kma",S1,1.5,2GiB', 'other,S1,1m 30s,', '"my, kma",S10,0:01:00,1024'],
      'table',
      { pipeline: 'tool', sample: 'id', wall_s: 'seconds', peak_rss_bytes: 'mem' },
    )
    expect(method.agent).toBe('imported-table')
    expect(
      tasks.map(({ pipeline, sample, wallSeconds, peakRssBytes }) => [pipeline, sample, wallSeconds, peakRssBytes]),
    ).toEqual([
      ['my, kma', 'S1', 1.5, 2_147_483_648],
      ['other', 'S1', 90, null],
      ['my, kma', 'S10', 60, 1024],
    ])
  })
  test('a table without pipelines is of the one that is imported; one that names some must name all', async () => {
    const { tasks } = await read(['sample,wall_s', 'S1,12.5'])
    expect(tasks[0]).toMatchObject({ pipeline: null, sample: 'S1', wallSeconds: 12.5 })
    expect(findingsOf(await problemFrom(read(['pipeline,sample,wall_s', 'p,S1,1', ',S2,1'])))).toEqual([
      '3:1 The pipeline is missing.',
    ])
  })
  test('JSON, recognised by its keys', async () => {
    const { tasks } = await read('[{"pipeline": "p", "sample": "S1", "wall_s": 2, "cpu_s": 3.5, "repeat": 2}]')
    expect(tasks[0]).toMatchObject({ pipeline: 'p', sample: 'S1', wallSeconds: 2, cpuSeconds: 3.5, repeat: 2 })
  })
  test('what is required must be there', async () => {
    expect(findingsOf(await problemFrom(read(['pipeline,sample,time', 'p,S1,1'], 'table')))[0]).toContain(
      'There is no column wall_s',
    )
    expect(findingsOf(await problemFrom(read(['pipeline,sample,wall_s', 'p,,1', 'p,S1,-', 'p,S1,-3'])))).toEqual([
      '2:3 The sample is missing.',
      '3:6 The wall_s is missing.',
      '4:6 The wall_s "-3" is negative.',
    ])
    expect(findingsOf(await problemFrom(read(['a'], 'table', { walls: 'x' })))[0]).toContain(
      'there is no field "walls"',
    )
  })
})

describe('recognising', () => {
  test('a file of no known kind, an empty one, a missing one, an unknown kind', async () => {
    expect((await problemFrom(read(['hello world']))).message).toContain('none of the known kinds')
    expect((await problemFrom(read(''))).message).toContain('is empty')
    expect((await problemFrom(readTrace(join(dir, 'no'), { format: 'auto' }))).code).toBe('E_NOT_FOUND')
    const unknown = await problemFrom(read(['x'], 'nextflw'))
    expect([unknown.code, unknown.hints[0]]).toEqual(['E_USAGE', 'Did you mean nextflow?'])
  })
  test('a file given as another kind says what it looks like', async () => {
    const problem = await problemFrom(read([NEXTFLOW, tabs('1|a|1|x|COMPLETED')], 'snakemake'))
    expect(problem.hints).toEqual(['The file looks like a Nextflow trace: try --trace-format nextflow.'])
  })
})
