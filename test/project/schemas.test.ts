import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../support/harness.ts'

const folder = join(packageRoot, 'schemas')
const files = readdirSync(folder).filter((file) => file.endsWith('.schema.json'))
const schemas = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>)

describe('the schemas', () => {
  test('are valid together under strict rules', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ['x-privacy', 'tsType'], schemas })
    for (const file of files) expect(ajv.getSchema(file), file).toBeTypeOf('function')
  })

  test.each(files.map((file, index) => [file, schemas[index]!] as const))(
    '%s has a title, and a description for everything',
    (file, schema) => {
      expect(schema['$id']).toBe(file)
      expect(schema['title']).toBeTypeOf('string')
      expect(undescribed(schema)).toEqual([])
    },
  )
})

/** Paths of properties that neither describe themselves nor refer to something that does. */
const undescribed = (node: unknown, path = ''): string[] => {
  if (Array.isArray(node)) return node.flatMap((item, index) => undescribed(item, `${path}/${index}`))
  if (typeof node !== 'object' || node === null) return []
  const entries = Object.entries(node as Record<string, unknown>)
  const properties = (node as { properties?: Record<string, Record<string, unknown>> }).properties ?? {}
  const here = Object.entries(properties)
    .filter(([, property]) => !('description' in property) && !('$ref' in property))
    .map(([name]) => `${path}/${name}`)
  // Conditions repeat properties that are described where they are declared.
  const declared = entries.filter(([key]) => !['if', 'then', 'else', 'allOf', 'not'].includes(key))
  return [...here, ...declared.flatMap(([key, value]) => undescribed(value, `${path}/${key}`))]
}
