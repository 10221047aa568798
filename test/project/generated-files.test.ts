import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withCommandTable } from '../../scripts/command-table.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

const read = (...path: string[]): string => readFileSync(join(packageRoot, ...path), 'utf8')

describe('what is generated and committed is fresh', () => {
  test('the manifest knows every command', () => {
    const fresh = join(tempDir('manifest'), 'oclif.manifest.json')
    execFileSync(process.execPath, [join(packageRoot, 'scripts', 'generate-manifest.mjs'), fresh], { cwd: packageRoot })
    expect(read('oclif.manifest.json')).toBe(readFileSync(fresh, 'utf8'))
  })

  test('types and validators come from the schemas as they are', () => {
    const fresh = tempDir('generated')
    execFileSync(process.execPath, ['--import', 'tsx', join(packageRoot, 'scripts', 'generate-schemas.ts'), fresh], {
      cwd: packageRoot,
    })
    // The module of `npm run generate:wasm` has its own test: test/parse/cell-ends.test.ts.
    const ofSchemas = readdirSync(join(packageRoot, 'src', 'generated')).filter((file) => file !== 'table-bytes.ts')
    expect(ofSchemas.toSorted()).toEqual(readdirSync(fresh).toSorted())
    for (const file of readdirSync(fresh))
      expect(read('src', 'generated', file)).toBe(readFileSync(join(fresh, file), 'utf8'))
  })

  test.each(['README.md', 'README.ko.md'])('the command table of %s lists every command', (file) => {
    const manifest = JSON.parse(read('oclif.manifest.json')) as Parameters<typeof withCommandTable>[1]
    expect(read(file)).toBe(withCommandTable(read(file), manifest))
  })
})
