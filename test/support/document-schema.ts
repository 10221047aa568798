import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { packageRoot } from './harness.ts'

const folder = join(packageRoot, 'schemas')
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
for (const file of readdirSync(folder)) ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object)

/** What is wrong with a document by the public schema of that name (`run-list`); empty when it fits. */
export const schemaErrors = (name: string, document: unknown): string[] => {
  const validate = ajv.getSchema(`${name}.schema.json`)
  if (!validate) throw new Error(`There is no schema ${name}.`)
  if (validate(document) === true) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}
