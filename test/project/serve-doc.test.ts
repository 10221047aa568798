import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EXIT_CODES } from '../../src/cli/exit-code.ts'
import { Problem, type ProblemCode } from '../../src/core/problem.ts'
import { statusOf } from '../../src/serve/refusal.ts'
import { packageRoot } from '../support/harness.ts'

test('docs/serve.md has the status of every error code', () => {
  const text = readFileSync(join(packageRoot, 'docs', 'serve.md'), 'utf8')
  const documented = [...text.matchAll(/^\| `(E_[A-Z_]+)` \| (\d{3}) \|$/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ])
  const codes = Object.keys(EXIT_CODES) as ProblemCode[]
  const real = [
    ...codes.map((code) => [code, statusOf(new Problem(code, ''))]),
    ['E_UNEXPECTED', statusOf(new Error())],
  ]
  expect(new Map(documented as [string, number][])).toEqual(new Map(real as [string, number][]))
  expect(documented).toHaveLength(real.length)
})
