import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { createViewWriter } from '../../src/exec/view-folder.ts'
import { tempDir } from '../support/harness.ts'

const root = tempDir('a hub view')
const RUN = 'warehouse/results/gut/20261123t101502z-000001/run.json'
const OTHER = 'warehouse/results/gut/20261123t101502z-000002/run.json'
const writer = createViewWriter()

let dir: string
beforeEach(() => {
  dir = join(mkdtempSync(join(root, 'view-')), 'hub view')
})

const write = (files: Readonly<Record<string, string>>, source = 'hub') =>
  writer.write(
    dir,
    source,
    Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
  )
const read = (path: string): string => readFileSync(join(dir, path), 'utf8')

describe('a view of a hub', () => {
  test('is written, written again only where something changed, and loses what is gone', () => {
    expect(write({ 'hub.json': 'h', [RUN]: '1', [OTHER]: '2' })).toEqual({ written: 3, unchanged: 0, removed: 0 })
    expect(write({ 'hub.json': 'H', [RUN]: '1' })).toEqual({ written: 1, unchanged: 1, removed: 1 })
    expect([read('hub.json'), read(RUN), existsSync(join(dir, OTHER, '..'))]).toEqual(['H', '1', false])
  })

  test('keeps what people put beside it', () => {
    write({ [RUN]: '1', [OTHER]: '2' })
    writeFileSync(join(dir, OTHER, '..', 'notes.txt'), 'mine')
    write({ [RUN]: '1' })
    expect(read(OTHER.replace('run.json', 'notes.txt'))).toBe('mine')
  })

  test('goes into no folder of somebody else, nor over another hub', () => {
    mkdirSync(dir)
    writeFileSync(join(dir, 'thesis.txt'), 'mine')
    expect(() => write({ [RUN]: '1' })).toThrow(expect.objectContaining({ code: 'E_USAGE' }))
    expect(readdirSync(dir)).toEqual(['thesis.txt'])
    dir = join(dir, 'empty')
    write({ [RUN]: '1' })
    expect(() => write({ [RUN]: '1' }, 'another')).toThrow('another hub')
  })

  test('writes no path that the layout does not know', () => {
    for (const path of ['../x', '/etc/x', 'warehouse/results/gut/../../x/run.json', '.github/workflows/x.yml', 'x.sh'])
      expect(() => write({ [path]: 'x' }), path).toThrow(expect.objectContaining({ code: 'E_HUB' }))
  })

  test('writes through no link: not of the folder, not inside it, not in place of a file', () => {
    const outside = mkdtempSync(join(root, 'outside-'))
    symlinkSync(outside, dir)
    expect(() => write({ [RUN]: '1' })).toThrow(expect.objectContaining({ code: 'E_USAGE' }))
    dir = join(mkdtempSync(join(root, 'view-')), 'view')
    write({ 'hub.json': 'h' })
    symlinkSync(outside, join(dir, 'warehouse'))
    expect(() => write({ [RUN]: '1' })).toThrow('in the way')
    dir = join(mkdtempSync(join(root, 'view-')), 'view')
    write({ [RUN]: '1' })
    writeFileSync(join(outside, 'victim'), 'precious')
    mkdirSync(join(dir, OTHER, '..'))
    symlinkSync(join(outside, 'victim'), join(dir, OTHER))
    expect(() => write({ [RUN]: '1', [OTHER]: '2' })).toThrow('no view wrote it')
    expect(readdirSync(outside)).toEqual(['victim'])
    expect(readFileSync(join(outside, 'victim'), 'utf8')).toBe('precious')
  })
})
