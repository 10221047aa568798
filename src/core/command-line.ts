import type { Parameters, Pipeline } from './pipeline.ts'
import {
  BUILT_IN_PLACEHOLDERS,
  type BuiltInPlaceholder,
  parseTemplate,
  type Placeholder,
  placeholdersIn,
} from './placeholders.ts'
import { nearest } from './problem.ts'
import { shellArgv, shellTemplate } from './shell-script.ts'

/** What the runner knows about one execution. Null = there is none (single-end reads have no `reads_2`). */
export interface PlaceholderValues {
  readonly builtIn: Readonly<Partial<Record<BuiltInPlaceholder, string | number | null>>>
  readonly params: Parameters
}

/** A command line ready to start, or the placeholders nothing is known for. */
export type FilledCommand =
  | { readonly kind: 'ready'; readonly argv: readonly string[] }
  | { readonly kind: 'missing'; readonly placeholders: readonly string[] }

type Fillable = Pick<Pipeline, 'command' | 'databases'>

/**
 * Fills the placeholders of a command. Values go in as they are and are never read again: no splitting, no quoting, no
 * placeholders inside them. A word that is nothing but an empty placeholder is left out, together with the option
 * (`-x`, `--long`) right before it, so `-1 {reads_1} -2 {reads_2}` serves single-end reads too. A word that is exactly
 * `{params}` becomes `--name value` for each parameter the command does not place itself, by name.
 */
export const fillPlaceholders = (pipeline: Fillable, values: PlaceholderValues): FilledCommand => {
  const fill = valueReader(pipeline, values)
  const missing = new Set<string>()
  const argv =
    pipeline.command.kind === 'shell'
      ? fillScript(pipeline.command, fill, missing)
      : fillWords(pipeline.command.words, fill, missing, () => unplacedParameters(pipeline, values.params))
  return missing.size === 0 ? { kind: 'ready', argv } : { kind: 'missing', placeholders: [...missing] }
}

/** Fills a single text (output path, `stdout`, environment value); null when a placeholder in it has no value. */
export const fillText = (text: string, pipeline: Fillable, values: PlaceholderValues): string | null => {
  const fill = valueReader(pipeline, values)
  let filled = ''
  for (const part of parseTemplate(text)) {
    const value = typeof part === 'string' ? part : fill(part)
    if (value === null || value === undefined) return null
    filled += value
  }
  return filled
}

/** Every text of a command in which placeholders can stand. */
export const commandTexts = (command: Pipeline['command']): readonly string[] =>
  command.kind === 'argv' ? command.words : [command.script]

/** Names of the `{db:NAME}` a command needs, sorted. */
export const databaseNames = (command: Pipeline['command']): readonly string[] =>
  [
    ...new Set(
      commandTexts(command)
        .flatMap(placeholdersIn)
        .filter(({ kind }) => kind === 'db')
        .map(({ name }) => name),
    ),
  ].sort()

/** Databases a pipeline needs that were found nowhere. Only running it makes that an error. */
export const missingDatabases = (pipeline: Fillable): readonly string[] =>
  databaseNames(pipeline.command).filter((name) => pipeline.databases[name] === undefined)

/** Placeholders of a text that can never have a value, each with the nearest known name if there is one. */
export const unknownPlaceholders = (
  text: string,
  parameterNames: readonly string[],
): readonly { readonly written: string; readonly suggestion: string | null }[] =>
  placeholdersIn(text)
    .filter(({ kind, name }) => {
      if (kind === 'db') return false
      if (parameterNames.includes(name)) return false
      return kind === 'param' || !Object.hasOwn(BUILT_IN_PLACEHOLDERS, name)
    })
    .map(({ written, kind, name }) => {
      const known = kind === 'param' ? parameterNames : [...Object.keys(BUILT_IN_PLACEHOLDERS), ...parameterNames]
      const [best] = nearest(name, known, 1)
      return { written, suggestion: best === undefined ? null : `{${kind === 'param' ? 'param:' : ''}${best}}` }
    })

/** Parameters a command does not name; `{params}` takes them all, otherwise they would change nothing. */
export const unplacedParameters = (
  { command }: Pick<Pipeline, 'command'>,
  params: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const placed = new Set(commandTexts(command).flatMap(placeholdersIn).map(parameterName))
  return Object.keys(params).filter((name) => !placed.has(name))
}

/** Whether a command has a `{params}` word. */
export const takesAllParameters = (command: Pipeline['command']): boolean =>
  command.kind === 'argv' && command.words.includes('{params}')

const parameterName = ({ kind, name }: Placeholder): string | null =>
  kind === 'param' || (kind === 'name' && !Object.hasOwn(BUILT_IN_PLACEHOLDERS, name)) ? name : null

// undefined = nothing known: an error; null = known to be empty.
type ReadValue = (placeholder: Placeholder) => string | null | undefined

const valueReader =
  (pipeline: Fillable, { builtIn, params }: PlaceholderValues): ReadValue =>
  ({ kind, name }) => {
    if (kind === 'db') return ownValue(pipeline.databases, name)
    if (kind === 'name' && Object.hasOwn(BUILT_IN_PLACEHOLDERS, name)) {
      const value = builtIn[name as BuiltInPlaceholder]
      return value === null || value === undefined ? value : String(value)
    }
    const value = ownValue(params, name)
    return value === undefined ? undefined : String(value)
  }

const ownValue = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

const fillWords = (
  words: readonly string[],
  fill: ReadValue,
  missing: Set<string>,
  unplaced: () => readonly string[],
): string[] => {
  const argv: string[] = []
  let optionBefore = false
  for (const word of words) {
    const parts = parseTemplate(word)
    const [only] = parts
    if (word === '{params}') {
      for (const name of [...unplaced()].sort()) {
        const value = fill({ kind: 'param', name, written: `{param:${name}}` })
        if (value !== null && value !== undefined) argv.push(`--${name}`, value)
      }
      optionBefore = false
    } else if (parts.length === 1 && typeof only === 'object' && fill(only) === null) {
      if (optionBefore) argv.pop()
      optionBefore = false
    } else {
      argv.push(fillWord(parts, fill, missing))
      optionBefore = /^--?\w[\w-]*$/.test(word)
    }
  }
  return argv
}

const fillWord = (parts: readonly (string | Placeholder)[], fill: ReadValue, missing: Set<string>): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part
      const value = fill(part)
      if (value === null || value === undefined) missing.add(part.written)
      return value ?? ''
    })
    .join('')

const fillScript = (
  { shell, script: source }: Extract<Pipeline['command'], { kind: 'shell' }>,
  fill: ReadValue,
  missing: Set<string>,
): string[] => {
  const { script, variables } = shellTemplate(source)
  const values = [...variables].map(([variable, placeholder]): [string, string] => {
    const value = fill(placeholder)
    if (value === undefined) missing.add(placeholder.written)
    return [variable, value ?? '']
  })
  return shellArgv(shell, script, values)
}
