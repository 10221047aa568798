import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'

let count = 0
const project = (name = 'Resistance tracker!'): string => {
  const dir = join(tempDir(`init-${count++}`), name)
  mkdirSync(dir)
  return dir
}
const config = (dir: string): { benchmark: Record<string, Record<string, unknown>> } =>
  parse(readFileSync(join(dir, '.benchmark/config.yaml'), 'utf8')) as {
    benchmark: Record<string, Record<string, unknown>>
  }

describe('benchmark init', () => {
  test('writes a configuration that loads, and keeps everything but it out of git', async () => {
    const dir = project()
    const { exit, stdout } = await benchmark(['init', '--project-type', 'amr-detection'], { cwd: dir })
    expect(exit).toBe(0)
    expect(stdout).toContain('created')
    expect(config(dir).benchmark['project']).toEqual({ name: 'Resistance-tracker', type: 'amr-detection' })
    expect(readFileSync(join(dir, '.benchmark/config.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\S+config\.schema\.json\n/,
    )
    expect(readFileSync(join(dir, '.benchmark/.gitignore'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['*', '!config.yaml', '!.gitignore', '!pipelines/', '!datasets/']),
    )
    const list = await benchmark(['pipeline', 'list', '--json'], { cwd: dir })
    expect(list.exit).toBe(0)
    expect(documentErrors(list.json())).toEqual([])
    expect(
      (list.json() as { pipelines: { name: string; configured: boolean }[] }).pipelines
        .filter(({ configured }) => configured)
        .map(({ name }) => name),
    ).toEqual(['blastn', 'kma', 'resfinder'])
  })

  test.each(readdirSync('templates/projects').map((file) => file.replace('.yaml', '')))(
    '--template %s loads',
    async (type) => {
      const dir = project()
      const made = await benchmark(['init', '--template', type, '--output', '.benchmark/config.yaml', '--json'], {
        cwd: dir,
      })
      expect(documentErrors(made.json())).toEqual([])
      expect(config(dir).benchmark['project']?.['type']).toBe(type)
      expect((await benchmark(['pipeline', 'list'], { cwd: dir })).exit).toBe(0)
    },
  )

  test('the flags of the design: name, type and hub; the key stays in the environment', async () => {
    const dir = project()
    const { exit } = await benchmark(
      [
        'init',
        '--project-name',
        'resistance-tracker',
        '--project-type',
        'amr-detection',
        '--central-hub',
        'https://benchmark.metagenome.org/$&"',
      ],
      { cwd: dir },
    )
    expect(exit).toBe(0)
    expect(config(dir).benchmark['project']?.['name']).toBe('resistance-tracker')
    expect(config(dir).benchmark['central_hub']).toEqual({
      url: 'https://benchmark.metagenome.org/$&"',
      api_key: '${BENCHMARK_API_KEY}',
      auto_upload: false,
    })
  })

  test('a second time changes nothing; another template is refused and nothing is written, until --force', async () => {
    const dir = project()
    await benchmark(['init'], { cwd: dir })
    const again = await benchmark(['init', '--json'], { cwd: dir })
    expect((again.json() as { files: { state: string }[] }).files.map(({ state }) => state)).toEqual([
      'unchanged',
      'unchanged',
    ])
    const before = readFileSync(join(dir, '.benchmark/config.yaml'), 'utf8')
    const other = await benchmark(['init', '--template', 'pathogen-detection', '--ci', 'github'], { cwd: dir })
    expect(other.exit).toBe(2)
    expect(other.stderr).toContain('--force')
    expect(readFileSync(join(dir, '.benchmark/config.yaml'), 'utf8')).toBe(before)
    expect(existsSync(join(dir, '.github'))).toBe(false)
    expect((await benchmark(['init', '--template', 'pathogen-detection', '--force'], { cwd: dir })).exit).toBe(0)
    expect(config(dir).benchmark['project']?.['type']).toBe('pathogen-detection')
  })

  test('a .gitignore of the user is kept', async () => {
    const dir = project()
    mkdirSync(join(dir, '.benchmark'))
    writeFileSync(join(dir, '.benchmark/.gitignore'), 'mine\n')
    const made = await benchmark(['init', '--json'], { cwd: dir })
    expect((made.json() as { files: { state: string }[] }).files.map(({ state }) => state)).toEqual(['created', 'kept'])
    expect(readFileSync(join(dir, '.benchmark/.gitignore'), 'utf8')).toBe('mine\n')
  })

  test('an unknown type and an impossible name are refused with a suggestion', async () => {
    const dir = project()
    const type = await benchmark(['init', '--project-type', 'amr-detect'], { cwd: dir })
    expect(type.exit).toBe(2)
    expect(type.stderr).toContain('Did you mean "amr-detection"?')
    const name = await benchmark(['init', '--project-name', '../x', '--json'], { cwd: dir })
    expect(name.exit).toBe(2)
    expect(documentErrors(name.json())).toEqual([])
    expect(existsSync(join(dir, '.benchmark'))).toBe(false)
  })

  test('a new project begins here, not in one further up', async () => {
    const dir = project('outer')
    await benchmark(['init'], { cwd: dir })
    mkdirSync(join(dir, 'inner'))
    await benchmark(['init'], { cwd: join(dir, 'inner') })
    expect(config(join(dir, 'inner')).benchmark['project']?.['name']).toBe('inner')
  })

  test('CI files run the steps of the design', async () => {
    const dir = project()
    await benchmark(['init', '--ci', 'github'], { cwd: dir })
    await benchmark(['init', '--ci', 'gitlab'], { cwd: dir })
    const github = readFileSync(join(dir, '.github/workflows/benchmark.yml'), 'utf8')
    const gitlab = readFileSync(join(dir, '.gitlab-ci.benchmark.yml'), 'utf8')
    for (const text of [github, gitlab])
      for (const command of [
        'npm install --global metagenome-benchmark-cli@',
        'benchmark run --config .benchmark/config.yaml --mode ci --compare-with main',
        'benchmark report --format markdown --output benchmark_report.md',
        'benchmark upload --run-id latest --tag ci-run --branch',
      ])
        expect(text).toContain(command)
  })
})
