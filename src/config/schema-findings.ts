import { type Finding, nearest } from '../core/problem.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** One complaint of a generated validator (ajv's `verbose` form). */
interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly schema: unknown
  readonly parentSchema: Readonly<Record<string, unknown>>
  readonly data: unknown
}
/** A generated validator. */
interface SchemaValidator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

/** A complaint, as far as somebody may want to put it in better words. */
export interface SchemaComplaint {
  readonly path: Path
  readonly keyword: string
}

// These only say that some other complaint exists.
const ECHOES = new Set(['if', 'anyOf', 'allOf', 'oneOf', 'propertyNames'])

/** Every violation of a schema, in the words of the file and in its order. `explain` may take one over. */
export const schemaFindings = (
  validate: unknown,
  source: YamlSource,
  explain: (complaint: SchemaComplaint) => Finding | 'ignore' | undefined = () => undefined,
): readonly Finding[] => {
  const validator = validate as SchemaValidator
  if (validator(source.value)) return []
  const findings = new Map<string, Finding>()
  for (const error of validator.errors ?? []) {
    if (ECHOES.has(error.keyword)) continue
    const path = pointerPath(error.instancePath)
    const finding = explain({ path, keyword: error.keyword }) ?? describe(error, path, source)
    if (finding !== 'ignore') findings.set(JSON.stringify(finding), finding)
  }
  return [...findings.values()]
}

const pointerPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const describe = (error: SchemaError, path: Path, source: YamlSource): Finding => {
  const { keyword, params, parentSchema, data } = error
  const name = path.length === 0 ? 'The file' : `"${String(path.at(-1))}"`
  const at = { location: source.locate(path) }
  const key = (params['additionalProperty'] ?? params['propertyName']) as string | undefined
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(key ?? '', Object.keys(parentSchema['properties'] ?? {}), path, source)
    case 'required':
      return { message: `${name} lacks the key "${String(params['missingProperty'])}".`, ...at }
    case 'type':
      return {
        message: `${name} must be ${typeNames(params['type'])}, not ${shown(data)}.`,
        ...at,
        ...typeHint(error, path, source),
      }
    case 'enum':
      return {
        message: `${name} must be one of ${(error.schema as unknown[]).join(', ')}, not ${shown(data)}.`,
        ...at,
        ...suggestion(data, error.schema as string[]),
      }
    case 'pattern': {
      if (key !== undefined)
        return {
          message: `The name "${key}" cannot be used here.`,
          location: source.locate([...path, key], 'key'),
          hint: 'use letters, digits, and underscores',
        }
      return { message: `${name} cannot be ${shown(data)}.`, ...at, ...textHint(parentSchema) }
    }
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { message: `${name} must not be empty.`, ...at }
    case 'maxProperties':
      return { message: `${name} must hold a single key.`, ...at }
    case 'minimum':
      return { message: `${name} must be at least ${String(error.schema)}, not ${shown(data)}.`, ...at }
    case 'maximum':
      return { message: `${name} must be at most ${String(error.schema)}, not ${shown(data)}.`, ...at }
    case 'uniqueItems':
      return {
        message: `${name} lists ${shown((data as unknown[])[Number(params['i'])])} twice.`,
        location: source.locate([...path, Number(params['i'])]),
      }
    default:
      return { message: `${name} is not valid (${keyword}).`, ...at }
  }
}

const unknownKey = (key: string, known: readonly string[], path: Path, source: YamlSource): Finding => {
  const near = nearest(key, known)
  const hint =
    near.length > 0
      ? `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
      : `known here: ${known.join(', ')}`
  return { message: `Unknown key "${key}".`, location: source.locate([...path, key], 'key'), hint }
}

const suggestion = (data: unknown, known: readonly string[]): { hint?: string } => {
  const [best] = typeof data === 'string' ? nearest(data, known, 1) : []
  return best === undefined ? {} : { hint: `did you mean "${best}"?` }
}

const textHint = (schema: Readonly<Record<string, unknown>>): { hint?: string } =>
  typeof schema['description'] === 'string' ? { hint: schema['description'] } : {}

// `version: 3.10` reads as the number 3.1: show what was typed, not what it became.
const typeHint = ({ params, parentSchema, data }: SchemaError, path: Path, source: YamlSource): { hint?: string } => {
  const wantsText = [params['type']].flat().includes('string')
  if (wantsText && (typeof data === 'number' || typeof data === 'boolean')) {
    const [example] = (parentSchema['examples'] ?? []) as unknown[]
    if (/^\d+[A-Za-z]+$/.test(String(example))) return { hint: `write a unit, such as ${String(example)}` }
    return { hint: `quote it: "${source.written(path) ?? JSON.stringify(data)}"` }
  }
  const [example] = (parentSchema['examples'] ?? []) as unknown[]
  return example === undefined ? {} : { hint: `for example ${JSON.stringify(example)}` }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  null: 'empty',
}

const typeNames = (types: unknown): string =>
  [types]
    .flat()
    .map((type) => TYPE_NAMES[String(type)] ?? String(type))
    .join(' or ')

const shown = (data: unknown): string => {
  if (data === null || data === undefined) return 'empty'
  if (Array.isArray(data)) return 'a list'
  if (typeof data === 'object') return 'a map'
  return JSON.stringify(data)
}
