import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import type { DoctorDocument } from '../../src/generated/doctor.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'

const cwd = tempDir('doctor command')
const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas/doctor.schema.json'), 'utf8')) as object
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
const documentOf = (value: unknown): DoctorDocument => {
  expect(isValid(value), JSON.stringify(isValid.errors)).toBe(true)
  return value as DoctorDocument
}

test('doctor says what is here, in text and in JSON', async () => {
  const text = await benchmark(['doctor'], { cwd })
  expect(text.exit).toBe(0)
  expect(text.stderr).toBe('')
  expect(text.stdout).toContain(`Node.js ${process.versions.node}`)
  expect(text.stdout).toMatch(/Ready to run\.\n$/)

  const json = await benchmark(['doctor', '--json'], { cwd })
  const document = documentOf(json.json())
  expect(document).toMatchObject({ schema: 'benchmark.doctor/1', is_ready: true, self_test: null })
  for (const { found } of document.checks) expect(text.stdout).toContain(found.replace(/[\d.]+ GB free/, ''))
})

test('doctor names the programs a pipeline lacks', async () => {
  const result = await benchmark(['doctor', '--json'], { cwd, env: { PATH: join(cwd, 'no programs') } })
  const { pipelines, checks } = documentOf(result.json())
  expect(pipelines.find(({ pipeline }) => pipeline === 'nfcore_mag')).toMatchObject({
    is_ready: false,
    missing: expect.arrayContaining(['nextflow']) as string[],
  })
  expect(checks.find(({ check }) => check === 'git')).toMatchObject({ status: 'missing', is_required: false })
})

test('doctor works with a broken configuration and points at it', async () => {
  const broken = join(cwd, 'broken')
  mkdirSync(join(broken, '.benchmark'), { recursive: true })
  writeFileSync(join(broken, '.benchmark', 'config.yaml'), 'benchmark:\n  projekt: {name: x}\n')
  const result = await benchmark(['doctor', '--json', '--project', broken], { cwd })
  const { checks } = documentOf(result.json())
  expect(result.exit).toBe(0)
  expect(checks.find(({ check }) => check === 'configuration')).toMatchObject({
    status: 'missing',
    found: expect.stringContaining('projekt') as string,
  })
})

test('doctor --self-test measures a known program within the tolerances', async () => {
  const result = await benchmark(['doctor', '--self-test', '--json'], { cwd })
  const { self_test: selfTest } = documentOf(result.json())
  expect(selfTest?.figures).toHaveLength(5)
  const memory = selfTest?.figures.find(({ figure }) => figure === 'memory')
  expect(memory?.error_percent).toBeLessThanOrEqual(5)
})
