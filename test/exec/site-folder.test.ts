import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SiteReport } from '../../src/app/hub/dashboard-ports.ts'
import { startOf } from '../../src/exec/local/machine-identity.ts'
import { runnerIdentity } from '../../src/exec/runner-identity.ts'
import { openSite } from '../../src/exec/site-folder.ts'
import { LOCK } from '../../src/exec/site-lock.ts'
import { tempDir } from '../support/harness.ts'

const root = tempDir('site folder')
let dir: string
beforeEach(() => {
  dir = join(mkdtempSync(join(root, 'site-')), 'a site')
})

const made: string[] = []
/** `inputs` of a file default to its text: what is made of it. */
const build = (
  files: Readonly<Record<string, string>>,
  options: { force?: boolean; hashed?: boolean } = {},
): SiteReport => {
  const site = openSite(dir, { force: options.force ?? false, version: '1' })
  made.length = 0
  for (const [path, text] of Object.entries(files))
    site.write({
      ...{ path, inputs: text, hashed: options.hashed ?? false },
      text: () => {
        made.push(path)
        return text
      },
    })
  return site.finish()
}
const read = (path: string): string => readFileSync(join(dir, path), 'utf8')

describe('the folder of a site', () => {
  test('is made, renewed only where inputs changed, and loses what is gone', () => {
    expect(build({ 'index.html': 'a', 'p/x/index.html': 'b' })).toMatchObject({
      written: 2,
      unchanged: 0,
      removed: 0,
      files: 3,
    })
    expect(build({ 'index.html': 'a', 'p/x/index.html': 'b' })).toMatchObject({ written: 0, unchanged: 2 })
    expect(made).toEqual([])
    expect(build({ 'index.html': 'A' })).toMatchObject({ written: 1, unchanged: 0, removed: 1 })
    expect([read('index.html'), existsSync(join(dir, 'p'))]).toEqual(['A', false])
  })

  test('a file somebody changed or removed is mended', () => {
    build({ 'index.html': 'a', 'about.html': 'b' })
    writeFileSync(join(dir, 'index.html'), 'z')
    expect(build({ 'index.html': 'a', 'about.html': 'b' })).toMatchObject({ written: 1, unchanged: 1 })
    expect(read('index.html')).toBe('a')
  })

  test('names of hashed files follow their content, and the old one goes', () => {
    build({ 'data/x.js': 'one' }, { hashed: true })
    const site = openSite(dir, { force: false, version: '1' })
    expect(site.earlier('data/x.js')).toEqual({ inputs: 'one', text: 'one' })
    expect(site.earlier('data/y.js')).toBeNull()
    const path = site.write({ path: 'data/x.js', inputs: 'two', text: () => 'two', hashed: true })
    expect(path).toMatch(/^data\/x\.[0-9a-f]{10}\.js$/)
    expect(site.finish()).toMatchObject({ written: 1, removed: 1 })
    expect(read(path)).toBe('two')
  })

  test('a folder that is somebody else is refused; forced, what is not of the site stays', () => {
    mkdirSync(dir)
    writeFileSync(join(dir, 'thesis.txt'), 'years of work')
    expect(() => build({ 'index.html': 'a' })).toThrow(/no dashboard was written there/)
    expect(build({ 'index.html': 'a' }, { force: true })).toMatchObject({ written: 1 })
    expect(build({})).toMatchObject({ removed: 1 })
    expect(read('thesis.txt')).toBe('years of work')
  })

  test('a file at a place of the site that no dashboard wrote is not overwritten', () => {
    build({ 'index.html': 'a' })
    writeFileSync(join(dir, 'about.html'), 'mine')
    expect(() => build({ 'index.html': 'a', 'about.html': 'b' })).toThrow(/no dashboard wrote it/)
    expect(read('about.html')).toBe('mine')
  })

  test('a build that was cut short is mended by the next one, its left-overs go', () => {
    const site = openSite(dir, { force: false, version: '1' })
    site.write({ path: 'index.html', inputs: 'a', text: () => 'a' })
    site.write({ path: 'old.html', inputs: 'a', text: () => 'a' })
    writeFileSync(join(dir, 'old.html.unfinished'), 'ha')
    // No finish: killed here.
    expect(build({ 'index.html': 'b' })).toMatchObject({ written: 1, removed: 1 })
    expect([
      read('index.html'),
      existsSync(join(dir, 'old.html')),
      existsSync(join(dir, 'old.html.unfinished')),
    ]).toEqual(['b', false, false])
    expect(build({ 'index.html': 'b' })).toMatchObject({ written: 0, unchanged: 1 })
  })

  test('nothing is written through a link, and no manifest leads out of the folder', () => {
    mkdirSync(join(root, 'elsewhere'), { recursive: true })
    build({ 'index.html': 'a' })
    symlinkSync(join(root, 'elsewhere'), join(dir, 'p'))
    expect(() => build({ 'index.html': 'a', 'p/x.html': 'b' })).toThrow(/in the way/)
    writeFileSync(join(root, 'victim.txt'), 'alive')
    const manifest = JSON.parse(read('manifest.json')) as { files: Record<string, object> }
    manifest.files['../../victim.txt'] = { file: '../../victim.txt', inputs: 'x', sha256: 'x', bytes: 5 }
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest))
    build({ 'index.html': 'a' })
    expect(readFileSync(join(root, 'victim.txt'), 'utf8')).toBe('alive')
  })

  test('one build at a time: another process that lives is waited for by name, one that is gone is not', () => {
    build({ 'index.html': 'a' })
    const lock = join(dir, LOCK)
    // The parent of this process lives as long as the test does.
    const living = { ...runnerIdentity(), pid: process.ppid, startTicks: startOf(process.ppid) ?? '' }
    writeFileSync(lock, JSON.stringify(living))
    expect(() => build({ 'index.html': 'b' })).toThrow(
      expect.objectContaining({ code: 'E_BUSY', message: expect.stringContaining(String(process.ppid)) as string }),
    )
    expect([read('index.html'), existsSync(lock)]).toEqual(['a', true])
    for (const left of [JSON.stringify({ ...living, startTicks: '1' }), '{"host":', '']) {
      writeFileSync(lock, left)
      expect(build({ 'index.html': `b${left}` })).toMatchObject({ written: 1 })
      expect(existsSync(lock)).toBe(false)
    }
  })

  test('what stands in the way is named, with what to do', () => {
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, 'file'), 'x')
    const at = (folder: string) => () => openSite(folder, { force: false, version: '1' })
    expect(at(join(dir, 'file'))).toThrow(
      expect.objectContaining({ code: 'E_USAGE', hints: [expect.stringContaining('--output')] }),
    )
    expect(at(join(dir, 'file', 'site'))).toThrow(/a part of the path is a file/)
    expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('x')
  })
})
