import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/problem.ts'
import { createFiles } from '../../src/exec/files.ts'
import { tempDir } from '../support/harness.ts'

const dir = tempDir('files')
const files = createFiles()
const folder = (name: string, content: Record<string, string> = {}): string => {
  const path = join(dir, name)
  mkdirSync(path, { recursive: true })
  for (const [file, text] of Object.entries(content)) {
    mkdirSync(join(path, file, '..'), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  return path
}
const problem = (act: () => unknown): Problem => {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error
  }
  throw new Error('no problem')
}

describe('writing atomically', () => {
  test('replaces the content and leaves nothing else behind', () => {
    const at = folder('atomic', { 'a.json': 'old' })
    files.writeAtomically(join(at, 'a.json'), 'new')
    expect(readFileSync(join(at, 'a.json'), 'utf8')).toBe('new')
    expect(readdirSync(at)).toEqual(['a.json'])
  })

  test('keeps the old file when the new one cannot be put in its place', () => {
    const at = folder('atomic failure', { 'taken/inside': 'x' })
    const { code, hints } = problem(() => files.writeAtomically(join(at, 'taken'), 'new'))
    expect(code).toBe('E_STORE')
    expect(hints).toHaveLength(1)
    expect(readdirSync(at)).toEqual(['taken'])
  })
})

describe('matching patterns', () => {
  const at = folder('glob', {
    'kma.res': '',
    's1/b.tsv': '',
    's1/a.tsv': '',
    's1/.hidden.tsv': '',
    's2/a.tsv': '',
    's2/deep/a.tsv': '',
    'odd [1]+(x).tsv': '',
  })
  const found = (pattern: string): string[] => files.glob(at, pattern).map((path) => path.slice(at.length + 1))

  test('a star stands for any name but a hidden one, within one folder', () => {
    expect(found('s*/*.tsv')).toEqual(['s1/a.tsv', 's1/b.tsv', 's2/a.tsv'])
    expect(found('*/deep/a.tsv')).toEqual(['s2/deep/a.tsv'])
    expect(found('kma.res')).toEqual(['kma.res'])
    expect(found('./kma.*')).toEqual(['kma.res'])
    expect(found('nothing*')).toEqual([])
  })

  test('every other character stands for itself', () => {
    expect(found('odd [1]+(x).*')).toEqual(['odd [1]+(x).tsv'])
    expect(found('kma?res')).toEqual([])
  })

  test('a folder that does not exist matches nothing', () => {
    expect(files.glob(join(dir, 'nowhere'), '*')).toEqual([])
  })

  test('nothing outside the folder is found, neither by path nor by link', () => {
    folder('outside', { 'secret.tsv': '' })
    const linked = folder('linked out', { 's2/a.tsv': '' })
    symlinkSync(join(dir, 'outside'), join(linked, 'way out'))
    symlinkSync(join(linked, 's2'), join(linked, 's3'))
    expect(files.glob(linked, 'way out/*.tsv')).toEqual([])
    expect(files.glob(linked, '*/a.tsv')).toEqual([join(linked, 's2/a.tsv'), join(linked, 's3/a.tsv')])
    for (const pattern of ['../outside/*', '/etc/*', 's1/../../outside/secret.tsv'])
      expect(problem(() => files.glob(at, pattern)).code).toBe('E_CONFIG')
  })
})

describe('digests', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

  test('of a file are those of its content', async () => {
    const at = folder('digest', { reads: 'ACGT'.repeat(1_000_000) })
    expect(await files.sha256(join(at, 'reads'))).toBe(sha256('ACGT'.repeat(1_000_000)))
  })

  test('are remembered by what changes with the content, and never wrong after a change', async () => {
    const at = folder('cached', { reads: 'AAAA' })
    const path = join(at, 'reads')
    const store = new Map<string, string>()
    const cached = createFiles(store)
    expect(await cached.sha256(path)).toBe(sha256('AAAA'))
    expect(store.size).toBe(1)
    store.set([...store.keys()][0] ?? '', 'from the cache')
    expect(await cached.sha256(path)).toBe('from the cache')
    const { atime, mtime } = statSync(path)
    writeFileSync(path, 'CCCC')
    utimesSync(path, atime, mtime) // same size, same time stamp: the inode change time tells
    expect(await cached.sha256(path)).toBe(sha256('CCCC'))
  })

  test('of a folder depend on names, nesting and content, not on order or place', async () => {
    const one = folder('db one', { 'b.fa': 'B', 'a/x': 'X', 'a/y': 'Y' })
    const two = folder('db two', { 'a/y': 'Y', 'a/x': 'X', 'b.fa': 'B' })
    const digest = await files.sha256(one)
    expect(await files.sha256(two)).toBe(digest)
    renameSync(join(two, 'b.fa'), join(two, 'c.fa'))
    expect(await files.sha256(two)).not.toBe(digest)
    writeFileSync(join(one, 'a/y'), 'Z')
    expect(await files.sha256(one)).not.toBe(digest)
  })

  test('of a folder see through links, and end where links go round', async () => {
    const plain = folder('plain', { 'a.fa': 'A' })
    const linked = folder('linked')
    symlinkSync(join(plain, 'a.fa'), join(linked, 'a.fa'))
    expect(await files.sha256(linked)).toBe(await files.sha256(plain))
    symlinkSync('.', join(linked, 'round'))
    symlinkSync('gone', join(linked, 'broken'))
    expect(await files.sha256(linked)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the rest', () => {
  test('sizes of folders are the sum of their files, links not counted', () => {
    const at = folder('sizes', { a: '12345', 'b/c': '678' })
    symlinkSync(join(at, 'a'), join(at, 'b', 'link'))
    expect(files.sizeOf(at)).toBe(8)
    expect(files.sizeOf(join(at, 'a'))).toBe(5)
  })

  test('folders are made with their parents and removed with their content', () => {
    const at = join(dir, 'x/y/z')
    files.makeDir(at)
    files.makeDir(at)
    expect(files.exists(at)).toBe(true)
    files.removeTree(join(dir, 'x'))
    expect(existsSync(join(dir, 'x'))).toBe(false)
    files.removeTree(join(dir, 'x'))
  })

  test('failures say what was tried, why it failed and what to do', async () => {
    expect(problem(() => files.readText(join(dir, 'none')))).toMatchObject({
      code: 'E_STORE',
      message: `Cannot read ${join(dir, 'none')}: it does not exist.`,
    })
    expect(problem(() => files.makeDir(join(folder('flat', { file: '' }), 'file', 'below'))).message).toContain(
      'a part of the path is a file',
    )
    await expect(files.sha256('/dev/null')).rejects.toMatchObject({ code: 'E_INPUT' })
    await expect(files.sha256(join(dir, 'none'))).rejects.toMatchObject({ code: 'E_STORE' })
  })

  test('a file closed to us is said to be so', (context) => {
    if (process.getuid?.() === 0) return context.skip('root may read everything')
    const at = join(folder('closed', { file: '' }), 'file')
    chmodSync(at, 0o000)
    expect(problem(() => files.readText(at)).message).toContain('access is denied')
  })
})
