// schemas/*.schema.json -> src/generated: a type for every document, a validator for those we read.
// Run with a folder argument to write elsewhere (the freshness test does).
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { compileFromFile } from 'json-schema-to-typescript'

/** Documents that arrive from outside and are validated at run time. The others are only written. */
const READ = ['config', 'pipeline', 'dataset', 'run', 'metadata', 'metrics', 'plan', 'blessings']
/** Documents of hubs: many, from strangers, read by commands that need none of the others. */
const READ_FROM_HUBS = [
  'hub-run',
  'hub',
  'hub-project',
  'hub-benchmark',
  'hub-dataset',
  'hub-retention',
  'hub-anonymisation',
  'hub-tombstone',
  'hub-aggregate',
  'hub-seal',
]
const HEADER = '// Generated from schemas/ by `npm run generate:types`. Do not edit.'

const pascalCase = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

const root = fileURLToPath(new URL('..', import.meta.url))
const schemaDir = join(root, 'schemas')
const target = process.argv[2] ?? join(root, 'src', 'generated')
mkdirSync(target, { recursive: true })

const files = readdirSync(schemaDir)
  .filter((file) => file.endsWith('.schema.json'))
  .sort()
for (const file of files) {
  const code = await compileFromFile(join(schemaDir, file), {
    cwd: schemaDir,
    bannerComment: HEADER,
    additionalProperties: false,
    strictIndexSignatures: true,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
  writeFileSync(join(target, `${basename(file, '.schema.json')}.ts`), code)
}

const schemas = files.map((file) => JSON.parse(readFileSync(join(schemaDir, file), 'utf8')) as { $id: string })
const compile = (standalone as unknown as { default?: typeof standalone }).default ?? standalone

// Imported, so that the bundle of the program holds them: to find a file takes longer than to run it.
const withImports = (code: string): string => {
  const names = new Set<string>()
  const text = code.replace(/require\("ajv\/dist\/runtime\/(\w+)"\)\.default/g, (_, name: string) => {
    names.add(name)
    // Node gives the whole CommonJS module as its default; vitest gives what that calls its default.
    return `(${name}.default ?? ${name})`
  })
  const imports = [...names].map((name) => `import ${name} from 'ajv/dist/runtime/${name}.js'\n`)
  return `${HEADER}\n// @ts-nocheck\n${imports.join('')}${text}\n`
}

/** One module of validators. `everyFault`: all complaints with the data they are about, for files people write. */
const writeValidators = (file: string, names: readonly string[], everyFault: boolean): void => {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: everyFault,
    verbose: everyFault,
    allowUnionTypes: true,
    code: { source: true, esm: true },
  })
  // Marks what may be shared, and how far; read by the projection, of no meaning to a validator.
  ajv.addKeyword('x-privacy')
  // What the type generator writes where it does not know a keyword (tuples).
  ajv.addKeyword('tsType')
  for (const schema of schemas) ajv.addSchema(schema)
  const exported: Record<string, string> = {}
  for (const name of names) {
    const schema = schemas[files.indexOf(`${name}.schema.json`)]
    if (schema) exported[`validate${pascalCase(name)}`] = schema.$id
  }
  const code = (compile as unknown as (a: unknown, m: unknown) => string)(ajv, exported)
  writeFileSync(join(target, file), withImports(code))
}

writeValidators('validators.ts', READ, true)
writeValidators('validators-hub.ts', READ_FROM_HUBS, false)

/** What each field of a shared run is marked with, for the projection that takes names out of it. */
interface Marked {
  readonly description?: string
  readonly 'x-privacy'?: string
  readonly $ref?: string
  readonly items?: Marked
  readonly anyOf?: readonly Marked[]
  readonly properties?: Readonly<Record<string, Marked>>
}

const definitionOf = ({ $ref, items, anyOf = [] }: Marked): string | null =>
  $ref?.split('/').at(-1) ?? (items ? definitionOf(items) : null) ?? anyOf.map(definitionOf).find(Boolean) ?? null

const { $defs: definitions } = JSON.parse(readFileSync(join(schemaDir, 'hub-run.schema.json'), 'utf8')) as {
  $defs: Readonly<Record<string, Marked>>
}
const marks = Object.entries(definitions).map(([name, { properties = {} }]) => {
  const fields = Object.entries(properties).map(([field, schema]) => {
    const of = definitionOf(schema)
    const mark = schema['x-privacy'] ?? 'private'
    return [field, { privacy: mark, of: of !== null && definitions[of]?.properties ? of : null }]
  })
  return [name, Object.fromEntries(fields) as object]
})
const privacy = JSON.stringify(Object.fromEntries(marks), null, 2)
writeFileSync(
  join(target, 'hub-run-privacy.ts'),
  `${HEADER}

/** How far a field may travel, and which part of the document it holds (lists and nulls aside). */
export interface FieldPrivacy {
  readonly privacy: string
  readonly of: string | null
}

/** Parts of a shared run and their fields. */
export const HUB_RUN_PRIVACY: Readonly<Record<string, Readonly<Record<string, FieldPrivacy>>>> = ${privacy}
`,
)
