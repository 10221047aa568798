/** The packed files in a folder of their own, as `npm install` leaves them, used by somebody who cannot write to them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

const NAME = 'metagenome-benchmark-cli'
const user = tempDir('installed')
const installed = join(user, 'node_modules', NAME)
const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
/** Root may write everywhere, so it has to be somebody else; not where only root may read this checkout. */
const readsUs = ['-e', `require('node:fs').readFileSync(${JSON.stringify(join(packageRoot, 'package.json'))})`]
const isNobody = isRoot && spawnSync(process.execPath, readsUs, nobody).status === 0
const cannotWrite = !isRoot || isNobody

const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}

const run = (program: string, ...args: string[]): { stdout: string; stderr: string; status: number | null } =>
  spawnSync(program, args, {
    cwd: user,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // A home that does not exist, as that of a system user.
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', TMPDIR: join(user, 'tmp') },
    ...(isNobody ? nobody : {}),
  })
const benchmark = (...args: string[]): ReturnType<typeof run> =>
  run(process.execPath, join(installed, 'bin', 'run.js'), ...args)

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', user], { cwd: packageRoot })
  mkdirSync(installed, { recursive: true })
  const tarball = readdirSync(user).find((file) => file.endsWith('.tgz')) ?? ''
  execFileSync('tar', ['-xzf', join(user, tarball), '--strip-components=1', '--no-same-owner', '-C', installed])
  // Declared dependencies only: what a user has not got must not be found here either.
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    mkdirSync(dirname(join(user, 'node_modules', name)), { recursive: true })
    symlinkSync(join(packageRoot, 'node_modules', name), join(user, 'node_modules', name))
  }
  mkdirSync(join(user, 'tmp'))
  mkdirSync(join(user, '.benchmark'))
  if (isNobody)
    for (const folder of [user, join(user, 'tmp'), join(user, '.benchmark')]) chownSync(folder, 65_534, 65_534)
  else execFileSync('chmod', ['-R', 'a-w', installed])
})

// Before the folder is removed, which is the hook that was registered first.
afterAll(() => {
  execFileSync('chmod', ['-R', 'u+w', installed])
})

test.skipIf(!cannotWrite)('it runs from a folder that cannot be written to, only slower', () => {
  expect(benchmark('--version').stdout).toContain(NAME)
  expect(benchmark('--help').stdout).toContain('doctor')
  const quick = benchmark('test', '--quick', '--json')
  expect(quick.stderr).not.toContain('rror:')
  expect((JSON.parse(quick.stdout) as RunDocument).state).toBe('completed')
  expect(readdirSync(join(installed, 'dist'))).not.toContain('compiled')
})

test('a program in TypeScript is checked against its types, and runs', () => {
  const program = `
    import { BenchmarkClient, BenchmarkSDK, Problem } from '${NAME}'
    const sdk = new BenchmarkSDK({ project: '.' })
    const run = await sdk.quickBenchmark({ dataset: 'amr-embedded', pipelines: ['embedded_reads'] })
    const values: readonly (number | null)[] = run.summary.map(({ value }) => value)
    await sdk.close()
    const client = new BenchmarkClient({ project: '.' })
    const isComplete: boolean = await client.isComplete(run.runId)
    const missing: unknown = await client.getStatus('20200101t000000z-aaaaaa').catch((error: unknown) => error)
    await client.close()
    console.log(run.state, values.some((value) => value !== null), isComplete, missing instanceof Problem)`
  writeFileSync(join(user, 'program.mts'), program)
  const compiler = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--skipLibCheck', 'false']
  // Types of Node come with no package; the user has chosen them.
  const types = ['--typeRoots', join(packageRoot, 'node_modules', '@types'), '--types', 'node']
  const check = (text: string): string => {
    writeFileSync(join(user, 'wrong.mts'), text)
    return run(process.execPath, compiler, ...options, ...types, '--noEmit', 'wrong.mts').stdout
  }
  const compiled = run(process.execPath, compiler, ...options, ...types, 'program.mts')
  expect(compiled.stdout).toBe('')
  expect(compiled.status).toBe(0)
  expect(run(process.execPath, 'program.mjs').stdout).toBe('completed true true true\n')
  // The types are no `any`.
  expect(check(program.replace('boolean', 'string'))).toContain('TS2322')
})
