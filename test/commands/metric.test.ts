import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { METRICS } from '../../src/core/metrics/registry.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'

const cwd = tempDir('metric')
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as object
const expectValid = (name: string, document: unknown): void => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
  for (const file of ['metric', 'metric-list']) ajv.addSchema(schema(file))
  const isValid = ajv.validate(`${name}.schema.json`, document)
  expect(isValid, ajv.errorsText()).toBe(true)
}

describe('metric list', () => {
  test('names every metric and its aliases, in text', async () => {
    const { stdout, exit } = await benchmark(['metric', 'list'], { cwd })
    expect(exit).toBe(0)
    for (const { id } of METRICS) expect(stdout).toContain(id)
    expect(stdout).toMatch(/wall_seconds +lower +seconds +Wall time +runtime/)
  })

  test('is a document of its schema, limited to a benchmark type when asked', async () => {
    const all = (await benchmark(['metric', 'list', '--json'], { cwd })).json()
    expectValid('metric-list', all)
    expect((all as { metrics: unknown[] }).metrics).toHaveLength(METRICS.length)
    const some = (await benchmark(['metric', 'list', '--type', 'assembly-quality', '--json'], { cwd })).json()
    expectValid('metric-list', some)
    const ids = (some as { metrics: { id: string }[] }).metrics.map(({ id }) => id)
    expect(ids).toContain('wall_seconds')
    expect(ids).not.toContain('sensitivity')
  })

  test('an unknown benchmark type exits 3 and lists the known ones', async () => {
    const { stderr, exit } = await benchmark(['metric', 'list', '--type', 'amr-detecton'], { cwd })
    expect(exit).toBe(3)
    expect(stderr).toContain('Did you mean "amr-detection"?')
    expect(stderr).toContain('pathogen-detection')
  })
})

describe('metric show', () => {
  test('explains a metric under another name, with the level that name implies', async () => {
    const { stdout, exit } = await benchmark(['metric', 'show', 'amr_gene_recall'], { cwd })
    expect(exit).toBe(0)
    expect(stdout).toContain('amr_gene_recall is sensitivity at match level gene.')
    expect(stdout).toContain('TP / (TP + FN)')
    expect(stdout).toContain('higher is better')
  })

  test('under its own name it is not introduced twice', async () => {
    const { stdout } = await benchmark(['metric', 'show', 'fdr'], { cwd })
    expect(stdout.startsWith('fdr: False discovery rate\n')).toBe(true)
  })

  test('is a document of its schema', async () => {
    const document = (await benchmark(['metric', 'show', 'runtime', '--json'], { cwd })).json()
    expectValid('metric', document)
    expect(document).toMatchObject({ name: 'runtime', level: null, metric: { id: 'wall_seconds', unit: 'seconds' } })
  })

  test('an unknown metric exits 3 with a suggestion, in text and in JSON', async () => {
    const text = await benchmark(['metric', 'show', 'sensitivty'], { cwd })
    expect(text.exit).toBe(3)
    expect(text.stderr).toContain('Did you mean "sensitivity"?')
    const json = await benchmark(['metric', 'show', 'sensitivty', '--json'], { cwd })
    expect(json.exit).toBe(3)
    expect(json.json()).toMatchObject({ error: { code: 'E_NOT_FOUND' } })
  })
})
