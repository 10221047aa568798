import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { resourcesOfTasks } from '../../src/core/trace/aggregate.ts'
import { readTrace } from '../../src/parse/trace/index.ts'
import { tempDir } from '../support/harness.ts'
import { missingTools } from '../support/installed-tools.ts'

const dir = tempDir('measurements')
const skipped = (program: string): string => `(skipped where ${program} is not installed)`
const isMissing = (program: string): boolean => missingTools([program]).length > 0

/** Holds 64 MiB for a second at least, until it has had half a second of CPU time however busy the machine is. */
const JOB = `const held = Buffer.alloc(64 * 2 ** 20, 1)
const end = Date.now() + 1000
const used = () => process.cpuUsage().user + process.cpuUsage().system
while (Date.now() < end || used() < 5e5) held[0]++`
const command = [process.execPath, '-e', JOB]
const MIB = 2 ** 20

describe('measurements by the real programs', { timeout: 120_000 }, () => {
  test.skipIf(isMissing('/usr/bin/time'))(`GNU time ${skipped('/usr/bin/time')}`, async () => {
    const file = join(dir, 'time.txt')
    execFileSync('/usr/bin/time', ['-v', '-o', file, ...command])
    const trace = await readTrace(file, { format: 'auto' })
    const { resources } = resourcesOfTasks(trace, trace.tasks)
    expect(trace.format).toBe('gnu-time')
    expect(resources?.wallSeconds).toBeGreaterThanOrEqual(1)
    expect(resources?.cpuSeconds).toBeGreaterThanOrEqual(0.49)
    expect(resources?.peakRssBytes).toBeGreaterThan(64 * MIB)
    expect(resources?.peakRssBytes).toBeLessThan(400 * MIB)
  })

  test.skipIf(isMissing('hyperfine'))(`hyperfine ${skipped('hyperfine')}`, async () => {
    const file = join(dir, 'hyperfine.json')
    execFileSync('hyperfine', ['--runs', '3', '--export-json', file, 'sleep 0.2'], { stdio: 'ignore' })
    const trace = await readTrace(file, { format: 'auto' })
    expect(trace.format).toBe('hyperfine')
    expect(trace.tasks.map(({ repeat, state }) => [repeat, state])).toEqual([
      [1, 'completed'],
      [2, 'completed'],
      [3, 'completed'],
    ])
    for (const { wallSeconds } of trace.tasks) expect(wallSeconds).toBeGreaterThan(0.1)
  })

  test.skipIf(isMissing('snakemake'))(`Snakemake ${skipped('snakemake')}`, async () => {
    writeFileSync(join(dir, 'job.js'), JOB)
    writeFileSync(
      join(dir, 'Snakefile'),
      `rule all:
    input: "done.txt"
rule work:
    output: "done.txt"
    benchmark: repeat("bench.tsv", 2)
    shell: "'${process.execPath}' job.js && touch {output}"
`,
    )
    execFileSync('snakemake', ['--cores', '1', '--quiet'], { cwd: dir, stdio: 'ignore' })
    const trace = await readTrace(join(dir, 'bench.tsv'), { format: 'auto' })
    expect(trace.format).toBe('snakemake')
    expect(trace.tasks.map(({ name, repeat }) => [name, repeat])).toEqual([
      ['bench', 1],
      ['bench', 2],
    ])
    for (const { wallSeconds, peakRssBytes } of trace.tasks) {
      expect(wallSeconds).toBeGreaterThanOrEqual(1)
      expect(peakRssBytes).toBeGreaterThan(64 * MIB)
      expect(peakRssBytes).toBeLessThan(600 * MIB)
    }
  })
})
