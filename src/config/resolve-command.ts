import { commandTexts, takesAllParameters, unknownPlaceholders } from '../core/command-line.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { escapeTemplate, placeholdersIn } from '../core/placeholders.ts'
import { type Finding, nearest } from '../core/problem.ts'
import { shellTemplate } from '../core/shell-script.ts'
import { splitCommand } from '../core/split-command.ts'
import type { Declaration } from './declaration.ts'
import { type Environment, interpolate } from './variables.ts'
import type { Path } from './yaml-source.ts'

type Report = (message: string, path: Path, hint?: string) => void

/** The command of a declaration, or null when it has none that can be used. */
export const resolveCommand = (
  { value, locate }: Declaration,
  environment: Environment,
  report: Report,
): Pipeline['command'] | null => {
  const { command, shell } = value
  if (command === undefined) return null
  if (shell !== undefined) {
    if (typeof command === 'string' && command.trim() !== '') return { kind: 'shell', shell, script: command }
    report('With `shell` the command is one text, the script.', ['command'], 'write command: |')
    return null
  }
  const words = readWords(command, ['command'], environment, report, locate)
  return words && { kind: 'argv', words }
}

/** Words of a command line or of a list, environment variables filled; a value with blanks stays one word. */
export const readWords = (
  command: string | readonly (string | number)[],
  path: Path,
  environment: Environment,
  report: Report,
  locate: Declaration['locate'],
): readonly string[] | null => {
  let words: readonly string[]
  if (typeof command === 'string') {
    const split = splitCommand(command)
    if ('failure' in split) {
      const { message, hint, offset } = split.failure
      const { file } = locate(path)
      report(`${message} It is at character ${offset + 1} of the command in ${file}.`, path, hint)
      return null
    }
    words = split.words
  } else if (Array.isArray(command) && command.every((word) => ['string', 'number'].includes(typeof word)))
    words = command.map(String)
  else return null
  return words.map((word) => {
    const { text, problems } = interpolate(word, environment, escapeTemplate)
    for (const { message, hint } of problems) report(message, path, hint)
    return text
  })
}

/** Placeholders that can never be filled, and parameters that would change nothing. */
export const checkPlaceholders = (
  declaration: Declaration,
  command: Pipeline['command'],
  parameterNames: readonly string[],
  report: Report,
): void => {
  const texts = templateTexts(declaration, command)
  const seen = new Set<string>()
  for (const [text, path] of texts)
    for (const { written, suggestion } of unknownPlaceholders(text, parameterNames)) {
      if (seen.has(written)) continue
      seen.add(written)
      const literal = `for literal braces write {${written}}`
      report(
        `There is nothing to fill ${written} with.`,
        path,
        suggestion === null ? `declare it under params, or ${literal}` : `did you mean ${suggestion}? Or ${literal}`,
      )
    }
  if (command.kind === 'shell')
    for (const { written } of shellTemplate(command.script).unreachable)
      report(`${written} stands in '…', where a shell fills nothing.`, ['command'], 'use "…"')
  if (takesAllParameters(command)) return
  const used = new Set(texts.flatMap(([text]) => placeholdersIn(text)).map(({ name }) => name))
  for (const name of parameterNames)
    if (!used.has(name)) {
      const [similar] = nearest(name, used, 1)
      const hint = similar === undefined ? `put {${name}} where it belongs` : `did you mean "${similar}"?`
      report(`The parameter "${name}" is used nowhere in the command.`, ['params', name], hint)
    }
}

const templateTexts = ({ value }: Declaration, command: Pipeline['command']): (readonly [string, Path])[] => [
  ...commandTexts(command).map((text) => [text, ['command']] as const),
  ...(typeof value.stdout === 'string' ? [[value.stdout, ['stdout']] as const] : []),
  ...Object.entries(value.env ?? {}).map(([name, text]) => [String(text), ['env', name]] as const),
  ...(Array.isArray(value.outputs) ? value.outputs : [])
    .filter((output) => typeof output?.path === 'string')
    .map((output, index) => [output.path, ['outputs', index, 'path']] as const),
]

/** A finding at a place of a declaration. */
export const reporter =
  (declaration: Declaration, findings: Finding[]): Report =>
  (message, path, hint) => {
    const location = declaration.locate(path, path[0] === 'params' ? 'key' : 'value')
    findings.push({ message, location, ...(hint === undefined ? {} : { hint }) })
  }

export type { Report }
