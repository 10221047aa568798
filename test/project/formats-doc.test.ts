import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formats } from '../../src/parse/index.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

test('docs/formats.md is what the registry says', () => {
  const target = join(tempDir('formats doc'), 'formats.md')
  execFileSync(process.execPath, ['--import', 'tsx', join(packageRoot, 'scripts', 'generate-format-docs.ts'), target], {
    cwd: packageRoot,
  })
  expect(readFileSync(join(packageRoot, 'docs', 'formats.md'), 'utf8')).toBe(readFileSync(target, 'utf8'))
})

test('format ids are unique and every column says what becomes of it', () => {
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length)
  for (const { id, columns } of formats)
    for (const { names, use } of columns) expect([id, names.length > 0, use !== '']).toEqual([id, true, true])
})
