import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { documentErrors } from '../support/document.ts'
import { bytesOf, fileServer, sha256 } from '../support/file-server.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'

interface Fetched {
  readonly state: string
  readonly received_bytes: number
  readonly files: { path: string; outcome: string; source: string | null; failed: { reason: string }[] }[]
}

let count = 0
const server = await fileServer()

/** A dataset of two samples on the server, one of them large, and its description. */
const published = (size = 1000, change: (document: Record<string, unknown>) => void = () => undefined) => {
  const prefix = `/set-${count++}`
  const contents: Record<string, Buffer> = {
    'samples.csv': Buffer.from('sample,fasta\nA,reads/a.fa\nB,b.fa\n'),
    'truth.tsv': Buffer.from('sample\tgene_symbol\nA\tsul1\nB\t\n'),
    'reads/a.fa': bytesOf(size, prefix),
    'b.fa': Buffer.from('>b\nACGT\n'),
  }
  for (const [path, data] of Object.entries(contents)) server.files.set(`${prefix}/${path}`, { data })
  const document = {
    schema: 'benchmark.hub-dataset/1',
    id: 'mock',
    title: 'Mock ${HOME}',
    description: null,
    dataset_version: '2.0.0',
    version: 3,
    benchmark_type: 'amr-detection',
    licence: 'CC0-1.0',
    source: 'made up',
    labels: 'inserted',
    samples: 2,
    samplesheet: 'samples.csv',
    truth: 'truth.tsv',
    files: Object.entries(contents).map(([path, data]) => ({
      path,
      sha256: sha256(data),
      bytes: data.length,
      sources: [`${server.url}${prefix}/${path}`],
    })),
  }
  change(document)
  const folder = tempDir('described')
  const file = join(folder, 'dataset.json')
  writeFileSync(file, JSON.stringify(document))
  return { prefix, contents, document, file, folder, large: `${prefix}/reads/a.fa` }
}
const project = (): string => {
  const dir = tempDir(`fetching-${count++}`)
  mkdirSync(join(dir, '.benchmark'))
  return dir
}
const fetching = (cwd: string, what: string, ...flags: string[]) =>
  benchmark(['dataset', 'fetch', what, '--json', ...flags], { cwd })
const home = (dir: string, ...path: string[]): string => join(dir, '.benchmark/datasets/mock', ...path)
const filesBelow = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(dir, name)).isFile())
    : []
const start = (cwd: string, what: string): ChildProcess =>
  spawn(process.execPath, [join(packageRoot, 'bin/run.js'), 'dataset', 'fetch', what, '--json'], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)))

describe('benchmark dataset fetch', () => {
  test('fetches, registers, and says where it is from; then it can be run', async () => {
    const dir = project()
    const { file } = published()
    const first = await fetching(dir, file)
    expect(first.stderr).toBe('')
    expect(documentErrors(first.json())).toEqual([])
    expect(first.json()).toMatchObject({
      id: 'mock',
      version: '2.0.0',
      state: 'fetched',
      document_version: 3,
      warnings: [],
    })
    expect((await fetching(dir, file)).json()).toMatchObject({ state: 'unchanged', received_bytes: 0 })
    const list = await benchmark(['dataset', 'list', '--json'], { cwd: dir })
    expect(documentErrors(list.json())).toEqual([])
    expect((list.json() as { datasets: unknown[] }).datasets).toContainEqual(
      expect.objectContaining({
        id: 'mock',
        title: 'Mock ${HOME}',
        labels: 'inserted',
        from: { kind: 'fetched', address: file, fetched: true },
      }),
    )
    for (const command of ['show', 'verify']) {
      const result = await benchmark(['dataset', command, 'mock', '--json'], { cwd: dir })
      expect(result.exit).toBe(0)
      expect(documentErrors(result.json())).toEqual([])
    }
    const plan = await benchmark(
      ['run', '--dataset', 'mock', '--pipelines', 'embedded_contigs', '--dry-run', '--json'],
      { cwd: dir },
    )
    expect(plan.exit).toBe(0)
    expect(plan.stdout).toContain(home(dir, 'reads/a.fa'))
    // Lost files are fetched by the name of the dataset alone; data are not committed, what describes them is.
    rmSync(home(dir, 'reads/a.fa'))
    const run = await benchmark(['run', '--dataset', 'mock', '--pipelines', 'embedded_contigs', '--dry-run'], {
      cwd: dir,
    })
    expect(run).toMatchObject({ exit: 3, stderr: expect.stringContaining('benchmark dataset fetch mock') as string })
    expect((await fetching(dir, 'mock')).json()).toMatchObject({ state: 'fetched', received_bytes: 0 })
    execFileSync('git', ['init', '-q', dir])
    const seen = execFileSync('git', ['-C', dir, 'status', '--porcelain', '-uall'], { encoding: 'utf8' })
    expect(seen.split('\n').filter((line) => line.includes('mock')).length).toBe(2)
  })

  test('a clone with only the dataset.yaml fetches the rest; --from comes first', async () => {
    const dir = project()
    const { file, contents, prefix } = published()
    await fetching(dir, file)
    const clone = project()
    mkdirSync(home(clone), { recursive: true })
    writeFileSync(home(clone, 'dataset.yaml'), readFileSync(home(dir, 'dataset.yaml')))
    const shared = tempDir('shared')
    for (const [path, data] of Object.entries(contents)) {
      mkdirSync(dirname(join(shared, path)), { recursive: true })
      if (path !== 'b.fa') writeFileSync(join(shared, path), data)
    }
    const { files } = (await fetching(clone, 'mock', '--from', shared)).json() as Fetched
    expect(files.map(({ path, source }) => [path, source])).toEqual([
      ['samples.csv', join(shared, 'samples.csv')],
      ['truth.tsv', join(shared, 'truth.tsv')],
      ['reads/a.fa', join(shared, 'reads/a.fa')],
      ['b.fa', `${server.url}${prefix}/b.fa`],
    ])
    expect(files[3]?.failed[0]?.reason).toBe('there is no such file')
  })

  test('another version replaces the files of the one before', async () => {
    const dir = project()
    const old = published()
    await fetching(dir, old.file)
    const next = published(2000)
    expect((await fetching(dir, next.folder)).json()).toMatchObject({ state: 'fetched' })
    expect(statSync(home(dir, 'reads/a.fa')).size).toBe(2000)
    expect((await benchmark(['dataset', 'verify', 'mock'], { cwd: dir })).exit).toBe(0)
  })

  test('two datasets that share a file fetch it once, and so do two names of one content', async () => {
    const dir = project()
    const one = published(5000)
    await fetching(dir, one.file)
    const other = published(5000, (document) => {
      document['id'] = 'other'
      const files = document['files'] as { path: string; sha256: string; sources: string[] }[]
      const shared = (one.document.files as { sha256: string; sources: string[] }[])[2]
      Object.assign(files[2]!, shared, { path: 'reads/a.fa' })
      files.push({ ...files[2]!, path: 'again.fa' })
    })
    const fetched = (await fetching(dir, other.file)).json() as Fetched
    expect(fetched.files.map(({ outcome }) => outcome)).toEqual(['cached', 'cached', 'cached', 'cached', 'cached'])
    expect(server.requests.filter(({ path }) => path === one.large)).toHaveLength(1)
  })

  test('what must not be written is refused before anything is asked for', async () => {
    const outside = [
      '../evil',
      '/etc/evil',
      'a/../../evil',
      'a\\evil',
      'nul\u0000evil',
      '',
      '.',
      'C:/evil',
      '.git/hooks/x',
    ]
    for (const path of [...outside, 'dataset.yaml', 'SAMPLES.CSV', 'b.fa/c']) {
      const dir = project()
      const { file } = published(10, (document) => {
        const files = document['files'] as { path: string }[]
        files.push({ ...files[3]!, path })
      })
      const { exit, stdout } = await fetching(dir, file)
      expect(exit).toBe(4)
      expect(stdout).not.toContain('\u0000')
      expect(filesBelow(dir)).toEqual([])
    }
    const dir = project()
    mkdirSync(home(dir), { recursive: true })
    const elsewhere = tempDir('elsewhere')
    symlinkSync(elsewhere, home(dir, 'reads'))
    expect((await fetching(dir, published().file)).exit).toBe(4)
    expect(filesBelow(elsewhere)).toEqual([])
  })

  test('variables of the user are never put into what somebody else wrote', async () => {
    const dir = project()
    const { file } = published(10, (document) => {
      const [first] = document['files'] as { sources: string[] }[]
      first?.sources.push('http://127.0.0.1:1/${BENCHMARK_SECRET}')
    })
    const env = { BENCHMARK_SECRET: 'hush' }
    await benchmark(['dataset', 'fetch', file], { cwd: dir, env })
    const { stdout } = await benchmark(['dataset', 'show', 'mock', '--json'], { cwd: dir, env })
    expect(stdout).toContain('${BENCHMARK_SECRET}')
    expect(stdout).not.toContain('hush')
  })

  test('files that are nowhere are named with every reason; the others stay for the next attempt', async () => {
    const dir = project()
    const { file, large, contents } = published(5000)
    server.files.delete(large)
    const failed = await fetching(dir, file)
    expect(failed.exit).toBe(6)
    expect(documentErrors(failed.json())).toEqual([])
    const { error } = failed.json() as { error: { code: string; findings: { message: string }[] } }
    expect(error.code).toBe('E_HUB')
    expect(error.findings.map(({ message }) => message.replace(/.*: /, ''))).toEqual([
      'there is no such file (status 404)',
      'there is no such file',
    ])
    expect(filesBelow(home(dir))).toEqual([])
    server.files.set(large, { data: contents['reads/a.fa']! })
    const { files } = (await fetching(dir, file)).json() as Fetched
    expect(files.map(({ outcome }) => outcome)).toEqual(['cached', 'cached', 'fetched', 'cached'])
  })

  test('descriptions that are none, and names that are none', async () => {
    const dir = project()
    writeFileSync(join(dir, 'dataset.json'), '{"schema": "benchmark.hub-dataset/1"}')
    expect((await fetching(dir, 'dataset.json')).exit).toBe(4)
    writeFileSync(join(dir, 'dataset.json'), '{')
    expect((await fetching(dir, './dataset.json')).exit).toBe(4)
    expect((await fetching(dir, 'amr-embeded')).stdout).toContain('amr-embedded')
    expect((await fetching(dir, 'amr-embedded')).exit).toBe(4)
  })

  test('killed at any moment, it goes on, and nothing half-written is ever seen', async () => {
    const size = 400_000
    const dir = project()
    const { file, large, contents } = published(size)
    server.files.set(large, { data: contents['reads/a.fa']!, slow: 1000 })
    for (let round = 0; round < 24; round++) {
      const asked = server.requests.length
      const child = start(dir, file)
      const end = ended(child)
      const limit = Date.now() + 3000
      while (server.requests.length === asked && Date.now() < limit && child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 2))
      await new Promise((resolve) => setTimeout(resolve, (round * 53) % 320))
      child.kill('SIGKILL')
      await end
      const whole = existsSync(home(dir, 'dataset.yaml'))
      for (const name of filesBelow(home(dir)))
        if (name in contents) expect(readFileSync(home(dir, name)).equals(contents[name]!)).toBe(true)
      for (const name of filesBelow(join(dir, '.benchmark/cache')).filter((name) => !name.includes('.part')))
        expect(sha256(readFileSync(join(dir, '.benchmark/cache', name)))).toBe(name.split('/').at(-1))
      if (whole) {
        expect((await benchmark(['dataset', 'verify', 'mock'], { cwd: dir })).exit).toBe(0)
        rmSync(join(dir, '.benchmark'), { recursive: true })
        mkdirSync(join(dir, '.benchmark'))
      }
    }
    expect((await fetching(dir, file)).exit).toBe(0)
    expect((await benchmark(['dataset', 'verify', 'mock'], { cwd: dir })).exit).toBe(0)
    expect(filesBelow(join(dir, '.benchmark/cache')).filter((name) => name.includes('.part'))).toEqual([])
    expect(server.requests.some(({ path, range }) => path === large && range !== null)).toBe(true)
  }, 400_000)

  test('Ctrl-C stops it with 130, and the same command goes on', async () => {
    const dir = project()
    const { file, large, contents } = published(300_000)
    server.files.set(large, { data: contents['reads/a.fa']!, slow: 300 })
    const child = start(dir, file)
    while (!server.requests.some(({ path }) => path === large)) await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, 200))
    const end = ended(child)
    child.kill('SIGINT')
    expect(await end).toBe(130)
    server.files.set(large, { data: contents['reads/a.fa']! })
    const { received_bytes: received, state } = (await fetching(dir, file)).json() as Fetched
    expect(state).toBe('fetched')
    expect(received).toBeGreaterThan(0)
    expect(received).toBeLessThan(300_000)
  })

  test('two processes at once do no harm', async () => {
    const dir = project()
    const { file, large, contents } = published(300_000)
    server.files.set(large, { data: contents['reads/a.fa']!, slow: 600 })
    const both = [start(dir, file), start(dir, file)]
    expect(await Promise.all(both.map(ended))).toEqual([0, 0])
    expect((await benchmark(['dataset', 'verify', 'mock'], { cwd: dir })).exit).toBe(0)
    expect(filesBelow(join(dir, '.benchmark')).filter((name) => /\.part|fetching/.test(name))).toEqual([])
  })

  test('a full disk is told, and what was fetched is gone on from when there is space', async (context) => {
    const dir = project()
    const small = join(dir, '.benchmark/cache')
    mkdirSync(small)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small], { stdio: 'ignore' })
    } catch {
      return context.skip('only root can mount a small file system')
    }
    const unmount = (): void => void execFileSync('umount', ['-l', small])
    afterAll(() => existsSync(join(small, 'sha256')) && unmount())
    const { file } = published(3_000_000)
    const before = await fetching(dir, file)
    expect(before.exit).toBe(6)
    expect(before.stdout).toContain('There is not enough space')
    // Something else fills it meanwhile.
    const { file: fits, large, contents } = published(1_500_000)
    server.files.set(large, { data: contents['reads/a.fa']!, slow: 2000 })
    const child = start(dir, fits)
    const end = ended(child)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    while (!server.requests.some(({ path }) => path === large)) await new Promise((resolve) => setTimeout(resolve, 5))
    writeFileSync(join(small, 'filler'), bytesOf(1_200_000))
    expect(await end).toBe(6)
    expect(said).toContain('there is no space left')
    rmSync(join(small, 'filler'))
    const again = (await fetching(dir, fits)).json() as Fetched
    expect(again.state).toBe('fetched')
    expect(again.received_bytes).toBeLessThan(1_500_000)
    unmount()
  })

  test.runIf(existsSync('/proc/self/status'))(
    'memory does not grow with the file: 300 MB are fetched in less than 200 MB',
    async () => {
      const dir = project()
      const { file, large } = published(300_000_000)
      const child = spawn(
        process.execPath,
        [
          '--import',
          // Of this program alone: what getrusage tells begins with the memory of whoever started it.
          `data:text/javascript,import{readFileSync}from'node:fs';process.on('exit',()=>process.stderr.write(readFileSync('/proc/self/status','utf8')))`,
          join(packageRoot, 'bin/run.js'),
          'dataset',
          'fetch',
          file,
        ],
        { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
      )
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      expect(await ended(child)).toBe(0)
      server.files.delete(large)
      const peak = Number(/VmHWM:\s*(\d+)/.exec(said)?.[1]) / 1024
      expect(peak).toBeLessThan(200)
    },
  )
})

describe('benchmark dataset add --manifest', () => {
  test('writes what others fetch by', async () => {
    const dir = project()
    const { contents, prefix } = published()
    for (const [path, data] of Object.entries(contents)) {
      mkdirSync(dirname(join(dir, 'data', path)), { recursive: true })
      writeFileSync(join(dir, 'data', path), data)
    }
    const added = await benchmark(
      [
        'dataset',
        'add',
        'data',
        '--id',
        'mock',
        '--labels',
        'inserted',
        '--manifest',
        'dataset.json',
        '--source-url',
        `${server.url}${prefix}/`,
        '--json',
      ],
      { cwd: dir },
    )
    expect(documentErrors(added.json())).toEqual([])
    const other = project()
    expect((await fetching(other, join(dir, 'dataset.json'))).json()).toMatchObject({ state: 'fetched' })
    const refused = await benchmark(['dataset', 'add', 'data', '--id', 'Mock_1', '--manifest', 'x.json'], { cwd: dir })
    expect(refused).toMatchObject({ exit: 4, stderr: expect.stringContaining('--id mock-1') as string })
    expect(existsSync(join(dir, 'x.json'))).toBe(false)
  })
})
