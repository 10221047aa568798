import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { packageRoot } from './harness.ts'

const validators = new Map<string, ValidateFunction>()

/** What is wrong with a JSON document by the schema its `schema` key names; empty = nothing. */
export const documentErrors = (document: unknown): unknown[] => {
  const kind = (document as { schema?: string }).schema ?? ''
  const name = /^benchmark\.(.+)\/\d+$/.exec(kind)?.[1]
  if (name === undefined) return [`no schema key: ${JSON.stringify(document)}`]
  if (validators.size === 0) compileAll()
  const validate = validators.get(`${name}.schema.json`)
  if (validate === undefined) return [`no schema for ${kind}`]
  validate(document)
  return validate.errors ?? []
}

const compileAll = (): void => {
  const folder = join(packageRoot, 'schemas')
  const schemas = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { $id: string },
  )
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, schemas, keywords: ['x-privacy', 'tsType'] })
  for (const { $id } of schemas) {
    const validate = ajv.getSchema($id)
    if (validate) validators.set($id, validate)
  }
}
