import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'

let count = 0
/** A project with a folder of data inside. */
const project = (): string => {
  const dir = tempDir(`dataset-${count++}`)
  mkdirSync(join(dir, '.benchmark'))
  mkdirSync(join(dir, 'data/mock'), { recursive: true })
  writeFileSync(join(dir, 'data/mock/samples.csv'), 'sample,fasta\nA,a.fa\nB,b.fa\n')
  writeFileSync(join(dir, 'data/mock/truth.tsv'), 'sample\tgene_symbol\nA\tsul1\nB\t\n')
  for (const name of ['a', 'b']) writeFileSync(join(dir, `data/mock/${name}.fa`), `>${name}\nACGT\n`)
  return dir
}
const registered = (dir: string): string => join(dir, '.benchmark/datasets/mock/dataset.yaml')
const add = (dir: string, ...flags: string[]) => benchmark(['dataset', 'add', 'data/mock', ...flags], { cwd: dir })

describe('benchmark dataset', () => {
  test('the embedded dataset is listed, shown and intact', async () => {
    const cwd = tempDir('embedded')
    const list = await benchmark(['dataset', 'list', '--json'], { cwd })
    expect(documentErrors(list.json())).toEqual([])
    expect((list.json() as { datasets: { id: string }[] }).datasets.map(({ id }) => id)).toContain('amr-embedded')
    const show = await benchmark(['dataset', 'show', 'amr-embedded', '--json'], { cwd })
    expect(documentErrors(show.json())).toEqual([])
    const verify = await benchmark(['dataset', 'verify', 'amr-embedded', '--json'], { cwd })
    expect(verify.exit).toBe(0)
    expect(documentErrors(verify.json())).toEqual([])
  })

  test('add hashes every file and writes paths that move with the project', async () => {
    const dir = project()
    const added = await add(
      dir,
      '--labels',
      'inserted',
      '--licence',
      'CC-BY-4.0',
      '--title',
      'A "mock": test',
      '--json',
    )
    expect(added.exit).toBe(0)
    expect(documentErrors(added.json())).toEqual([])
    expect(added.json()).toMatchObject({ id: 'mock', version: '1.0.0', state: 'created', warnings: [] })
    const yaml = parse(readFileSync(registered(dir), 'utf8')) as { files: { path: string }[] }
    expect(yaml).toMatchObject({
      id: 'mock',
      title: 'A "mock": test',
      base: '../../../data/mock',
      samplesheet: 'samples.csv',
      truth: 'truth.tsv',
      labels: 'inserted',
    })
    expect(yaml.files.map(({ path }) => path)).toEqual(['samples.csv', 'truth.tsv', 'a.fa', 'b.fa'])
    const moved = join(tempDir('moved'), 'elsewhere')
    renameSync(dir, moved)
    expect((await benchmark(['dataset', 'verify', 'mock'], { cwd: moved })).stdout).toContain(
      'all 4 files with a checksum are unchanged',
    )
  })

  test('verify lists every file that is missing or different and exits 4', async () => {
    const dir = project()
    await add(dir, '--labels', 'inserted')
    appendFileSync(join(dir, 'data/mock/a.fa'), 'A')
    writeFileSync(join(dir, 'data/mock/b.fa'), '>b\nACGG\n')
    rmSync(join(dir, 'data/mock/truth.tsv'))
    const { stdout, exit } = await benchmark(['dataset', 'verify', 'mock'], { cwd: dir })
    expect(exit).toBe(4)
    expect(stdout).toMatch(/^MISSING: .*truth\.tsv$/m)
    expect(stdout).toMatch(/^SIZE DIFFERS: .*a\.fa \(9 bytes instead of 8\)$/m)
    expect(stdout).toMatch(/^CONTENT DIFFERS: .*b\.fa \(sha256 [0-9a-f]{64} instead of [0-9a-f]{64}\)$/m)
    const json = await benchmark(['dataset', 'verify', 'mock', '--json'], { cwd: dir })
    expect(json.exit).toBe(4)
    expect(documentErrors(json.json())).toEqual([])
  })

  test('adding again changes nothing; after a change it needs --force', async () => {
    const dir = project()
    await add(dir, '--labels', 'inserted')
    expect((await add(dir, '--labels', 'inserted', '--json')).json()).toMatchObject({ state: 'unchanged' })
    appendFileSync(join(dir, 'data/mock/a.fa'), 'A')
    const refused = await add(dir, '--labels', 'inserted')
    expect(refused.exit).toBe(2)
    expect(refused.stderr).toContain('--force')
    expect((await add(dir, '--labels', 'inserted', '--version', '2', '--force', '--json')).json()).toMatchObject({
      state: 'replaced',
      version: '2',
    })
  })

  test('a dataset.yaml in the folder is taken over and completed', async () => {
    const dir = project()
    writeFileSync(
      join(dir, 'data/mock/dataset.yaml'),
      'id: named\nversion: "3"\nsamplesheet: samples.csv\ntruth: truth.tsv\nlabels: curated\n',
    )
    expect((await add(dir, '--json')).json()).toMatchObject({ id: 'named', version: '3' })
    expect(existsSync(join(dir, '.benchmark/datasets/named/dataset.yaml'))).toBe(true)
  })

  test('what the truth does not say is a warning, on stderr', async () => {
    const dir = project()
    writeFileSync(join(dir, 'data/mock/truth.tsv'), 'sample\tgene_symbol\nA\tsul1\n')
    const { stderr, exit } = await add(dir)
    expect(exit).toBe(0)
    expect(stderr).toContain('The truth says nothing about B')
    expect(stderr).toContain('how the truth was made')
  })

  test('mistakes: no folder, no sheet, broken sheet, bad id, bad labels, unknown type, broken YAML', async () => {
    const dir = project()
    const run = (...argv: string[]) => benchmark(['dataset', ...argv], { cwd: dir })
    expect((await run('add', 'nowhere')).exit).toBe(3)
    expect((await run('add', 'data')).stderr).toContain('There is no sample sheet')
    expect((await run('add', 'data/mock', '--id', '../x')).exit).toBe(2)
    expect((await run('add', 'data/mock', '--labels', 'guess')).stderr).toContain('inserted, curated')
    expect((await run('add', 'data/mock', '--type', 'amr')).stderr).toContain('Known: amr-detection')
    rmSync(join(dir, 'data/mock/b.fa'))
    const broken = await run('add', 'data/mock')
    expect(broken.exit).toBe(4)
    expect(broken.stderr).toContain('samples.csv:3:3: There is no file b.fa.')
    expect((await run('show', 'mokc')).exit).toBe(3)
    mkdirSync(join(dir, '.benchmark/datasets/bad'), { recursive: true })
    writeFileSync(
      join(dir, '.benchmark/datasets/bad/dataset.yaml'),
      'id: bad\nversion: 1.0\nsamplesheet: x\nfiles:\n  - {path: y, sha256: ABC}\n',
    )
    const list = await run('list')
    expect(list.exit).toBe(4)
    expect(list.stderr).toContain(
      '.benchmark/datasets/bad/dataset.yaml:2:10: "version" must be text, not 1. (quote it: "1.0")',
    )
    expect(list.stderr).toContain('.benchmark/datasets/bad/dataset.yaml:5:23: "sha256" cannot be "ABC".')
  })
})
