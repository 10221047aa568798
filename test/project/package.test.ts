import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodeFor, EXIT_CODES } from '../../src/cli/exit-code.ts'
import { Problem, type ProblemCode } from '../../src/core/problem.ts'
import { packageRoot } from '../support/harness.ts'

test('the package holds what the installed program reads, and no tests', () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: packageRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [pack] = JSON.parse(output) as [{ files: { path: string }[] }]
  const paths = new Set(pack.files.map(({ path }) => path))
  for (const needed of [
    'bin/run.js',
    'bin/package.json',
    'dist/index.js',
    'dist/index.d.ts',
    'dist/program.cjs',
    'dist/program.licenses.txt',
    'dist/start.cjs',
    'oclif.manifest.json',
    'LICENSE',
    'README.md',
    'schemas/run.schema.json',
    'templates/exec/shim.sh',
  ])
    expect(paths, needed).toContain(needed)
  const shipped = (folder: string): string[] => [...paths].filter((path) => path.startsWith(folder))
  for (const folder of ['templates/pipelines', 'templates/projects', 'templates/quick'])
    expect(shipped(folder).length, folder).toBeGreaterThanOrEqual(readdirSync(join(packageRoot, folder)).length)
  expect([...paths].filter((path) => /^(src|test|scripts|dist\/compiled)\//.test(path))).toEqual([])
})

// npm of a Node.js that one of them does not fit leaves it out when it writes the file (decision 141).
test('the lock file knows both SQLite libraries', () => {
  const { packages } = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { version?: string; optional?: boolean }>>
  }
  expect(packages['node_modules/better-sqlite3']).toMatchObject({ version: '12.11.1', optional: true })
  expect(packages['node_modules/better-sqlite3-napi']).toMatchObject({ optional: true })
  expect(packages['node_modules/better-sqlite3-napi']?.version).toMatch(/^13\./)
})

test('the SDK can be imported from the package by name', () => {
  const script =
    "const sdk = await import('metagenome-benchmark-cli'); process.stdout.write(Object.keys(sdk).sort().join())"
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  expect(stdout).toBe('BenchmarkClient,BenchmarkSDK,Problem')
})

test('version and help load none of the heavy packages', () => {
  for (const flag of ['--version', '--help']) {
    const { stderr, status } = spawnSync(process.execPath, ['bin/run.js', flag], {
      cwd: packageRoot,
      encoding: 'utf8',
      env: { ...process.env, NODE_DEBUG: 'module,esm' },
      maxBuffer: 64 * 1024 * 1024,
    })
    expect(status).toBe(0)
    expect(/node_modules\/(better-sqlite3|ajv|yaml|csv-parse|cli-table3|execa)\//.exec(stderr)?.[0]).toBeUndefined()
  }
})

test('every problem code has an exit status, and bugs have 1', () => {
  for (const [code, status] of Object.entries(EXIT_CODES))
    expect(exitCodeFor(new Problem(code as ProblemCode, 'x'))).toBe(status)
  expect(exitCodeFor(new Error('x'))).toBe(1)
})

test('no tracked file names a folder of somebody’s machine', () => {
  if (!existsSync(join(packageRoot, '.git'))) return
  const home = process.env['HOME'] ?? ''
  const candidates = [`${packageRoot.replace(/\/$/, '')}/`, home.length > 1 ? `${home}/` : '']
  for (const path of candidates.filter((text) => text !== '')) {
    const { stdout } = spawnSync('git', ['grep', '-l', '-I', '-F', '-e', path], { cwd: packageRoot, encoding: 'utf8' })
    expect(stdout).toBe('')
  }
})
