import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, Scalar, type Document, type Node } from 'yaml'
import type { Finding, SourceLocation } from '../core/problem.ts'
import { type Environment, interpolate } from './variables.ts'

/** Keys and indexes from the root of a document. */
export type Path = readonly (string | number)[]

/** A parsed YAML document that still knows where everything stood. */
export interface YamlSource {
  readonly file: string
  readonly value: unknown
  /** Where the value (or its key) at a path stands; the nearest ancestor when there is no such place. */
  readonly locate: (path: Path, part?: 'key' | 'value') => SourceLocation
  /** A scalar as it was typed, null for anything else. */
  readonly written: (path: Path) => string | null
}

/** What to do with one text of the document: fill its variables, or leave it as it is. */
export interface VariablePolicy {
  readonly environment: Environment
  /** Texts that are interpolated later (commands) or never. */
  readonly isExempt: (path: Path) => boolean
  /** Texts that become null when their variable is unset, with a warning instead of an error. */
  readonly isOptional: (path: Path) => boolean
  /** Texts that a variable may only be the whole of: with something of the file around it, it would be sent where the file says. */
  readonly isWhole?: (path: Path) => boolean
}

export interface ParsedYaml {
  /** Null when the text is no YAML at all. */
  readonly source: YamlSource | null
  readonly findings: readonly Finding[]
  readonly warnings: readonly Finding[]
}

/** Parses YAML 1.2 and fills environment variables; findings carry line and column. */
export const parseYaml = (text: string, file: string, policy: VariablePolicy): ParsedYaml => {
  const lines = new LineCounter()
  const at = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const broken = (message: string, offset: number): ParsedYaml => ({
    source: null,
    findings: [{ message, location: at(offset) }],
    warnings: [],
  })
  let document: Document.Parsed
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  } catch (error) {
    if (error instanceof RangeError) return broken('The YAML is nested too deeply.', 0)
    throw error
  }
  const complaints = [...document.errors, ...document.warnings]
  if (complaints.length > 0)
    return {
      source: null,
      findings: complaints.map((complaint) => ({
        message:
          complaint.code === 'MULTIPLE_DOCS'
            ? 'A second YAML document begins here; the file must hold one.'
            : `This is not valid YAML: ${sentence(complaint.message)}`,
        location: at(complaint.pos[0]),
      })),
      warnings: [],
    }
  const findings: Finding[] = []
  const warnings: Finding[] = []
  try {
    fillVariables(document.contents, [], policy, (finding, node, isWarning) =>
      (isWarning ? warnings : findings).push({ ...finding, location: at(node.range?.[0] ?? 0) }),
    )
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return { source: sourceOf(document, value, file, text, at), findings, warnings }
  } catch (error) {
    // Raised by the alias limit ("billion laughs") and by unresolvable or self-containing aliases.
    if (error instanceof ReferenceError || error instanceof RangeError)
      return broken('The YAML repeats itself too often through aliases (&name, *name).', text.search(/[*&]/))
    throw error
  }
}

const sentence = (message: string): string => {
  const [line = message] = message.split('\n')
  return line.endsWith('.') ? line : `${line}.`
}

const fillVariables = (
  node: unknown,
  path: Path,
  policy: VariablePolicy,
  report: (finding: Finding, node: Node, isWarning: boolean) => void,
): void => {
  if (isMap(node)) {
    for (const pair of node.items) fillVariables(pair.value, [...path, keyText(pair.key)], policy, report)
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) fillVariables(item, [...path, index], policy, report)
  } else if (isScalar(node) && typeof node.value === 'string' && node.value.includes('${') && !policy.isExempt(path)) {
    const { text, problems } = interpolate(node.value, policy.environment)
    const optional = policy.isOptional(path)
    if (policy.isWhole?.(path) === true && !/^\$\{[^{}]*\}$/.test(node.value))
      report(
        {
          message: 'A variable must be the whole text here.',
          hint: 'put the whole URL into the variable: a part of the environment must not end up in the address of a host',
        },
        node,
        false,
      )
    for (const { message, hint, unset } of problems) report({ message, hint }, node, optional && unset !== null)
    node.value = problems.length > 0 && optional ? null : typed(text, node)
  }
}

// `max_parallel: ${N}` means the number: an unquoted text that is nothing else takes the type it would have had typed out.
const typed = (text: string, node: Scalar): string | number | boolean => {
  if (node.type !== Scalar.PLAIN) return text
  if (text === 'true' || text === 'false') return text === 'true'
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}

const sourceOf = (
  document: Document.Parsed,
  value: unknown,
  file: string,
  text: string,
  at: (offset: number) => SourceLocation,
): YamlSource => {
  const find = (path: Path): { node: unknown; key: unknown; depth: number } => {
    let node: unknown = document.contents
    let key: unknown = null
    for (const [depth, step] of path.entries()) {
      const container = isAlias(node) ? node.resolve(document) : node
      const pair = isMap(container) ? container.items.find((item) => keyText(item.key) === String(step)) : undefined
      const item = isSeq(container) ? container.items[Number(step)] : undefined
      if (pair === undefined && item === undefined) return { node, key, depth }
      key = pair?.key ?? item
      node = pair ? (pair.value ?? pair.key) : item
    }
    return { node, key, depth: path.length }
  }
  return {
    file,
    value,
    locate: (path, part = 'value') => {
      const { node, key, depth } = find(path)
      const target = part === 'key' && depth === path.length ? (key ?? node) : node
      return at(startOf(target) ?? startOf(key) ?? 0)
    },
    written: (path) => {
      const { node, depth } = find(path)
      if (depth < path.length || !isScalar(node) || !node.range) return null
      return text.slice(node.range[0], node.range[1])
    },
  }
}

const startOf = (node: unknown): number | undefined => (node as { range?: [number, number, number] } | null)?.range?.[0]

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key)
