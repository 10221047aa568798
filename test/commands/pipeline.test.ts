import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'

let count = 0
const project = (config: string): string => {
  const dir = tempDir(`pipeline-${count++}`)
  mkdirSync(join(dir, '.benchmark'))
  writeFileSync(join(dir, '.benchmark/config.yaml'), config)
  return dir
}
const OWN = `benchmark:
  pipelines:
    - name: my-tool
      command: my-tool --db {db:genes} --id {min_id} {fasta} {outdir}/x.tsv
      params: {min_id: [80, 95]}
      outputs: [{format: tsv, path: x.tsv, columns: {gene_symbol: Gene}}]
      version_probe: {command: my-tool --version, pattern: "my-tool (\\\\S+)"}
      resources: {cpus: 2, memory: 8GB}
      timeout: 2h
`
const withTool = (dir: string, body: string): { cwd: string; env: Record<string, string> } => {
  mkdirSync(join(dir, 'bin'))
  writeFileSync(join(dir, 'bin/my-tool'), `#!/bin/sh\n${body}\n`)
  chmodSync(join(dir, 'bin/my-tool'), 0o755)
  return { cwd: dir, env: { PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}`, BENCHMARK_DB_GENES: dir } }
}

describe('benchmark pipeline', () => {
  test('list marks what the configuration lists', async () => {
    const { stdout, exit } = await benchmark(['pipeline', 'list'], { cwd: project(OWN) })
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^my-tool +yes/m)
    expect(stdout).toMatch(/^nfcore_funcscan +4\.0\.0 +fasta +all samples/m)
  })

  test('show tells what is run, with every parameter set, as text and as JSON', async () => {
    const cwd = project(OWN)
    const text = await benchmark(['pipeline', 'show', 'my-tool'], { cwd })
    expect(text.stdout).toContain('my-tool --db {db:genes} --id {min_id} {fasta} {outdir}/x.tsv')
    expect(text.stdout).toContain('min_id=95')
    expect(text.stdout).toContain('genes (not found)')
    const document = (await benchmark(['pipeline', 'show', 'my-tool', '--json'], { cwd })).json()
    expect(documentErrors(document)).toEqual([])
    expect(document).toMatchObject({
      parameter_sets: [{ min_id: 80 }, { min_id: 95 }],
      resources: { cpus: 2, memory_bytes: 8e9 },
      timeout_seconds: 7200,
      missing_databases: ['genes'],
    })
  })

  test('an unknown name is not found, with the nearest ones', async () => {
    const { exit, stderr } = await benchmark(['pipeline', 'show', 'nfcore_mga'], { cwd: tempDir('unknown') })
    expect(exit).toBe(3)
    expect(stderr).toContain('Did you mean "nfcore_mag"?')
  })

  test('check is content when programs and databases are there, and asks for the version', async () => {
    const dir = project(OWN)
    const check = await benchmark(['pipeline', 'check', '--json'], withTool(dir, 'echo my-tool 2.1'))
    expect(check.exit).toBe(0)
    expect(documentErrors(check.json())).toEqual([])
    expect(check.json()).toMatchObject({ ready: true, pipelines: [{ name: 'my-tool', version: '2.1', problems: [] }] })
  })

  test('check exits 6 and says what to do about a missing program and a missing database', async () => {
    const { stdout, exit } = await benchmark(['pipeline', 'check', 'my-tool'], { cwd: project(OWN) })
    expect(exit).toBe(6)
    expect(stdout).toContain('The program my-tool is not on the PATH.')
    expect(stdout).toContain('BENCHMARK_DB_GENES=/path')
    expect(stdout).toContain('not ready')
  })

  test('a tool that does not answer is not ready', async () => {
    const dir = project(OWN)
    const { stdout, exit } = await benchmark(['pipeline', 'check'], withTool(dir, 'echo broken >&2; exit 1'))
    expect(exit).toBe(6)
    expect(stdout).toContain('does not tell its version')
  })

  test('check exits 4 on an invalid configuration, with places, in text and in JSON', async () => {
    const cwd = project('benchmark:\n  pipelines:\n    - nfcore_mga\n  run: {repeats: 0}\n')
    const text = await benchmark(['pipeline', 'check'], { cwd })
    expect(text.exit).toBe(4)
    expect(text.stderr).toContain('.benchmark/config.yaml:3:7: There is no pipeline "nfcore_mga" in the catalogue.')
    expect(text.stderr).toContain('.benchmark/config.yaml:4:18: "repeats" must be at least 1')
    const json = await benchmark(['pipeline', 'check', '--json'], { cwd })
    expect(json.exit).toBe(4)
    expect(documentErrors(json.json())).toEqual([])
  })

  test('without a configuration the whole catalogue is looked at, and what is missing is no failure', async () => {
    const check = await benchmark(['pipeline', 'check', '--json'], { cwd: tempDir('bare') })
    expect(check.exit).toBe(0)
    expect(documentErrors(check.json())).toEqual([])
  })
})
