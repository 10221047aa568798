/** What of the container image can be tried without building one; `scripts/check-image.sh` does the rest. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot, tempDir } from '../support/harness.ts'

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')
const lines = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const context = lines.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))

const packed = (folder: string, ...options: string[]): string[] => {
  const output = execFileSync('npm', ['pack', '--silent', '--json', ...options], { cwd: folder, encoding: 'utf8' })
  // The build that goes before prints too.
  const [pack] = JSON.parse(output.slice(output.search(/^\[$/m))) as [{ files: { path: string }[] }]
  return pack.files.map(({ path }) => path).sort()
}

test('what the image is built from is enough to build all of the package', () => {
  expect(lines[0]).toBe('*')
  const folder = join(tempDir('image'), 'source')
  mkdirSync(folder)
  for (const name of context) cpSync(join(packageRoot, name), join(folder, name), { recursive: true })
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'))
  expect(packed(folder)).toEqual(packed(packageRoot, '--dry-run', '--ignore-scripts'))
})

test('files it copies exist, and its Node.js is one the program runs on', () => {
  const dockerfile = read('Dockerfile')
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))
  expect(copied.length).toBeGreaterThan(0)
  for (const name of copied) expect(existsSync(join(packageRoot, name)), name).toBe(true)
  expect(copied.filter((name) => name !== '.' && !context.includes(name))).toEqual([])
  const major = Number(/^ARG BASE=\S*node:(\d+)-/m.exec(dockerfile)?.[1])
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  expect(major).toBeGreaterThan(Number(/\d+/.exec(engines.node)?.[0]))
})
