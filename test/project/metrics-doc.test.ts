import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { METRICS } from '../../src/core/metrics/registry.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

test('docs/metrics.md is what the registry says: run `npm run generate:docs` after changing a metric', () => {
  const dir = tempDir('docs')
  const tsx = join(packageRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  execFileSync(process.execPath, [tsx, join(packageRoot, 'scripts', 'generate-docs.ts'), dir], { cwd: packageRoot })
  const committed = readFileSync(join(packageRoot, 'docs', 'metrics.md'), 'utf8')
  expect(committed).toBe(readFileSync(join(dir, 'metrics.md'), 'utf8'))
  for (const { id } of METRICS) expect(committed).toContain(`### \`${id}\``)
})
