import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDisk } from '../../src/exec/disk.ts'
import { tempDir } from '../support/harness.ts'

const place = tempDir('disk')
const folder = (): string => mkdtempSync(join(place, 'f '))
const blocks = (...paths: string[]): number => paths.reduce((sum, path) => sum + statSync(path).blocks * 512, 0)

describe('what removing frees', () => {
  test('is what the file system counts, folders included', () => {
    const dir = folder()
    mkdirSync(join(dir, 'sub'))
    writeFileSync(join(dir, 'sub', 'large'), Buffer.alloc(100_000, 1))
    writeFileSync(join(dir, 'empty'), '')
    expect(createDisk().measure(dir)).toEqual({
      bytes: blocks(dir, join(dir, 'sub'), join(dir, 'sub', 'large')),
      files: 2,
      obstacle: null,
    })
  })

  test('of a file with two names comes with the last of them', () => {
    const [one, other] = [folder(), folder()]
    writeFileSync(join(one, 'a'), Buffer.alloc(50_000, 1))
    linkSync(join(one, 'a'), join(other, 'b'))
    const both = createDisk()
    expect(both.measure(one).bytes).toBe(blocks(one))
    expect(both.measure(other).bytes).toBe(blocks(other, join(other, 'b')))
    expect(createDisk().measure(other).bytes).toBe(blocks(other))
  })

  test('has nothing of what a link leads to', () => {
    const [dir, outside] = [folder(), folder()]
    writeFileSync(join(outside, 'large'), Buffer.alloc(1_000_000, 1))
    symlinkSync(outside, join(dir, 'to folder'))
    symlinkSync(join(outside, 'large'), join(dir, 'to file'))
    expect(createDisk().measure(dir).bytes).toBeLessThan(100_000)
    expect(createDisk().measure(join(dir, 'nowhere'))).toEqual({ bytes: 0, files: 0, obstacle: null })
  })
})

describe('removing', () => {
  test('follows no link, and takes none for a folder', () => {
    const [dir, outside] = [folder(), folder()]
    writeFileSync(join(outside, 'kept'), 'kept')
    mkdirSync(join(dir, 'goes'))
    symlinkSync(outside, join(dir, 'goes', 'link'))
    symlinkSync(outside, join(dir, 'link'))
    const disk = createDisk()
    expect(disk.remove(join(dir, 'goes'))).toBe(true)
    expect(disk.remove(join(dir, 'goes'))).toBe(false)
    expect(disk.remove(join(dir, 'link'))).toBe(false)
    expect(disk.setAside(dir, 'link', '.pruned-link')).toBe(false)
    expect(disk.list(join(dir, 'link'))).toEqual([])
    expect(disk.list(dir)).toMatchObject([{ name: 'link', kind: 'other' }])
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('kept')
  })

  test('leaves what changed since it was chosen', () => {
    const dir = folder()
    writeFileSync(join(dir, 'file'), '')
    const disk = createDisk()
    expect(disk.remove(join(dir, 'file'), Date.now() - 60_000)).toBe(false)
    expect(disk.remove(join(dir, 'file'), Date.now() + 60_000)).toBe(true)
  })

  test('setting aside is told apart from something that is not there any more', () => {
    const dir = folder()
    mkdirSync(join(dir, 'one'))
    const disk = createDisk()
    expect(disk.setAside(dir, 'one', '.pruned-one')).toBe(true)
    expect(disk.setAside(dir, 'one', '.pruned-one')).toBe(false)
    expect(disk.setAside(join(dir, 'nowhere'), 'one', 'two')).toBe(false)
  })

  test('moves no file through a link that is in the way, and over nothing', () => {
    const [dir, outside] = [folder(), folder()]
    writeFileSync(join(dir, 'trace.txt'), 'numbers')
    symlinkSync(outside, join(dir, 'logs'))
    const disk = createDisk()
    expect(() => disk.moveFile(join(dir, 'trace.txt'), dir, 'logs/1/trace.txt')).toThrow('in the way')
    expect(existsSync(join(outside, '1'))).toBe(false)
    disk.moveFile(join(dir, 'trace.txt'), dir, 'other/1/trace.txt')
    expect(readFileSync(join(dir, 'other/1/trace.txt'), 'utf8')).toBe('numbers')
    writeFileSync(join(dir, 'second.txt'), 'others')
    disk.moveFile(join(dir, 'second.txt'), dir, 'other/1/trace.txt')
    expect(readFileSync(join(dir, 'other/1/trace.txt'), 'utf8')).toBe('numbers')
  })
})
