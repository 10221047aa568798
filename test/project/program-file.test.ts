import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadProgram } from '../../src/cli/load-program.ts'
import { packageRoot } from '../support/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchmark program file '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const list = (environment: NodeJS.ProcessEnv): { readonly status: number | null; readonly text: string } => {
  const environmentOfAll = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', ...environment }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(packageRoot, 'bin', 'run.js'), 'list', '--project', folder],
    { encoding: 'utf8', env: environmentOfAll },
  )
  return { status, text: stdout + stderr }
}

const expected = {
  status: 0,
  text: 'No runs. Start one with `benchmark run`, or `benchmark test --quick` to see one at work.\n',
}

// Whoever compiled single modules after the last build has no bundle that is up to date, and runs the modules.
const isStale = loadProgram(['list'], join(packageRoot, 'dist')) === null

describe.skipIf(isStale)('the program in one file', () => {
  const program = readFileSync(join(packageRoot, 'dist', 'program.cjs'), 'utf8')
  const code = join(folder, 'compiled code')
  const kept = (): string => join(code, readdirSync(code)[0] ?? 'nothing')

  test('keeps the code of a command that ended well, and uses it', () => {
    expect(list({ NODE_COMPILE_CACHE: code })).toEqual(expected)
    expect(readdirSync(code)).toEqual([`benchmark-list-${process.version}-${process.arch}`])
    const { ino } = statSync(kept())
    expect(list({ NODE_COMPILE_CACHE: code })).toEqual(expected)
    expect(statSync(kept()).ino).toBe(ino)
  })

  test('keeps no code of parts the command does not use', () => {
    expect(list({ NODE_COMPILE_CACHE: code })).toEqual(expected)
    const bytes = readFileSync(kept(), 'latin1')
    expect(bytes.includes('node_modules/@oclif/core')).toBe(true)
    // Of compressed data in git, and of pages.
    for (const library of ['pako', 'linkedom']) {
      expect(program.includes(`node_modules/${library}`), library).toBe(true)
      expect(bytes.includes(`node_modules/${library}`), library).toBe(false)
    }
  })

  test('loads no module of Node’s that the command does not use', () => {
    const preload = join(folder, 'loaded.cjs')
    writeFileSync(
      preload,
      `const before = new Set(process.moduleLoadList)
      process.on('exit', () => {
        for (const each of process.moduleLoadList) if (!before.has(each)) process.stderr.write(each + '\\n')
      })`,
    )
    const { text } = list({ NODE_OPTIONS: `--require ${JSON.stringify(preload)}` })
    expect(text).toContain('NativeModule vm\n')
    for (const name of ['crypto', 'http', 'https', 'child_process', 'worker_threads', 'zlib', 'readline'])
      expect(text).not.toContain(`NativeModule ${name}\n`)
  })

  test('code of another program, or none at all, is made anew', () => {
    expect(list({ NODE_COMPILE_CACHE: code })).toEqual(expected)
    const good = readFileSync(kept())
    const foreign = Buffer.from(good)
    foreign.write('0'.repeat(64), 0, 'latin1')
    const cut = Buffer.concat([good.subarray(0, 64), Buffer.from('no code')])
    for (const bytes of [foreign, cut, Buffer.alloc(0)]) {
      writeFileSync(kept(), bytes)
      expect(list({ NODE_COMPILE_CACHE: code })).toEqual(expected)
      expect(statSync(kept()).size).toBeGreaterThan(10_000)
      expect(readFileSync(kept()).subarray(0, 64)).toEqual(good.subarray(0, 64))
    }
  })

  test('a folder that cannot be written to, or none, is no fault', () => {
    const file = join(folder, 'a file')
    writeFileSync(file, '')
    expect(list({ NODE_COMPILE_CACHE: join(file, 'x') })).toEqual(expected)
    const unused = join(folder, 'unused')
    expect(list({ NODE_COMPILE_CACHE: unused, NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(expected)
    expect(() => statSync(unused)).toThrow()
  })

  test('holds every command, and the licences of what is in it', () => {
    const { commands } = JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, unknown>
    }
    // Long lines are broken, within strings too.
    const text = program.replaceAll('\\\n', '')
    const isMissing = (id: string): boolean => !new RegExp(`[{,]\\s*"?${id}"?:`).test(text)
    expect(Object.keys(commands).filter(isMissing)).toEqual([])
    const licences = readFileSync(join(packageRoot, 'dist', 'program.licenses.txt'), 'utf8')
    for (const name of ['@oclif/core', 'yaml', 'execa', 'isomorphic-git']) expect(licences).toContain(`${name} `)
  })
})

test('a bundle that is missing or older than the modules is not used', () => {
  const dist = join(folder, 'dist')
  mkdirSync(join(dist, 'cli'), { recursive: true })
  const [bundle, module] = [join(dist, 'program.cjs'), join(dist, 'cli', 'load-program.js')]
  writeFileSync(module, '')
  expect(loadProgram([], dist)).toBeNull()
  writeFileSync(bundle, `(function (exports) { exports.run = () => Promise.resolve() })\n// ${'0'.repeat(64)}\n`)
  utimesSync(module, 1000, 1000)
  utimesSync(bundle, 900, 900)
  expect(loadProgram([], dist)).toBeNull()
  utimesSync(bundle, 1000, 1000)
  expect(loadProgram([], dist)).not.toBeNull()
})

test('commands of the bundle can be mistyped like any', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(packageRoot, 'bin', 'run.js'), 'lst'], {
    encoding: 'utf8',
  })
  expect(status).toBe(2)
  expect(stderr).toBe('Error: there is no command "lst".\n  → Did you mean "benchmark list"?\n  → benchmark --help\n')
})
