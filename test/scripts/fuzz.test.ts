import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../support/harness.ts'

const fuzz = (...args: readonly string[]): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, ['--import', 'tsx', join(packageRoot, 'scripts', 'fuzz', 'run.ts'), ...args], {
    cwd: packageRoot,
    encoding: 'utf8',
  })

test('npm run fuzz: a line for each format, the same inputs for the same seed', () => {
  const { status, stdout } = fuzz('--inputs', '60', '--seed', '7', 'abricate', 'mykrobe')
  expect(status).toBe(0)
  const countsOf = (text: string): string[] =>
    text.split('\n').flatMap((line) => /^(?:abricate|mykrobe) +\d+ +\d+ +\d+/.exec(line)?.[0] ?? [])
  const counts = countsOf(stdout)
  expect(counts.map((line) => line.split(/ +/).slice(0, 2))).toEqual([
    ['abricate', '60'],
    ['mykrobe', '60'],
  ])
  expect(countsOf(fuzz('--inputs', '60', '--seed', '7', 'abricate', 'mykrobe').stdout)).toEqual(counts)
  expect(stdout).toContain('2 formats, 0 with a failure')
})
